"""Overview: what the official figures say of the evaluation's findings, and what they cannot."""

from dash import html, register_page
from dash.development.base_component import Component

from analytics.findings import answer
from analytics.findings.claims import later, triangulation
from analytics.findings.indicators import kpis, places
from analytics.programme import PROGRAMME
from analytics.selection.parse import from_query
from components.card.card import card, offered, shown
from components.charts.interval_plot import standardised_gaps
from components.charts.place_dots import sizes
from components.frame.shell import cards, link, more, page, prose
from components.views.claims import studies_view
from components.views.grid import grid_view
from components.views.view import CardView

ANSWER = card(answer.finding, chart=None)
NAMED = card(kpis.named, chart=None)
GAPS = card(kpis.gaps, chart=standardised_gaps, key="overview-gaps")
WHO = card(places.who, chart=sizes)
GRID = card(triangulation.grid, chart=None, view=CardView(name="Grid", write=grid_view))
LATER = card(later.studies, chart=None, view=CardView(name="Studies", write=studies_view))
_DIRECTION = (
    "Most rates here have no good direction: fewer conferences can mean earlier help or missed "
    "risk."
)
_INTERVALS = "Every figure comes with its range, the number of pilots and how sure it is."


def layout(**query: str) -> Component:
    """The page for the selection in the address."""
    selection = from_query(query)
    pilots = f"{PROGRAMME.many} pilots"
    return page(
        f"{pilots.capitalize()} of {PROGRAMME.name}, beside their statistical neighbours",
        selection,
        [
            cards(*shown(selection, ANSWER, place="wide"), *shown(selection, GAPS, WHO)),
            more(*shown(selection, GRID, NAMED, LATER, place="folded")),
            _conclusions(pilots),
        ],
        lede="The evaluation read again on the official statistics of every English authority.",
        path="/",
    )


def _conclusions(pilots: str) -> html.Section:
    stood_apart = f" {PROGRAMME.sentences.stood_apart}" if PROGRAMME.sentences.stood_apart else ""
    said: list[list[str | Component]] = [
        [f"A gap to statistical neighbours is a difference in level.{stood_apart}"],
        [_DIRECTION],
        [f"{pilots.capitalize()} can show a wide gap and can hide a narrow one. {_INTERVALS}"],
    ]
    if offered(GRID):
        claims = link("Claims, checked", "/claims")
        words = "Every statement of the summary, with what became of it, is under "
        said.append([words, claims, "."])
    if offered(LATER):
        below = html.A("further down this page", href="#card-later-studies")
        said.append(["Later studies with stronger designs are summarised ", below, "."])
    return prose(
        "What can be concluded, and what cannot",
        html.Ul([html.Li(one if len(one) > 1 else one[0]) for one in said]),
    )


register_page(__name__, path="/", name="Overview", order=1, title="Overview")
