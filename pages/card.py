"""One card by itself, as wide as the page: what "Enlarge" leads to."""

from dash import html, register_page
from dash.development.base_component import Component

from analytics.selection.parameter import Page
from analytics.selection.parse import from_query
from components.card.card import CARDS, card_of
from components.frame.bar_words import page_of
from components.frame.navigation import Entry, home_of
from components.frame.routes import routes
from components.frame.shell import cards, link, page, plain_page
from components.prefix import NAMED


def layout(key: object = "", **query: str) -> Component:
    """The page for the card that the address names and the selection in its query."""
    # A query may repeat the name of the path's variable, and then comes in its place, as a list.
    selection = from_query(query)
    here = card_of(key, selection.programme) if isinstance(key, str) else None
    if here is None:
        words = "The address names no card of these pages. Search above, or start at "
        return plain_page(
            "There is no such card",
            words,
            link("the overview", "/"),
            ".",
            after=routes(selection.programme, path="/"),
        )
    home = home_of(here)
    named = NAMED.get(page_of(str(home["path"])) or Page.OVERVIEW)
    held = getattr(selection, named.parameter) if named else ""
    at_home = f"{named.below}{held}".rstrip("/") if named else str(home["path"])
    return page(
        here.finding.title_for(selection) + here.suffix,
        selection,
        [
            cards(here.show(selection, place="wide")),
            html.P(
                [
                    "This card is on the page ",
                    link(_name(home, held), f"{at_home}#card-{key}"),
                    ".",
                ],
                className="card-home",
            ),
        ],
        path=f"/cards/{key}",
    )


def _name(home: Entry, held: object) -> str:
    """Name a page as its heading does where its path names something, else as the rail does."""
    heading = home.get("heading")
    return str(heading(held)) if callable(heading) and held else str(home["name"])


def title(key: str = "") -> str:
    """The title of the window."""
    known = CARDS.get(key)
    return known.finding.title_for(from_query({})) if known else "No such card"


register_page(__name__, path_template="/cards/<key>", name="Card", title=title)
