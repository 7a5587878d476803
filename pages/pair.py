"""Two selections side by side: the cards of a page, or one card, in two columns."""

from typing import Final

from dash import html, register_page
from dash.development.base_component import Component

from analytics.selection.parse import from_query
from components.frame.navigation import entry_of
from components.frame.pair_address import Compared, compared
from components.frame.shell import link, page, plain_page
from components.pair.update_pair import places
from components.prefix import PAIRS

LEDE: Final = "A is pinned. The bar changes B. The link of this page holds both."


def layout(pair: object = "", **query: str) -> Component:
    """The page for what the path compares and pins, and the selection in its query."""
    # A query may repeat the name of the path's variable, and then comes in its place, as a list.
    shown = compared(pair) if isinstance(pair, str) else None
    other = from_query(query)
    if shown is None:
        words = ("No page and no card has this name. See ", link("ready-made pairs", "/compare"))
        return plain_page(
            "There is nothing to compare here", *words, after=html.Div(places(None, other))
        )
    return page(
        f"{_name(shown)}: two selections side by side",
        other,
        places(shown, other),
        lede=LEDE,
        path=f"{PAIRS}{shown.named}",
    )


def _name(shown: Compared) -> str:
    """Return what is compared: the name of the page, or the title of the one card."""
    [*_, last] = shown.path.split("/")
    if last == shown.path:
        return str(entry_of(shown.page)["name"])
    [card] = shown.cards
    return f"{card.finding.title_for(shown.one)}{card.suffix}"


def title(pair: str = "") -> str:
    """The title of the window."""
    shown = compared(pair)
    return f"{_name(shown)}: two selections" if shown else "Nothing to compare"


register_page(__name__, path_template=f"{PAIRS}<pair>", name="Side by side", title=title)
