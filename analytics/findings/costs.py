"""What the work costs: the reader's assumptions beside official figures, place by place."""

from typing import Final

import pandas as pd

from analytics.cost_method import YOURS, at_start, method
from analytics.estimate import estimate, lead_row
from analytics.publication.finding import Finding, Tables, register
from analytics.selection import Selection, year_label
from analytics.wording import listed, number
from data import sources
from data.schema import Column, ColumnKind, text
from data.source import Kind

TABLES: Final = (sources.INDICATORS, sources.SECTION251, sources.AUTHORITIES, sources.PILOTS)
COLUMNS: Final = (
    text("code", "GSS code"),
    text("place", "Place"),
    Column(name="total", label="Total", unit="£", decimals=0),
    Column(name="per_worker", label="Per social worker", unit="£", decimals=0),
    Column(name="per_child", label="Per child in need", unit="£", decimals=0),
    Column(
        name="share",
        label="Share of safeguarding spend",
        unit="%",
        decimals=2,
        about="The cost of one year of the work over the gross spend of the year, line 3.3.4.",
    ),
    Column(name="lead", label="People leading the work", unit="£", decimals=0),
    Column(name="training", label="Training", unit="£", decimals=0),
    Column(
        name="cases",
        label="Cases the same time would carry",
        decimals=1,
        about="People leading the work times the caseload of a social worker.",
    ),
    text("missing", "What is missing"),
    Column(name="workers", label="Social workers", unit="FTE", decimals=1, beside=True),
    text("workers_year", "Social workers of"),
    Column(name="children", label="Children in need", unit="children", decimals=0, beside=True),
    text("children_year", "Children in need of"),
    Column(name="spend", label="Safeguarding spend a year", unit="£ cash", decimals=0, beside=True),
    text("spend_year", "Year of that spend"),
    Column(name="caseload", label="Caseload of a social worker", unit="cases", beside=True),
    text("caseload_year", "Caseload of"),
    text("role", "Role", about="pilot, yours, or together: the chosen pilots added up."),
    Column(name="places", label="Authorities", kind=ColumnKind.COUNT, decimals=0),
)


def cost_of_places(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Cost the work for each chosen pilot, all of them together, and the reader's authority.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: Holds the pilots, the authority, the period and what is set on the card.
    """
    return estimate(tables, selection)[[column.name for column in COLUMNS]]


def _says(frame: pd.DataFrame, selection: Selection) -> str:
    row = lead_row(frame)
    if row is None:
        return "The cost cannot be worked out: no official count of social workers to be trained."
    return (
        f"With your assumptions{at_start(selection)} ({selection.costs.words}) the work costs "
        f"£{number(row['total'], 0)} in {row['place']}{_quotients(row, dated=True)}."
    )


def _headline(frame: pd.DataFrame, selection: Selection) -> str:
    row = lead_row(frame)
    if row is None:
        return _says(frame, selection)
    return (
        f"£{number(row['total'], 0)} in {row['place']}, with your assumptions{at_start(selection)}"
        f"{_quotients(row, dated=False)}."
    )


def _quotients(row: pd.Series, *, dated: bool) -> str:
    parts = [
        (f"£{number(row['per_worker'], 0)} per social worker", row["workers_year"]),
        (f"£{number(row['per_child'], 0)} per child in need", row["children_year"]),
        (f"{number(row['share'], 2)} % of a year's safeguarding spend", row["spend_year"]),
    ]
    known = [f"{words} ({year})" if dated else words for words, year in parts if "–" not in words]
    return f": {listed(known)}" if known else ""


def _notes(frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    gaps = [f"{row['place']}: {row['missing']}" for _, row in frame.iterrows() if row["missing"]]
    return (
        YOURS,
        (
            f"Official figures are the last held up to {year_label(selection.last)}; where none is "
            "so early (the workforce census begins in September 2015), the first held."
        ),
        (
            "Section 251 returns of these years are known to be of uneven quality; read the share "
            "as a scale, not to the decimal. Your prices are set against the cash of that year; "
            "nothing is adjusted for inflation."
        ),
        *gaps,
    )


card: Final = register(
    Finding(
        key="costs-estimate",
        title=lambda _s: "What it would cost, with your assumptions",
        subtitle=lambda s: f"{s.costs.words} · {s.pilot_words}",
        unit=lambda _s: "pounds",
        sources=TABLES,
        columns=COLUMNS,
        analyse=cost_of_places,
        sentence=_says,
        notes=_notes,
        method=method,
        kind=Kind.ESTIMATE,
        whole="",
        about="The reader's assumptions multiplied out: total, per worker, per child, share.",
        headline=_headline,
    )
)
