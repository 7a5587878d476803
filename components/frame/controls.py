"""The controls of the selection: their ids, what they show, and how the browser spells them."""

from typing import Final

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from analytics.selection.parameter import Kind, Parameter
from analytics.selection.parameters import PARAMETERS
from analytics.selection.selection import Selection
from components.html_attrs import marked
from data.programmes.programme import Programme

Values = dict[str, str | list[str]]
#: Labels of controls that are not named as their parameter is.
ENDS: Final = {"first": "From", "last": "To"}


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
        case Kind.CHOICE | Kind.NUMBER | Kind.FLAG | Kind.NAME:
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


def fields_of(name: str, values: Values, of: Programme) -> list[Component]:
    """Return the labelled controls of one parameter: one, but a period has one for either end.

    Args:
        name: Of the parameter.
        values: What each control shows.
        of: The programme, whose bands, pilots and years can be chosen.

    Raises:
        KeyError: There is no such parameter.
    """
    one = PARAMETERS[name]
    if one.kind is Kind.CHOICES:
        return [_ticks(one, values, of)]
    if one.ticked:
        return [html.Div(_checklist(one, values, of), className=f"field field-{name}")]
    return [_select(one, values, shown, of) for shown in one.controls]


def html_id(name: str) -> str:
    """Return the id that Dash writes in the page for a control: its keys in order, as JSON."""
    return f'{{"name":"{name}","type":"control"}}'


def _select(one: Parameter, values: Values, shown: str, of: Programme) -> html.Div:
    options, chosen = dict(one.allowed(of)), values[shown]
    return html.Div(
        [
            html.Label(ENDS.get(shown, one.label_under(of)), htmlFor=html_id(shown)),
            dbc.Select(
                id=control(shown),
                options=options,
                value=chosen if isinstance(chosen, str) else "",
                placeholder=options.get("", ""),  # shown where nothing is chosen
            ),
        ],
        className=f"field field-{shown}",
    )


def _checklist(one: Parameter, values: Values, of: Programme) -> dbc.Checklist:
    chosen = values[one.name]
    ticked = [chosen] if isinstance(chosen, str) else list(chosen)
    allowed = one.allowed(of)
    options = {one.ticked: allowed[one.ticked]} if one.ticked else dict(allowed)
    return dbc.Checklist(id=control(one.name), options=options, value=ticked)


def _ticks(one: Parameter, values: Values, of: Programme) -> html.Fieldset:
    """Return a list to tick, with a button for all, and one beside each for it alone."""
    options = one.allowed(of)
    alone = [_sets(one, "Only", f"Only {label}", [key]) for key, label in options.items()]
    label = one.label_under(of)
    every = _sets(one, "All", f"All: {label}", list(options))
    rows = html.Div(
        [_checklist(one, values, of), html.Div(alone, className="alone")], className="ticks"
    )
    return html.Fieldset([html.Legend(label), every, rows], className=f"field field-{one.name}")


def _sets(one: Parameter, words: str, spoken: str, keys: list[str]) -> html.Button:
    """Return a button that ticks some of a list and no other."""
    button = html.Button(words, type="button", className="button-tick")
    return marked(
        button, {"aria-label": spoken, "data-sets": one.name, "data-ticks": ",".join(keys)}
    )
