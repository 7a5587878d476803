"""The bar above every page: bands, pilots, comparator and its options, period, adjustment."""

from typing import Final, Literal

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from analytics.measures.indicators.registry import INDICATORS
from analytics.measures.ratios.registry import RATIOS
from analytics.selection.choices import (
    SURVEY_ITEMS,
    Adjustment,
    Average,
    Base,
    Comparator,
    Evidence,
    Model,
    Outcome,
    Subject,
    Vintage,
    Weights,
)
from analytics.selection.cost_inputs import INPUTS
from analytics.selection.places import Band, authorities, pilots
from analytics.selection.selection import MOST_NEIGHBOURS, YEARS, Selection, year_label
from components.html_attrs import marked, part

Options = dict[str, str]
Values = dict[str, str | list[str]]
YES: Final = "1"

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
    return {
        "band": [band.value for band in selection.bands],
        "pilots": [pilot.code for pilot in selection.chosen],
        "compare": selection.compare.value,
        "model": selection.model.value,
        "k": str(selection.k),
        "average": selection.average.value,
        "weights": selection.weights.value,
        "with-pilots": [YES] if selection.with_pilots else [],
        "first": str(selection.first),
        "last": str(selection.last),
        "vintage": selection.vintage.value,
        "adjust": selection.adjust.value,
        "area": selection.area,
        "evidence": [Evidence.REAL.value] if selection.evidence is Evidence.REAL else [],
        "indicator": selection.indicator,
        "ratio": selection.ratio,
        "item": selection.item,
        **{key: selection.costs.shown(key) for key in INPUTS},
        **{fault.name: fault.typed for fault in selection.faults},
        "about": selection.about.value,
        "base": selection.base.value,
        "outcome": selection.outcome.value,
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
    years = {str(year): year_label(year) for year in YEARS}
    chooser = {
        "": [],
        "indicator": [_select("indicator", "Indicator", _indicators(), values)],
        "ratio": [_select("ratio", "Ratio", _ratios(), values)],
        "either": [
            _select("about", "Follow", _options(Subject), values),
            _select("indicator", "Indicator", _indicators(), values),
            _select("ratio", "Ratio", _ratios(), values),
        ],
        "item": [_select("item", "Survey item", _items(), values)],
        "records": [],
    }
    band = _checklist("band", "Experience band", _options(Band), values)
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
                    _select("compare", "Compare with", _options(Comparator), values),
                    _select("first", "From", years, values),
                    _select("last", "To", years, values),
                    _select("adjust", "Adjust p for many tests", _options(Adjustment), values),
                ],
                className="fields",
            ),
            html.Details(
                [
                    html.Summary("Choose pilots, your authority"),
                    html.Div(
                        [
                            _checklist("pilots", "Pilots", _pilots(), values),
                            _select("area", "Your authority", _areas(), values),
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
                part(html.P(selection.words, className="selection-words"), "words"),
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
        KeyError: No page has such a control.
    """
    label, choices = _OWN[name]
    field = _select(name, label, _options(choices), control_values(selection))
    section = html.Section(
        [html.Div([field], className="fields"), html.P(about, className="field-about")],
        className="selection-bar own-controls",
    )
    return marked(section, {"aria-label": "Control of this page"})


def _neighbour_fields(values: Values) -> html.Div:
    counts = {str(k): str(k) for k in range(1, MOST_NEIGHBOURS + 1)}
    averages = {one.value: one.capitalize() for one in Average}
    kept = {YES: "Keep other pilots among neighbours"}
    return html.Div(
        [
            _select("model", "Neighbour list", _options(Model), values),
            _select("k", "How many neighbours", counts, values),
            _select("average", "Average of neighbours", averages, values),
            _select("weights", "Neighbours count", _options(Weights), values),
            _checklist("with-pilots", "Other pilots", kept, values),
            _select("vintage", "Figures", _options(Vintage), values),
        ],
        className="fields",
    )


def _foot(selection: Selection, words: Component) -> html.Div:
    copy = html.Button("Copy link", type="button", id="copy-link", className="button-quiet")
    reset = html.Button("Reset", type="button", id="reset", className="button-quiet")
    notice = html.Div(
        [html.P(words) for words in selection.notices],
        className="notice",
        role="status",
        hidden=not selection.notices,
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
        options={Evidence.REAL.value: Evidence.REAL.words},
        value=[],
        switch=True,
        className="evidence-switch",
    )


def _select(name: str, label: str, options: Options, values: Values) -> html.Div:
    chosen = values[name]
    return html.Div(
        [
            html.Label(label, htmlFor=html_id(name)),
            dbc.Select(
                id=control(name),
                options=options,
                value=chosen if isinstance(chosen, str) else "",
                placeholder=options.get("", ""),  # shown where nothing is chosen
            ),
        ],
        className=f"field field-{name}",
    )


def html_id(name: str) -> str:
    """Return the id that Dash writes in the page for a control: its keys in order, as JSON."""
    return f'{{"name":"{name}","type":"control"}}'


def _checklist(name: str, legend: str, options: Options, values: Values) -> Component:
    chosen = values[name]
    ticked = [chosen] if isinstance(chosen, str) else list(chosen)
    return html.Fieldset(
        [
            html.Legend(legend),
            dbc.Checklist(id=control(name), options=options, value=ticked, inline=True),
        ],
        className=f"field field-{name}",
    )


Choices = type[
    Subject | Band | Comparator | Model | Vintage | Adjustment | Weights | Base | Outcome
]


def _options(choices: Choices) -> Options:
    return {one.value: one.words for one in choices}


_OWN: Final[dict[str, tuple[str, Choices]]] = {
    "base": ("Measure change from", Base),
    "outcome": ("Outcome", Outcome),
}


def _pilots() -> Options:
    return {code: pilot.name for code, pilot in pilots().items()}


def _areas() -> Options:
    return {"": "None chosen", **{code: one.label for code, one in authorities().items()}}


def _ratios() -> Options:
    return {one.key: one.name for one in RATIOS.values()}


def _items() -> Options:
    return {name: field.label for name, field in SURVEY_ITEMS.items()}


def _indicators() -> Options:
    return {one.key: one.name for one in INDICATORS.values()}
