"""The measure in hand, an indicator or a ratio: each pilot beside its own neighbours."""

from typing import Final

from analytics.measure_findings.places import places_of
from analytics.measure_findings.topic import EITHER
from analytics.publication.finding import register

places: Final = register(
    places_of(
        EITHER,
        key="measure-places",
        whole="",
        about="The indicator or ratio in hand: each pilot, each of its neighbours, their average.",
    )
)
