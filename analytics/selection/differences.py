"""What two selections differ in, choice by choice, and the steps from one to the other."""

from dataclasses import dataclass
from typing import Final

from analytics.selection.parameter import Kind, Page, Parameter
from analytics.selection.parameters import PARAMETERS
from analytics.selection.parse import from_query
from analytics.selection.selection import Selection

#: What a control of the cost card shows while its field is empty.
NOT_SET: Final = "not set"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One choice in which two selections differ.

    Attributes:
        names: Parameters that it sets. Those that exclude each other are one choice.
        label: What it is called.
        one: What the first selection chose, in words.
        other: What the other chose.
    """

    names: tuple[str, ...]
    label: str
    one: str
    other: str


def differences(one: Selection, other: Selection, page: Page) -> tuple[Choice, ...]:
    """Return the choices in which two selections differ, of those that a page follows.

    Args:
        one: The first selection.
        other: The other.
        page: Says which parameters count.
    """
    return tuple(
        Choice(
            names=names,
            label=PARAMETERS[names[-1]].label_under(one.programme),
            one=_said(one, PARAMETERS[names[-1]]),
            other=_said(other, PARAMETERS[names[-1]]),
        )
        for names in _together(page)
        if any(_spelled(one, name) != _spelled(other, name) for name in names)
    )


def with_choice(one: Selection, other: Selection, choice: Choice) -> Selection:
    """Return a selection with one choice as another selection has it, and nothing else changed.

    What cannot be chosen with the rest, such as weights that a list of neighbours does not have,
    is as it is for an address that asks for it.

    Args:
        one: The selection to change.
        other: Holds the choice.
        choice: Names it.
    """
    pairs, wanted = one.to_pairs(), other.to_pairs()
    kept = {name: value for name, value in pairs.items() if name not in choice.names}
    return from_query({**kept, **{name: wanted[name] for name in choice.names if name in wanted}})


def _together(page: Page) -> list[tuple[str, ...]]:
    """Return the parameters that a page follows, those that exclude each other together."""
    found = dict[str, tuple[str, ...]]()
    for name, one in PARAMETERS.items():
        if page not in one.pages or name in (done for group in found.values() for done in group):
            continue
        follows = one.excludes and page in PARAMETERS[one.excludes].pages
        found[name] = (name, one.excludes) if follows else (name,)
    return list(found.values())


def _spelled(selection: Selection, name: str) -> str:
    return PARAMETERS[name].spell(PARAMETERS[name].values_of(selection))


def _said(selection: Selection, one: Parameter) -> str:
    """Say in words what a selection has for a parameter."""
    spelled = _spelled(selection, one.name)
    if one.ticked:
        return "Yes" if spelled == one.ticked else "No"
    match one.kind:
        case Kind.CHOICES:
            return selection.pilot_words
        case Kind.YEARS:
            return selection.period_words
        case Kind.AMOUNT:
            return selection.costs.shown(one.name) or NOT_SET
        case Kind.CHOICE | Kind.NUMBER | Kind.FLAG | Kind.NAME:
            return one.allowed(selection.programme).get(spelled, spelled)
