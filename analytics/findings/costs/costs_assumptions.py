"""The assumptions behind a cost: where each is from, and which moves the answer."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.costs.cost_method import YOURS, method
from analytics.costs.cost_words import count, first_words, pounds
from analytics.costs.estimate import Whole, whole_of
from analytics.methods.costing import cost, per, rank_of, swung, ties_of, widest_first
from analytics.methods.refusal import NotEstimableError
from analytics.publication.finding import Finding, Tables, register
from analytics.selection.cost_inputs import EACH, INPUTS, CostInput
from analytics.selection.selection import Selection
from analytics.text.wording import listed, lower_first, pluralise, upper_first
from data.schema import Column, key_text, text
from data.sources import registry as sources
from data.sources.source import Kind

TABLES: Final = (sources.INDICATORS, sources.SECTION251, sources.AUTHORITIES, sources.PILOTS)

TORNADO_COLUMNS: Final = (
    key_text("key", "Key", in_table=False),
    text("name", "Assumption"),
    text("short", "Short name", about="As on the axis of the chart.", in_table=False),
    text("unit", "Unit"),
    text("place", "Place"),
    Column(name="value", label="In use", decimals=2),
    Column(name="low_value", label="Lowered to", decimals=2),
    Column(name="high_value", label="Raised to", decimals=2),
    Column(name="low_total", label="Total when lowered", unit="£, all years", decimals=0),
    Column(name="total", label="Total in use", unit="£, all years", decimals=0),
    Column(name="high_total", label="Total when raised", unit="£, all years", decimals=0),
    Column(
        name="low_per_worker",
        label="Total per social worker when lowered",
        unit="£, all years",
        decimals=0,
    ),
    Column(
        name="per_worker",
        label="Total per social worker in use",
        unit="£, all years",
        decimals=0,
    ),
    Column(
        name="high_per_worker",
        label="Total per social worker when raised",
        unit="£, all years",
        decimals=0,
    ),
    text(
        "rank",
        "Rank",
        about="By how far it moves the total; “=” where others move it exactly as far.",
    ),
    text("ties", "As far as", about="The other assumptions that move the total exactly as far."),
    text("base", "What the figures are for", about="One council, or the chosen pilots added up."),
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
        NotEstimableError: No place has a count of social workers, and none is set.
    """
    whole = whole_of(tables, selection)
    share = selection.costs.using("swing") / 100
    total = float(cost(whole.prices).total)
    if np.isnan(total):
        msg = (
            f"No official count of social workers is held for {whole.place}; set how many there "
            "are, or how many people are trained."
        )
        raise NotEstimableError(msg)
    rows = list[dict[str, object]]()
    for key, name in MOVED.items():
        low, high = swung(whole.prices, name, share)
        value = float(np.asarray(getattr(whole.prices, name)))
        rows.append(
            {
                "key": key,
                "name": _named(INPUTS[key], whole),
                "short": INPUTS[key].short,
                "unit": INPUTS[key].unit,
                "place": whole.place,
                "base": whole.place if whole.places > 1 else f"one council, {whole.place}",
                "value": value,
                "low_value": value * (1 - share),
                "high_value": value * (1 + share),
                "low_total": low,
                "total": total,
                "high_total": high,
                **_per_worker(low, total, high, workers=whole.workers),
            }
        )
    return pd.DataFrame(_ranked(rows), columns=[column.name for column in TORNADO_COLUMNS])


