"""Ready-made pairs of selections, and how to make any other."""

from dash import html, register_page
from dash.development.base_component import Component

from analytics.selection.parse import from_query
from components.frame.shell import page
from components.pair.ready import ready_pairs


def layout(**query: str) -> Component:
    """The page, which is the same whatever is selected."""
    how = (
        "On any page, make a selection and press “Compare” in its bar. "
        "It is then pinned as A, and the bar changes B."
    )
    selection = from_query(query)
    return page(
        "Compare two selections",
        selection,
        [html.P(how, className="pair-how"), ready_pairs(selection.programme)],
        lede="Which verdicts change between two selections, by how much, and which choice does it.",
        path="/compare",
    )


register_page(
    __name__,
    path="/compare",
    name="Side by side",
    order=14,
    group="Trust",
    title="Compare two selections",
)
