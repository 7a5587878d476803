"""What a reader may set on the cost card: each an assumption, with its source or "yours to set"."""

import re
from dataclasses import dataclass
from typing import Final

from analytics.wording import number

YOURS: Final = "An assumption, yours to set; none was published."
LONGEST: Final = 24
DECIMALS: Final = 6  # kept of a value, in the field, in the address and in the arithmetic alike
_PLAIN: Final = re.compile(r"[0-9]{1,9}(\.[0-9]{0,18})?|\.[0-9]{1,18}")


class UnusableError(ValueError):
    """What was typed cannot be used; says what was found and what is wanted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostInput:
    """One field of the cost card.

    Attributes:
        key: Name in addresses.
        label: What it is called beside its field.
        short: What it is called on an axis.
        unit: Unit of its value.
        start: Value until the reader sets one; None where ``blank`` says what is used.
        low: Smallest value accepted.
        high: Largest value accepted.
        source: Where the start value is from, or that it is the reader's to set.
        blank: What is used where the field is empty.
    """

    key: str
    label: str
    short: str
    unit: str
    start: float | None
    low: float
    high: float
    source: str
    blank: str = ""

    def read(self, words: str) -> float | None:
        """Read what was typed, to six decimals; thousands commas, £ and % are understood.

        Args:
            words: From a field or an address.

        Returns:
            The value, or None where nothing was typed.

        Raises:
            UnusableError: It is no number, or one outside what is accepted.
        """
        typed = words.strip()
        if not typed:
            return None
        plain = re.sub(r"[, ]", "", typed.removeprefix("£").removesuffix("%"))
        value = round(float(plain), DECIMALS) if _PLAIN.fullmatch(plain) else None
        if value is None or not self.low <= value <= self.high:
            msg = f"Found “{_echo(typed)}”; wanted {self.wanted}."
            raise UnusableError(msg)
        return value

    @property
    def wanted(self) -> str:
        """What the field takes, in words."""
        span = f"a number from {exact(self.low)} to {exact(self.high)}"
        return f"{span}, or nothing" if self.blank else span


INPUTS: Final[dict[str, CostInput]] = {
    one.key: one
    for one in (
        CostInput(
            key="fte",
            label="People leading the work, each pilot",
            short="People leading",
            unit="full-time equivalents",
            start=1,
            low=0,
            high=100,
            source="Published: about one full-time person in each pilot (summary).",
        ),
        CostInput(
            key="annual-cost",
            label="Cost of a person a year",
            short="Cost of a person",
            unit="£ a year",
            start=50_000,
            low=0,
            high=500_000,
            source=YOURS,
        ),
        CostInput(
            key="on-costs",
            label="On-costs added to it",
            short="On-costs",
            unit="%",
            start=30,
            low=0,
            high=200,
            source=YOURS,
        ),
        CostInput(
            key="cost-years",
            label="Years of the work",
            short="Years",
            unit="years",
            start=1,
            low=0.1,
            high=20,
            source=YOURS,
        ),
        CostInput(
            key="training-people",
            label="People trained, each authority",
            short="People trained",
            unit="people",
            start=None,
            low=0,
            high=20_000,
            source="Official: children's social workers in post (FTE), until you set another.",
            blank="every children's social worker in post",
        ),
        CostInput(
            key="training-days",
            label="Days of training a person",
            short="Days of training",
            unit="days",
            start=5,
            low=0,
            high=250,
            source=YOURS,
        ),
        CostInput(
            key="day-cost",
            label="Cost of a day of training a person, time and fee",
            short="Cost of a day",
            unit="£ a day",
            start=250,
            low=0,
            high=10_000,
            source=YOURS,
        ),
        CostInput(
            key="caseload",
            label="Caseload of a social worker",
            short="Caseload",
            unit="cases",
            start=None,
            low=0.1,
            high=200,
            source="Official: average caseload of the authority, until you set another.",
            blank="the authority's average",
        ),
        CostInput(
            key="swing",
            label="How far each may be off, for the tornado",
            short="Swing",
            unit="± %",
            start=25,
            low=1,
            high=99,
            source=YOURS,
        ),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """What the reader set on the cost card.

    Attributes:
        given: Key and value of each input that differs from its start, in registry order.
    """

    given: tuple[tuple[str, float], ...] = ()

    def value(self, key: str) -> float | None:
        """Return the value in use; None where the field is empty and official figures are used."""
        return dict(self.given).get(key, INPUTS[key].start)

    def using(self, key: str) -> float:
        """Return the value in use of an input that always has one.

        Raises:
            LookupError: The input has no start value and the reader set none.
        """
        value = self.value(key)
        if value is None:
            msg = f"{key} is not set, and has no start value"
            raise LookupError(msg)
        return value

    def setting(self, key: str, value: float | None) -> "Costs":
        """Return these inputs with one set anew; its start value, or None, takes it out."""
        values = dict(self.given)
        values.pop(key, None)
        if value is not None and value != INPUTS[key].start:
            values[key] = value
        return Costs(given=tuple((name, values[name]) for name in INPUTS if name in values))

    def to_pairs(self) -> dict[str, str]:
        """Return the inputs that differ from their start, as an address spells them."""
        return {key: f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".") for key, value in self.given}

    def shown(self, key: str) -> str:
        """Return what the field shows: the value in use, or nothing."""
        value = self.value(key)
        return "" if value is None else exact(value)

    @property
    def words(self) -> str:
        """The inputs in words, for subtitles."""
        trained = self.shown("training-people") or "every social worker"
        return (
            f"{self.shown('fte')} FTE at £{self.shown('annual-cost')} + {self.shown('on-costs')} % "
            f"for {self.shown('cost-years')} {'year' if self.value('cost-years') == 1 else 'years'}"
            f"; {trained} trained for {self.shown('training-days')} days at "
            f"£{self.shown('day-cost')}"
        )


def exact(value: float) -> str:
    """Write a value with all the decimals it has, and thousands separators.

    A field shows what is used, no less: it is sent again whenever another field is changed.
    """
    whole, _, decimals = number(value, DECIMALS).partition(".")
    decimals = decimals.rstrip("0")
    return f"{whole}.{decimals}" if decimals else whole


def _echo(words: str) -> str:
    plain = "".join(letter if letter.isprintable() else "·" for letter in words)
    return plain if len(plain) <= LONGEST else f"{plain[:LONGEST]}…"
