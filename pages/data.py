"""Data and methods: tables, dictionary, licence, indicators, methods, addresses, glossary."""

from dash import register_page
from dash.development.base_component import Component

from analytics.selection.parse import from_query
from components.frame.shell import page
from components.reference import catalogue


def layout(**query: str) -> Component:
    """The page for the selection in the address."""
    selection = from_query(query)
    return page(
        "Data and methods",
        selection,
        [
            catalogue.tables(selection),
            catalogue.indicators(selection.programme),
            catalogue.ratios(selection.programme),
            catalogue.methods(selection.programme),
            catalogue.addresses(selection.programme),
            *catalogue.closing(selection.programme),
        ],
        lede="Where every number comes from, what was done to it, and how to take it away.",
        path="/data",
    )


register_page(__name__, path="/data", name="Data", order=15, title="Data and methods")
