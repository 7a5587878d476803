"""The bar below the title of every page: one button for each part of the selection it follows."""

from collections.abc import Callable
from functools import partial
from typing import Final

from dash import html
from dash.development.base_component import Component

from analytics.selection.marks import markable, parameter_of
from analytics.selection.parameter import Page
from analytics.selection.parameters import PARAMETERS
from analytics.selection.selection import Selection
from components.frame.bar_words import ALL_PARTS, PARTS, Part, Words, bar_words, in_path
from components.frame.controls import Values, control_values, fields_of
from components.html_attrs import follow, marked, part
from components.prefix import NAMED, at
from data.programmes.programme import Programme

#: Parameters whose help is printed in the panel: what they change is not plain from their label.
EXPLAINED: Final = frozenset({"base", "outcome", "margin"})
NOTHING: Final = "Nothing to choose here."
KEPT: Final = " Your choices are kept."

#: Lays out the fields of a parameter, for a page or none.
Fields = Callable[[str, Page | None], list[Component]]


def selection_bar(
    selection: Selection, *, page: Page | None, compares: str = "", is_named: bool = True
) -> list[Component]:
    """Lay the bar out with its controls set to a selection, and what is said of the address.

    Args:
        selection: What the reader chose.
        page: The page it stands on; it says which parts the bar has.
        compares: What the button for another selection sets side by side; empty for no button.
        is_named: Whether the path names what such a page's path names. Where it does not, the
            list of it changes the page in place and needs no button.
    """
    words = bar_words(selection, page)
    fields = partial(_fields, values=control_values(selection), of=selection.programme)
    parts = [
        _part(one, page, fields, words[one.key], is_named=is_named)
        for one in PARTS
        if one.key in words
    ]
    bar = html.Section(
        [
            *([_whole(words[ALL_PARTS])] if parts else []),
            html.Div(
                [*(parts or [_nothing()]), _actions(compares)],
                className="bar-parts",
            ),
            _mark(selection),
        ],
        className="selection-bar",
    )
    return [marked(bar, {"aria-label": "Selection"}), *_said(selection)]


def _nothing() -> html.P:
    """Return what stands where a page follows no part of the selection."""
    return html.P([NOTHING, html.Span(KEPT)], className="bar-nothing")


def _whole(words: Words) -> Component:
    """Return the button that opens all parts as a sheet, for a phone."""
    return _marked_part(
        html.Details(html.Summary(_label(words)), className="bar-whole"), ALL_PARTS, words
    )


def _part(
    one: Part, page: Page | None, fields: Fields, words: Words, *, is_named: bool
) -> Component:
    """Return one part: its button with its panel, and what puts its defaults back."""
    names = one.followed(page)
    back = html.Button("×", type="button", className="bar-back", title="Put the default back")
    spoken = f"{one.label}: put the default back"
    kept = in_path(page) if is_named else set[str]()
    resets = [name for name in names if name not in kept]  # what the path names stays
    marked(back, {"aria-label": spoken, "data-resets": ",".join(resets)})
    full = html.P(str(words["full"]), className="panel-words")
    panel = html.Div(
        [
            *([full] if one.full is not None else []),
            *(field for named in names for field in fields(named, page if is_named else None)),
        ],
        className="bar-panel",
    )
    details = html.Details([html.Summary(_label(words)), panel], className="bar-open")
    return _marked_part(html.Div([details, back], className="bar-part"), one.key, words)


def _fields(name: str, page: Page | None, *, values: Values, of: Programme) -> list[Component]:
    """Return the fields of one parameter, with its help or the button it needs."""
    fields = fields_of(name, values, of)
    if name in EXPLAINED:
        fields.append(html.P(PARAMETERS[name].help_under(of), className="field-about"))
    named = NAMED.get(page) if page else None
    if named and named.parameter == name:
        fields.append(html.Button(named.button, type="button", id="go", className="button-quiet"))
    return fields


def _label(words: Words) -> html.Span:
    return html.Span(str(words["short"]), className="bar-words")


def _marked_part(component: Component, key: str, words: Words) -> Component:
    marks = {"data-bar": key, **({"data-changed": ""} if words["changed"] else {})}
    return marked(component, marks)


def _mark(selection: Selection) -> Component:
    """Return what is marked in charts, and what takes the mark away; the browser writes it too."""
    key, known = selection.mark, markable(selection.programme)
    folders = {one.parameter: one.below for one in NAMED.values()}
    below = folders.get(parameter_of(key, selection.programme)) if key else None
    name = html.A(known.get(key, ""))
    if below:
        name = follow(html.A(known[key], href=at(f"{below}{key}")))
    clear = html.Button("×", type="button", id="mark-clear", className="bar-back", title="Unmark")
    marked(clear, {"aria-label": "Take the mark away"})
    line = html.P([html.Span(["Marked: ", name]), clear], className="bar-mark", hidden=not key)
    return marked(part(line, "mark"), {"data-mark": key})


def _actions(compares: str) -> html.Div:
    another = html.Span(" with another selection", className="compare-more")
    compare = html.Button(
        ["Compare", another],
        type="button",
        id="compare",
        className="button-quiet",
        title="Compare with another selection",
    )
    copy = html.Button("Copy link", type="button", id="copy-link", className="button-quiet")
    reset = html.Button("Reset", type="button", id="reset", className="button-quiet")
    some = [marked(compare, {"data-compares": compares})] if compares else []
    return html.Div([*some, copy, reset], className="selection-actions")


def _said(selection: Selection) -> list[Component]:
    """Return what could not be followed, and the whole selection in words, for paper."""
    notice = html.Div(
        [html.P(words) for words in selection.said],
        className="notice",
        hidden=not selection.said,
    )
    return [
        part(notice, "notice"),
        part(html.P(selection.label, className="selection-words"), "words"),
    ]
