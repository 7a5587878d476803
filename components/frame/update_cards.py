"""How a change of selection reaches the eye: one question, one answer, for all cards of a page.

The address is the only state. The browser asks with the query its controls spell and the cards it
shows; the answer holds the canonical address, the words, and every card's figure, sentence and
notes. A few lines in ``assets`` hand each card its piece, those in view first. The browser asks
without Dash's own code, which would tell every component of question and answer.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from dash import (
    ALL,
    ClientsideFunction,
    Input,
    Output,
    callback,
    clientside_callback,
    dcc,
    no_update,
)

from analytics.publication.finding import published_together
from analytics.publication.lru_cache import LruCache
from analytics.selection.parameter import Page
from analytics.selection.parse import from_search
from analytics.selection.selection import Selection
from components.card.card import CARDS, card_of
from components.frame.bar_words import bar_words
from components.frame.controls import control_values
from components.prefix import prefix

MOST_CARDS: Final = 24
REMEMBERED: Final = 192  # answers of some 100 kB

Answer = dict[str, object]


def stores() -> list[dcc.Store]:
    """Return the question and the answer, placed once in the shell."""
    return [dcc.Store(id="asked"), dcc.Store(id="answered")]


@callback(Output("answered", "data"), Input("asked", "data"), prevent_initial_call=True)
def update_cards(asked: object) -> object:
    """Publish the cards of a page for the selection its controls spell.

    Args:
        asked: ``{"query": …, "cards": […], "page": …, "step": …}`` from the browser. Anything
            else is not answered; unknown cards, and words for an unknown page, are left out.
    """
    if not isinstance(asked, Mapping):
        return no_update
    query, cards, step = asked.get("query"), asked.get("cards"), asked.get("step")
    page = next((one for one in Page if one == asked.get("page")), None)
    if not isinstance(query, str) or not isinstance(cards, list):
        return no_update
    selection = from_search(query)
    of = selection.programme
    asked_for = (key for key in cards[:MOST_CARDS] if isinstance(key, str))
    known = tuple(key for key in asked_for if card_of(key, of))
    return {**_answer_to(selection, known, page), "step": step if isinstance(step, str) else ""}


clientside_callback(
    ClientsideFunction("explorer", "ask"),
    Input({"type": "control", "name": ALL}, "value"),
    prevent_initial_call=True,
)
clientside_callback(ClientsideFunction("explorer", "arrived"), Input("_pages_content", "children"))


def _made(selection: Selection, cards: tuple[str, ...], page: Page | None) -> Answer:
    return {
        "query": selection.to_query(),
        "permalink": selection.to_permalink(page),
        "words": selection.label,
        "bar": bar_words(selection, page),
        "notices": list(selection.said),
        "faults": {fault.name: fault.message for fault in selection.faults},
        "controls": control_values(selection),
        "cards": _pieces(cards, selection),
    }


def _of_now(answer: Answer, selection: Selection) -> Answer:
    """Bring an answer up to date with the slow findings that it found waiting to be made."""
    pieces = answer["cards"]
    if not isinstance(pieces, dict):
        return answer
    waiting = [key for key, piece in pieces.items() if piece["waiting"]]
    if not waiting:
        return answer
    return {**answer, "cards": {**pieces, **_pieces(waiting, selection)}}


def _pieces(cards: Iterable[str], selection: Selection) -> dict[str, dict[str, object]]:
    with published_together():
        return {key: CARDS[key].pieces(selection) for key in cards}


def _answer_to(selection: Selection, cards: tuple[str, ...], page: Page | None) -> Answer:
    key = (selection, selection.said, selection.faults, cards, page, prefix())
    remembered = _ANSWERS.get(key)
    if remembered is not None:
        return _of_now(remembered, selection)
    made = _made(selection, cards, page)
    _ANSWERS.put(key, made)
    return made


# The answers this process has put together lately. Pure of inputs, so safe to share by readers.
_ANSWERS: Final = LruCache[tuple[object, ...], Answer](REMEMBERED)
