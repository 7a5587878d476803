"""One field of the cost card: what it takes, how it is read, and how its value is written."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from analytics.selection.typed_number import meant, read_number
from analytics.text.quantity import Scale
from analytics.text.wording import number
from data.programmes.programme import Programme

YOURS: Final = "An assumption, yours to set; none was published."
LONGEST: Final = 24
DECIMALS: Final = 6  # kept of a value, in the field, in the address and in the arithmetic alike
EACH: Final = "each council"  # what an input that is multiplied by the number of councils is of
_PENCE: Final = 3  # decimals after which pounds could be read as thousands


class UnusableError(ValueError):
    """What was typed cannot be used; says what was found and what is expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostInput:
    """One field of the cost card.

    Attributes:
        key: Name in addresses.
        label: What it is called beside its field.
        short: What it is called on an axis.
        unit: Unit of its value, in words.
        scale: What that unit measures on.
        start: Value until the reader sets one; None where ``blank`` says what is used.
        low: Smallest value accepted.
        high: Largest value accepted.
        origin: Where the start value is from, made for a programme where one is the source; empty
            where it is the reader's to set.
        blank: What is used where the field is empty.
        example: A value such as may be typed, shown beside what cannot be read.
        each: Whether every council costed has this of its own, so that several add up.
    """

    key: str
    label: str
    short: str
    unit: str
    scale: Scale = Scale.OTHER
    start: float | None
    low: float
    high: float
    origin: str | Callable[[Programme], str] = ""
    blank: str = ""
    example: str
    each: bool = False

    def source_under(self, of: Programme) -> str:
        """Say where the start value is from, or that it is the reader's to set.

        Args:
            of: The programme.
        """
        return (self.origin if isinstance(self.origin, str) else self.origin(of)) or YOURS

    @property
    def field(self) -> str:
        """What its field is called: with whose it is, where every council has its own."""
        return f"{self.label}, {EACH}" if self.each else self.label

    @property
    def is_pounds(self) -> bool:
        """Whether its value is an amount in pounds."""
        return self.scale is Scale.POUNDS

    def read(self, words: str) -> float | None:
        """Read what was typed, to six decimals.

        Thousands commas and spaces, "k" and "m" are understood, and "£" or "%" where the unit is.

        Args:
            words: From a field or an address.

        Returns:
            The value, or None where nothing was typed.

        Raises:
            UnusableError: It is no number, could be two, or is outside what is accepted.
        """
        typed = words.strip()
        if not typed:
            return None
        pounds, per_cent = self.is_pounds, self.scale is Scale.PERCENT
        value = read_number(typed, pounds=pounds, per_cent=per_cent)
        if value is None:
            said = meant(typed, pounds=pounds, per_cent=per_cent)
            how = f"written as {said}" if said else f"such as {self.example}"
            msg = f"Found “{_echo(typed)}”; expected {self.expected}, {how}."
            raise UnusableError(msg)
        value = round(value, DECIMALS)
        if not self.low <= value <= self.high:
            msg = f"Found “{_echo(typed)}”; expected {self.expected}."
            raise UnusableError(msg)
        return value

    def written(self, value: float) -> str:
        """Write a value with all the decimals it has, so that it is read back as it is.

        A field shows what is used, no less: it is sent again whenever another field is changed.

        Args:
            value: Of this input.
        """
        return exact(value, pounds=self.is_pounds)

    @property
    def expected(self) -> str:
        """What the field takes, in words."""
        span = f"a number from {exact(self.low)} to {exact(self.high)}"
        return f"nothing or {span}" if self.blank else span


def exact(value: float, *, pounds: bool = False) -> str:
    """Write a value with all the decimals it has, and thousands separators.

    Args:
        value: To six decimals.
        pounds: Whether to write three decimals as four: they could be read as thousands.
    """
    whole, _, decimals = number(value, DECIMALS).partition(".")
    decimals = decimals.rstrip("0")
    if pounds and len(decimals) == _PENCE:
        decimals += "0"
    return f"{whole}.{decimals}" if decimals else whole


def _echo(words: str) -> str:
    plain = "".join(letter if letter.isprintable() else "·" for letter in words)
    return plain if len(plain) <= LONGEST else f"{plain[:LONGEST]}…"
