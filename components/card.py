"""A finding on a page: title, sentence, chart, table, method, files and source, always together."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dash import dcc, html
from dash.development.base_component import Component

from analytics.publication.finding import Finding, Published
from analytics.selection import Selection
from components.charts.chart import Chart, Figure

TABS: Final = {"chart": "Chart", "table": "Table", "about": "About", "download": "Download"}
CONFIG: Final = {"displayModeBar": False, "showSendToCloud": False, "responsive": True}
EMPTY: Final[Figure] = {"data": [], "layout": {"height": 120}}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Card:
    """A finding and the chart it is drawn with.

    Attributes:
        key: Id on the page; the finding's key, or its own where a finding stands twice.
        finding: What it shows.
        chart: Draws its frame; None shows the table in the chart's place.
    """

    key: str
    finding: Finding
    chart: Chart | None

    def figure(self, published: Published) -> Figure:
        """Draw a published finding; a withheld one has an empty figure."""
        if self.chart is None or published.withheld or not len(published.frame):
            return EMPTY
        return self.chart(published.frame, published.unit)

    def pieces(self, selection: Selection) -> dict[str, object]:
        """Return everything a change of selection may change in the card, for the browser.

        Args:
            selection: What the reader chose.
        """
        published = self.finding.publish(selection)
        return {
            "figure": self.figure(published) if self.chart else None,
            "title": published.title,
            "subtitle": published.subtitle,
            "says": "" if published.withheld else published.says,
            "withheld": published.withheld,
            "notes": list(published.notes),
        }

    def show(self, selection: Selection) -> Component:
        """Lay the card out for a selection.

        Args:
            selection: What the reader chose.
        """
        published = self.finding.publish(selection)
        return html.Section(
            [
                _head(published, self.key),
                _tabs(self.key, published.title, TABS if self.chart else _without_chart()),
                _panel(self.key, "chart", self._chart_panel(published), hidden=not self.chart),
                *(
                    _panel(self.key, tab, [], hidden=self.chart is not None or tab != "table")
                    for tab in list(TABS)[1:]
                ),
                _foot(published),
            ],
            id=f"card-{self.key}",
            className="card",
            **_data(card=self.key, file=self.key),
            **{"aria-labelledby": f"card-{self.key}-title"},
        )

    def headline(self, selection: Selection) -> Component:
        """Lay the finding's sentence out large, at the head of a page.

        Args:
            selection: What the reader chose.
        """
        published = self.finding.publish(selection)
        return html.P(published.says, className="headline", **_data(headline=self.key))

    def _chart_panel(self, published: Published) -> list[Component]:
        if self.chart is None:
            return []
        figure = self.figure(published)
        withheld = published.withheld
        return [
            html.P("" if withheld else published.says, className="says", **_data(part="says")),
            html.Div(withheld, className="withheld", hidden=not withheld, **_data(part="withheld")),
            html.Div(
                dcc.Graph(
                    id=f"graph-{self.key}",
                    figure=figure,
                    config=CONFIG,
                    style={"height": f"{_height(figure)}px"},
                ),
                className="chart",
                tabIndex=0,
                role="group",
                **{
                    "aria-label": "Chart. Use the arrow keys to read its points.",
                    "aria-describedby": f"card-{self.key}-says",
                },
            ),
            html.P("", className="point", **_data(part="point"), **{"aria-live": "polite"}),
        ]


CARDS: dict[str, Card] = {}


def card(finding: Finding, *, chart: Chart | None, key: str = "") -> Card:
    """Make a card and list it, so that its page can be brought up to date.

    Args:
        finding: What it shows.
        chart: Draws its frame; None shows the table in the chart's place.
        key: Id, where the finding stands in more than one card.

    Raises:
        ValueError: Another card has the id.
    """
    made = Card(key=key or finding.key, finding=finding, chart=chart)
    if CARDS.setdefault(made.key, made) is not made:
        msg = f"two cards are called {made.key}"
        raise ValueError(msg)
    return made


def _without_chart() -> Mapping[str, str]:
    return {tab: words for tab, words in TABS.items() if tab != "chart"}


def _data(**names: str) -> dict[str, str]:
    return {f"data-{name}": value for name, value in names.items()}


def _height(figure: Figure) -> int:
    layout = figure["layout"]
    height = layout.get("height", 0) if isinstance(layout, dict) else 0
    return height if isinstance(height, int) else 0


def _head(published: Published, key: str) -> html.Div:
    return html.Div(
        [
            html.H2(
                published.title,
                id=f"card-{key}-title",
                className="card-title",
                **_data(part="title"),
            ),
            html.P(published.subtitle, className="card-subtitle", **_data(part="subtitle")),
            html.Span(
                published.kind.words,
                className=f"kind kind--{published.kind}",
                **_data(part="kind"),
            ),
        ],
        className="card-head",
    )


def _tabs(key: str, title: str, tabs: Mapping[str, str]) -> html.Div:
    first = next(iter(tabs))
    return html.Div(
        [
            html.Button(
                words,
                type="button",
                role="tab",
                id=f"tab-{key}-{tab}",
                tabIndex=0 if tab == first else -1,
                **_data(tab=tab),
                **{
                    "aria-controls": f"card-{key}-{tab}",
                    "aria-selected": "true" if tab == first else "false",
                },
            )
            for tab, words in tabs.items()
        ],
        role="tablist",
        className="card-tabs",
        **{"aria-label": f"Views of: {title}"},
    )


def _panel(key: str, tab: str, children: list[Component], *, hidden: bool) -> html.Div:
    return html.Div(
        children,
        id=f"card-{key}-{tab}",
        role="tabpanel",
        className="card-panel",
        hidden=hidden,
        **_data(panel=tab),
        **{"aria-labelledby": f"tab-{key}-{tab}"},
    )


def _foot(published: Published) -> html.Div:
    notes = [html.Li(note) for note in published.notes]
    return html.Div(
        [
            html.Ul(notes, className="notes", **_data(part="notes")),
            html.P(f"Source: {published.citation}", className="source", **_data(part="source")),
        ],
        className="card-foot",
    )
