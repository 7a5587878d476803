"""The measure in hand, an indicator or a ratio: each pilot beside its own neighbours."""

from typing import Final

from analytics.evaluation.measure_families import TABLES, family_of, unread
from analytics.findings.measures.behind import places_behind
from analytics.findings.measures.every_year import every_year_of
from analytics.findings.measures.places import places_of
from analytics.publication.registry import register
from analytics.selection.follows import GAPS, MEASURE

places: Final = register(
    places_of(
        family_of,
        sources=TABLES,
        key="measure-places",
        follows=GAPS | MEASURE | {"area"},
        whole="measure-neighbours",
        about="The indicator or ratio in hand: each pilot, each of its neighbours, their average.",
    )
)

neighbours: Final = register(
    places_behind(
        family_of,
        tables=TABLES,
        key="measure-neighbours",
        follows=GAPS | MEASURE | {"area"},
        about="The measure in hand: each pilot and each of its neighbours, in every year held.",
        unread=unread,
    )
)

every_year: Final = register(
    every_year_of(
        family_of,
        tables=TABLES,
        key="measures-every-year",
        about="The measures of the family in hand: each pilot beside its comparator, every year.",
        and_in_hand=True,
        unread=unread,
    )
)
