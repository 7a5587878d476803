"""Two selections side by side: the cards of a page, or one card, in two columns."""

from typing import Final

from dash import html, register_page
from dash.development.base_component import Component

from analytics.selection.parse import from_query
from components.frame.pair_address import compared
from components.frame.shell import link, page, plain_page
from components.pair.summary import name_of
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
        f"{name_of(shown)}: two selections side by side",
        other,
        places(shown, other),
        lede=LEDE,
        path=f"{PAIRS}{shown.named}",
    )


def title(pair: str = "") -> str:
    """The title of the window."""
    shown = compared(pair)
    return f"{name_of(shown)}: two selections" if shown else "Nothing to compare"


register_page(__name__, path_template=f"{PAIRS}<pair>", name="Side by side", title=title)
