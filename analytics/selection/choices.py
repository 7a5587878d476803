"""The closed sets a reader chooses from: spelled once for addresses, named once for readers."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from analytics.measures.indicators.indicator import FIRST_YEAR, LAST_YEAR
from analytics.text.wording import listed, year_label
from data.microdata.record import Field
from data.microdata.social_workers import SOCIAL_WORKER_SURVEY
from data.programmes.programme import Programme

YEARS: Final = tuple(range(FIRST_YEAR, LAST_YEAR + 1))
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
    def label(self) -> str:
        """The comparator in a list of choices."""
        return {
            Comparator.NEIGHBOURS: "Statistical neighbours",
            Comparator.REGION: "Region",
            Comparator.ENGLAND: "England",
            Comparator.PILOTS: "Other pilots",
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
    def label(self) -> str:
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
    def label(self) -> str:
        """The adjustment in a list of choices."""
        return {
            Adjustment.NONE: "No adjustment",
            Adjustment.HOLM: "Holm",
            Adjustment.BH: "Benjamini–Hochberg",
            Adjustment.MAX_T: "max-T",
        }[self]


class Margin(StrEnum):
    """Which difference would matter, in per cent of the comparator's level."""

    FIVE = "5"
    TEN = "10"
    FIFTEEN = "15"
    TWENTY = "20"
    THIRTY = "30"

    @property
    def label(self) -> str:
        """The margin in a list of choices."""
        return f"{self.value}% of the comparator's level"

    @property
    def share(self) -> float:
        """The margin as a proportion."""
        return int(self.value) / 100


class Subject(StrEnum):
    """What a page that asks how sure is about."""

    INDICATOR = "indicator"
    RATIO = "ratio"

    @property
    def label(self) -> str:
        """The subject in a list of choices."""
        return {
            Subject.INDICATOR: "An indicator",
            Subject.RATIO: "An expenditure ratio",
        }[self]


class Evidence(StrEnum):
    """Whether simulated figures may be shown."""

    ALL = "all"
    REAL = "real"

    @property
    def label(self) -> str:
        """The setting as its control says it."""
        return {
            Evidence.ALL: "Simulated figures are shown, marked",
            Evidence.REAL: "Published and official figures only",
        }[self]


class Weights(StrEnum):
    """How much each neighbour counts in the average."""

    EQUAL = "equal"
    CLOSENESS = "closeness"

    @property
    def label(self) -> str:
        """The weights in a list of choices."""
        return {Weights.EQUAL: "All alike", Weights.CLOSENESS: "By closeness"}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """Which years before the start of the project a change is measured from.

    Attributes:
        years: The years, one after the other; 2013 is 2012/13.
    """

    years: tuple[int, ...]

    def __str__(self) -> str:
        """The base as an address spells it: its one year, or its first and last."""
        return "-".join(str(year) for year in dict.fromkeys((self.years[0], self.years[-1])))

    @property
    def label(self) -> str:
        """The base in a list of choices and in sentences."""
        return listed([year_label(year) for year in self.years])


def bases(of: Programme) -> tuple[Base, ...]:
    """Return the bases of a programme, the default first.

    Args:
        of: The programme.
    """
    return tuple(Base(years=years) for years in of.bases)


class Outcome(StrEnum):
    """In what form a figure is set beside that of its comparator."""

    LEVEL = "level"
    LOG = "log"
    CHANGE = "change"
    LOG_CHANGE = "log-change"

    @property
    def label(self) -> str:
        """The outcome in a list of choices."""
        return {
            Outcome.LEVEL: "Gap in level",
            Outcome.LOG: "Log ratio",
            Outcome.CHANGE: "Change of the gap",
            Outcome.LOG_CHANGE: "Change of the log ratio",
        }[self]

    @property
    def is_change(self) -> bool:
        """Whether years after the start are set against years before it."""
        return self in {Outcome.CHANGE, Outcome.LOG_CHANGE}

    @property
    def is_log(self) -> bool:
        """Whether figures are divided by the comparator's, on a scale of logarithms."""
        return self in {Outcome.LOG, Outcome.LOG_CHANGE}
