"""What a view is: HTML a card shows in place of a chart, filled in when it is looked at."""

from collections.abc import Callable
from dataclasses import dataclass

from dash import page_registry
from markupsafe import Markup

from analytics.publication.published import Published
from components.prefix import at


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CardView:
    """A way to write a finding.

    Attributes:
        name: What its tab is called.
        write: Writes a published finding by a template.
        is_spoken: Whether what it writes says what the plain sentences say, which are left out.
        is_technical: Whether it says what the technical line says, which is left out.
    """

    name: str
    write: Callable[[Published], Markup]
    is_spoken: bool = False
    is_technical: bool = False


def page_address(address: str) -> str:
    """Return an address as the reader's browser asks for it, or "" where no page is there.

    Args:
        address: Path of a page.
    """
    return at(address) if leads(address) else ""


def leads(address: str) -> bool:
    """Whether the explorer has a page at an address.

    Args:
        address: Path of a page.
    """
    pages = {str(one["path"]) for one in page_registry.values()}
    return address in pages or address.startswith("/indicators/")