def _ranked(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Put the widest first, and name those that are exactly as wide as each other."""
    widths = [float(str(row["high_total"])) - float(str(row["low_total"])) for row in rows]
    made = list[dict[str, object]]()
    for at in widest_first(widths):
        ties = [lower_first(str(rows[other]["short"])) for other in ties_of(widths, at)]
        rank = f"{rank_of(widths, at)}{'=' if ties else ''}"
        made.append({**rows[at], "rank": rank, "ties": listed(ties, none="")})
    return made


def _named(one: CostInput, whole: Whole) -> str:
    return f"{one.label}, {whole.place}" if one.each and whole.places > 1 else one.label


def _per_worker(low: float, total: float, high: float, *, workers: float) -> dict[str, float]:
    each = per(np.array([low, total, high]), np.asarray(workers))
    names = ("low_per_worker", "per_worker", "high_per_worker")
    return dict(zip(names, each.tolist(), strict=True))


def _tornado_summary(frame: pd.DataFrame, selection: Selection) -> str:
    widest = frame.iloc[0]
    swing = selection.costs.shown("swing")
    if widest["high_total"] == widest["low_total"]:
        return "With these assumptions the total is nothing, so none of them moves it."
    groups = _groups(frame)
    most = listed(groups[0])
    moves = "move the total most, and equally" if len(groups[0]) > 1 else "moves the total most"
    later = [names for names in groups[1:] if len(names) > 1]
    also = "".join(
        f" {upper_first(listed(names))} come next, equal to each other." for names in later
    )
    return (
        f"Moved by {swing} % with the others held, {most} {moves}: "
        f"{pounds(widest['low_total'])} to {pounds(widest['high_total'])} for {widest['base']}, "
        f"about {pounds(widest['total'])}.{also}"
    )


def _groups(frame: pd.DataFrame) -> list[list[str]]:
    """Return the names of assumptions by rank, leaving out those that move nothing."""
    moving = frame[frame["high_total"] != frame["low_total"]]
    return [
        [lower_first(str(name)) for name in rows["short"]]
        for _, rows in moving.groupby("rank", sort=False)
    ]


what_moves_it: Final = register(
    Finding(
        key="costs-tornado",
        title="Which assumption moves the answer",
        subtitle=lambda s: (
            f"Each moved by ± {s.costs.shown('swing')} % · {s.costs.label} · {first_words(s)}"
        ),
        unit=lambda s: f"pounds in total {first_words(s)}",
        sources=TABLES,
        columns=TORNADO_COLUMNS,
        analyse=tornado,
        sentence=_tornado_summary,
        notes=(
            YOURS,
            (
                "One assumption is moved at a time; they may well be wrong together. The caseload "
                "moves no pound of it, and the number of social workers only where it is also the "
                "number of people trained."
            ),
        ),
        method=method,
        kind=Kind.ESTIMATE,
        whole="costs-estimate",
        about="The total when each assumption is lowered and raised, the others held.",
    )
)

ASSUMPTION_COLUMNS: Final = (
    key_text("key", "Key", in_table=False),
    text("name", "Assumption"),
    text("used", "In use"),
    text("unit", "Unit"),
    key_text("changed", "Set by you", about="yes or no."),
    text("source", "Where the start value is from"),
    Column(name="low_value", label="Low", decimals=2, about="Lowered by the swing."),
    Column(
        name="value",
        label="Central",
        decimals=2,
        about="In use; where nothing is set, the official figure of the place named.",
    ),
    Column(name="high_value", label="High", decimals=2, about="Raised by the swing."),
    text("base", "What the value is for"),
    Column(name="official", label="Official figure", decimals=1, about="Whatever is set."),
    text("official_of", "Official figure is of"),
)


def assumptions(tables: Tables, selection: Selection) -> pd.DataFrame:
    """List every assumption with its value in use, low and high, and where it is from.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: Holds what is set on the card.
    """
    given = dict(selection.costs.given)
    whole = whole_of(tables, selection)
    share = selection.costs.using("swing") / 100
    rows = list[dict[str, object]]()
    for key, one in INPUTS.items():
        value, base = _central(one, whole, selection)
        moved, official = key != "swing", key == "social-workers"
        rows.append(
            {
                "key": key,
                "name": one.label,
                "used": selection.costs.shown(key) or one.blank,
                "unit": one.unit,
                "changed": "yes" if key in given else "no",
                "source": one.source,
                "low_value": value * (1 - share) if moved else np.nan,
                "value": value,
                "high_value": value * (1 + share) if moved else np.nan,
                "base": base,
                "official": whole.official if official else np.nan,
                "official_of": f"{whole.place}, {whole.official_year}" if official else "",
            }
        )
    return pd.DataFrame(rows, columns=[column.name for column in ASSUMPTION_COLUMNS])


def _central(one: CostInput, whole: Whole, selection: Selection) -> tuple[float, str]:
    """Return the value in use and what it is for: official figures are of the place named."""
    value = selection.costs.value(one.key)
    if value is not None:
        return value, EACH if one.each else "every council"
    if one.key == "caseload":
        average = f"average of {whole.place}" if whole.places > 1 else whole.place
        return whole.caseload, average
    people = float(np.asarray(whole.prices.people))
    return (people if one.key == "training-people" else whole.workers), whole.place


def _official_summary(frame: pd.DataFrame, _selection: Selection) -> str:
    """Say the official number of social workers, beside the field that takes its place."""
    row = frame[frame["key"] == "social-workers"].iloc[0]
    if np.isnan(row["official"]):
        return "No official number is held."
    return f"Official: {count(row['official'])} in {row['official_of']}."


listing: Final = register(
    Finding(
        key="costs-assumptions",
        title="Every assumption, and where it is from",
        subtitle=lambda s: f"{s.costs.label} · {first_words(s)}",
        sources=(*sources.held(sources.SIZES), *TABLES),
        columns=ASSUMPTION_COLUMNS,
        analyse=assumptions,
        sentence=lambda frame, _s: (
            f"{pluralise(int(frame['changed'].eq('yes').sum()), 'assumption')} of {len(frame)} set "
            "by you; the others stand at their start values."
        ),
        notes=(YOURS,),
        method=method,
        kind=Kind.ESTIMATE,
        about="The assumptions of the cost card: low, in use and high, unit, base and source.",
        headline=_official_summary,
    )
)
