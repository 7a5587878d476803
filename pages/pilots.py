"""Compare pilots: one indicator, before and after, by band, with any authority beside them."""

from dash import register_page
from dash.development.base_component import Component

from analytics.findings.indicators import area, pilots, places
from analytics.selection.parse import from_query
from components.card.card import card, shown
from components.charts.inspections import time_line
from components.charts.place_dots import band_intervals, before_after
from components.charts.year_lines import one_authority
from components.frame.shell import cards, page

CHANGES = card(pilots.changes, chart=before_after)
BANDS = card(pilots.bands, chart=band_intervals, key="pilots-bands-gaps")
AREA = card(area.area, chart=one_authority, asks="area")
INSPECTIONS = card(places.inspections, chart=time_line)


def layout(**query: str) -> Component:
    """The page for the selection in the address."""
    selection = from_query(query)
    return page(
        "Compare pilots",
        selection,
        [cards(*shown(selection, CHANGES, BANDS, AREA, INSPECTIONS))],
        lede="One indicator, pilot by pilot, before and after the project started.",
        path="/pilots",
    )


register_page(
    __name__, path="/pilots", name="Pilots", order=3, group="Outcomes", title="Compare pilots"
)
