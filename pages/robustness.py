"""How sure: one number, doubted in every way that can be argued for."""

from dash import register_page
from dash.development.base_component import Component

from analytics.findings.robustness import (
    leave_one_out,
    placebo,
    placebo_each,
    placebo_many,
    planning,
    pooled,
    robustness,
    robustness_bands,
    specifications,
)
from analytics.selection.parse import from_query
from components.card.card import card, shown
from components.charts import robustness as drawn
from components.charts.placebo import placebo_histogram, placebo_ranges
from components.charts.specification_curve import specification_curve
from components.frame.shell import cards, more, page
from components.jobs.run import job_panel

VIEW = card(robustness.view, chart=drawn.one_number)
PLACEBO = card(placebo.placebo, chart=placebo_histogram)
CURVE = card(specifications.specifications, chart=specification_curve)
WITHOUT = card(leave_one_out.leave_one_out, chart=drawn.without_one)
PAIRS = card(robustness_bands.pairs, chart=drawn.band_pairs)
POOLED = card(pooled.pooled, chart=drawn.pooled)
DETECTABLE = card(planning.detectables, chart=drawn.detectable)
PLACEBOS = card(placebo_each.placebos, chart=placebo_ranges)
MANY = card(placebo_many.many, chart=None)


def layout(**query: str) -> Component:
    """The page for the selection in the address."""
    selection = from_query(query)
    pairs = shown(selection, PLACEBO, PAIRS, WITHOUT, POOLED)  # alike in height
    rest = (CURVE, PLACEBOS, DETECTABLE)
    return page(
        "How sure?",
        selection,
        [
            cards(VIEW.show(selection, place="lead"), *pairs),
            more(
                *(one.show(selection, place="folded") for one in rest),
                heading="Every measure, every way of counting",
            ),
            cards(
                job_panel(
                    placebo_many.many,
                    about="Everything above is made while you wait less than a second. This is "
                    "not: a million placebo groups over all indicators at once, for the "
                    "selection in the bar.",
                ),
                MANY.show(selection, place="wide"),
            ),
        ],
        lede="Would other authorities, neighbours or ways of counting have given another answer?",
        path="/robustness",
    )


register_page(
    __name__, path="/robustness", name="How sure?", order=13, group="Trust", title="How sure?"
)
