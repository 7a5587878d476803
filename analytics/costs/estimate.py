"""What the work would cost at a place: a reader's assumptions beside official figures."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.costs.official_figures import (
    CASELOAD,
    IN_NEED,
    NAMES,
    SAFEGUARDING,
    WORKERS,
    OfficialFigures,
    Tables,
)
from analytics.methods.costing import Cost, Prices, cost, per
from analytics.selection.cost_inputs import Costs
from analytics.selection.places import place_name
from analytics.selection.selection import Selection
from analytics.text.wording import listed, pluralise

PARTS: Final = {
    "total": "the total",
    "per_worker": "the cost per social worker",
    "per_child": "the cost per child in need",
    "share": "the share of spend",
    "cases": "the cases",
}
#: What the total is divided by, and the quotient it makes.
QUOTIENTS: Final = {"workers": "per_worker", "trained": "per_trained", "children": "per_child"}
#: What is added up over pilots that have a total, over all pilots, and what else is a number.
ADDED: Final = ("lead", "training", "total", "per_year")
SUMMED: Final = ("official_workers", "cases")
BASES: Final = (*QUOTIENTS, "spend", "caseload", "years")
#: The columns that say of when an official figure is.
WHEN: Final = (
    "official_workers_year", "workers_year", "children_year", "spend_year", "caseload_year",
)  # fmt: skip
TOGETHER: Final = "together"
SET_BY_YOU: Final = "set by you"

Row = dict[str, object]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """The place that sentences speak of first, and the assumptions in use there.

    Attributes:
        place: Name of the council, or of the pilots together.
        code: GSS code of the council; "" for pilots together.
        places: How many councils it is.
        prices: The assumptions, with people summed over the councils.
        workers: Its social workers, NaN where none are known.
        official: Its official number of social workers, whatever is set; NaN where none is held.
        official_year: Of when that is.
        caseload: Of a social worker there, the mean of several councils.
    """

    place: str
    code: str
    places: int
    prices: Prices
    workers: float
    official: float
    official_year: str
    caseload: float


def estimate(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Cost the work: the place that sentences speak of first, then the others.

    First is the reader's authority where one is set; else the chosen pilots together, or the one
    pilot.

    Args:
        tables: The tables of official figures by key.
        selection: Holds the pilots, the authority, the period and what is set on the card.
    """
    figures = OfficialFigures.up_to(selection.last, tables)
    codes = tuple(pilot.code for pilot in selection.chosen)
    return _estimated(figures, codes, selection.area, selection.costs)


@lru_cache(maxsize=4)  # all cards of a page ask for the same
def _estimated(
    figures: OfficialFigures, codes: tuple[str, ...], area: str, costs: Costs
) -> pd.DataFrame:
    each = [_row(code, "pilot", figures, costs) for code in codes]
    together = [_together(each)] if len(each) > 1 else []
    if not area:
        return pd.DataFrame([*together, *each])
    if area not in codes:
        first = _row(area, "yours", figures, costs)
        return pd.DataFrame([first, *together, *each])
    own = codes.index(area)
    return pd.DataFrame([each[own], *together, *each[:own], *each[own + 1 :]])


def prices_of(costs: Costs, workers: float) -> Prices:
    """Return the assumptions in use at a place.

    Args:
        costs: What is set on the card.
        workers: Social workers, trained where the reader set no number of people; NaN unknown.
    """
    people = costs.value("training-people")
    return Prices(
        fte=costs.using("fte"),
        annual_cost=costs.using("annual-cost"),
        on_costs=costs.using("on-costs"),
        years=costs.using("cost-years"),
        people=workers if people is None else people,
        days=costs.using("training-days"),
        day_cost=costs.using("day-cost"),
    )


def _row(code: str, role: str, figures: OfficialFigures, costs: Costs) -> Row:
    official, official_year = figures.of(WORKERS, code)
    workers, workers_year = _used(costs, "social-workers", official, official_year)
    children, children_year = figures.of(IN_NEED, code)
    spend, spend_year = figures.of(SAFEGUARDING, code)
    caseload, caseload_year = _used(costs, "caseload", *figures.of(CASELOAD, code))
    prices = prices_of(costs, workers)
    bases = {WORKERS: workers, IN_NEED: children, SAFEGUARDING: spend, CASELOAD: caseload}
    place = place_name(code)
    row: Row = {
        "code": code,
        "place": place,
        "role": role,
        "places": 1,
        "base": f"one council, {place}",
        "official_workers": official,
        "official_workers_year": official_year,
        "workers": workers,
        "workers_year": workers_year,
        "workers_set": "no" if costs.value("social-workers") is None else "yes",
        "trained": float(np.asarray(prices.people)),
        "children": children,
        "children_year": children_year,
        "spend": spend,
        "spend_year": spend_year,
        "caseload": caseload,
        "caseload_year": caseload_year,
        "cases": costs.using("fte") * caseload,
        "missing": _missing(bases),
    }
    return {**row, **_amounts(cost(prices), costs.using("cost-years"), row)}


