"""A finding on a page: title, sentence, chart, table, method, files and source, always together."""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final, Literal

from dash import html
from dash.development.base_component import Component

from analytics.publication.export import attribution, marked_name
from analytics.publication.finding import Finding
from analytics.publication.published import Published
from analytics.selection.selection import Selection
from components.card.chart_frame import EMPTY, chart_frame, named_simulated, point_line, with_marks
from components.card.parts import asking_button, foot, opener, tab_panel, tab_row
from components.charts.chart import Chart, Figure
from components.charts.per_cent import in_per_cent
from components.glossary import spelled
from components.html_attrs import follow, marked, part, termed
from components.prefix import at, placed
from components.views.view import CardView
from data.programmes.programme import Programme

TABS: Final = {
    "chart": "Chart",
    "table": "Table",
    "about": "About",
    "download": "Download",
    "copy": "Copy",
}
#: Whether pages are laid out for the ids of their components alone: nothing is published then.
IDS_ALONE: Final = ContextVar("IDS_ALONE", default=False)
#: Where a card is in the grid of its page: the whole width with its words beside the chart, half of
#: it, the whole width, or folded to its verdict.
Place = Literal["lead", "half", "wide", "folded"]
#: Words of a finding that stand by themselves: verdict and sentences, sentences, verdict, or the
#: verdict with the last sentence.
Layer = Literal["headline", "summary", "title", "brief"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Card:
    """A finding and the chart it is drawn with.

    Attributes:
        key: Id on the page; the finding's key, or its own where a finding stands twice.
        finding: What it shows.
        chart: Draws its frame; None shows the table in the chart's place.
        suffix: Follows the finding's title, where it stands in a second card of a page.
        view: Writes its frame in the chart's place; None where it has a chart, or its table does.
        asks: Parameter of the selection without which it cannot answer; a button leads to it.
    """

    key: str
    finding: Finding
    chart: Chart | None
    suffix: str = ""
    view: CardView | None = None
    asks: str = ""

    @property
    def tabs(self) -> Mapping[str, str]:
        """The tabs of the card by key, the one it opens with first."""
        later = {tab: words for tab, words in TABS.items() if tab != "chart"}
        if self.chart is not None:
            return TABS
        # "sheet" is in the address of the tab, which stays as it was given out.
        return later if self.view is None else {"sheet": self.view.name, **later}

    def figure(self, published: Published) -> Figure:
        """Draw a published finding; a withheld one has an empty figure."""
        if self.chart is None or published.withheld or not len(published.frame):
            return EMPTY
        figure = self.chart(*in_per_cent(placed(published).frame, published.quantity))
        drawn = with_marks(figure, published.selection.programme)
        return named_simulated(drawn) if published.kind.is_simulated else drawn

    def pieces(self, selection: Selection) -> dict[str, object]:
        """Return everything a change of selection may change in the card, for the browser.

        Args:
            selection: What the reader chose.
        """
        published = self.finding.publish(selection)
        topic, title = self._heading(published)
        return {
            "figure": self.figure(published) if self.chart else None,
            "title": title,
            "topic": topic,
            "own": published.own_words,
            "subtitle": published.subtitle,
            "summary": "" if published.withheld else published.plain,
            "technical": published.technical,
            "terms": _terms(published),
            "headline": published.words.headline,
            "brief": published.words.brief,
            "withheld": published.withheld,
            "notes": list(published.notes),
            "waiting": published.waiting,
        }

    def show(self, selection: Selection, *, place: Place = "half") -> Component:
        """Lay the card out for a selection.

        Args:
            selection: What the reader chose.
            place: Where it is in the grid of its page. A folded card shows its verdict alone
                until the reader opens it.
        """
        if IDS_ALONE.get():
            return html.Section()
        published = self.finding.publish(selection)
        drawn = self.chart is not None
        first = next(iter(self.tabs))
        section = html.Section(
            [
                self._head(published, place),
                tab_panel(self.key, "chart", self._chart_panel(published), hidden=not drawn),
                *(
                    self._filled(published, tab, hidden=tab != first, folded=place == "folded")
                    for tab in self.tabs
                    if tab != "chart"
                ),
                foot(published),
            ],
            id=f"card-{self.key}",
            className=f"card card--{place}{'' if drawn else ' card--bare'}",
        )
        return marked(
            section,
            {
                **({"data-folded": ""} if place == "folded" else {}),
                **({"data-waits": ""} if self._waits(place) else {}),
                "data-card": self.key,
                "data-file": marked_name(self.key, published.kind),
                "data-licence": attribution(published.sources),
                "aria-labelledby": f"card-{self.key}-topic card-{self.key}-title",
            },
        )

    def _waits(self, place: Place) -> bool:
        """Whether what stands in the chart's place comes after the page."""
        at_once = self.chart is not None or (self.view is not None and self.view.at_once)
        return not at_once and place != "folded"

    def headline(
        self,
        selection: Selection,
        *,
        name: str = "",
        look: str = "headline",
        layer: Layer = "headline",
    ) -> Component:
        """Lay the finding's words out by themselves: large at the head of a page, or as asked.

        Args:
            selection: What the reader chose.
            name: Id on the page, where something points at it.
            look: Class of the paragraph.
            layer: Verdict and plain sentences, one of the two alone, or both in 25 words.
        """
        if IDS_ALONE.get():
            return html.P()
        published = self.finding.publish(selection)
        said = {
            "headline": published.words.headline,
            "summary": published.plain,
            "title": published.verdict,
            "brief": published.words.brief,
        }[layer]
        words = html.P(said, id=name, className=look) if name else html.P(said, className=look)
        return marked(words, {"data-headline": self.key, "data-layer": layer})

    def _filled(self, published: Published, tab: str, *, hidden: bool, folded: bool) -> html.Div:
        """Return the panel of a tab, with its view where that comes with the page.

        Dash writes no HTML as it is, so the view is in an attribute; the browser sets it in place
        before it paints.
        """
        panel = tab_panel(self.key, tab, [], hidden=hidden)
        if tab != "sheet" or folded or self.view is None or not self.view.at_once:
            return panel
        return marked(panel, {"data-sheet": str(self.view.sheet(published))})

    def _chart_panel(self, published: Published) -> list[Component]:
        if self.chart is None:
            return []
        figure = self.figure(published)
        withheld = published.withheld
        terms = _terms(published)
        technical = html.P(published.technical, className="technical")
        return [
            part(html.Div(withheld, className="withheld", hidden=not withheld), "withheld"),
            *([asking_button(self.asks)] if self.asks else []),
            chart_frame(self.key, figure, f"card-{self.key}-topic"),
            point_line(),
            termed(
                part(
                    html.P(
                        "" if withheld else published.plain,
                        className="summary",
                        id=f"card-{self.key}-summary",
                    ),
                    "summary",
                ),
                terms["summary"],
            ),
            termed(part(technical, "technical"), terms["technical"]),
        ]

    def _heading(self, published: Published) -> tuple[str, str]:
        """Return topic and title: what has no verdict has its topic as the title."""
        topic = published.title + self.suffix
        return (topic, published.verdict) if published.verdict else ("", topic)

    def _head(self, published: Published, place: Place) -> html.Div:
        measured, said = self._heading(published)
        title = html.H2(said, id=f"card-{self.key}-title", className="card-title")
        topic = html.Span(measured, id=f"card-{self.key}-topic")
        own = termed(
            part(html.Span(published.own_words, className="card-own"), "own"),
            _terms(published)["own"],
        )
        line = html.P([part(topic, "topic"), own], className="card-topic")
        # What the selection bar says goes with pictures and print alone.
        whole = part(html.P(published.subtitle, className="card-subtitle on-paper"), "subtitle")
        before = (opener(self.key),) if place == "folded" else ()
        return html.Div(
            [
                *before,
                part(title, "title"),
                line,
                html.Div(
                    [tab_row(self.key, published.title, self.tabs), self._enlarge(published)],
                    className="card-actions",
                ),
                whole,
            ],
            className="card-head",
        )

    def _enlarge(self, published: Published) -> html.A:
        words = html.Span(f"Enlarge: {published.title}{self.suffix}", className="visually-hidden")
        return follow(
            html.A(words, href=at(f"/cards/{self.key}"), className="card-enlarge", title="Enlarge")
        )


CARDS: dict[str, Card] = {}


def card(
    finding: Finding,
    *,
    chart: Chart | None,
    key: str = "",
    suffix: str = "",
    view: CardView | None = None,
    asks: str = "",
) -> Card:
    """Make a card, and list it for changes of the selection.

    Args:
        finding: What it shows.
        chart: Draws its frame; None shows the table in the chart's place.
        key: Id, where the finding stands in more than one card.
        suffix: Follows the finding's title, where it stands in a second card of a page.
        view: Writes its frame in the chart's place, where it has no chart.
        asks: Parameter of the selection without which it cannot answer.

    Raises:
        ValueError: Another card has the id.
    """
    named = key or finding.key
    made = Card(key=named, finding=finding, chart=chart, suffix=suffix, view=view, asks=asks)
    if CARDS.setdefault(made.key, made) is not made:
        msg = f"two cards are called {made.key}"
        raise ValueError(msg)
    return made


def offered(of: Programme, *some: Card) -> tuple[Card, ...]:
    """Return those of some cards whose findings a programme has what they are made from.

    Args:
        of: The programme.
        some: In reading order.
    """
    return tuple(one for one in some if one.finding.is_offered(of))


def cards_under(of: Programme) -> dict[str, Card]:
    """Return the cards that a programme has something for, by key.

    Args:
        of: The programme.
    """
    return {key: card for key, card in CARDS.items() if card.finding.is_offered(of)}


def card_of(key: str, of: Programme) -> Card | None:
    """Return a card by its key; None where there is none, or a programme has nothing for it.

    Args:
        key: From an address.
        of: The programme.
    """
    found = CARDS.get(key)
    return found if found and found.finding.is_offered(of) else None


def shown(selection: Selection, *some: Card, place: Place = "half") -> list[Component]:
    """Lay out those of some cards that are offered.

    Args:
        selection: What the reader chose.
        some: In reading order.
        place: Where each is in the grid of its page.
    """
    return [one.show(selection, place=place) for one in offered(selection.programme, *some)]


def _terms(published: Published) -> dict[str, str]:
    """Say where each part of a card first says terms of the glossary, by name of the part."""
    own, summary, technical = spelled(
        published.own_words, "" if published.withheld else published.plain, published.technical
    )
    return {"own": own, "summary": summary, "technical": technical}
