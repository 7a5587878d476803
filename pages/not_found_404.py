"""An address that leads nowhere."""

from dash import html, register_page
from dash.development.base_component import Component


def layout(**_query: str) -> Component:
    """Say so, and lead back."""
    return html.Main(
        [
            html.H1("Page not found", id="page-title", tabIndex=-1),
            html.P(
                ["Start again at ", html.A("the overview", href="/", **{"data-follow": ""}), "."]
            ),
        ],
        id="main",
        className="wrap",
        **{"data-path": "", "data-query": "", "data-asked": ""},
    )


register_page(__name__, path="/404", title="Page not found", name="Page not found")
