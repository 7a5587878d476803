"""What the form of a group holds, as an address keeps it while the group is put together.

The list is kept as it was typed, with whatever of it is not understood. It is no selection: only
the page of the form reads it, and no link to another page carries it.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from analytics.selection.council_names import written
from analytics.selection.group import read_group, read_start
from analytics.selection.parameter import Refused
from analytics.selection.selection import HOME

#: Parameters of the list, the start and the name; the browser writes them, in this order.
PARAMETERS: Final = ("list", "from", "called")
#: Parameters of a group that is evaluated already: it is in the form, to be changed.
EVALUATED: Final = ("group", "start", "named")


class Draft(NamedTuple):
    """What the form holds.

    Attributes:
        names: The list of councils as it was typed.
        start: The year, as an address spells it; empty where none is chosen.
        name: What the reader calls the programme, or empty.
    """

    names: str
    start: str
    name: str


def draft_of(query: Mapping[str, object]) -> Draft:
    """Return what an address puts into the form; what cannot be used is left out.

    Args:
        query: Values by name.
    """
    if any(one in query for one in PARAMETERS):
        names, start, name = (text(query.get(one)) for one in PARAMETERS)
        return Draft(names, _year(start), name)
    group, start, name = (text(query.get(one)) for one in EVALUATED)
    return Draft(_listed(group), _year(start), name)


def without_draft(query: Mapping[str, object]) -> dict[str, object]:
    """Return the parameters of an address that are of the selection.

    Args:
        query: Values by name.
    """
    return {name: value for name, value in query.items() if name not in PARAMETERS}


def text(value: object) -> str:
    """Return words that came from a browser; anything else is no words.

    Args:
        value: Of a field, or of a parameter.
    """
    return value if isinstance(value, str) else ""


def _listed(group: str) -> str:
    try:
        bands = read_group(group, HOME).values["group"]
    except Refused:
        return ""
    return written(bands) if isinstance(bands, tuple) else ""


def _year(start: str) -> str:
    try:
        read_start(start, HOME)
    except Refused:
        return ""
    return start
