"""Change and follow-up: how the gap moved from before the start, and for how long."""

from dash import register_page
from dash.development.base_component import Component

from analytics.findings.indicators import (
    change_pretrend,
    change_synthetic,
    change_verdict,
    change_windows,
    change_years,
    change_years_by_band,
)
from analytics.selection.parse import from_query
from components.card.card import card, shown
from components.charts.event_study import change_by_band, change_by_year, windows
from components.charts.interval_plot import relative_gaps
from components.charts.year_lines import pilots_and_comparator
from components.frame.shell import cards, more, page

VERDICT = card(change_verdict.verdict, chart=relative_gaps)
YEARS = card(change_years.years, chart=change_by_year)
BEFORE = card(change_pretrend.pretrend, chart=change_by_year)
WEIGHTED = card(change_synthetic.synthetic_change, chart=pilots_and_comparator)
WINDOWS = card(change_windows.windows, chart=windows)
BANDS = card(change_years_by_band.bands, chart=change_by_band)


def layout(**query: str) -> Component:
    """The page for the selection in the address."""
    selection = from_query(query)
    start = selection.programme.start_words
    folded = shown(selection, BANDS, place="folded")
    return page(
        "Change and follow-up",
        selection,
        [
            cards(
                YEARS.show(selection, place="lead"),
                *shown(selection, BEFORE, WEIGHTED),
                *shown(selection, WINDOWS, VERDICT, place="lead"),
            ),
            *([more(*folded)] if folded else []),
        ],
        verdict=VERDICT.headline(selection, layer="title"),
        lede=f"How the gap to what pilots are compared with moved after the start in {start}.",
        path="/over-time",
    )


register_page(
    __name__,
    path="/over-time",
    name="Over time",
    order=4,
    group="Outcomes",
    title="Change and follow-up",
)
