"""Addresses of two selections side by side: what is compared, the pinned selection, then the other.

``/compare/indicators/k=5?compare=england`` shows the cards of the page of indicators for pilots
beside five similar councils, and beside England. The query is the selection that the bar changes,
as on every page; the pinned one is spelled in the same way and is a part of the path, so that the
bar leaves it alone and one link holds both.
"""

from dataclasses import dataclass
from urllib.parse import unquote

from analytics.selection.parameter import Page
from analytics.selection.parse import from_search
from analytics.selection.selection import Selection
from components.card.card import Card, card_of
from components.frame.bar_words import page_of
from components.frame.navigation import cards_of, entry_of
from components.prefix import CARDS_ALONE, NAMED, PAIRS


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What an address sets side by side.

    Attributes:
        path: As the address names it: a page, such as "over-time", or a card, "cards/kpis-gaps".
        page: The page it is of; its bar offers what the page follows.
        cards: In the order of the page.
        one: The pinned selection, with what of it was not understood.
    """

    path: str
    page: Page
    cards: tuple[Card, ...]
    one: Selection

    @property
    def named(self) -> str:
        """What follows ``PAIRS`` in its address, the pinned selection in its one spelling."""
        return f"{self.path}/{self.one.to_query().removeprefix('?')}".rstrip("/")

    @property
    def permalink(self) -> str:
        """The same with every parameter that the page follows, defaults too, and the release."""
        return f"{self.path}/{self.one.to_permalink(self.page).removeprefix('?')}".rstrip("/")


def compared(words: str) -> Compared | None:
    """Read what follows ``PAIRS`` in an address; None where it names no page and no card.

    Args:
        words: As a browser or a server has it, with or without its escapes.
    """
    what, _, pinned = unquote(words).strip("/").partition("/")
    if f"{what}/" == CARDS_ALONE:
        key, _, pinned = pinned.partition("/")
        what, cards = (
            f"{CARDS_ALONE}{key}",
            _alone(key, pinned),
        )
        page = page_of(f"/{what}") if cards else None
    else:
        page = next((one for one in Page if _spelled(one) == what), None)
        cards = cards_of(page, from_search(pinned).programme) if page else ()
    if page is None:
        return None
    return Compared(path=what, page=page, cards=cards, one=from_search(pinned))


def _alone(key: str, pinned: str) -> tuple[Card, ...]:
    card = card_of(key, from_search(pinned).programme)
    return (card,) if card else ()


def pair_address(what: str, one: Selection, other: Selection) -> str:
    """Return the address of two selections side by side, from the first slash.

    Args:
        what: As ``Compared.path``.
        one: The pinned selection.
        other: The one that the bar changes.
    """
    pinned = one.to_query().removeprefix("?")
    return f"{PAIRS}{what}/{pinned}".rstrip("/") + other.to_query()


def compares(path: str, page: Page | None) -> str:
    """Return what the button at an address sets side by side; "" where it has none.

    Args:
        path: Of the page, from the first slash.
        page: What it follows.
    """
    if page is None or path.startswith(PAIRS):
        return ""
    is_card = path.startswith(f"/{CARDS_ALONE}")
    return path.removeprefix("/") if is_card else _spelled(page)


def home_address(what: Compared, selection: Selection) -> str:
    """Return the address of the page, or the card alone, for one selection.

    Args:
        what: What is compared.
        selection: One of the two.
    """
    if what.path.startswith(CARDS_ALONE):
        return f"/{what.path}{selection.to_query()}"
    named = NAMED.get(what.page)
    if named is None:
        return f"{entry_of(what.page)['path']}{selection.to_query()}"
    value = getattr(selection, named.parameter)
    return f"{named.below}{value}{selection.to_query(without=(named.parameter,))}"


def _spelled(page: Page) -> str:
    return page.replace("_", "-")
