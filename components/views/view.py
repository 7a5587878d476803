"""What a sheet is: HTML a card shows in place of a chart, filled in when it is looked at."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from dash import page_registry

from analytics.publication.finding import Published
from components.prefix import at


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sheet:
    """A way to write a finding.

    Attributes:
        name: What its tab is called.
        write: Writes a published finding as escaped HTML.
    """

    name: str
    write: Callable[[Published], str]


def led(words: str, address: str) -> str:
    """Write words as a link that takes the selection along, or plain where no page is there.

    Args:
        words: What the link says, not yet escaped.
        address: Path of a page.
    """
    if not leads(address):
        return escape(words)
    return f'<a data-follow href="{escape(at(address))}">{escape(words)}</a>'


def leads(address: str) -> bool:
    """Whether the explorer has a page at an address.

    Args:
        address: Path of a page.
    """
    pages = {str(one["path"]) for one in page_registry.values()}
    return address in pages or address.startswith("/indicators/")
