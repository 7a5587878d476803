"""What a claim is: what was said, of what, how it is checked, and what bears on it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from analytics.text.wording import upper_first

NOT_REPORTED: Final = "not reported in the sources held"


class Strand(StrEnum):
    """Which part of the evaluation a claim comes from."""

    INDICATORS = "indicators"
    EXPENDITURE = "expenditure"
    COST = "cost"
    FAMILIES = "families"
    RECORDS = "records"
    PROGRESS = "progress"
    SOCIAL_WORKERS = "social-workers"
    ADVICE = "recommendation"

    @property
    def label(self) -> str:
        """The strand as a heading."""
        return {
            Strand.INDICATORS: "Indicators",
            Strand.EXPENDITURE: "Expenditure",
            Strand.COST: "Cost study",
            Strand.FAMILIES: "Families",
            Strand.RECORDS: "Case records",
            Strand.PROGRESS: "Self-profiles",
            Strand.SOCIAL_WORKERS: "Social workers",
            Strand.ADVICE: "Recommendation",
        }[self]

    @property
    def address(self) -> str:
        """The page that shows the strand."""
        return {
            Strand.INDICATORS: "/indicators",
            Strand.EXPENDITURE: "/expenditure",
            Strand.COST: "/costs",
            Strand.FAMILIES: "/families",
            Strand.RECORDS: "/case-records",
            Strand.PROGRESS: "/self-profile",
            Strand.SOCIAL_WORKERS: "/social-workers",
            Strand.ADVICE: "/claims",
        }[self]


class Question(StrEnum):
    """What the evaluation asked, in our words."""

    PRACTICE = "practice"
    CHILDREN = "children"
    SPENDING = "spending"
    INVOLVED = "involved"
    EMBEDDED = "embedded"
    COST = "cost"
    ADVICE = "advice"

    @property
    def label(self) -> str:
        """The question as a heading."""
        return f"{upper_first(self.asked)}?"

    @property
    def asked(self) -> str:
        """The question inside a sentence."""
        return {
            Question.PRACTICE: "did practice change",
            Question.CHILDREN: "did outcomes for children change",
            Question.SPENDING: "did spending change",
            Question.INVOLVED: "were families more involved",
            Question.EMBEDDED: "is it embedded",
            Question.COST: "what did it cost",
            Question.ADVICE: "what was recommended",
        }[self]


class Leaning(StrEnum):
    """Which way a claim, as it was made, points on its question."""

    YES = "yes"
    NO = "no"
    OPEN = "open"


class Strength(StrEnum):
    """What a claim rests on, as far as a reader can see it."""

    TESTED = "tested"
    FIGURE = "figure"
    WORDS = "words"

    @property
    def label(self) -> str:
        """The strength inside a sentence."""
        return {
            Strength.TESTED: "tested on official figures",
            Strength.FIGURE: "one printed figure, no interval",
            Strength.WORDS: "reported in words only",
        }[self]


class Check(StrEnum):
    """How a claim is checked; the value is the finding that shows the arrays used."""

    LEVELS = "kpis-gaps"
    SPEND = "expenditure-changes"
    NONE = ""


class Bearing(StrEnum):
    """What a later finding says of a claim."""

    LEVEL = "level"
    CHANGE = "change"
    BEARS = "bears"
    CONTRARY = "contrary"

    @property
    def label(self) -> str:
        """The bearing inside a sentence."""
        return {
            Bearing.LEVEL: "it agrees on the level, and reports that the gap did not change",
            Bearing.CHANGE: "it asked about change, which a claim about level leaves open",
            Bearing.BEARS: "it bears on the claim without settling it",
            Bearing.CONTRARY: "it says the contrary",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One measure a claim of difference is read on.

    Attributes:
        key: Key of the indicator.
        lower: Whether the claim has pilots below their comparator; else above.
    """

    key: str
    lower: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """A row of the later studies that bears on a claim.

    Attributes:
        topic: Key of the row in the table ``later-studies``.
        bearing: What it says of the claim.
    """

    topic: str
    bearing: Bearing = Bearing.BEARS


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A statement of the evaluation's published summary.

    Attributes:
        id: Ours, as it stands in addresses and tables.
        statement: The claim in our words, not the summary's.
        short: The same in a few words, in sentence case, for the grid.
        strand: Which part of the evaluation it comes from.
        question: Which question of the evaluation it answers.
        leaning: Which way it points on that question.
        printed: What the evaluation printed, and what it did not.
        source: Where.
        check: How it is checked here.
        readings: The indicators it is read on, for a check of levels.
        fact: Key of the row of ``evaluation-sizes`` with its printed figure, or empty.
        base: Key of its row with the number of people behind it, or empty.
        base_words: What that number is of; or the number in words, where that table has none.
        needed: What data would let it be checked, or checked further.
        later: What the later studies say of it.
        address: Page of the chart that shows it.
    """

    id: str
    statement: str
    short: str
    strand: Strand
    question: Question
    leaning: Leaning
    printed: str
    needed: str
    source: str
    check: Check = Check.NONE
    readings: tuple[Reading, ...] = ()
    fact: str = ""
    base: str = ""
    base_words: str = ""
    later: tuple[Later, ...] = ()
    address: str = ""

    @property
    def strength(self) -> Strength:
        """What the claim rests on."""
        if self.check is not Check.NONE:
            return Strength.TESTED
        return Strength.FIGURE if self.fact else Strength.WORDS

    @property
    def contrary(self) -> tuple[str, ...]:
        """Topics of the later studies that say the contrary."""
        return tuple(one.topic for one in self.later if one.bearing is Bearing.CONTRARY)

    @property
    def link(self) -> str:
        """The page that shows it: its own chart's, else its strand's."""
        return self.address or self.strand.address
