"""The assumptions behind a cost: where each is from, and which moves the answer."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.cost_inputs import INPUTS
from analytics.cost_method import YOURS, method
from analytics.estimate import whole_of
from analytics.methods.costing import cost, per, swung
from analytics.methods.refusal import CannotSayError
from analytics.publication.finding import Finding, Tables, register
from analytics.selection import Selection
from analytics.wording import counted, number
from data import sources
from data.schema import Column, text
from data.source import Kind

TABLES: Final = (sources.INDICATORS, sources.SECTION251, sources.AUTHORITIES, sources.PILOTS)

TORNADO_COLUMNS: Final = (
    text("key", "Key"),
    text("name", "Assumption"),
    text("short", "Short name", about="As on the axis of the chart."),
    text("unit", "Unit"),
    text("place", "Place"),
    Column(name="value", label="In use", decimals=2),
    Column(name="low_value", label="Lowered to", decimals=2),
    Column(name="high_value", label="Raised to", decimals=2),
    Column(name="low_total", label="Total when lowered", unit="£", decimals=0),
    Column(name="total", label="Total in use", unit="£", decimals=0),
    Column(name="high_total", label="Total when raised", unit="£", decimals=0),
    Column(name="low_per_worker", label="Per social worker when lowered", unit="£", decimals=0),
    Column(name="per_worker", label="Per social worker in use", unit="£", decimals=0),
    Column(name="high_per_worker", label="Per social worker when raised", unit="£", decimals=0),
)

MOVED: Final = {
    "fte": "fte",
    "annual-cost": "annual_cost",
    "on-costs": "on_costs",
    "cost-years": "years",
    "training-people": "people",
    "training-days": "days",
    "day-cost": "day_cost",
}


def tornado(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Move each assumption up and down with the others held, widest effect first.

    For several pilots the people trained are theirs added up, and so are the people leading.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: Holds the pilots, the authority and what is set on the card.

    Raises:
        CannotSayError: No place has a count of social workers, and none is set.
    """
    place, prices, workers = whole_of(tables, selection)
    share = selection.costs.using("swing") / 100
    total = float(cost(prices).total)
    if np.isnan(total):
        msg = "No official count of social workers is held; set how many people are trained."
        raise CannotSayError(msg)
    rows = list[dict[str, object]]()
    for key, name in MOVED.items():
        low, high = swung(prices, name, share)
        value = float(np.asarray(getattr(prices, name)))
        rows.append(
            {
                "key": key,
                "name": INPUTS[key].label,
                "short": INPUTS[key].short,
                "unit": INPUTS[key].unit,
                "place": place,
                "value": value,
                "low_value": value * (1 - share),
                "high_value": value * (1 + share),
                "low_total": low,
                "total": total,
                "high_total": high,
                **_per_worker(low, total, high, workers=workers),
            }
        )
    rows.sort(key=lambda row: abs(float(str(row["high_total"])) - total), reverse=True)
    return pd.DataFrame(rows, columns=[column.name for column in TORNADO_COLUMNS])


def _per_worker(low: float, total: float, high: float, *, workers: float) -> dict[str, float]:
    each = per(np.array([low, total, high]), np.asarray(workers))
    names = ("low_per_worker", "per_worker", "high_per_worker")
    return dict(zip(names, each.tolist(), strict=True))


def _tornado_says(frame: pd.DataFrame, selection: Selection) -> str:
    widest = frame.iloc[0]
    swing = selection.costs.shown("swing")
    moved = abs(widest["high_total"] - widest["total"])
    if moved == 0:
        return "With these assumptions the total is nothing, so none of them moves it."
    return (
        f"Moved by {swing} % with the others held, {widest['name'][:1].lower()}"
        f"{widest['name'][1:]} moves the total most: £{number(widest['low_total'], 0)} to "
        f"£{number(widest['high_total'], 0)} in {widest['place']}, about "
        f"£{number(widest['total'], 0)}."
    )


what_moves_it: Final = register(
    Finding(
        key="costs-tornado",
        title=lambda _s: "Which assumption moves the answer",
        subtitle=lambda s: f"Each moved by ± {s.costs.shown('swing')} % · {s.costs.words}",
        unit=lambda _s: "pounds in total",
        sources=TABLES,
        columns=TORNADO_COLUMNS,
        analyse=tornado,
        sentence=_tornado_says,
        notes=lambda _frame, _s: (
            YOURS,
            (
                "One assumption is moved at a time; they may well be wrong together. The caseload "
                "moves no pound of it."
            ),
        ),
        method=method,
        kind=Kind.ESTIMATE,
        whole="costs-estimate",
        about="The total when each assumption is lowered and raised, the others held.",
    )
)

ASSUMPTION_COLUMNS: Final = (
    text("key", "Key"),
    text("name", "Assumption"),
    text("used", "In use"),
    text("unit", "Unit"),
    text("changed", "Set by you", about="yes or no."),
    text("source", "Where the start value is from"),
)


def assumptions(_tables: Tables, selection: Selection) -> pd.DataFrame:
    """List every assumption with its value in use and where it is from.

    Args:
        _tables: Not needed.
        selection: Holds what is set on the card.
    """
    given = dict(selection.costs.given)
    return pd.DataFrame(
        [
            {
                "key": key,
                "name": one.label,
                "used": selection.costs.shown(key) or one.blank,
                "unit": one.unit,
                "changed": "yes" if key in given else "no",
                "source": one.source,
            }
            for key, one in INPUTS.items()
        ],
        columns=[column.name for column in ASSUMPTION_COLUMNS],
    )


listing: Final = register(
    Finding(
        key="costs-assumptions",
        title=lambda _s: "Every assumption, and where it is from",
        subtitle=lambda s: s.costs.words,
        unit=lambda _s: "",
        sources=(sources.SIZES, sources.INDICATORS),
        columns=ASSUMPTION_COLUMNS,
        analyse=assumptions,
        sentence=lambda frame, _s: (
            f"{counted(int(frame['changed'].eq('yes').sum()), 'assumption')} of {len(frame)} set "
            "by you; the others stand at their start values."
        ),
        notes=lambda _frame, _s: (YOURS,),
        method=method,
        kind=Kind.ESTIMATE,
        whole="",
        about="The assumptions of the cost card: value in use, unit and source.",
    )
)
