"""One indicator: each pilot beside its own neighbours, every authority, and by year."""

from typing import Final

from analytics.evaluation.measure_families import INDICATOR_FAMILY
from analytics.findings.measures.behind import places_behind
from analytics.findings.measures.places import places_of
from analytics.findings.measures.values import values_of
from analytics.findings.measures.years import years_of
from analytics.publication.registry import register
from analytics.selection.follows import GAPS

places: Final = register(
    places_of(
        lambda _selection: INDICATOR_FAMILY,
        sources=INDICATOR_FAMILY.sources,
        key="indicator-places",
        follows=GAPS | {"area", "indicator"},
        whole="indicator-values",
        about="One indicator: each pilot, each of its neighbours and their average.",
    )
)

values: Final = register(
    values_of(
        INDICATOR_FAMILY,
        key="indicator-values",
        follows=frozenset({"years", "vintage", "indicator"}),
        about="One indicator for every English authority, with the publisher's symbols.",
    )
)

years: Final = register(
    years_of(
        INDICATOR_FAMILY,
        key="indicator-years",
        follows=GAPS | {"adjust", "indicator"},
        whole="indicator-neighbours",
        about="One indicator by year: mean of pilots, of their comparator, gap and interval.",
    )
)

neighbours: Final = register(
    places_behind(
        lambda _selection: INDICATOR_FAMILY,
        tables=INDICATOR_FAMILY.sources,
        key="indicator-neighbours",
        follows=GAPS | {"area", "indicator"},
        about="One indicator: each pilot and each of its neighbours, in every year held.",
    )
)
