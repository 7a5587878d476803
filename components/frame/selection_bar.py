"""The bar above every page: bands, pilots, comparator and its options, period, adjustment."""

from typing import Final, Literal

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from analytics.selection.choices import Evidence
from analytics.selection.parameter import Kind, Parameter
from analytics.selection.parameters import PARAMETERS
from analytics.selection.selection import Selection
from components.html_attrs import marked, part

Values = dict[str, str | list[str]]
#: Labels of controls that are not named as their parameter is.
ENDS: Final = {"first": "From", "last": "To"}

#: What a page shows one of.
One = Literal["", "indicator", "ratio", "either", "item", "records"]
#: The pages of records, which follow the experience bands and nothing else of the selection.
OF_RECORDS: Final = frozenset({"item", "records"})


def control(name: str) -> dict[str, str]:
    """Return the id of the control of one parameter of the address."""
    return {"type": "control", "name": name}


def control_values(selection: Selection) -> Values:
    """Return the value each control shows for a selection, by parameter name.

    Args:
        selection: What the reader chose.
    """
    faults = {fault.name: fault.typed for fault in selection.faults}
    values = Values()
    for one in PARAMETERS.values():
        values.update(_shown(one, selection))
    return {**values, **faults}


def _shown(one: Parameter, selection: Selection) -> Values:
    """Return what the controls of one parameter show for a selection."""
    if one.kind is Kind.AMOUNT:
        return {one.name: selection.costs.shown(one.name)}
    values = one.values_of(selection)
    spelled = one.spell(values)
    if one.ticked:
        return {one.name: [one.ticked] if spelled == one.ticked else []}
    match one.kind:
        case Kind.YEARS:
            return dict(zip(one.controls, map(str, values), strict=True))
        case Kind.CHOICES:  # the pilots of the bands where none is chosen one by one
            codes = [pilot.code for pilot in selection.chosen]
            return {one.name: spelled.split(",") if spelled else codes}
        case Kind.CHOICE | Kind.NUMBER | Kind.FLAG:
            return {one.name: spelled}


def grammar() -> dict[str, dict[str, object]]:
    """Return what the browser must know to spell a query from controls, by parameter.

    A parameter that has one control of its own name, and excludes no other, is not listed.
    """
    return {
        one.name: {"controls": list(one.controls), "excludes": one.excludes}
        for one in PARAMETERS.values()
        if one.excludes or one.controls != (one.name,)
    }


def selection_bar(
    selection: Selection, *, one: One = "", neighbours_open: bool = False
) -> html.Section:
    """Lay the bar out with its controls set to a selection.

    Args:
        selection: What the reader chose.
        one: What the page shows one of, to be chosen here, or ``records``; empty for nothing.
        neighbours_open: Whether the options of neighbours are shown at once.
    """
    values = control_values(selection)
    chooser = {
        "": [],
        "indicator": [_select("indicator", values)],
        "ratio": [_select("ratio", values)],
        "either": [
            _select("about", values),
            _select("indicator", values),
            _select("ratio", values),
        ],
        "item": [_select("item", values)],
        "records": [],
    }
    band = _checklist("band", values)
    if one in OF_RECORDS:
        words = html.P("Records follow the experience band alone.", className="selection-words")
        fields = html.Div([*chooser[one], band], className="fields")
        bar = html.Section([fields, _foot(selection, words)], className="selection-bar")
        return marked(bar, {"aria-label": "Selection"})
    bar = html.Section(
        [
            html.Div(
                [
                    *chooser[one],
                    band,
                    _select("compare", values),
                    _select("years", values, end="first"),
                    _select("years", values, end="last"),
                    _select("adjust", values),
                ],
                className="fields",
            ),
            html.Details(
                [
                    html.Summary("Choose pilots, your authority"),
                    html.Div(
                        [
                            _checklist("pilots", values),
                            _select("area", values),
                        ],
                        className="fields",
                    ),
                ],
                className="more",
            ),
            html.Details(
                [html.Summary("Neighbour options, vintage"), _neighbour_fields(values)],
                className="more",
                open=neighbours_open,
            ),
            _foot(
                selection,
                part(html.P(selection.label, className="selection-words"), "words"),
            ),
        ],
        className="selection-bar",
    )
    return marked(bar, {"aria-label": "Selection"})


def own_controls(selection: Selection, name: str, about: str) -> html.Section:
    """Lay out the one control that a page has of its own, with words on what it does.

    Args:
        selection: What the reader chose.
        name: ``base`` or ``outcome``.
        about: What it changes, in a sentence.

    Raises:
        KeyError: There is no such parameter.
    """
    field = _select(name, control_values(selection))
    section = html.Section(
        [html.Div([field], className="fields"), html.P(about, className="field-about")],
        className="selection-bar own-controls",
    )
    return marked(section, {"aria-label": "Control of this page"})


def _neighbour_fields(values: Values) -> html.Div:
    return html.Div(
        [
            _select("model", values),
            _select("k", values),
            _select("average", values),
            _select("weights", values),
            _checklist("with-pilots", values),
            _select("vintage", values),
        ],
        className="fields",
    )


def _foot(selection: Selection, words: Component) -> html.Div:
    copy = html.Button("Copy link", type="button", id="copy-link", className="button-quiet")
    reset = html.Button("Reset", type="button", id="reset", className="button-quiet")
    notice = html.Div(
        [html.P(words) for words in selection.said],
        className="notice",
        role="status",
        hidden=not selection.said,
    )
    return html.Div(
        [
            words,
            html.Div([copy, reset], className="selection-actions"),
            part(notice, "notice"),
        ],
        className="selection-foot",
    )


def evidence_switch() -> Component:
    """Return the switch that hides simulated figures on every page, for the header."""
    return dbc.Checklist(
        id=control("evidence"),
        options={Evidence.REAL.value: Evidence.REAL.label},
        value=[],
        switch=True,
        className="evidence-switch",
    )


def _select(name: str, values: Values, *, end: str = "") -> html.Div:
    """Return the list of one parameter; of a period, that of one end."""
    one, shown = PARAMETERS[name], end or name
    options, chosen = dict(one.allowed()), values[shown]
    return html.Div(
        [
            html.Label(ENDS.get(end, one.label), htmlFor=html_id(shown)),
            dbc.Select(
                id=control(shown),
                options=options,
                value=chosen if isinstance(chosen, str) else "",
                placeholder=options.get("", ""),  # shown where nothing is chosen
            ),
        ],
        className=f"field field-{shown}",
    )


def html_id(name: str) -> str:
    """Return the id that Dash writes in the page for a control: its keys in order, as JSON."""
    return f'{{"name":"{name}","type":"control"}}'


def _checklist(name: str, values: Values) -> Component:
    one, chosen = PARAMETERS[name], values[name]
    ticked = [chosen] if isinstance(chosen, str) else list(chosen)
    return html.Fieldset(
        [
            html.Legend(one.label),
            dbc.Checklist(id=control(name), options=dict(one.allowed()), value=ticked, inline=True),
        ],
        className=f"field field-{name}",
    )
