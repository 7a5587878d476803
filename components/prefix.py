"""The path that the explorer is served under, and addresses written below it.

Inside the explorer every address begins at "/". What a reader is sent begins with the prefix of
the request: nothing, or for example ``/explorer``. ``components.server.proxy`` finds the prefix.
"""

from dataclasses import dataclass
from typing import Final

from flask import has_request_context, request

from analytics.publication.published import Published
from analytics.selection.parameter import Page
from analytics.selection.selection import InPath


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What the path of a page names in place of its query.

    Attributes:
        parameter: The parameter.
        below: The path before its value.
        button: What leads to the page of another value that is chosen in the list.
    """

    parameter: InPath
    below: str
    button: str


#: Pages whose path names a parameter; ``assets/60-selection/30-question.js`` knows their paths too.
NAMED: Final = {
    Page.INDICATOR: Named(
        parameter="indicator", below="/indicators/", button="Show this indicator"
    ),
    Page.COUNCIL: Named(parameter="area", below="/councils/", button="Show this council"),
}
#: Before what an address sets side by side, as ``components.frame.pair_address`` reads it.
PAIRS: Final = "/compare/"
#: Before the key of a card that an address shows by itself, and in place of a page in a pair.
CARDS_ALONE: Final = "cards/"


def named_by(path: str) -> Page | None:
    """Return the page whose path names a parameter at an address; None where none does.

    Args:
        path: From the first slash.
    """
    return next((page for page, one in NAMED.items() if path.startswith(one.below)), None)


def prefix() -> str:
    """Return the prefix of the request, without a slash at its end; "" at the root."""
    return request.script_root if has_request_context() else ""


def at(path: str) -> str:
    """Return an address of the explorer as the reader's browser must ask for it.

    Args:
        path: From the first slash, with any query.
    """
    return f"{prefix()}{path}"


def placed(published: Published) -> Published:
    """Return a finding whose rows hold addresses as the reader's browser must ask for them.

    Args:
        published: From ``Finding.publish``.
    """
    return published.under(prefix())
