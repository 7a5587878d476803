"""What adds to the list of a group: a council, a region, a type; and what empties it."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import dash_bootstrap_components as dbc
from dash import Input, NoUpdate, Output, State, callback, ctx, html, no_update
from dash.development.base_component import Component

from analytics.selection.council_names import read_names
from analytics.selection.places import Authority, authorities
from components.group.answer import unknown
from components.group.draft import text
from components.group.field import select, told
from components.html_attrs import marked
from data.programmes.group import TYPES


def adding() -> list[Component]:
    """Return the fields with a button each, and the button that empties the list."""
    pick = dbc.Input(id="group-pick", type="text", list="group-every", autocomplete="off", value="")
    refused = told(html.P("", id="group-pick-said", className="fault"), "group-pick")
    every = [html.Option(authorities()[code].label) for code in sorted(authorities())]
    clear = html.Button("Empty the list", id="group-clear", type="button", className="button-quiet")
    fields = [
        _adds("group-pick", "Add a council", pick, refused),
        _adds("group-region", "Add a region", select("group-region", _regions())),
        _adds("group-type", "Add a type of council", select("group-type", TYPES)),
        clear,
    ]
    return [html.Div(fields, className="group-adds"), html.Datalist(every, id="group-every")]


def _adds(name: str, label: str, control: Component, *said: Component) -> html.Div:
    button = html.Button("Add", id=f"{name}-add", type="button", className="button-quiet")
    return html.Div(
        [
            html.Label(label, htmlFor=name),
            html.Div([control, marked(button, {"aria-label": label})], className="group-add"),
            *said,
        ],
        className="field",
    )


def _regions() -> dict[str, str]:
    every = sorted(authorities().values(), key=lambda one: one.region_code)
    return {one.region_code: one.region for one in every}


@callback(
    Output("group-names", "value"),
    Output("group-pick", "value"),
    Output("group-pick-said", "children"),
    Input("group-pick-add", "n_clicks"),
    Input("group-pick", "n_submit"),
    Input("group-region-add", "n_clicks"),
    Input("group-type-add", "n_clicks"),
    Input("group-clear", "n_clicks"),
    State("group-names", "value"),
    State("group-pick", "value"),
    State("group-region", "value"),
    State("group-type", "value"),
    prevent_initial_call=True,
)
def add(*held: object) -> tuple[str | NoUpdate, str | NoUpdate, str | NoUpdate]:
    """Write what was chosen at the end of the list, or empty it.

    Args:
        held: How often each button was pressed, then the list and what is chosen.
    """
    names, pick, region, kind = map(text, held[-4:])
    after = edited(str(ctx.triggered_id or ""), names, pick, region, kind)
    return (
        no_update if after.names == names else after.names,
        no_update if after.pick == pick else after.pick,
        no_update if after.said is None else after.said,
    )


class Edited(NamedTuple):
    """What a button leaves behind.

    Attributes:
        names: The list.
        pick: What is in the field for a council.
        said: Why that is not in the list, or empty; nothing where the button has no part in it.
    """

    names: str
    pick: str
    said: str | None


def edited(pressed: str, names: str, pick: str, region: str, kind: str) -> Edited:
    """Return the list after a button was pressed, and what is left in the field for a council.

    What is not understood stays in that field. Councils of a region or a type that are in the list
    already are not written again.

    Args:
        pressed: Id of the button, or of the field where Enter was pressed.
        names: The list.
        pick: What is in the field.
        region: GSS code of the region chosen, or empty.
        kind: First letters of the codes of the type chosen, or empty.
    """
    match pressed:
        case "group-clear":
            return Edited("", pick, None)
        case "group-region-add":
            more = _left(names, lambda one: one.region_code == region)
        case "group-type-add":
            more = _left(names, lambda one: bool(kind) and one.code.startswith(kind))
        case _:
            if faults := unknown(pick):
                return Edited(names, pick, " ".join(faults))
            return Edited(_longer(names, [pick.strip()]), "", "")
    return Edited(_longer(names, more), pick, None)


def _longer(names: str, more: Sequence[str]) -> str:
    return "\n".join(one for one in (*names.splitlines(), *more) if one)


def _left(names: str, fits: Callable[[Authority], bool]) -> list[str]:
    """Return the present councils that fit and are not in the list."""
    listed = read_names(names).codes
    every = authorities().values()
    return [one.label for one in every if one.current and fits(one) and one.code not in listed]
