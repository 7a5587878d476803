"""One indicator by year: pilots against their comparator, with the gap and its interval."""

from typing import Final

from analytics.evaluation.measure_families import INDICATOR_FAMILY
from analytics.findings.measures.years import years_of
from analytics.publication.finding import register

years: Final = register(
    years_of(
        INDICATOR_FAMILY,
        key="indicator-years",
        whole="indicator-places",
        about="One indicator by year: mean of pilots, of their comparator, gap and interval.",
    )
)
