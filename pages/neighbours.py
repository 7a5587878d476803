"""Neighbour lab: who the neighbours are, and which verdicts depend on choosing them."""

from dash import register_page
from dash.development.base_component import Component

from analytics.findings.robustness import (
    neighbour_lists,
    neighbour_survival,
    neighbour_verdicts,
    neighbour_verdicts_flipped,
)
from analytics.programme import count_words
from analytics.selection.parameters import PARAMETERS
from analytics.selection.parse import from_query
from analytics.selection.selection import HOME
from components.card.card import card
from components.charts.neighbour_matrix import neighbour_matrix, survival_bars
from components.charts.verdict_matrix import verdict_matrix
from components.frame.shell import cards, more, page

MANY = count_words(len(PARAMETERS["model"].allowed(HOME)))
VERDICTS = card(neighbour_verdicts.verdicts, chart=verdict_matrix)
FLIPS = card(neighbour_verdicts_flipped.flips, chart=None)
SURVIVORS = card(neighbour_survival.survivors, chart=survival_bars)
LISTS = card(neighbour_lists.lists, chart=neighbour_matrix)


def layout(**query: str) -> Component:
    """The page for the selection in the address."""
    selection = from_query(query)
    return page(
        "Neighbour lab",
        selection,
        [
            cards(
                VERDICTS.show(selection, place="wide"),
                SURVIVORS.show(selection, place="lead"),
            ),
            more(FLIPS.show(selection, place="folded"), LISTS.show(selection, place="folded")),
        ],
        lede=f"Which answers depend on the choice among {MANY} published lists of similar councils "
        "(statistical neighbours).",
        path="/neighbours",
    )


register_page(
    __name__, path="/neighbours", name="Neighbours", order=12, group="Trust", title="Neighbour lab"
)
