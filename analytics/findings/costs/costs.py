"""What the work costs: the reader's assumptions beside official figures, place by place."""

from math import isnan
from typing import Final

import pandas as pd

from analytics.costs.cost_method import YOURS, at_start, method
from analytics.costs.cost_words import (
    each_words,
    excess_words,
    quotient_words,
    share_words,
    subject,
    technical_words,
    unknown_verdict,
    unknown_words,
    whole_words,
)
from analytics.costs.estimate import estimate
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.follows import COSTED
from analytics.selection.selection import Selection
from analytics.text.name_kinds import pounds
from analytics.text.wording import lower_first, year_label
from analytics.text.words import Size, Words, technical_line
from data.schema import Column, ColumnKind, hidden_key, key_text, number_in, records, text
from data.sources import registry as sources
from data.sources.source import Kind

#: How the total is said aloud.
TOTAL: Final = pounds("the total")
TABLES: Final = (sources.INDICATORS, sources.SECTION251, sources.AUTHORITIES, sources.PILOTS)
COLUMNS: Final = (
    key_text("code", "GSS code", in_table=False),
    text("place", "Place"),
    Column(
        name="total",
        label="Total over all years",
        unit="£",
        decimals=0,
        about="People leading the work and training, over all years of the work, for the place.",
    ),
    Column(
        name="per_year",
        label="Total a year",
        unit="£ a year",
        decimals=0,
        about="The total over the years of the work; the training, given once, is spread evenly.",
    ),
    Column(
        name="per_worker",
        label="Total per social worker",
        unit="£",
        decimals=0,
        about="The total over all years, over the social workers of the place.",
    ),
    Column(
        name="per_trained",
        label="Total per person trained",
        unit="£",
        decimals=0,
        about="The total over all years, over the people trained.",
    ),
    Column(
        name="per_child",
        label="Total per child in need",
        unit="£",
        decimals=0,
        about="The total over all years, over the children in need at one 31 March.",
    ),
    Column(
        name="share",
        label="Total as share of the same years' safeguarding spend",
        unit="%",
        decimals=2,
        about=(
            "The total over all years, over as many years of gross spend, line 3.3.4, each at the "
            "level of the year named. The same as the cost of one year of the work over the gross "
            "spend of one."
        ),
    ),
    Column(
        name="share_of_one_year",
        label="Total as share of one year's safeguarding spend",
        unit="%",
        decimals=2,
        about="The total over all years, over the gross spend of one year, line 3.3.4.",
    ),
    Column(name="lead", label="People leading the work, all years", unit="£", decimals=0),
    Column(name="training", label="Training", unit="£", decimals=0),
    Column(
        name="cases",
        label="Cases the same time would carry",
        unit="cases at a time",
        decimals=1,
        about="People leading the work times the caseload of a social worker.",
    ),
    text("missing", "What is missing"),
    Column(name="years", label="Years of the work", unit="years", decimals=1, beside=True),
    Column(
        name="workers",
        label="Social workers",
        unit="FTE",
        decimals=1,
        beside=True,
        about="The number set on the card, else the official one; what the total is divided by.",
    ),
    text("workers_year", "Social workers of"),
    Column(
        name="official_workers",
        label="Social workers, official",
        unit="FTE",
        decimals=1,
        beside=True,
    ),
    text("official_workers_year", "Official social workers of"),
    Column(name="trained", label="People trained", unit="people", decimals=1, beside=True),
    Column(name="children", label="Children in need", unit="children", decimals=0, beside=True),
    text("children_year", "Children in need of"),
    Column(name="spend", label="Safeguarding spend a year", unit="£ cash", decimals=0, beside=True),
    text("spend_year", "Year of that spend"),
    Column(name="caseload", label="Caseload of a social worker", unit="cases", beside=True),
    text("caseload_year", "Caseload of"),
    key_text("role", "Role", about="pilot, yours, or together: the chosen pilots added up."),
    Column(name="places", label="Authorities", kind=ColumnKind.COUNT, decimals=0),
    text("base", "What the figures are for", about="One council, or the chosen pilots added up."),
    hidden_key("workers_set", about="yes where the reader set how many social workers."),
)


def cost_of_places(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Cost the work: the reader's authority first, the chosen pilots together, then each of them.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: Holds the pilots, the authority, the period and what is set on the card.
    """
    return estimate(tables, selection)[[column.name for column in COLUMNS]]


def _words(frame: pd.DataFrame, selection: Selection) -> Words:
    """Give the total of the place that comes first, and what it is for each and as a share."""
    rows = records(frame)
    row = rows[0]
    if isnan(number_in(row, "total")):
        return Words(verdict=unknown_verdict(row), plain=unknown_words(row))
    if not number_in(row, "total"):
        return Words(
            verdict=whole_words(row),
            plain=("With your assumptions the work costs nothing.",),
            technical=selection.costs.label,
        )
    yours, quotients = f"With your assumptions{at_start(selection)}", quotient_words(row)
    parts = [part for part in (each_words(rows), share_words(row)) if part]
    excess = excess_words(row)
    return Words(
        verdict=whole_words(row),
        plain=(
            f"{yours}, that is {quotients}." if quotients else f"This is {lower_first(yours)}.",
            *([f"It is {', and '.join(parts)}."] if parts else []),
            *([excess] if excess else []),
        ),
        technical=technical_line(selection.costs.label, technical_words(row)),
        size=Size(of="total", value=number_in(row, "total"), name=TOTAL, is_level=True),
    )


def _notes(frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    pairs = zip(frame["place"], frame["missing"], strict=True)
    gaps = [f"{place}: {missing}" for place, missing in pairs if missing]
    return (
        YOURS,
        (
            "Every figure of a row is for the council or councils of that row. People leading, "
            "people trained and social workers are of each council; those of several add up."
        ),
        (
            f"Official figures are the last held up to {year_label(selection.last)}; where none is "
            "so early (the workforce census begins in September 2015), the first held."
        ),
        (
            "Section 251 returns of these years are known to be of uneven quality; read the share "
            "as a scale, not to the decimal. Your prices are set against the cash of that year, "
            "and later years of the work against the same cash; nothing is adjusted for inflation."
        ),
        *gaps,
    )


card: Final = register(
    Finding(
        key="costs-estimate",
        follows=COSTED,
        title="What it would cost, with your assumptions",
        subtitle=lambda s: f"{s.costs.label} · {subject(s)}",
        unit="£",
        sources=TABLES,
        columns=COLUMNS,
        analyse=cost_of_places,
        words=_words,
        notes=_notes,
        method=method,
        kind=Kind.ESTIMATE,
        about="The reader's assumptions multiplied out: total, per worker, per child, share.",
    )
)
