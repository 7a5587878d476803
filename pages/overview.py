"""Overview: what the official figures say of the evaluation's findings, and what they cannot."""

from dash import html, register_page
from dash.development.base_component import Component

from analytics.findings import kpis, later, places, triangulation
from analytics.selection.parse import from_query
from components.card.card import card
from components.charts.interval_plot import standardised_gaps
from components.charts.place_dots import sizes
from components.frame.shell import cards, link, page, prose
from components.views.grid import grid_sheet
from components.views.studies import studies_sheet
from components.views.view import Sheet

NAMED = card(kpis.named, chart=None)
GAPS = card(kpis.gaps, chart=standardised_gaps, key="overview-gaps")
WHO = card(places.who, chart=sizes)
GRID = card(triangulation.grid, chart=None, sheet=Sheet(name="Grid", write=grid_sheet))
LATER = card(later.studies, chart=None, sheet=Sheet(name="Studies", write=studies_sheet))


def layout(**query: str) -> Component:
    """The page for the selection in the address."""
    selection = from_query(query)
    return page(
        "Ten pilots of Signs of Safety, beside their statistical neighbours",
        selection,
        [
            GAPS.headline(selection),
            _conclusions(),
            cards(GRID.show(selection), NAMED.show(selection), GAPS.show(selection)),
            cards(WHO.show(selection), LATER.show(selection)),
        ],
        lede="Explore the evaluation of Signs of Safety in ten English authorities on the official "
        "statistics of all of them, and take the figures away.",
        path="/",
    )


def _conclusions() -> html.Section:
    return prose(
        "What can be concluded, and what cannot",
        html.Ul(
            [
                html.Li(
                    "A gap to statistical neighbours is a difference in level. Most pilots had "
                    "used Signs of Safety, or differed in other ways, before the project began."
                ),
                html.Li(
                    "Most rates here have no good direction: fewer conferences can mean earlier "
                    "help or missed risk."
                ),
                html.Li(
                    "Ten pilots can show a wide gap and can hide a narrow one. Every figure comes "
                    "with its interval, the number of pilots and what chance alone would give."
                ),
                html.Li(
                    [
                        "Every statement of the summary, with what became of it, is under ",
                        link("Claims, checked", "/claims"),
                        ".",
                    ]
                ),
                html.Li(
                    [
                        "Later studies with stronger designs are summarised ",
                        html.A("further down this page", href="#card-later-studies"),
                        ".",
                    ]
                ),
            ]
        ),
    )


register_page(__name__, path="/", name="Overview", order=1, title="Overview")
