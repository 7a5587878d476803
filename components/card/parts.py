"""Pieces of a card: the button that opens it, its tabs with their panels, and its foot."""

from collections.abc import Mapping
from typing import Final

from dash import html
from dash.development.base_component import Component

from analytics.publication.published import Published
from components.html_attrs import marked, part

#: Tabs that are drawn as a sign; their words are read out, and shown to the pointer.
SIGNS: Final = frozenset({"copy"})
#: What the button says that leads to a parameter of the selection in the bar.
ASKED: Final = {"area": "Choose your council"}


def opener(key: str) -> html.Button:
    """Return the button that opens a folded card; it is named by the title of the card.

    Args:
        key: Of the card.
    """
    button = html.Button(className="card-opener", type="button")
    return marked(
        button, {"aria-expanded": "false", "aria-labelledby": f"card-{key}-title card-{key}-topic"}
    )


def tab_row(key: str, title: str, tabs: Mapping[str, str]) -> html.Div:
    """Return the tabs of a card in a row, the first one chosen.

    Args:
        key: Of the card.
        title: What it measures.
        tabs: Words of each tab by its key.
    """
    first = next(iter(tabs))
    buttons = [_tab(key, tab, words, chosen=tab == first) for tab, words in tabs.items()]
    row = html.Div(buttons, role="tablist", className="card-tabs")
    return marked(row, {"aria-label": f"Views of: {title}"})


def _tab(key: str, tab: str, words: str, *, chosen: bool) -> html.Button:
    is_sign = tab in SIGNS
    button = html.Button(
        html.Span(words, className="visually-hidden") if is_sign else words,
        type="button",
        role="tab",
        id=f"tab-{key}-{tab}",
        tabIndex=0 if chosen else -1,
        title=words if is_sign else None,
    )
    return marked(
        button,
        {
            "data-tab": tab,
            "aria-controls": f"card-{key}-{tab}",
            "aria-selected": "true" if chosen else "false",
        },
    )


def tab_panel(key: str, tab: str, children: list[Component], *, hidden: bool) -> html.Div:
    """Return the panel of a tab.

    Args:
        key: Of the card.
        tab: Key of the tab.
        children: What is in the panel.
        hidden: Whether another tab is open.
    """
    panel = html.Div(
        children,
        id=f"card-{key}-{tab}",
        role="tabpanel",
        className="card-panel",
        hidden=hidden,
    )
    return marked(panel, {"data-panel": tab, "aria-labelledby": f"tab-{key}-{tab}"})


def asking_button(name: str) -> html.Div:
    """Return the button that leads to a control of the bar, shown while a card cannot answer.

    Args:
        name: Parameter of the selection that the card asks for.
    """
    button = html.Button(ASKED[name], type="button", className="button-quiet")
    return html.Div(marked(button, {"data-asks": name}), className="card-asks")


def foot(published: Published) -> html.Div:
    """Return the foot of a card: kind of number, publishers and notes, and on paper the source.

    Args:
        published: Its finding.
    """
    notes = html.Ul([html.Li(note) for note in published.notes])
    folded = html.Details([html.Summary("Notes"), part(notes, "notes")], className="notes")
    kind = html.Span(published.kind.label, className=f"kind kind--{published.kind}")
    line = [part(kind, "kind")]
    if published.publishers:
        line.append(html.Span(published.publishers, className="publishers"))
    source_line = html.P(line, className="card-source")
    # The whole citation is in About, in files and on paper.
    source = html.P(f"Source: {published.citation}", className="source on-paper")
    return html.Div([source_line, folded, part(source, "source")], className="card-foot")
