"""One indicator by year: pilots against their comparator, with the gap and its interval."""

from typing import Final

from analytics.measure_findings.topic import INDICATOR
from analytics.measure_findings.years import years_of
from analytics.publication.finding import register

years: Final = register(
    years_of(
        INDICATOR,
        key="indicator-years",
        whole="indicator-places",
        about="One indicator by year: mean of pilots, of their comparator, gap and interval.",
    )
)