def _used(costs: Costs, key: str, official: float, year: str) -> tuple[float, str]:
    """Return what the reader set, else the official figure, with where it is from."""
    given = costs.value(key)
    return (official, year) if given is None else (given, SET_BY_YOU)


def _amounts(made: Cost, years: float, row: Row) -> Row:
    """Return the total, its parts, and what it is over each base of the row."""
    total = np.asarray(made.total)
    bases = (*QUOTIENTS, "spend")
    below = np.array([row[base] for base in bases], dtype=np.float64)
    over = dict(zip(bases, per(total, below).tolist(), strict=True))
    return {
        "years": years,
        "lead": float(made.lead),
        "training": float(made.training),
        "total": float(total),
        "per_year": float(total) / years,
        **{name: over[base] for base, name in QUOTIENTS.items()},
        "share": 100 * over["spend"] / years,
        "share_of_one_year": 100 * over["spend"],
    }


def _missing(bases: Mapping[str, float]) -> str:
    """Say which official figure is not held, and which leaves nothing to divide by."""
    absent = [NAMES[key] for key, value in bases.items() if np.isnan(value)]
    nothing = [NAMES[key] for key, value in bases.items() if value <= 0 and key != CASELOAD]
    said = [
        f"No official figure: {listed(absent)}." if absent else "",
        f"Nothing to divide by (0 or less): {listed(nothing)}." if nothing else "",
    ]
    return " ".join(words for words in said if words)


def _together(rows: list[Row]) -> Row:
    """Add pilots up; each quotient over those that have both its parts, the others named."""
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    held = {name: np.array(columns[name], dtype=np.float64) for name in (*ADDED, *SUMMED, *BASES)}
    costed = ~np.isnan(held["total"])
    n = int(costed.sum()) or len(rows)
    years = float(held["years"][0])
    over = {base: _over(held["total"], held[base]) for base in (*QUOTIENTS, "spend")}
    return {
        "code": "",
        "place": f"{pluralise(n, 'pilot')} together",
        "role": TOGETHER,
        "workers_set": columns["workers_set"][0],
        "places": n,
        "base": f"{pluralise(n, 'pilot')} together",
        "years": years,
        **{name: _sum(held[name][costed]) for name in ADDED},
        **{name: _sum(held[name]) for name in SUMMED},
        **{base: below for base, (_, below) in over.items()},
        **{name: over[base][0] for base, name in QUOTIENTS.items()},
        "share": 100 * over["spend"][0] / years,
        "share_of_one_year": 100 * over["spend"][0],
        "caseload": _sum(held["caseload"]) / max(int((~np.isnan(held["caseload"])).sum()), 1),
        **{name: _span(columns[name]) for name in WHEN},
        "missing": " ".join(
            f"{words} left out of {name}."
            for column, name in PARTS.items()
            if (words := _unknown(columns["place"], columns[column]))
        ),
    }


def _over(total: Floats, below: Floats) -> tuple[float, float]:
    """Divide the totals by a base, both added up over the places that have both; with the base."""
    both = np.isfinite(total) & (below > 0)
    if not both.any():
        return float("nan"), float("nan")
    return float(per(total[both].sum(), below[both].sum())), float(below[both].sum())


def _sum(amounts: Floats) -> float:
    """Add up what is known; NaN where nothing is."""
    known = ~np.isnan(amounts)
    return float(np.where(known, amounts, 0.0).sum()) if known.any() else float("nan")


def _unknown(places: list[object], amounts: list[object]) -> str:
    """Name the places without an amount."""
    missing = np.isnan(np.array(amounts, dtype=np.float64)).tolist()
    return listed([str(one) for one, gone in zip(places, missing, strict=True) if gone], none="")


def _span(years: list[object]) -> str:
    return listed(sorted({str(year) for year in years if year}), none="")


def whole_of(tables: Tables, selection: Selection) -> Whole:
    """Return the place that sentences speak of first, and the assumptions in use there.

    Args:
        tables: Official figures by key.
        selection: Holds the pilots, the authority and what is set on the card.
    """
    row = estimate(tables, selection).iloc[0]
    n, workers = int(row["places"]), float(row["workers"])
    prices = prices_of(selection.costs, workers)
    people = selection.costs.value("training-people")
    return Whole(
        place=str(row["place"]),
        code=str(row["code"]),
        places=n,
        prices=replace(
            prices,
            fte=selection.costs.using("fte") * n,
            people=workers if people is None else people * n,
        ),
        workers=workers,
        official=float(row["official_workers"]),
        official_year=str(row["official_workers_year"]),
        caseload=float(row["caseload"]),
    )
