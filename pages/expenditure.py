"""Expenditure ratios: Section 251 spend of pilots beside their comparator, and its change."""

from dash import register_page
from dash.development.base_component import Component

from analytics.findings.expenditure import (
    expenditure,
    expenditure_children,
    expenditure_composition,
    expenditure_quality,
    expenditure_ratio,
)
from analytics.selection.parse import from_query
from components.card.card import card
from components.charts.composition import shares
from components.charts.interval_plot import relative_gaps
from components.charts.jump_grid import jumps
from components.charts.place_dots import before_after, beside_neighbours
from components.charts.spend_panels import per_child
from components.charts.year_lines import pilots_and_comparator
from components.frame.shell import cards, more, page
from components.reference.fraction import fractions, quality

YEARS = card(expenditure_ratio.years, chart=pilots_and_comparator)
PLACES = card(expenditure_ratio.places, chart=beside_neighbours)
PILOTS = card(expenditure_ratio.changes, chart=before_after)
CHANGES = card(expenditure.changes, chart=relative_gaps)
GAPS = card(expenditure.gaps, chart=relative_gaps)
CATEGORIES = card(expenditure_composition.by_category, chart=shares)
LINES = card(expenditure_composition.by_line, chart=shares)
CHILDREN = card(expenditure_children.spend, chart=per_child)
JUMPS = card(expenditure_quality.jumped_lines, chart=jumps)
CHECKS = card(expenditure_quality.adding_up, chart=None)


def layout(**query: str) -> Component:
    """The page for the selection in the address."""
    selection = from_query(query)
    pairs = (PLACES, PILOTS, GAPS, CATEGORIES)
    rest = (CHILDREN, LINES, JUMPS, CHECKS)
    return page(
        "Expenditure ratios",
        selection,
        [
            cards(YEARS.show(selection), CHANGES.show(selection)),
            quality(),
            cards(*(one.show(selection) for one in pairs)),
            more(*(one.show(selection, place="folded") for one in rest)),
            fractions(),
        ],
        verdict=CHANGES.headline(selection, layer="title"),
        lede="What pilots spent on children's services, and on what (Section 251 outturn).",
        path="/expenditure",
    )


register_page(
    __name__,
    path="/expenditure",
    name="Expenditure",
    order=5,
    group="Money",
    title="Expenditure ratios",
)
