"""What an expenditure ratio is."""

from dataclasses import dataclass

from analytics.measures.ratios.lines import LAST_YEAR_OF_DETAIL, LINES, QUALITY, sum_words
from analytics.text.naming import PlainName
from analytics.text.quantity import Scale
from data.years import SECTION251, span

FIRST_YEAR, LAST_YEAR = span(SECTION251)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What spend is divided by, where that is children and not other spend.

    Attributes:
        series: Key of the count in the table of indicators.
        name: What is counted, in the plural.
        lag: Years by which the count precedes the spend.
    """

    series: str
    name: str
    lag: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Spend:
    """Spend per child, whatever the prices.

    Attributes:
        key: Name in frames.
        name: What it is, in sentence case.
        unit: Pounds per what.
    """

    key: str
    name: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """A ratio of gross expenditure, defined by this project from the lines of the return.

    Attributes:
        key: Name in tables and addresses.
        name: What it is, in full, in sentence case.
        short_name: What it is called on an axis.
        plain: How it is said aloud.
        unit: Unit of its values.
        scale: What the unit measures on.
        numerator: Codes of the lines added up above the stroke.
        denominator: Codes of the lines added up below it; empty where spend is per child.
        per: The children below the stroke; None where spend is divided by spend.
        spend: Of spend per child, what it is whatever the prices.
        real: Whether pounds are in prices of 2018/19; otherwise cash.
        core: Whether it is one of the ratios that are compared and tested together.
        quality: What to know of the quality of these lines.
        decimals: Decimals shown; values are held unrounded.
    """

    key: str
    name: str
    short_name: str
    plain: PlainName
    unit: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...] = ()
    per: Head | None = None
    spend: Spend | None = None
    scale: Scale = Scale.PER_POUND
    real: bool = False
    core: bool = True
    quality: str = ""
    decimals: int = 3

    def __post_init__(self) -> None:
        unknown = [code for code in (*self.numerator, *self.denominator) if code not in LINES]
        if unknown or not self.numerator or (self.per is None) == (not self.denominator):
            msg = (
                f"{self.key}: found numerator {self.numerator}, denominator {self.denominator}, "
                f"per {self.per}; expected known lines over known lines, or over children"
            )
            raise ValueError(msg)

    @property
    def said(self) -> str:
        """What a sentence calls it before a number with its unit: its name, which holds none."""
        return self.name

    @property
    def lines(self) -> tuple[str, ...]:
        """Codes of every line it is made of."""
        return (*self.numerator, *self.denominator)

    @property
    def last_year(self) -> int:
        """The last year it can be worked out for."""
        detail = self.real or any(LINES[code].detail for code in self.lines)
        return LAST_YEAR_OF_DETAIL if detail else LAST_YEAR

    @property
    def above(self) -> str:
        """What stands above the stroke, in words."""
        return sum_words(self.numerator)

    @property
    def below(self) -> str:
        """What stands below the stroke, in words."""
        return self.per.name if self.per else sum_words(self.denominator)

    @property
    def definition(self) -> str:
        """Numerator over denominator, and for when."""
        prices = "; prices of 2018/19 by the GDP deflator" if self.real else ""
        return f"Gross expenditure on {self.above} over {self.below}; year to 31 March{prices}."

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a reader must know beside any of its figures."""
        until = (
            (f"To {self.last_year - 1}/{self.last_year % 100}: the lines or the deflator end.",)
            if self.last_year < LAST_YEAR
            else ()
        )
        return (*((self.quality,) if self.quality else ()), *until)

    @property
    def day(self) -> str:
        """Nothing: spend is of financial years."""
        return ""

    @property
    def breaks(self) -> str:
        """Where the series is interrupted or redefined; empty if nowhere known."""
        return " ".join(self.remarks)

    @property
    def notes(self) -> tuple[str, ...]:
        """Its definition, and the quality of the return and of its lines."""
        return (self.definition, QUALITY, *self.remarks)
