"""Attributes that Dash's constructors take only as wildcards: ``data-…`` and ``aria-…``."""

from collections.abc import Mapping
from typing import TypeVar

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
