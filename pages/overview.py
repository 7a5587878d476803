"""Overview: what the official figures say of the evaluation's findings, and what they cannot."""

from dash import html, register_page
from dash.development.base_component import Component

from analytics.findings import answer
from analytics.findings.claims import later, triangulation
from analytics.findings.indicators import answer_years, kpis, overview_rows, places
from analytics.selection.parse import from_query
from analytics.selection.selection import Selection
from components.briefing.of_selection import title_of
from components.card.card import card, offered, shown
from components.charts.place_dots import sizes
from components.charts.year_lines import clearest
from components.frame.routes import council_field, routes
from components.frame.shell import cards, file_link, link, more, page, prose
from components.views.answer_tiles import tiles_view
from components.views.claims import studies_view
from components.views.grid import grid_view
from components.views.overview_rows import rows_view
from components.views.view import CardView

ANSWER = card(
    answer.finding,
    chart=None,
    view=CardView(name="Answer", write=tiles_view, at_once=True, is_spoken=True, is_technical=True),
)
LEAD = card(answer_years.finding, chart=clearest)
ROWS = card(
    overview_rows.rows,
    chart=None,
    view=CardView(name="Rows", write=rows_view, at_once=True),
)
GRID = card(
    triangulation.grid,
    chart=None,
    view=CardView(name="Grid", write=grid_view, at_once=True),
)
WHO = card(places.who, chart=sizes)
NAMED = card(kpis.named, chart=None)
LATER = card(later.studies, chart=None, view=CardView(name="Studies", write=studies_view))
_NEIGHBOURS = (
    "A gap to similar councils (their statistical neighbours, in the Department's term) is a "
    "difference in level."
)
_DIRECTION = (
    "Most rates here have no good direction: fewer conferences can mean earlier help or missed "
    "risk."
)
_INTERVALS = "Every figure comes with its range, the number of pilots and how sure it is."


def layout(**query: str) -> Component:
    """The page for the selection in the address."""
    selection = from_query(query)
    brief = ANSWER.headline(selection, layer="brief")
    return page(
        title_of(selection.programme),
        selection,
        [
            cards(*shown(selection, ANSWER, LEAD), name="cards--answer"),
            cards(*shown(selection, ROWS, GRID, place="wide")),
            more(*shown(selection, WHO, LATER, NAMED, place="folded")),
            _conclusions(selection),
            routes(selection.programme),
        ],
        verdict=html.Div([brief, council_field()], className="answer-line"),
        path="/",
    )


def _conclusions(selection: Selection) -> html.Section:
    of = selection.programme
    pilots = f"{of.many} pilots".capitalize()
    stood_apart = f" {of.sentences.stood_apart}" if of.sentences.stood_apart else ""
    said: list[list[str | Component]] = [
        [f"{_NEIGHBOURS}{stood_apart}"],
        [_DIRECTION],
        [f"{pilots} can show a wide gap and can hide a narrow one. {_INTERVALS}"],
    ]
    if offered(of, GRID):
        claims = link("Claims, checked", "/claims")
        words = "Every statement of the summary, with what became of it, is under "
        said.append([words, claims, "."])
    return prose(
        "What can be concluded, and what cannot",
        html.Ul([html.Li(one if len(one) > 1 else one[0]) for one in said]),
        html.P(["To take along: ", file_link("this answer on two pages (PDF)", "/briefing.pdf")]),
    )


register_page(__name__, path="/", name="Overview", order=1, title="Overview")
