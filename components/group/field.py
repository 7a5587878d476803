"""Parts that the fields of a group share."""

from collections.abc import Mapping
from typing import TypeVar

import dash_bootstrap_components as dbc
from dash.development.base_component import Component

from components.html_attrs import marked

Told = TypeVar("Told", bound=Component)


def told(place: Told, field: str) -> Told:
    """Mark the place that says what is wrong with a field; the browser ties the field to it.

    Args:
        place: Empty where nothing is wrong.
        field: Id of the field.
    """
    return marked(place, {"aria-live": "polite", "data-of": field})


def select(name: str, options: Mapping[str, str], value: str = "") -> dbc.Select:
    """Return a list to choose from.

    Args:
        name: Its id.
        options: Words by value.
        value: What is chosen, or empty.
    """
    return dbc.Select(id=name, options=dict(options), value=value, placeholder="Choose")
