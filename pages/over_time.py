"""Change and follow-up: how the gap moved from before the start, and for how long."""

from dash import register_page
from dash.development.base_component import Component

from analytics.findings.indicators import (
    change_verdict,
    change_windows,
    change_years,
    change_years_by_band,
)
from analytics.programme import PROGRAMME
from analytics.selection.parse import from_query
from components.card.card import card
from components.charts.event_study import change_by_band, change_by_year, windows
from components.charts.interval_plot import standardised_gaps
from components.frame.selection_bar import own_controls
from components.frame.shell import cards, page

VERDICT = card(change_verdict.verdict, chart=standardised_gaps)
YEARS = card(change_years.years, chart=change_by_year)
WINDOWS = card(change_windows.windows, chart=windows)
BANDS = card(change_years_by_band.bands, chart=change_by_band)


def layout(**query: str) -> Component:
    """The page for the selection in the address."""
    selection = from_query(query)
    shown = (YEARS, WINDOWS, VERDICT, BANDS)
    return page(
        "Change and follow-up",
        selection,
        [
            VERDICT.headline(selection),
            own_controls(
                selection, "base", "The years before the start that every change here starts from."
            ),
            cards(*(one.show(selection) for one in shown)),
        ],
        lede="How the gap between pilots and their comparator moved after the project started in "
        f"{PROGRAMME.start_words}, in the years the evaluators saw and in those since.",
        path="/over-time",
        one="either",
    )


register_page(__name__, path="/over-time", name="Over time", order=5, title="Change and follow-up")
