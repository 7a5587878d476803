"""Cost of implementing: what was published, what it would mean, and the resources beside it."""

from dash import html, register_page
from dash.development.base_component import Component

from analytics.findings.costs import (
    costs,
    costs_assumptions,
    costs_published,
    costs_tornado,
    resources,
)
from analytics.selection.parse import from_query
from analytics.selection.selection import Selection
from components.card.card import card, offered, shown
from components.charts.interval_plot import relative_gaps
from components.charts.relative_dots import relative
from components.charts.tornado import tornado
from components.frame.cost_fields import cost_card
from components.frame.shell import cards, more, page
from components.views.cost_result import cost_result
from components.views.view import CardView

PUBLISHED = card(costs_published.published, chart=None)
ESTIMATE = card(
    costs.card,
    chart=None,
    view=CardView(
        name="Result", write=cost_result, at_once=True, is_spoken=True, is_technical=True
    ),
)
TORNADO = card(costs_tornado.what_moves_it, chart=tornado)
ASSUMPTIONS = card(costs_assumptions.listing, chart=None)
RESOURCES = card(resources.gaps, chart=relative_gaps)
PLACES = card(resources.places, chart=relative)


def layout(**query: str) -> Component:
    """The page for the selection in the address."""
    selection = from_query(query)
    return page(
        "Cost of implementing",
        selection,
        [
            html.Div(
                [ESTIMATE.show(selection), cost_card(selection, official=ASSUMPTIONS)],
                className="cost-panel",
            ),
            cards(*shown(selection, TORNADO, place="lead"), *shown(selection, RESOURCES, PLACES)),
            more(*shown(selection, PUBLISHED, ASSUMPTIONS, place="folded")),
        ],
        lede=f"{_asked(selection)} under assumptions you set, and the social workers each pilot "
        "has.",
        path="/costs",
    )


def _asked(selection: Selection) -> str:
    name = selection.programme.name
    if offered(selection.programme, PUBLISHED):
        said = f"What the evaluation said implementing {name} took"
        return f"{said}, what that would cost"
    return f"What implementing {name} would cost"


register_page(
    __name__, path="/costs", name="Costs", order=6, group="Money", title="Cost of implementing"
)
