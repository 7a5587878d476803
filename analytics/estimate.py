"""What the work would cost at a place: a reader's assumptions beside official figures."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from analytics.choices import Vintage
from analytics.cost_inputs import Costs
from analytics.methods.costing import Cost, Prices, cost, per
from analytics.panel import Floats, Panel, indicator_panel
from analytics.places import place_name
from analytics.selection import YEARS, Selection, year_label
from analytics.spending import line_panel
from analytics.wording import counted, listed
from data.load import Table
from data.sources import INDICATORS, SECTION251

Tables = Mapping[str, Table]

WORKERS: Final = "sw_fte_num"
IN_NEED: Final = "cin_31mar_num"
CASELOAD: Final = "sw_caseload"
SAFEGUARDING: Final = "3.3.4"
NAMES: Final = {
    WORKERS: "social workers",
    IN_NEED: "children in need",
    SAFEGUARDING: "safeguarding spend",
    CASELOAD: "caseload",
}
PARTS: Final = {
    "total": "the total",
    "per_worker": "the cost per social worker",
    "per_child": "the cost per child in need",
    "share": "the share of spend",
    "cases": "the cases",
}
TOGETHER: Final = "together"
SET_BY_YOU: Final = "set by you"


class _Figures:
    """The official figures of a place: the last held up to the end of the period, else the first.

    A count of nought is a figure, and leaves nothing to divide by; a missing one is stepped over.

    Args:
        tables: The tables of official figures by key.
        selection: Holds the period.
    """

    def __init__(self, tables: Tables, selection: Selection) -> None:
        indicators = tables[INDICATORS.key]
        self._counts = indicator_panel(indicators, Vintage.PREFERRED)
        self._lines = line_panel(tables[SECTION251.key], indicators)
        self._last = selection.last

    def of(self, key: str, code: str) -> tuple[float, str]:
        """Return a figure and its year, NaN and no year where none is held."""
        panel = self._lines if key == SAFEGUARDING else self._counts
        return _nearest(panel, key, code, self._last)


def _nearest(panel: Panel, key: str, code: str, last: int) -> tuple[float, str]:
    (rows,), _ = panel.block((key,), YEARS)
    own = rows[panel.places[code]]
    held = [year for year, value in zip(YEARS, own, strict=True) if np.isfinite(value)]
    if not held:
        return float("nan"), ""
    year = max((one for one in held if one <= last), default=held[0])
    return float(own[YEARS.index(year)]), _when(key, year)


def _when(key: str, year: int) -> str:
    if key == SAFEGUARDING:
        return year_label(year)
    return f"March {year}" if key == IN_NEED else f"September {year}"


def estimate(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Cost the work for each chosen pilot, all of them together, and the reader's authority.

    Args:
        tables: The tables of official figures by key.
        selection: Holds the pilots, the authority, the period and what is set on the card.
    """
    figures = _Figures(tables, selection)
    codes = [pilot.code for pilot in selection.chosen]
    each = [_row(code, "pilot", figures, selection.costs) for code in codes]
    together = [_together(each)] if len(each) > 1 else []
    outside = selection.area and selection.area not in codes
    yours = [_row(selection.area, "yours", figures, selection.costs)] if outside else []
    return pd.DataFrame([*yours, *together, *each])


