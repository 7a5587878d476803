"""How a reader gets about: the pages in their groups, and the cards of the page in view."""

import sys
from collections.abc import Iterator, Mapping
from itertools import groupby

from dash import html, page_registry
from dash.development.base_component import Component

from analytics.selection.parameter import Page
from components.card.card import Card, offered
from components.html_attrs import follow, marked
from components.prefix import at
from data.programmes.programme import Programme

Entry = Mapping[str, object]


def home_of(card: Card) -> Entry:
    """Return the page whose module makes a card, as Dash lists it.

    Args:
        card: Any that is listed.

    Raises:
        LookupError: No page makes it.
    """
    for entry in page_registry.values():
        if any(one is card for one in vars(sys.modules[str(entry["module"])]).values()):
            return entry
    msg = f"no page makes the card {card.key}"
    raise LookupError(msg)


def entry_of(page: Page) -> Entry:
    """Return a page that follows the selection, as Dash lists it.

    Args:
        page: Its key, which its module is named after.
    """
    return page_registry[f"pages.{page}"]


def cards_of(page: Page, of: Programme) -> tuple[Card, ...]:
    """Return the cards of a page whose findings are offered, each finding once.

    Args:
        page: Any that follows the selection.
        of: The programme.
    """
    made = vars(sys.modules[f"pages.{page}"]).values()
    found = {
        one.finding.key: one
        for one in reversed([*made])
        if isinstance(one, Card) and one.finding.is_offered(of)
    }
    return tuple(reversed(found.values()))


def navigation(of: Programme) -> html.Div:
    """Return the rail: a column beside the page, or what the menu button opens.

    A page names its group where it is registered (``register_page(…, group="Money")``); one
    without a group stands by itself. Pages of which the programme has nothing are left out.

    Args:
        of: The programme.
    """
    groups = groupby(_listed(of), key=lambda one: str(one.get("group", "")))
    pages = html.Ul(
        [entry for name, some in groups for entry in _group(name, [_entry(one) for one in some])]
    )
    cards = html.Nav(
        [
            html.P("On this page", id="on-this-page-title", className="rail-title"),
            html.Ol(id="on-this-page"),
        ],
        className="rail-cards",
        hidden=True,
    )
    return html.Div(
        [
            marked(html.Nav(pages, className="rail-pages"), {"aria-label": "Pages"}),
            marked(cards, {"aria-labelledby": "on-this-page-title"}),
        ],
        className="rail",
    )


def menu() -> html.Details:
    """Return the button that opens the rail where there is no room for it beside the page."""
    return html.Details(html.Summary("Menu", id="menu"), className="menu")


def _listed(of: Programme) -> Iterator[Entry]:
    """Yield the pages that the navigation leads to, in their order."""
    known = [one for one in page_registry.values() if one["order"] is not None]
    for one in sorted(known, key=_order):
        if not is_empty(one, of):
            yield one


def is_empty(page: Entry, of: Programme) -> bool:
    """Whether a programme has nothing of a page: of the cards that it says it ``needs``.

    Args:
        page: As Dash lists it.
        of: The programme.
    """
    needs = page.get("needs")
    return isinstance(needs, tuple) and not offered(of, *needs)


def _order(one: Mapping[str, str | int | None]) -> int:
    return int(one["order"] or 0)


def _entry(one: Entry) -> html.Li:
    return html.Li(follow(html.A(str(one["name"]), href=at(str(one["path"])))))


def _group(name: str, entries: list[html.Li]) -> list[Component]:
    if not name:
        return [*entries]
    title = f"pages-{name.lower().replace(' ', '-')}"
    inside = marked(html.Ul(entries), {"aria-labelledby": title})
    return [html.Li([html.P(name, id=title, className="rail-title"), inside])]
