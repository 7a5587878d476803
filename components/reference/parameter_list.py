"""The parameters of the address, described for scripts and for the README from their registry."""

from collections.abc import Iterator
from typing import Final

from analytics.selection.parameter import Kind, Parameter
from analytics.selection.parameters import PARAMETERS
from analytics.selection.selection import HOME, Selection
from data.programmes.programme import Programme

MOST_LISTED: Final = 5  # values that a line of the README names one by one


def entries(of: Programme) -> list[dict[str, object]]:
    """Return every parameter as the data address of parameters gives it.

    Args:
        of: The programme.
    """
    return [
        {
            "name": one.name,
            "kind": one.kind.value,
            "default": default(one, of),
            "allowed": [
                {"value": value, "label": label} for value, label in one.allowed(of).items()
            ],
            "label": one.label_under(of),
            "help": one.help_under(of),
            "pages": sorted(one.pages),
        }
        for one in PARAMETERS.values()
    ]


def default(one: Parameter, of: Programme) -> str:
    """Return the default of a parameter as an address would spell it, "" for none.

    Args:
        one: An entry of the registry.
        of: The programme.
    """
    plain = Selection.of(of)
    if one.kind is Kind.AMOUNT:
        return plain.costs.shown(one.name).replace(",", "")
    return one.spell(one.values_of(plain))


def markdown() -> str:
    """Return the README's list of parameters."""
    return "\n".join(["| parameter | values | what it sets |", "| --- | --- | --- |", *_lines()])


def _lines() -> Iterator[str]:
    for one in PARAMETERS.values():
        allowed = one.allowed(HOME)
        named = len(allowed) <= MOST_LISTED and one.kind in {Kind.CHOICE, Kind.CHOICES}
        values = ", ".join(f"`{value}`" for value in allowed) if named else one.kind.value
        yield f"| `{one.name}` | {values} | {one.help_under(HOME)} |"
