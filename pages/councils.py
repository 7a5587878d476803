"""Every English council by region, each leading to its page."""

from typing import Final

from dash import html, register_page
from dash.development.base_component import Component

from analytics.selection.parse import from_query
from components.frame.shell import file_link, page
from components.reference.councils import council_list

PACK: Final = "every council on two pages (ZIP of PDFs)"


def layout(**query: str) -> Component:
    """The page, which is the same whatever is selected."""
    return page(
        "Find your council",
        from_query(query),
        [council_list(), html.P(["To take along: ", file_link(PACK, "/briefings.zip")])],
        lede="Every English council, abolished ones too: its figures beside similar councils.",
        path="/councils",
    )


register_page(
    __name__,
    path="/councils",
    name="Councils",
    order=4,
    group="Outcomes",
    title="Find your council",
)
