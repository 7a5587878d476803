"""The form that puts a group together: a list of names that everything else adds to."""

from collections.abc import Mapping
from typing import Final

import dash_bootstrap_components as dbc
from dash import (
    ClientsideFunction,
    Input,
    NoUpdate,
    Output,
    State,
    callback,
    clientside_callback,
    dcc,
    html,
    no_update,
)
from dash.development.base_component import Component

from analytics.selection.group import LONGEST_NAME
from analytics.text.wording import year_label, years_label
from components.group.adding import adding
from components.group.answer import Answer, answer
from components.group.draft import draft_of, text
from components.group.field import select, told
from components.html_attrs import marked
from data.programmes.check import years_held
from data.programmes.group import starts

PATIENCE: Final = 200  # milliseconds without a key before the list is read
LIST_HINT: Final = (
    "Names or GSS codes, in any order, with line ends, commas, semicolons or tabs between. For "
    "bands, write a label and a colon before their councils: “New: Kent, Leeds”."
)
UNKEPT: Final = "This is too long for the address to keep: it is lost when you leave this page."
Listed = list[Component]


def group_form(query: Mapping[str, object]) -> html.Div:
    """Return the form beside what can be asked of it.

    Args:
        query: Of the address: what it holds of a group is in the form, to be changed.
    """
    names, start, name = draft_of(query)
    read = answer(names, start, name)
    result = html.Section(
        [html.H2("This group"), html.Div(read.shown, id="group-result")], className="group-answer"
    )
    fields = html.Div([_councils(names, read), _start(start), _name(name, read)])
    heard = dcc.Store(id="group-heard", data=_heard(read))
    return html.Div([fields, result, heard], className="group-form")


def _councils(names: str, read: Answer) -> html.Fieldset:
    return html.Fieldset(
        [
            html.Legend("Councils"),
            html.Div(
                [
                    html.Label("The list", htmlFor="group-names"),
                    dbc.Textarea(
                        id="group-names",
                        value=names,
                        rows=9,
                        debounce=PATIENCE,
                        spellcheck=False,
                    ),
                    told(html.Div(_said(read), id="group-faults"), "group-names"),
                    html.P(UNKEPT, id="group-unkept", className="fault", role="alert", hidden=True),
                    html.P(LIST_HINT, id="group-names-hint", className="hint"),
                ],
                className="field",
            ),
            *adding(),
        ]
    )


def _start(start: str) -> html.Div:
    known = {str(year): year_label(year) for year in starts()}
    first, last = starts()[0], starts()[-1]
    hint = (
        f"The first financial year with the programme at work: {year_label(first)} to "
        f"{year_label(last)}. Figures of all councils are held for {years_label(*years_held())}; a "
        "change needs one year of them before the start, and two from it on, for one year alone "
        "may be an odd one."
    )
    about = html.P(hint, id="group-start-hint", className="hint")
    return html.Div(
        [
            html.Label("Start", htmlFor="group-start"),
            select("group-start", known, start),
            marked(about, {"data-of": "group-start"}),
        ],
        className="field",
    )


def _name(name: str, read: Answer) -> html.Div:
    said = html.P(read.name_said, id="group-name-said", className="fault")
    return html.Div(
        [
            html.Label("What you call the programme (if you like)", htmlFor="group-named"),
            dbc.Input(
                id="group-named",
                type="text",
                value=name[:LONGEST_NAME],
                maxlength=LONGEST_NAME,
                debounce=PATIENCE,
                autocomplete="off",
            ),
            told(said, "group-named"),
        ],
        className="field",
    )


def _said(read: Answer) -> Listed:
    return [
        *(html.P(one, className="fault") for one in read.faults),
        *(html.P(one, className="hint") for one in read.remarks),
    ]


def _heard(read: Answer) -> dict[str, object]:
    """Return what is read out, and what is said of the list: that is written where it changed."""
    return {"told": read.told, "said": [*read.faults, *read.remarks]}


@callback(
    Output("group-result", "children"),
    Output("group-faults", "children"),
    Output("group-name-said", "children"),
    Output("group-heard", "data"),
    Input("group-names", "value"),
    Input("group-start", "value"),
    Input("group-named", "value"),
    State("group-heard", "data"),
    prevent_initial_call=True,
)
def update_answer(
    names: object, start: object, name: object, before: object
) -> tuple[Listed, Listed | NoUpdate, str, dict[str, object]]:
    """Read the form again and say what can be asked of it.

    Args:
        names: The list of councils.
        start: The year as an address spells it.
        name: What the reader calls the programme.
        before: What was read out, and what is said of the list: the same is not written again.
    """
    year = start if isinstance(start, str) and start in map(str, starts()) else ""
    read = answer(text(names), year, text(name))
    heard = _heard(read)
    same = isinstance(before, Mapping) and before.get("said") == heard["said"]
    return read.shown, no_update if same else _said(read), read.name_said, heard


clientside_callback(
    ClientsideFunction("explorer", "hearGroup"),
    Input("group-heard", "data"),
    Input("group-pick-said", "children"),
    Input("group-name-said", "children"),
    prevent_initial_call=True,
)
clientside_callback(
    ClientsideFunction("explorer", "keepGroup"),
    Output("group-unkept", "hidden"),
    Input("group-names", "value"),
    Input("group-start", "value"),
    Input("group-named", "value"),
    prevent_initial_call=True,
)
