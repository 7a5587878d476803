"""Planning the next evaluation: how many councils and years would show which change."""

from dash import html, register_page
from dash.development.base_component import Component

from analytics.findings.plan import plan_changes, plan_cost, plan_curve, plan_detectable
from analytics.selection.parse import from_query
from components.card.card import card, shown
from components.charts.planned import by_councils, smallest_changes
from components.frame.cost_fields import plan_fields
from components.frame.shell import cards, more, page

DETECTABLE = card(plan_detectable.detectable, chart=smallest_changes)
CURVE = card(plan_curve.curve, chart=by_councils)
COST = card(plan_cost.plan_cost, chart=None)
CHANGES = card(plan_changes.changes, chart=None)


def layout(**query: str) -> Component:
    """The page for the selection in the address."""
    selection = from_query(query)
    return page(
        "Planning the next evaluation",
        selection,
        [
            cards(*shown(selection, CURVE, COST)),
            html.Div(plan_fields(selection), className="plan-costs"),
            cards(*shown(selection, DETECTABLE, place="lead")),
            more(*shown(selection, CHANGES, place="folded")),
        ],
        verdict=DETECTABLE.headline(selection, layer="summary"),
        lede="How many councils and years would show which change, and what that would cost.",
        path="/plan",
    )


register_page(
    __name__,
    path="/plan",
    name="Planning",
    order=14,
    group="Trust",
    title="Planning the next evaluation",
)
