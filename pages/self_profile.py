"""Implementation progress: areas as published, then a simulated self-profile at two points."""

from dash import register_page
from dash.development.base_component import Component

from analytics.findings.people import self_profile, self_profile_published
from analytics.selection.parse import from_query
from components.card.card import card, offered, shown
from components.charts.change_rows import dumbbells, pilot_grid
from components.frame.banner import banner
from components.frame.shell import cards, empty_page, page

PUBLISHED = card(self_profile_published.published, chart=None)
CHANGE = card(self_profile.changed, chart=dumbbells)
PILOTS = card(self_profile.pilots, chart=pilot_grid)
ALL = (PUBLISHED, CHANGE, PILOTS)


def layout(**query: str) -> Component:
    """The page for the selection in the address."""
    selection = from_query(query)
    if not offered(*ALL):
        return empty_page(
            "Implementation progress", selection, "records of people or cases", path="/self-profile"
        )
    return page(
        "Implementation progress",
        selection,
        [
            banner(
                self_profile.changed,
                reproduces="The self-profile gives back which areas progressed most and least; "
                "scores, and the order inside the two groups, are made up.",
            ),
            cards(*shown(selection, *ALL)),
        ],
        lede="How the pilots scored themselves on areas of their organisation at two points: the "
        "areas named in the published summary, and how the scores behind them would be read.",
        path="/self-profile",
        one="records",
    )


register_page(
    __name__,
    path="/self-profile",
    name="Self-profile",
    order=12,
    title="Implementation progress",
    empty=not offered(*ALL),
)
