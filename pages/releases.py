"""The change log of figures: every release of the tables, and what it changed."""

from dash import register_page
from dash.development.base_component import Component

from analytics.selection.parse import from_query
from components.frame.shell import page
from components.reference.releases import citing, released


def layout(**query: str) -> Component:
    """The page, which is the same whatever is selected."""
    return page(
        "Releases",
        from_query(query),
        [*released(), citing()],
        lede="Every release of the tables, and the figures that each one changed.",
        path="/data/releases",
    )


register_page(__name__, path="/data/releases", name="Releases", title="Releases")
