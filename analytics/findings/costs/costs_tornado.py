"""Which assumption behind a cost moves the answer, and which move it equally."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.costs.cost_method import YOURS, method
from analytics.costs.cost_words import first_words, pounds, rounded_pounds
from analytics.costs.estimate import Whole, whole_of
from analytics.methods.costing import cost, per, rank_of, swung, ties_of, widest_first
from analytics.methods.refusal import NotEstimableError
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.cost_input import CostInput
from analytics.selection.cost_inputs import INPUTS
from analytics.selection.follows import COSTED
from analytics.selection.selection import Selection
from analytics.text.wording import (
    MOST_WORDS,
    VERDICT_WORDS,
    listed,
    lower_first,
    number,
    upper_first,
)
from analytics.text.words import Words, technical_line
from data.schema import Column, key_text, number_in, text
from data.sources import registry as sources
from data.sources.source import Kind
from data.wording import count_words

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
    key_text(
        "code",
        "GSS code",
        about="GSS code of the council; empty for pilots added up.",
        in_table=False,
    ),
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
                "code": whole.code,
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
    widths = [number_in(row, "high_total") - number_in(row, "low_total") for row in rows]
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


def _tornado_words(frame: pd.DataFrame, selection: Selection) -> Words:
    """Say which assumptions move the total most, those that tie together as ties, and how far."""
    widest, swing = frame.iloc[0], f"{selection.costs.shown('swing')}%"
    if widest["high_total"] == widest["low_total"]:
        return Words(
            verdict="No assumption moves the total",
            plain=("With these assumptions the total is nothing, so none of them moves it.",),
        )
    groups = _groups(frame)
    first, *later = groups.values()
    low, high = _ends(float(widest["low_total"]), float(widest["high_total"]))
    return Words(
        verdict=_most(first),
        plain=(*_moved(first, f"the total from {low} to {high}", swing=swing), *_next(later)),
        technical=technical_line(
            f"{pounds(widest['low_total'])} to {pounds(widest['high_total'])} for "
            f"{widest['base']}, in use {pounds(widest['total'])}",
            f"each moved by ±{swing} with the others held",
            *(f"rank {rank}: {listed(names)}" for rank, names in groups.items()),
        ),
    )


def _ends(low: float, high: float) -> tuple[str, str]:
    """Write two totals as roundly as they can be told from each other."""
    written = [
        (rounded_pounds(low), rounded_pounds(high)),
        (pounds(low), pounds(high)),
        (f"£{number(low, 2)}", f"£{number(high, 2)}"),
    ]
    return next((both for both in written if both[0] != both[1]), written[-1])


def _moved(names: list[str], taken: str, *, swing: str) -> tuple[str, ...]:
    """Say where the assumptions that move the total most take it, and which those are."""
    verb = "takes" if len(names) == 1 else "each take"
    said = f"Moved by {swing}, {listed(names)} {verb} {taken}."
    if len(said.split()) <= MOST_WORDS:
        return (said,)
    return (f"Moved by {swing}, each takes {taken}.", f"They are {listed(names)}.")


def _most(names: list[str]) -> str:
    """Say which assumption moves the total most, or that several do so equally."""
    if len(names) == 1:
        return f"The total depends most on {names[0]}"
    named = f"{upper_first(listed(names))} matter most, equally"
    if len(named.split()) <= VERDICT_WORDS:
        return named
    return f"{upper_first(count_words(len(names)))} assumptions move the total most, and equally"


def _next(groups: list[list[str]]) -> tuple[str, ...]:
    """Name what comes next, where several tie."""
    ties = [names for names in groups if len(names) > 1]
    return tuple(f"{upper_first(listed(names))} come next, equal to each other." for names in ties)


def _groups(frame: pd.DataFrame) -> dict[str, list[str]]:
    """Return the names of assumptions by rank, leaving out those that move nothing."""
    groups = dict[str, list[str]]()
    cells = (frame[name] for name in ("rank", "short", "low_total", "high_total"))
    for rank, short, low, high in zip(*cells, strict=True):
        if low != high:
            groups.setdefault(str(rank), []).append(lower_first(str(short)))
    return groups


what_moves_it: Final = register(
    Finding(
        key="costs-tornado",
        follows=COSTED,
        title="Which assumption moves the answer",
        subtitle=lambda s: (
            f"Each moved by ±{s.costs.shown('swing')}% · {s.costs.label} · {first_words(s)}"
        ),
        unit=lambda s: f"£ in total {first_words(s)}",
        sources=TABLES,
        columns=TORNADO_COLUMNS,
        analyse=tornado,
        words=_tornado_words,
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
