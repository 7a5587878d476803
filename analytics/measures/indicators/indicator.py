"""What an indicator is."""

from dataclasses import dataclass
from enum import StrEnum

from analytics.text.naming import PlainName
from analytics.text.quantity import Scale
from analytics.text.wording import upper_first
from data.years import INDICATORS, span

FIRST_YEAR, LAST_YEAR = span(INDICATORS)


class Basis(StrEnum):
    """The date or period that figures describe."""

    YEAR = "year to 31 March"
    YEAR_END = "31 March"
    CENSUS_DAY = "30 September"  # of the workforce: 2016 is no financial year there


class Polarity(StrEnum):
    """Which way is better, where the field agrees. Most rates have no good direction."""

    AGREED_LOW = "agreed-low"
    AGREED_HIGH = "agreed-high"
    CONTESTED = "contested"
    NONE = "none"

    @property
    def label(self) -> str:
        """The polarity as a reader meets it."""
        return {
            Polarity.AGREED_LOW: "Lower is agreed to be better",
            Polarity.AGREED_HIGH: "Higher is agreed to be better",
            Polarity.CONTESTED: "Which way is better is contested",
            Polarity.NONE: "No direction is better in itself",
        }[self]


class Family(StrEnum):
    """Which part of the work an indicator describes."""

    REFERRAL = "referral"
    NEED = "need"
    PROTECTION = "protection"
    CARE = "care"
    WORKFORCE = "workforce"

    @property
    def label(self) -> str:
        """The part of the work as a heading."""
        return {
            Family.REFERRAL: "Referral and assessment",
            Family.NEED: "Children in need",
            Family.PROTECTION: "Child protection",
            Family.CARE: "Looked after",
            Family.WORKFORCE: "Workforce",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A key performance indicator as its publisher defines it.

    Attributes:
        key: Name in tables and addresses.
        name: What it is, in full, in sentence case.
        short_name: What it is called on an axis.
        plain: How it is said aloud.
        unit: Unit of its values.
        scale: What the unit measures on.
        spoken: The name without the unit in it, where a number with its unit follows; empty where
            the name holds none.
        decimals: Decimals shown; values are held unrounded.
        numerator: What is counted.
        denominator: What it is divided by; empty for a level or a median.
        basis: The date or period it describes.
        publication: The return it comes from.
        family: Which part of the work it describes.
        core: Whether it is one of the indicators that are compared and tested together.
        polarity: Which way is better, if that is agreed.
        argument: Why the polarity is what it is.
        breaks: Where the series is interrupted or redefined; empty if nowhere known.
        count: Key of the numerator in the table, where it is held, for limits; else empty.
        base: Key of the denominator in the table, where it is held, for limits; else empty. Where
            its count is not held, only a share printed as zero has limits.
    """

    key: str
    name: str
    short_name: str
    plain: PlainName
    unit: str
    numerator: str
    basis: Basis
    publication: str
    family: Family
    polarity: Polarity
    scale: Scale = Scale.OTHER
    spoken: str = ""
    decimals: int = 1
    denominator: str = ""
    core: bool = False
    argument: str = ""
    breaks: str = ""
    count: str = ""
    base: str = ""

    @property
    def is_share(self) -> bool:
        """Whether values are percentages of a base."""
        return self.scale is Scale.PERCENT

    @property
    def day(self) -> str:
        """Day of the year its figures are of, where their years are not financial; else empty."""
        return self.basis.value if self.basis is Basis.CENSUS_DAY else ""

    @property
    def said(self) -> str:
        """What a sentence calls it before a number with its unit."""
        return self.spoken or self.name

    @property
    def notes(self) -> tuple[str, ...]:
        """Its polarity, and where the series breaks."""
        polarity = f"{self.polarity.label}. {self.argument}"
        return (polarity, *([f"Breaks in the series: {self.breaks}"] if self.breaks else []))

    @property
    def definition(self) -> str:
        """Numerator over denominator, and for when."""
        over = f" over {self.denominator}" if self.denominator else ""
        return f"{upper_first(self.numerator)}{over}; {self.basis}."
