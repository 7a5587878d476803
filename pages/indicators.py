"""Key performance indicators: pilots against their comparator on all of them at once."""

from dash import register_page
from dash.development.base_component import Component

from analytics.findings.indicators import kpis
from analytics.selection.parse import from_query
from components.card.card import card
from components.charts.interval_plot import relative_gaps
from components.frame.shell import cards, more, page

GAPS = card(kpis.gaps, chart=relative_gaps)
MATRIX = card(kpis.gaps, chart=None, key="kpis-matrix", suffix=": every number")
CHANGES = card(kpis.changes, chart=relative_gaps)


def layout(**query: str) -> Component:
    """The page for the selection in the address."""
    selection = from_query(query)
    return page(
        "Key performance indicators",
        selection,
        [
            cards(GAPS.show(selection), CHANGES.show(selection)),
            more(MATRIX.show(selection, place="folded")),
        ],
        lede="How far pilots are from what they are compared with, on every indicator, and how "
        "sure that is.",
        path="/indicators",
    )


register_page(
    __name__, path="/indicators", name="Indicators", order=2, group="Outcomes", title="Indicators"
)