def prices_of(costs: Costs, workers: float) -> Prices:
    """Return the assumptions in use at a place.

    Args:
        costs: What is set on the card.
        workers: Social workers in post, trained where the reader set no number; NaN unknown.
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


def _row(code: str, role: str, figures: _Figures, costs: Costs) -> dict[str, object]:
    workers, workers_year = figures.of(WORKERS, code)
    children, children_year = figures.of(IN_NEED, code)
    spend, spend_year = figures.of(SAFEGUARDING, code)
    caseload, caseload_year = costs.value("caseload"), SET_BY_YOU
    if caseload is None:
        caseload, caseload_year = figures.of(CASELOAD, code)
    made = cost(prices_of(costs, workers))
    bases = {WORKERS: workers, IN_NEED: children, SAFEGUARDING: spend, CASELOAD: caseload}
    return {
        "code": code,
        "place": place_name(code),
        "role": role,
        "places": 1,
        "workers_year": workers_year,
        "children_year": children_year,
        "spend_year": spend_year,
        "caseload": caseload,
        "caseload_year": caseload_year,
        **_amounts(made, workers, children, spend, costs.using("cost-years")),
        "cases": costs.using("fte") * caseload,
        "missing": _missing(bases),
    }


def _amounts(
    made: Cost, workers: float, children: float, spend: float, years: float
) -> dict[str, object]:
    return {
        "lead": float(made.lead),
        "training": float(made.training),
        "total": float(made.total),
        "workers": workers,
        "per_worker": float(per(made.total, np.asarray(workers))),
        "children": children,
        "per_child": float(per(made.total, np.asarray(children))),
        "spend": spend,
        "share": 100 * float(per(made.total / years, np.asarray(spend))),
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


def _together(rows: list[dict[str, object]]) -> dict[str, object]:
    """Add pilots up; each quotient over those that have both its parts, the others named."""
    frame = pd.DataFrame(rows)
    costed = frame["total"].notna()
    n = int(costed.sum()) or len(frame)
    total = frame["total"].to_numpy(np.float64)
    made = {name: frame[name].to_numpy(np.float64) for name in ("workers", "children", "spend")}
    a_year = frame["share"].to_numpy(np.float64) / 100 * made["spend"]
    return {
        "code": "",
        "place": f"{counted(n, 'pilot')} together",
        "role": TOGETHER,
        "places": n,
        **{name: frame[costed][name].sum(min_count=1) for name in ("lead", "training", "total")},
        **{name: frame[name].sum(min_count=1) for name in made},
        "per_worker": _over(total, made["workers"]),
        "per_child": _over(total, made["children"]),
        "share": 100 * _over(a_year, made["spend"]),
        "caseload": frame["caseload"].mean(),
        "cases": frame["cases"].sum(min_count=1),
        **{name: _span(frame[name]) for name in frame.columns if name.endswith("_year")},
        "missing": " ".join(
            f"{words} left out of {name}."
            for column, name in PARTS.items()
            if (words := listed(frame[frame[column].isna()]["place"].tolist(), none=""))
        ),
    }


def _over(above: Floats, below: Floats) -> float:
    both = np.isfinite(above) & (below > 0)
    if not both.any():
        return float("nan")
    return float(per(above[both].sum(), below[both].sum()))


def _span(years: pd.Series) -> str:
    return listed(sorted({year for year in years if year}), none="")


def lead_row(frame: pd.DataFrame) -> pd.Series | None:
    """Return the row that sentences speak of: yours, else all together, else the one pilot.

    Args:
        frame: From ``estimate``.
    """
    for role in ("yours", TOGETHER, "pilot"):
        rows = frame[(frame["role"] == role) & frame["total"].notna()]
        if len(rows):
            return rows.iloc[0]
    return None


def whole_of(tables: Tables, selection: Selection) -> tuple[str, Prices, float]:
    """Return the place that sentences speak of, and the assumptions in use there.

    Args:
        tables: Official figures by key.
        selection: Holds the pilots, the authority and what is set on the card.

    Returns:
        Name of the place, or of the pilots together; its assumptions, with people summed over
        the pilots; its social workers in post, NaN where none are known.
    """
    frame = estimate(tables, selection)
    row = lead_row(frame)
    if row is None:
        return "", prices_of(selection.costs, float("nan")), float("nan")
    n = int(row["places"])
    workers = float(row["workers"])
    made = prices_of(selection.costs, workers)
    if n == 1:
        return str(row["place"]), made, workers
    each = selection.costs.value("training-people")
    people = workers if each is None else each * n
    whole = replace(made, fte=selection.costs.using("fte") * n, people=people)
    return str(row["place"]), whole, workers
