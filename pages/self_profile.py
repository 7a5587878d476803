"""Implementation progress: areas as published; folded, a simulated self-profile at two points."""

from dash import register_page
from dash.development.base_component import Component

from analytics.findings.people import self_profile, self_profile_published
from analytics.selection.parse import from_query
from components.card.card import card, offered, shown
from components.charts.change_rows import dumbbells, pilot_grid
from components.frame.banner import records_page
from components.frame.shell import empty_page, page
from components.views.areas import areas_view
from components.views.view import CardView

PUBLISHED = card(
    self_profile_published.published,
    chart=None,
    view=CardView(
        name="Findings", write=areas_view, at_once=True, is_spoken=True, is_technical=True
    ),
)
CHANGE = card(self_profile.changed, chart=dumbbells)
PILOTS = card(self_profile.pilots, chart=pilot_grid)
TRIED = (CHANGE, PILOTS)
ALL = (PUBLISHED, *TRIED)


def layout(**query: str) -> Component:
    """The page for the selection in the address."""
    selection = from_query(query)
    if not offered(selection.programme, *ALL):
        return empty_page(
            "Implementation progress", selection, "records of people or cases", path="/self-profile"
        )
    return page(
        "Implementation progress",
        selection,
        records_page(
            selection,
            self_profile.changed,
            printed=shown(selection, PUBLISHED, place="wide"),
            tried=shown(selection, *TRIED, place="wide"),
            reproduces="The self-profile gives back which areas progressed most and least; "
            "scores, and the order inside the two groups, are made up.",
        ),
        lede="How the pilots scored areas of their own organisation at two points.",
        path="/self-profile",
    )


register_page(
    __name__,
    path="/self-profile",
    name="Self-profile",
    order=10,
    group="Practice",
    title="Implementation progress",
    needs=ALL,
)
