"""The measure in hand, an indicator or a ratio: each pilot beside its own neighbours."""

from typing import Final

from analytics.evaluation.measure_families import TABLES, family_of
from analytics.findings.measures.places import places_of
from analytics.publication.finding import register

places: Final = register(
    places_of(
        family_of,
        sources=TABLES,
        key="measure-places",
        whole="",
        about="The indicator or ratio in hand: each pilot, each of its neighbours, their average.",
    )
)
