"""One council on the expenditure ratios: beside similar councils and the pilots, and by year."""

from typing import Final

from analytics.evaluation.measure_families import RATIO_FAMILY
from analytics.findings.measures.councils import council_of, council_years_of
from analytics.measures.ratios.lines import QUALITY
from analytics.publication.registry import register
from analytics.selection.follows import OF_SPEND

DECIMALS: Final = 3

ratios: Final = register(
    council_of(
        RATIO_FAMILY,
        key="council-ratios",
        follows=OF_SPEND | {"area"},
        decimals=DECIMALS,
        notes=(QUALITY,),
        about="One council on every expenditure ratio: value, similar councils, pilots, rank.",
    )
)

years: Final = register(
    council_years_of(
        RATIO_FAMILY,
        key="council-ratios-years",
        follows=OF_SPEND | {"area"},
        decimals=DECIMALS,
        notes=(QUALITY,),
        about="One council on every expenditure ratio by year, with those it came of or became.",
    )
)
