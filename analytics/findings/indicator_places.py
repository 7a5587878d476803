"""One indicator by place: each pilot beside its own neighbours, and every authority."""

from typing import Final

from analytics.measure_findings.places import places_of
from analytics.measure_findings.topic import INDICATOR
from analytics.measure_findings.values import values_of
from analytics.publication.finding import register

places: Final = register(
    places_of(
        INDICATOR,
        key="indicator-places",
        whole="indicator-values",
        about="One indicator: each pilot, each of its neighbours and their average.",
    )
)

values: Final = register(
    values_of(
        INDICATOR,
        key="indicator-values",
        about="One indicator for every English authority, with the publisher's symbols.",
    )
)
