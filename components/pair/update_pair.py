"""The body of the page with two selections side by side, and its answer to a change in the bar."""

from collections.abc import Mapping
from time import monotonic
from typing import Final

from dash import Input, Output, callback, dcc, html, no_update
from dash.development.base_component import Component

from analytics.publication.pair import Pair, publish_pair, with_steps
from analytics.selection.differences import Choice, differences
from analytics.selection.parameter import Kind
from analytics.selection.parameters import PARAMETERS
from analytics.selection.parse import from_search
from analytics.selection.selection import Selection
from analytics.text.words import DOT
from components.card.card import Card
from components.frame.pair_address import Compared, compared
from components.html_attrs import marked
from components.pair.columns import Side, pair_columns
from components.pair.summary import summary
from components.prefix import PAIRS, at

#: Choices that the head of a column names; the table has all of them.
MOST_NAMED: Final = 2
#: Seconds after which no further step from one selection to the other is made.
PATIENCE: Final = 5

_SAY_THEMSELVES: Final = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.YEARS})


def places(shown: Compared | None, other: Selection) -> list[Component]:
    """Return the body of the page and what asks for it again.

    Args:
        shown: What is compared; None where an address names nothing.
        other: The selection that the bar changes.
    """
    body = html.Div(pair_body(shown, other) if shown else [], id="pair")
    link = at(f"{PAIRS}{shown.permalink}") if shown else ""
    marked(body, {"data-pair": shown.named if shown else "", "data-permalink-path": link})
    return [body, dcc.Store(id="pair-asked")]


@callback(Output("pair", "children"), Input("pair-asked", "data"), prevent_initial_call=True)
def update_pair(asked: object) -> object:
    """Set two selections side by side.

    Args:
        asked: ``{"pair": …, "query": …}`` from the browser. Anything else is not answered.
    """
    if not isinstance(asked, Mapping):
        return no_update
    words, query = asked.get("pair"), asked.get("query")
    if not isinstance(words, str) or not isinstance(query, str):
        return no_update
    shown = compared(words)
    return no_update if shown is None else pair_body(shown, from_search(query))


def pair_body(shown: Compared, other: Selection) -> list[Component]:
    """Lay out what changes between two selections, then their cards in two columns.

    Cards that are the same in both, and those that have nothing to show, are listed below.

    Args:
        shown: What is compared, with the pinned selection.
        other: The selection that the bar changes.
    """
    choices = differences(shown.one, other, shown.page)
    until = monotonic() + PATIENCE
    both = [(card, publish_pair(card.finding, shown.one, other)) for card in shown.cards]
    every = [(card, with_steps(pair, card.finding, choices, until=until)) for card, pair in both]
    told = [(card, pair) for card, pair in every if not pair.waits and not pair.is_empty]
    differing = [(card, pair) for card, pair in told if not pair.is_same]
    sides = (
        Side(letter="A", words=_words(shown.one, choices), query=shown.one.to_query()),
        Side(letter="B", words=_words(other, choices, of_other=True), query=other.to_query()),
    )
    return [
        *_not_understood(shown.one),
        html.Div(summary(shown, other, choices, told), className="pair-summary"),
        *(pair_columns(card, pair, sides, choices) for card, pair in differing),
        *_rest("The same in A and B", [one for one in told if one not in differing], other),
        *_rest("Nothing to show for A or for B", [o for o in every if o[1].is_empty], other),
    ]


def _words(selection: Selection, choices: tuple[Choice, ...], *, of_other: bool = False) -> str:
    """Name a selection by what it chose where the two differ, a number by its choice too."""
    named = [
        words if PARAMETERS[choice.names[0]].kind in _SAY_THEMSELVES else f"{choice.label}: {words}"
        for choice in choices[:MOST_NAMED]
        for words in [choice.other if of_other else choice.one]
    ] or [selection.pilot_words]
    more = len(choices) - MOST_NAMED
    return DOT.join([*named, *([f"{more} more"] if more > 0 else [])])


def _not_understood(one: Selection) -> list[Component]:
    if not one.said:
        return []
    return [html.Div([html.P(f"About A: {words}") for words in one.said], className="notice")]


def _rest(heading: str, some: list[tuple[Card, Pair]], other: Selection) -> list[Component]:
    """List cards that need no two columns, each with its verdict and a link to it."""
    if not some:
        return []
    entries = [
        html.Li(
            [
                html.A(
                    f"{pair.other.title}{card.suffix}",
                    href=at(f"/cards/{card.key}{other.to_query()}"),
                ),
                html.Span(pair.other.withheld or pair.other.verdict),
            ]
        )
        for card, pair in some
    ]
    return [html.Section([html.H2(heading), html.Ul(entries)], className="pair-rest")]
