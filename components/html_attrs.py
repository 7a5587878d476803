"""Attributes that Dash's constructors take only as wildcards: ``data-…`` and ``aria-…``."""

from collections.abc import Container, Mapping
from typing import TypeVar

from dash import html
from dash.development.base_component import Component

Marked = TypeVar("Marked", bound=Component)


def marked(component: Marked, marks: Mapping[str, str]) -> Marked:
    """Set wildcard attributes on a component just made, and return it.

    Args:
        component: Any component of ``dash.html``.
        marks: Names, beginning with ``data-`` or ``aria-``, and their values.
    """
    for name, value in marks.items():
        setattr(component, name, value)
    return component


def part(component: Marked, name: str) -> Marked:
    """Name a piece of a card or page that the browser brings up to date."""
    return marked(component, {"data-part": name})


def termed(component: Marked, said: str) -> Marked:
    """Say where the words of a component say terms of the glossary.

    Args:
        component: Any component that holds words alone.
        said: As ``components.glossary.spelled`` spells it; "" for none.
    """
    return marked(component, {"data-terms": said}) if said else component


def follow(component: Marked) -> Marked:
    """Mark a link to another page: it takes the reader's selection with it."""
    return marked(component, {"data-follow": ""})


def without_clicks(tree: Marked) -> Marked:
    """Keep Dash from listening for clicks on everything that has an id and is no button.

    Screen readers call whatever has a listener "clickable".

    Args:
        tree: A component with all that is in it; changed in place.

    Returns:
        The same.
    """
    if isinstance(tree, html.Button):
        return tree
    known: Container[str] = getattr(tree, "available_properties", ())
    if getattr(tree, "id", None) is not None and "disable_n_clicks" in known:
        setattr(tree, "disable_n_clicks", True)  # noqa: B010 (of dash.html alone)
    children: object = getattr(tree, "children", None)
    inside = children if isinstance(children, list | tuple) else [children]
    for one in inside:
        if isinstance(one, Component):
            without_clicks(one)
    return tree
