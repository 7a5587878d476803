"""A card as two selections show it: two columns with the same axes, and the difference below."""

from dataclasses import dataclass
from typing import Final

from dash import html
from dash.development.base_component import Component

from analytics.publication.pair import Pair
from analytics.publication.published import Published
from analytics.selection.differences import Choice
from analytics.text.words import DOT
from components.card.card import Card
from components.card.chart_frame import EMPTY, chart_frame, point_line
from components.charts.chart import Figure
from components.charts.same_axes import same_axes
from components.html_attrs import marked
from components.prefix import at
from data.sources.source import Kind

SAME_VERDICT: Final = "The verdict is the same."
NOT_TESTED: Final = "This difference is not itself tested."


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two selections, as the head of a column names it.

    Attributes:
        letter: "A" or "B".
        words: What it chose, of what differs between the two.
        query: Its query.
    """

    letter: str
    words: str
    query: str


def pair_columns(
    card: Card, pair: Pair, sides: tuple[Side, Side], choices: tuple[Choice, ...]
) -> html.Section:
    """Lay out a card for two selections.

    Args:
        card: Its chart is drawn in both columns.
        pair: Its finding as published for both.
        sides: The selections, the pinned one first.
        choices: In which the two differ.
    """
    figures = card.figure(pair.one), card.figure(pair.other)
    if EMPTY not in figures:
        figures = same_axes(*figures)
    columns = zip(sides, (pair.one, pair.other), figures, strict=True)
    section = html.Section(
        [
            html.H2(title_of(card, pair), id=f"pair-{card.key}-title", className="pair-title"),
            html.P(change_words(pair, choices), className="pair-change"),
            html.Div([_column(card, *column) for column in columns], className="pair-columns"),
            *_difference(pair),
            html.P(f"Source: {pair.other.citation}", className="source on-paper"),
        ],
        id=f"pair-{card.key}",
        className="pair" if not pair.flips else "pair pair--changed",
    )
    return marked(section, {"aria-labelledby": f"pair-{card.key}-title"})


def title_of(card: Card, pair: Pair) -> str:
    """Return what is measured: for both, where that is not the same.

    Args:
        card: Shows it.
        pair: The finding for both selections.
    """
    titles = dict.fromkeys(f"{one.title}{card.suffix}" for one in (pair.one, pair.other))
    return " / ".join(titles)


def change_words(pair: Pair, choices: tuple[Choice, ...]) -> str:
    """Say whether the verdict changes, and which choice is enough to change it.

    Args:
        pair: The finding for both selections.
        choices: In which the two differ.
    """
    if not pair.flips:
        return SAME_VERDICT
    if len(choices) == 1:
        return "The verdict changes."
    untried = f" {len(pair.untried)} of {len(choices)} choices were not tried alone."
    if not pair.alone:
        rest = untried if pair.untried else " No single choice is enough to change it."
        return f"The verdict changes.{rest}"
    enough = DOT.join(one.label for one in pair.alone)
    return f"The verdict changes. Enough by itself: {enough}.{untried if pair.untried else ''}"


def _column(card: Card, side: Side, published: Published, figure: Figure) -> Component:
    key = f"{card.key}-{side.letter.lower()}"
    drawn = card.chart is not None and not published.withheld
    said = "" if published.withheld else published.plain
    kind = html.Span(published.kind.label, className=f"kind kind--{published.kind}")
    name = f"Table, method and files of {side.letter}"
    more = html.A(name, href=at(f"/cards/{card.key}{side.query}"), className="pair-more")
    topic = f"pair-{card.key}-title"
    inside: list[Component] = [chart_frame(key, figure, topic), point_line()] if drawn else []
    if published.withheld:
        inside = [html.Div(html.P(published.withheld), className="withheld")]
    column = html.Div(
        [
            html.P([html.B(side.letter), html.Span(side.words)], className="pair-side"),
            html.H3(
                published.verdict or published.title,
                className="card-title",
                id=f"card-{key}-title",
            ),
            html.Div(inside, className="pair-figure"),
            html.P(said, className="summary", id=f"card-{key}-summary"),
            html.P(published.technical, className="technical"),
            html.P([kind, more], className="pair-foot"),
        ],
        className="pair-column card-panel",
    )
    return marked(column, {"role": "group", "aria-label": f"{side.letter}: {side.words}"})


def _difference(pair: Pair) -> list[Component]:
    if not pair.difference:
        return []
    words = f"{pair.difference}."
    untested = "" if pair.one.kind is Kind.ESTIMATE else f" {NOT_TESTED}"
    return [html.P([html.B(words), untested], className="pair-difference")]
