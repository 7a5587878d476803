"""The form that puts a group together: a list of names that everything else adds to."""

from collections.abc import Callable, Mapping
from typing import Final

import dash_bootstrap_components as dbc
from dash import Input, Output, State, callback, ctx, html
from dash.development.base_component import Component

from analytics.selection.council_names import read_names, written
from analytics.selection.group import LONGEST_NAME, read_group, read_start
from analytics.selection.parameter import Refused
from analytics.selection.places import Authority, authorities
from analytics.selection.selection import HOME
from analytics.text.wording import year_label, years_label
from components.group.answer import Answer, answer
from components.html_attrs import marked
from data.programmes.check import years_held
from data.programmes.group import TYPES, starts

#: Parameters of the address that fill the form.
PARAMETERS: Final = ("group", "start", "named")
PATIENCE: Final = 200  # milliseconds without a key before the list is read
LIST_HINT: Final = (
    "Names or GSS codes, in any order, with line ends, commas, semicolons or tabs between. For "
    "bands, write a label and a colon before their councils: “New: Kent, Leeds”."
)
Listed = list[Component]


def group_form(query: Mapping[str, object]) -> html.Div:
    """Return the form beside what can be asked of it.

    Args:
        query: Of the address: a group that it holds is in the form, to be changed.
    """
    names, start, name = _held(query)
    read = answer(names, start, name)
    result = html.Section(
        [html.H2("This group"), html.Div(read.shown, id="group-result")], className="group-answer"
    )
    fields = html.Div([_councils(names, read), _start(start), _name(name, read)])
    return html.Div([fields, marked(result, {"aria-live": "polite"})], className="group-form")


def _held(query: Mapping[str, object]) -> tuple[str, str, str]:
    """Return the list, the start and the name that an address holds; what cannot be used is not."""
    group, start, name = (str(query.get(one) or "") for one in PARAMETERS)
    try:
        bands = read_group(group, HOME).values["group"]
    except Refused:
        bands = ()
    try:
        read_start(start, HOME)
    except Refused:
        start = ""
    return written(bands) if isinstance(bands, tuple) else "", start, name


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
                    marked(html.Div(_said(read), id="group-faults"), {"aria-live": "polite"}),
                    html.P(LIST_HINT, className="hint"),
                ],
                className="field",
            ),
            html.Div(
                [
                    _adds(
                        "group-pick",
                        "Add a council",
                        dbc.Input(
                            id="group-pick",
                            type="text",
                            list="group-every",
                            autocomplete="off",
                            value="",
                        ),
                    ),
                    _adds("group-region", "Add a region", _select("group-region", _regions())),
                    _adds("group-type", "Add a type of council", _select("group-type", TYPES)),
                    html.Button(
                        "Empty the list", id="group-clear", type="button", className="button-quiet"
                    ),
                ],
                className="group-adds",
            ),
            html.Datalist(
                [html.Option(authorities()[code].label) for code in sorted(authorities())],
                id="group-every",
            ),
        ]
    )


def _select(name: str, options: Mapping[str, str], value: str = "") -> dbc.Select:
    return dbc.Select(id=name, options=dict(options), value=value, placeholder="Choose")


def _adds(name: str, label: str, control: Component) -> html.Div:
    button = html.Button("Add", id=f"{name}-add", type="button", className="button-quiet")
    return html.Div(
        [
            html.Label(label, htmlFor=name),
            html.Div([control, marked(button, {"aria-label": label})], className="group-add"),
        ],
        className="field",
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
    return html.Div(
        [
            html.Label("Start", htmlFor="group-start"),
            _select("group-start", known, start),
            html.P(hint, className="hint"),
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
            marked(said, {"aria-live": "polite"}),
        ],
        className="field",
    )


def _said(read: Answer) -> Listed:
    return [
        *(html.P(one, className="fault") for one in read.faults),
        *(html.P(one, className="hint") for one in read.remarks),
    ]


def _regions() -> dict[str, str]:
    every = sorted(authorities().values(), key=lambda one: one.region_code)
    return {one.region_code: one.region for one in every}


@callback(
    Output("group-result", "children"),
    Output("group-faults", "children"),
    Output("group-name-said", "children"),
    Input("group-names", "value"),
    Input("group-start", "value"),
    Input("group-named", "value"),
    prevent_initial_call=True,
)
def update_answer(names: object, start: object, name: object) -> tuple[Listed, Listed, str]:
    """Read the form again and say what can be asked of it.

    Args:
        names: The list of councils.
        start: The year as an address spells it.
        name: What the reader calls the programme.
    """
    year = start if isinstance(start, str) and start in map(str, starts()) else ""
    read = answer(_text(names), year, _text(name))
    return read.shown, _said(read), read.name_said


@callback(
    Output("group-names", "value"),
    Output("group-pick", "value"),
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
def add(*held: object) -> tuple[str, str]:
    """Write what was chosen at the end of the list, or empty it.

    Args:
        held: How often each button was pressed, then the list and what is chosen.
    """
    return edited(str(ctx.triggered_id or ""), *map(_text, held[-4:]))


def edited(pressed: str, names: str, pick: str, region: str, kind: str) -> tuple[str, str]:
    """Return the list after a button was pressed, and what is left in the field for a council.

    Councils of a region or a type that are in the list already are not written again.

    Args:
        pressed: Id of the button, or of the field where Enter was pressed.
        names: The list.
        pick: What is in the field.
        region: GSS code of the region chosen, or empty.
        kind: First letters of the codes of the type chosen, or empty.
    """
    match pressed:
        case "group-clear":
            return "", ""
        case "group-region-add":
            more = _left(names, lambda one: one.region_code == region)
        case "group-type-add":
            more = _left(names, lambda one: bool(kind) and one.code.startswith(kind))
        case _:
            more, pick = [pick.strip()], ""
    return "\n".join(one for one in (*names.splitlines(), *more) if one), pick


def _left(names: str, fits: Callable[[Authority], bool]) -> list[str]:
    """Return the present councils that fit and are not in the list."""
    listed = read_names(names).codes
    every = authorities().values()
    return [one.label for one in every if one.current and fits(one) and one.code not in listed]


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
