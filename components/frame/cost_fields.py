"""The fields of the cost card: each assumption with its unit, its source, and what is wrong."""

from collections.abc import Mapping
from typing import Final

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from analytics.selection.cost_input import YOURS, CostInput
from analytics.selection.cost_inputs import INPUTS
from analytics.selection.parameter import Page
from analytics.selection.parameters import PARAMETERS
from analytics.selection.selection import Selection
from components.card.card import Card
from components.frame.controls import control, control_values, html_id
from components.html_attrs import marked
from data.programmes.programme import Programme

WORKERS: Final = "social-workers"
HINT: Final = "hint-yours"
ASSUMED: Final = (
    "Fields without a source are assumptions, yours to set: nothing was published for them."
)
PLACEHOLDERS: Final = {WORKERS: "official", "training-people": "all", "caseload": "official"}


def cost_card(selection: Selection, *, official: Card) -> html.Fieldset:
    """Lay the fields out with what the reader set.

    Args:
        selection: Holds the inputs, and the faults of what could not be used.
        official: Its plain sentence is the official number of social workers, shown beside
            their field.
    """
    beside = {
        WORKERS: official.headline(
            selection, name=f"official-{WORKERS}", look="hint", layer="summary"
        )
    }
    return _card(
        selection,
        Page.COSTS,
        beside=beside,
        closing="The result is for your authority, if you choose one above, else for the chosen "
        "pilots, each and together. A field that is emptied, or cannot be read, counts at "
        "its start value. The address keeps every field: copy the link to share it.",
    )


def plan_fields(selection: Selection) -> html.Fieldset:
    """Lay out the fields that a programme to come is costed with.

    Args:
        selection: Holds the inputs, and the faults of what could not be used.
    """
    return _card(
        selection,
        Page.PLAN,
        beside={},
        closing="The years are those after the start, chosen above. The address keeps every "
        "field; the page of costs uses the same.",
    )


def _card(
    selection: Selection, page: Page, *, beside: Mapping[str, Component], closing: str
) -> html.Fieldset:
    faults = {fault.name: fault.message for fault in selection.faults}
    values = control_values(selection)
    fields = [
        _field(
            one,
            selection.programme,
            typed=str(values[one.key]),
            fault=faults.get(one.key, ""),
            beside=beside.get(one.key),
        )
        for one in INPUTS.values()
        if page in PARAMETERS[one.key].pages
    ]
    return html.Fieldset(
        [
            html.Legend("Your assumptions"),
            html.P(ASSUMED, id=HINT, className="hint"),
            html.Div(fields, className="cost-fields"),
            html.P(closing, className="hint"),
        ],
        className="cost-card",
    )


def _field(
    one: CostInput, of: Programme, *, typed: str, fault: str, beside: Component | None
) -> html.Div:
    source = one.source_under(of)
    own = source != YOURS  # what holds of most fields is said once, above them
    hint = f"{source} Empty: {one.blank}." if one.blank else source
    entry = dbc.Input(
        id=control(one.key),
        value=typed,
        type="text",
        debounce=True,
        autocomplete="off",
        maxlength=40,
        placeholder=PLACEHOLDERS.get(one.key, ""),
    )
    message = html.P(fault, id=f"fault-{one.key}", className="fault", role="alert")
    hints = [f"hint-{one.key}" if own else HINT, *([f"official-{one.key}"] if beside else [])]
    return html.Div(
        [
            html.Label(one.field, htmlFor=html_id(one.key)),
            html.Div(
                [
                    html.Div([entry, html.Span(one.unit)], className="entry"),
                    marked(message, {"data-fault": one.key, "data-hint": " ".join(hints)}),
                    *([beside] if beside else []),
                    *([html.P(hint, id=f"hint-{one.key}", className="hint")] if own else []),
                ]
            ),
        ],
        className="cost-field",
    )
