"""One council on the indicators: beside similar councils and the pilots, and by year."""

from typing import Final

from analytics.evaluation.measure_families import INDICATOR_FAMILY
from analytics.findings.measures.councils import council_of, council_years_of
from analytics.publication.registry import register
from analytics.selection.follows import GAPS

DECIMALS: Final = 1

indicators: Final = register(
    council_of(
        INDICATOR_FAMILY,
        key="council-indicators",
        follows=GAPS | {"area"},
        decimals=DECIMALS,
        about="One council on every indicator: value, similar councils, pilots, rank in England.",
    )
)

years: Final = register(
    council_years_of(
        INDICATOR_FAMILY,
        key="council-indicators-years",
        follows=GAPS | {"area"},
        decimals=DECIMALS,
        about="One council on every indicator by year, with those it came of or became.",
    )
)
