"""Implementation progress: areas as published, then a simulated self-profile at two points."""

from dash import register_page
from dash.development.base_component import Component

from analytics.findings.people import self_profile, self_profile_published
from analytics.selection.parse import from_query
from components.card.card import card, offered, shown
from components.charts.change_rows import dumbbells, pilot_grid
from components.frame.banner import banner
from components.frame.shell import cards, empty_page, more, page

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
            cards(*shown(selection, PUBLISHED, place="wide")),
            banner(
                self_profile.changed,
                reproduces="The self-profile gives back which areas progressed most and least; "
                "scores, and the order inside the two groups, are made up.",
            ),
            more(*shown(selection, *ALL[1:], place="folded")),
        ],
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
    empty=not offered(*ALL),
)
