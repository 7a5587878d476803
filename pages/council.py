"""One council: every indicator and ratio beside similar councils and the pilots."""

from dash import html, register_page
from dash.development.base_component import Component

from analytics.findings.councils import (
    council_indicators,
    council_inspections,
    council_ratios,
)
from analytics.selection.parse import from_query
from analytics.selection.places import Authority, authorities, region_and_band
from components.card.card import card
from components.frame.shell import cards, file_link, link, page, plain_page, prose
from components.reference.councils import council_list
from components.views.council import council_view
from components.views.view import CardView

VIEW = CardView(name="Figures", write=council_view)
INDICATORS = card(council_indicators.indicators, chart=None, view=VIEW)
RATIOS = card(council_ratios.ratios, chart=None, view=VIEW)
INSPECTIONS = card(council_inspections.inspections, chart=None)


def layout(named_council: object = "", **query: str) -> Component:
    """The page for one council and the selection in the address; the path says which council."""
    # A query may repeat the name of the path's variable, and then comes in its place, as a list.
    code = named_council if isinstance(named_council, str) else ""
    selection = from_query({**query, "area": code})
    if not selection.area:
        words = "No English council has this code. Choose one below."
        return plain_page("There is no such council", words, after=council_list())
    council = authorities()[selection.area]
    every = (INDICATORS, RATIOS, INSPECTIONS)
    return page(
        council.label,
        selection,
        [
            cards(*(one.show(selection, place="wide") for one in every), name="briefing"),
            _onwards(council),
        ],
        lede=f"{region_and_band(council, selection.programme)} · one council beside similar "
        "councils and the pilots",
        path=f"/councils/{council.code}",
    )


def _onwards(council: Authority) -> html.Section:
    return prose(
        f"More on {council.label}",
        html.P(
            [
                "To take along: ",
                file_link(_briefing(council), f"/councils/{council.code}/briefing.pdf"),
            ]
        ),
        html.P(["What would it cost here? ", link(f"The cost card for {council.bare}", "/costs")]),
        html.P(["One indicator by year: ", link(f"{council.bare} beside the pilots", "/pilots")]),
        html.P(["Another council: ", link("all councils by region", "/councils")]),
    )


def _briefing(council: Authority) -> str:
    return f"{council.bare} on two pages (PDF)"


def title(named_council: str = "") -> str:
    """The title of the window."""
    known = from_query({"area": named_council}).area
    return authorities()[known].label if known else "No such council"


register_page(__name__, path_template="/councils/<named_council>", name="Council", title=title)
