"""What a programme of the councils and years planned would cost, with the reader's assumptions."""

from dataclasses import replace
from math import isnan
from typing import Final

import numpy as np
import pandas as pd

from analytics.costs.cost_method import YOURS, at_start
from analytics.costs.cost_words import pounds, rounded_pounds, span
from analytics.costs.estimate import prices_of
from analytics.costs.official_figures import WORKERS, OfficialFigures
from analytics.evaluation.method_card import Facts
from analytics.evaluation.placebo_programmes import design_of
from analytics.evaluation.plan_columns import COUNCILS
from analytics.evaluation.plan_words import councils_words
from analytics.methods.costing import cost
from analytics.methods.refusal import NotEstimableError
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.choices import YEARS
from analytics.selection.follows import COSTED, PLANNED
from analytics.selection.places import authorities
from analytics.selection.selection import Selection
from analytics.text.name_kinds import pounds as in_pounds
from analytics.text.wording import number
from analytics.text.words import Size, Words, technical_line
from data.schema import Column, number_in, records, text
from data.sources import registry as sources
from data.sources.source import Kind

#: How the total is said aloud.
TOTAL: Final = in_pounds("the cost of the programme")
COLUMNS: Final = (
    text("base", "For", about="The councils planned together, or one of average size."),
    COUNCILS,
    Column(
        name="years",
        label="Years of the work",
        unit="years",
        decimals=0,
        about="Those after the start that would be measured.",
    ),
    Column(
        name="total",
        label="Total over all years",
        unit="£",
        decimals=0,
        about="People leading the work and training, over all years after the start.",
    ),
    Column(
        name="per_year",
        label="Total a year",
        unit="£ a year",
        decimals=0,
        about="The total over those years; the training, given once, is spread evenly.",
    ),
    Column(name="lead", label="People leading the work, all years", unit="£", decimals=0),
    Column(name="training", label="Training", unit="£", decimals=0),
    Column(name="trained", label="People trained", unit="people", decimals=0),
    Column(
        name="workers",
        label="Social workers, official",
        unit="FTE",
        decimals=1,
        about="Mean of the councils of today, the last figure held of each; times the councils.",
    ),
    text("workers_year", "Social workers of", about="Of when the last of those figures is."),
)


def cost_of_programme(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Cost the work for a council of average size, and for as many as are planned.

    Args:
        tables: The tables of official figures by key.
        selection: Holds the number of councils and of years, and what is set on the card.

    Raises:
        NotEstimableError: No number of social workers is held.
    """
    figures = OfficialFigures.up_to(YEARS[-1], tables)
    each = [figures.of(WORKERS, code) for code, one in authorities().items() if one.current]
    held = [value for value, _ in each if not isnan(value)]
    if not held:
        msg = "No official number of social workers is held, so nobody to train can be counted."
        raise NotEstimableError(msg)
    workers, years = float(np.mean(held)), design_of(selection).after
    prices = replace(prices_of(selection.costs, workers), years=years)
    made = cost(prices)
    one = {
        "total": float(made.total),
        "per_year": float(made.total) / years,
        "lead": float(made.lead),
        "training": float(made.training),
        "trained": float(np.asarray(prices.people)),
        "workers": workers,
    }
    of = max((year for value, year in each if not isnan(value)), key=lambda words: words[-4:])
    several = {name: value * selection.plan_councils for name, value in one.items()}
    return pd.DataFrame(
        [
            {"base": words, "councils": many, "years": years, "workers_year": of, **amounts}
            for words, many, amounts in (
                (f"{selection.plan_councils} councils together", selection.plan_councils, several),
                ("One council of average size", 1, one),
            )
        ]
    )


def _words(frame: pd.DataFrame, selection: Selection) -> Words:
    whole, one = records(frame)
    total, long = number_in(whole, "total"), span(whole)
    many = councils_words(selection.plan_councils)
    if not total:
        return Words(
            verdict=f"No cost for {many} over {long}",
            plain=("With your assumptions the work costs nothing.",),
        )
    return Words(
        verdict=f"About {rounded_pounds(total)} for {many} over {long}",
        plain=(
            (
                f"With your assumptions{at_start(selection)}, that is "
                f"{pounds(number_in(one, 'total'))} for a council of average size."
            ),
            "The evaluation itself is not in it.",
        ),
        technical=technical_line(
            f"people leading {pounds(number_in(one, 'lead'))} a council",
            f"training {pounds(number_in(one, 'training'))} a council",
            f"{number(number_in(one, 'trained'), 1)} trained a council",
            f"mean of {one['workers_year']}",
        ),
        size=Size(of="plan-total", value=total, name=TOTAL, is_level=True),
    )


def _method(selection: Selection) -> Facts:
    return (
        (
            "What is estimated",
            (
                "What leading the work and training for it would cost in as many councils of "
                "average size as are planned, at the values in the fields."
            ),
        ),
        ("People leading", "FTE × cost a year × (1 + on-costs) × years after the start."),
        ("Training", "People trained × days × cost of a day, once."),
        (
            "Average size",
            (
                "The mean number of social workers of the councils of today, the last held of "
                "each. All of them are trained unless another number is set for a council."
            ),
        ),
        ("Several councils", "The cost of one times their number."),
        ("In use", selection.costs.label_for(design_of(selection).after)),
    )


plan_cost: Final = register(
    Finding(
        key="plan-cost",
        follows=PLANNED | COSTED,
        title="What the programme planned would cost",
        subtitle=lambda s: technical_line(
            f"{s.plan_councils} councils of average size",
            s.costs.label_for(design_of(s).after),
        ),
        unit="£",
        sources=(sources.INDICATORS, sources.SECTION251, sources.AUTHORITIES),
        columns=COLUMNS,
        analyse=cost_of_programme,
        words=_words,
        notes=(
            YOURS,
            (
                "Small and large councils cost less and more than the average. The price of "
                "collecting and judging the figures is not in it: the figures here are published "
                "returns."
            ),
        ),
        method=_method,
        kind=Kind.ESTIMATE,
        about="The reader's assumptions multiplied out for the councils and years planned.",
        pinned=True,
    )
)
