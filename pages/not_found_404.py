"""An address that leads nowhere."""

from dash import register_page
from dash.development.base_component import Component

from components.frame.asked import programme_asked
from components.frame.routes import routes
from components.frame.shell import link, plain_page


def layout(**_query: str) -> Component:
    """Say so, and lead back."""
    return plain_page(
        "There is no page at this address",
        "The address may have been cut short or mistyped. Search above for a measure, a council or "
        "a word, or start at ",
        link("the overview", "/"),
        ".",
        after=routes(programme_asked(), path="/"),
    )


register_page(__name__, path="/404", title="Page not found", name="Page not found")
