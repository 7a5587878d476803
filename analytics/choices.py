"""The closed sets a reader chooses from: spelled once for addresses, named once for readers."""

from enum import StrEnum
from typing import Final

from data.records.record import Field
from data.records.social_workers import SOCIAL_WORKER_SURVEY

#: Items of the survey of social workers, by name: those with ordered answers.
SURVEY_ITEMS: Final[dict[str, Field]] = {
    field.name: field for field in SOCIAL_WORKER_SURVEY.fields if field.ordered and field.optional
}


class Comparator(StrEnum):
    """What pilots are compared with."""

    NEIGHBOURS = "neighbours"
    REGION = "region"
    ENGLAND = "england"
    PILOTS = "pilots"

    @property
    def words(self) -> str:
        """The comparator in a list of choices."""
        return {
            Comparator.NEIGHBOURS: "Statistical neighbours",
            Comparator.REGION: "Region",
            Comparator.ENGLAND: "England",
            Comparator.PILOTS: "Other pilots",
        }[self]


class Model(StrEnum):
    """Which list of statistical neighbours."""

    PRE_2021 = "pre-2021"
    APRIL_2021 = "2021"
    MAY_2025 = "2025"

    @property
    def words(self) -> str:
        """The model in a list of choices."""
        return {
            Model.PRE_2021: "Before April 2021",
            Model.APRIL_2021: "April 2021",
            Model.MAY_2025: "May 2025",
        }[self]


class Average(StrEnum):
    """How neighbours become one line."""

    MEAN = "mean"
    MEDIAN = "median"


class Vintage(StrEnum):
    """Which figures: as they stand now, or as first published."""

    PREFERRED = "preferred"
    FIRST = "first"

    @property
    def words(self) -> str:
        """The vintage in a list of choices."""
        return {
            Vintage.PREFERRED: "As revised, one population basis",
            Vintage.FIRST: "As first published",
        }[self]


class Adjustment(StrEnum):
    """How p-values are adjusted for the number of indicators."""

    NONE = "none"
    HOLM = "holm"
    BH = "bh"
    MAX_T = "max-t"

    @property
    def words(self) -> str:
        """The adjustment in a list of choices."""
        return {
            Adjustment.NONE: "No adjustment",
            Adjustment.HOLM: "Holm",
            Adjustment.BH: "Benjamini–Hochberg",
            Adjustment.MAX_T: "max-T",
        }[self]


class Evidence(StrEnum):
    """Whether simulated figures may be shown."""

    ALL = "all"
    REAL = "real"
