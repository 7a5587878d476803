"""What a parameter of the address is: a part of a selection, how it is read and spelled."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

from data.programmes.programme import Programme

LONGEST_ECHO: Final = 32


class Kind(StrEnum):
    """What the values of a parameter are."""

    CHOICE = "one of a list"
    CHOICES = "several of a list, with commas"
    FLAG = "0 or 1"
    NUMBER = "a whole number"
    YEARS = "first and last year, with a hyphen"
    AMOUNT = "a number, or empty"
    NAME = "a name, or empty"


class Page(StrEnum):
    """The pages that follow the selection; ``components`` knows their addresses."""

    OVERVIEW = "overview"
    INDICATORS = "indicators"
    INDICATOR = "indicator"
    COUNCIL = "council"
    PILOTS = "pilots"
    OVER_TIME = "over_time"
    EXPENDITURE = "expenditure"
    COSTS = "costs"
    SOCIAL_WORKERS = "social_workers"
    FAMILIES = "families"
    CASE_RECORDS = "case_records"
    SELF_PROFILE = "self_profile"
    CLAIMS = "claims"
    NEIGHBOURS = "neighbours"
    ROBUSTNESS = "robustness"
    PLAN = "plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A field whose value could not be used.

    Attributes:
        name: Parameter of the address.
        typed: What was typed; stays in the field.
        message: What was found and what was expected, shown beside it.
    """

    name: str
    typed: str
    message: str


class Notice(str):
    """What of an address was not understood, and what a page does instead.

    Attributes:
        fault: The first of it alone, for those whose whole request is refused.
    """

    __slots__ = ("fault",)

    fault: str

    def __new__(cls, fault: str, done: str) -> Self:
        """Join the two.

        Args:
            fault: What was not understood, without a full stop.
            done: What is done instead, as it follows on, without a full stop.
        """
        whole = super().__new__(cls, f"{fault}{done}.")
        whole.fault = f"{fault}."
        return whole


def fault_of(notice: str) -> str:
    """Return what was not understood, without what a page does instead."""
    return notice.fault if isinstance(notice, Notice) else notice


class Refused(Exception):  # noqa: N818 (not an error: a parameter that is left out, with a reason)
    """Why a parameter is not used, in words for the reader.

    Args:
        notice: The words.
    """

    def __init__(self, notice: str) -> None:
        super().__init__(notice)
        self.notice = notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a value of the address means.

    Attributes:
        values: Value by field of the selection; of the cost card, by key of the input.
        notices: What of it was not understood.
        remarks: What to say of it though all of it was understood.
        fault: Why it cannot be used, where it was typed into a field.
    """

    values: Mapping[str, object]
    notices: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    fault: Fault | None = None


#: Reads a value under a programme, whose bands and pilots it may name. Raises ``Refused``.
Read = Callable[[str, Programme], Reading]


def first_as_text(values: Sequence[object]) -> str:
    """Spell the one value of a parameter as it is.

    Args:
        values: Of its fields: one.
    """
    return str(values[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One entry of the registry: everything that is known of a part of the selection.

    Attributes:
        name: In the address; once released it does not change its meaning.
        kind: What its values are.
        fields: Fields of ``Selection`` that it sets.
        allowed: Every value with its label, under a programme; empty where any number within limits
            is allowed.
        read: Says what a value means under a programme. Raises ``Refused`` where it cannot be used.
        spell: Writes values of its fields as the address does.
        label: What its control is called; under a programme, where that names what it is about.
        help: What it changes, in a sentence; of those that a programme is the source of, under one.
        pages: Pages whose figures follow it; none where it changes no figure.
        ticked: Value that its control stands for when it is ticked; empty for any other control.
        excludes: Parameter that a choice of this one in the bar takes out of the address.
    """

    name: str
    kind: Kind = Kind.CHOICE
    fields: tuple[str, ...]
    allowed: Callable[[Programme], Mapping[str, str]]
    read: Read
    spell: Callable[[Sequence[object]], str] = first_as_text
    label: str | Callable[[Programme], str]
    help: str | Callable[[Programme], str]
    pages: frozenset[Page]
    ticked: str = ""
    excludes: str = ""

    @property
    def controls(self) -> tuple[str, ...]:
        """Names of its controls: one of its own name, but a period has one for either end."""
        return self.fields if self.kind is Kind.YEARS else (self.name,)

    def label_under(self, of: Programme) -> str:
        """Return what its control is called.

        Args:
            of: The programme.
        """
        return self.label if isinstance(self.label, str) else self.label(of)

    def help_under(self, of: Programme) -> str:
        """Say what it changes, in a sentence.

        Args:
            of: The programme.
        """
        return self.help if isinstance(self.help, str) else self.help(of)

    def accepts(self, words: str, of: Programme) -> bool:
        """Whether a value can be used.

        Args:
            words: As in an address.
            of: The programme.
        """
        try:
            self.read(words, of)
        except Refused:
            return False
        return True

    def values_of(self, selection: object) -> tuple[object, ...]:
        """Return the values of its fields in a selection, in their order.

        Args:
            selection: A ``Selection``.
        """
        return tuple(getattr(selection, field) for field in self.fields)


def echo(words: str) -> str:
    """Return what was found in an address, printable and short enough for a sentence.

    Args:
        words: As they were found.
    """
    plain = "".join(letter if letter.isprintable() else "·" for letter in words)
    return plain if len(plain) <= LONGEST_ECHO else f"{plain[:LONGEST_ECHO]}…"


def parts(words: str) -> list[str]:
    """Return what stands between commas.

    Args:
        words: A value of the address.
    """
    return [part.strip() for part in words.split(",") if part.strip()]
