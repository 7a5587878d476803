"""One expenditure ratio: by year, by place, before and after, and for every authority."""

from typing import Final

from analytics.evaluation.measure_families import RATIO_FAMILY
from analytics.findings.measures.behind import places_behind
from analytics.findings.measures.changes import changes_of
from analytics.findings.measures.every_year import every_year_of
from analytics.findings.measures.places import places_of
from analytics.findings.measures.values import values_of
from analytics.findings.measures.years import years_of
from analytics.publication.registry import register
from analytics.selection.follows import OF_SPEND

years: Final = register(
    years_of(
        RATIO_FAMILY,
        key="expenditure-years",
        follows=OF_SPEND | {"adjust", "ratio"},
        whole="expenditure-neighbours",
        about="One expenditure ratio by year: pilots, their comparator, gap and interval.",
    )
)

places: Final = register(
    places_of(
        lambda _selection: RATIO_FAMILY,
        sources=RATIO_FAMILY.sources,
        key="expenditure-places",
        follows=OF_SPEND | {"area", "ratio"},
        whole="expenditure-values",
        about="One expenditure ratio: each pilot, each of its neighbours and their average.",
    )
)

changes: Final = register(
    changes_of(
        RATIO_FAMILY,
        key="expenditure-pilots",
        follows=OF_SPEND | {"area", "ratio"},
        whole="expenditure-neighbours",
        about=lambda of: f"One expenditure ratio, each pilot before and after {of.start_words}.",
    )
)

values: Final = register(
    values_of(
        RATIO_FAMILY,
        key="expenditure-values",
        follows=frozenset({"years", "ratio"}),
        about="One expenditure ratio for every English authority, with why a value is missing.",
    )
)

neighbours: Final = register(
    places_behind(
        lambda _selection: RATIO_FAMILY,
        tables=RATIO_FAMILY.sources,
        key="expenditure-neighbours",
        follows=OF_SPEND | {"area", "ratio"},
        about="One expenditure ratio: each pilot and each of its neighbours, in every year held.",
    )
)

every_year: Final = register(
    every_year_of(
        lambda _selection: RATIO_FAMILY,
        tables=RATIO_FAMILY.sources,
        key="expenditure-every-year",
        about="One row per expenditure ratio, pilot and year held: figure, comparator and gap.",
    )
)
