"""Comparing pilots: one indicator before and after, each pilot and each band."""

from typing import Final

from analytics.evaluation.measure_families import INDICATOR_FAMILY
from analytics.findings.measures.bands import bands_of
from analytics.findings.measures.changes import changes_of
from analytics.publication.registry import register
from analytics.selection.follows import GAPS

changes: Final = register(
    changes_of(
        INDICATOR_FAMILY,
        key="pilots-changes",
        follows=GAPS | {"area", "indicator"},
        whole="indicator-neighbours",
        about=lambda of: (
            f"One indicator, each pilot before and after {of.start_words}, beside its comparator."
        ),
    )
)

bands: Final = register(
    bands_of(
        INDICATOR_FAMILY,
        key="pilots-bands",
        follows=GAPS | {"area", "indicator"},
        whole="indicator-places",
        about="One indicator: the mean gap of each experience band with interval and test.",
    )
)
