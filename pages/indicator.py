"""One indicator: by year with its comparator, and every pilot beside its own neighbours."""

from dataclasses import replace

from dash import register_page
from dash.development.base_component import Component

from analytics.findings.indicators import indicator_figures, pilots
from analytics.measures.indicators.registry import INDICATORS
from analytics.selection.parse import from_query
from analytics.selection.selection import DEFAULT_INDICATOR
from components.card.card import card, shown
from components.charts.place_dots import band_intervals, beside_neighbours
from components.charts.year_lines import pilots_and_comparator
from components.frame.routes import routes
from components.frame.shell import cards, link, page, plain_page
from components.reference.catalogue import definition

YEARS = card(indicator_figures.years, chart=pilots_and_comparator)
PLACES = card(indicator_figures.places, chart=beside_neighbours)
BANDS = card(pilots.bands, chart=band_intervals)


def layout(named_indicator: object = DEFAULT_INDICATOR, **query: str) -> Component:
    """The page for one indicator and the selection in the address."""
    # A query may repeat the name of the path's variable, and then comes in its place, as a list.
    if not isinstance(named_indicator, str) or named_indicator not in INDICATORS:
        words = "The address names no indicator that is held. Search above, or choose from "
        return plain_page(
            "There is no such indicator",
            words,
            link("all of them", "/indicators"),
            ".",
            after=routes(from_query(query).programme, path="/"),
        )
    query.pop("indicator", None)
    indicator = INDICATORS[named_indicator]
    selection = replace(from_query(query), indicator=indicator.key)
    return page(
        indicator.name,
        selection,
        [
            cards(
                *shown(selection, YEARS, PLACES, BANDS),
                definition(indicator, selection.programme),
            ),
        ],
        path=f"/indicators/{indicator.key}",
    )


def title(named_indicator: str = DEFAULT_INDICATOR) -> str:
    """The title of the window."""
    known = INDICATORS.get(named_indicator)
    return known.name if known else "No such indicator"


register_page(
    __name__, path_template="/indicators/<named_indicator>", name="Indicator", title=title
)
