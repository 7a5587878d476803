"""Families: what was published; folded, simulated interviews at two points."""

from dash import register_page
from dash.development.base_component import Component

from analytics.findings.people import families, family_goals, family_measures, family_scores
from analytics.selection.parse import from_query
from components.card.card import card, offered, shown
from components.charts.share_dots import answers, goals, measures, ribbon, scores
from components.frame.banner import records_page
from components.frame.shell import empty_page, page
from components.views.printed import printed_view
from components.views.view import CardView

PUBLISHED = card(
    family_measures.published,
    chart=None,
    view=CardView(
        name="Findings", write=printed_view, at_once=True, is_spoken=True, is_technical=True
    ),
)
MEASURES = card(family_measures.standardised, chart=measures)
RIBBON = card(families.steps, chart=ribbon)
ANSWERS = card(families.shares, chart=answers)
GOALS = card(family_goals.achieved, chart=goals)
SCORES = card(family_scores.measured, chart=scores)
TRIED = (ANSWERS, SCORES, GOALS, RIBBON)
ALL = (PUBLISHED, MEASURES, *TRIED)


def layout(**query: str) -> Component:
    """The page for the selection in the address."""
    selection = from_query(query)
    if not offered(selection.programme, *ALL):
        return empty_page("Families", selection, "records of people or cases", path="/families")
    return page(
        "Families",
        selection,
        records_page(
            selection,
            families.shares,
            printed=[
                *shown(selection, PUBLISHED, place="wide"),
                *shown(selection, MEASURES, place="lead"),
            ],
            tried=shown(selection, *TRIED, place="wide"),
            reproduces="They give back the printed means, deviations and numbers of parents.",
        ),
        lede="What families said at two interviews about six months apart.",
        path="/families",
    )


register_page(
    __name__,
    path="/families",
    name="Families",
    order=8,
    group="Practice",
    title="Families",
    needs=ALL,
)
