"""Social workers: what was published; folded, a simulated survey at two waves and time diaries."""

from dash import register_page
from dash.development.base_component import Component

from analytics.findings.people import (
    diaries,
    social_workers,
    social_workers_bands,
    social_workers_change,
)
from analytics.selection.parse import from_query
from components.card.card import card, offered, shown
from components.charts.answer_bars import diverging
from components.charts.change_rows import hours, waves
from components.charts.share_dots import groups
from components.frame.banner import records_page
from components.frame.shell import empty_page, page
from components.views.printed import printed_view
from components.views.view import CardView

PUBLISHED = card(
    social_workers.published,
    chart=None,
    view=CardView(
        name="Findings", write=printed_view, at_once=True, is_spoken=True, is_technical=True
    ),
)
RIBBON = card(social_workers.steps, chart=None)
CHANGE = card(social_workers_change.changed, chart=waves)
ANSWERS = card(social_workers.every_answer, chart=diverging)
BANDS = card(social_workers_bands.groups, chart=groups)
HOURS = card(diaries.week, chart=hours)
TRIED = (CHANGE, BANDS, ANSWERS, HOURS, RIBBON)
ALL = (PUBLISHED, *TRIED)


def layout(**query: str) -> Component:
    """The page for the selection in the address."""
    selection = from_query(query)
    if not offered(selection.programme, *ALL):
        return empty_page(
            "Social workers", selection, "records of people or cases", path="/social-workers"
        )
    return page(
        "Social workers",
        selection,
        records_page(
            selection,
            social_workers.every_answer,
            printed=shown(selection, PUBLISHED, place="wide"),
            tried=shown(selection, *TRIED, place="wide"),
            reproduces="The survey gives back only what was printed in words: confidence and "
            "agreement reasonably high, more mapping and safety planning, not enough time.",
        ),
        lede="What social workers said of their confidence, their use of the tools and their time.",
        path="/social-workers",
    )


register_page(
    __name__,
    path="/social-workers",
    name="Social workers",
    order=7,
    group="Practice",
    title="Social workers",
    needs=ALL,
)
