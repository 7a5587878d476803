"""Which means of people must stay hidden: of scores that add up, at one point or at both."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Final

import numpy as np
import pandas as pd

from analytics.disclosure.adding import Mean, columns_of
from analytics.disclosure.crosstab import (
    BASE,
    MEAN,
    Floats,
    View,
    coded,
    is_pilot,
    rows_of,
    scope,
    scopes,
)
from analytics.disclosure.crosstabs import TOTALS, paired_of, scores_of, view_of
from analytics.disclosure.hours import MEASURES, worker_hours
from analytics.disclosure.rules import LEAST_PEOPLE, is_dominated
from analytics.methods.disclosure import Cells, Truths, suppressed
from data.load import Table
from data.microdata.fields import BANDS

POINT_PAIR: Final = (1, 2)


def hidden_means(key: str, table: Table, gone: frozenset[str]) -> frozenset[str]:
    """Return the cells of means of a record table that must be hidden.

    Args:
        key: Key of the record table.
        table: The records.
        gone: Cells of counts that are hidden; a mean is not shown without its n.
    """
    found = set[str]()
    for means, parts in _linked(key, table):
        found.update(_hidden(means, parts, coded(table), gone))
    return frozenset(found)


def _linked(key: str, table: Table) -> Iterator[tuple[list[Mean], Mapping[str, tuple[str, ...]]]]:
    """Return the means that must be weighed together, with the parts of their totals."""
    if key == "time_diaries":
        hours = worker_hours(table)
        view = view_of(key, "hours")
        for measure in MEASURES:
            numbers = hours.measure(measure)
            yield [
                Mean(
                    view=view, part=mean_part(measure), numbers=numbers,
                    pilots=hours.pilots[numbers.index], adds={(measure, 0): 1.0},
                )
            ], {}  # fmt: skip
        return
    totals = TOTALS.get(key, {})
    inside = {part for parts in totals.values() for part in parts}
    for score in scores_of(key):
        if score not in inside:
            parts = totals.get(score, ())
            means = [
                mean
                for one in (*parts, score)
                for mean in _means(key, one, coded(table), total=one in totals)
            ]
            yield means, ({score: parts} if parts else {})


def mean_part(measure: str = "") -> str:
    """Name a mean in cells.

    Args:
        measure: What it is of, where one view has several.
    """
    return f"{MEAN}:{measure}" if measure else MEAN


def _means(key: str, score: str, frame: pd.DataFrame, *, total: bool) -> Iterator[Mean]:
    each = [
        _mean(view_of(key, score, point=at), frame, (score, at), total=total) for at in POINT_PAIR
    ]
    first, second = each
    both = second.numbers.index.intersection(first.numbers.index)
    yield from each
    yield Mean(
        view=paired_of(key, score),
        part=MEAN,
        numbers=second.numbers[both] - first.numbers[both],
        pilots=first.pilots[both],
        adds={(score, 1): -1.0, (score, 2): 1.0},
        total=total,
    )


def _mean(view: View, frame: pd.DataFrame, adds: tuple[str, int], *, total: bool) -> Mean:
    rows, columns = rows_of(view, frame)
    held = rows.set_index(rows[view.person].cat.codes)
    return Mean(
        view=view,
        part=MEAN,
        numbers=held[columns[0]].astype(float),
        pilots=held["pilot"],
        adds={adds: 1.0},
        total=total,
    )


def _hidden(
    means: Sequence[Mean],
    parts: Mapping[str, tuple[str, ...]],
    frame: pd.DataFrame,
    gone: frozenset[str],
) -> list[str]:
    if not any(len(mean.numbers) for mean in means):
        return []  # nobody has any of these scores: without an n there is no mean
    groups = {name: pilots for name, pilots in scopes(frame).items() if not is_pilot(name)}
    columns = columns_of(means, parts, groups)
    names, rows, hidden = list[str](), list[Floats](), list[bool]()
    worth, secret, owners = list[float](), list[Floats](), list[Mean]()
    for (at, mean), (group, pilots) in product(enumerate(means), groups.items()):
        if mean.view.twice and group != scope(BANDS):
            continue
        numbers = mean.numbers[mean.pilots.isin(pilots)].to_numpy(np.float64)
        row = columns.row(at, None if mean.view.twice else group)
        dominated = is_dominated(numbers)
        names.append(mean.view.cell(group, mean.part))
        owners.append(mean)
        rows.append(row)
        hidden.append(dominated or mean.view.cell(group, BASE) in gone)
        worth.append(len(numbers) * (2.0 if mean.total else 1.0))
        secret += [row] if dominated else []
    width = len(columns.of)
    cells = Cells(
        sums=np.array(rows).reshape(len(rows), width),
        atoms=columns.atoms,
        of=columns.of,
        free=np.zeros(len(columns.atoms), dtype=np.bool_),
        allowed=np.zeros((0, width)),
        known=np.zeros((0, width)),
        secret=np.array(secret).reshape(len(secret), width),
        worth=np.array(worth),
        hidden=np.array(hidden, dtype=np.bool_),
    )
    out = _fewest_hidden(cells, _starts(owners, parts)).tolist()
    return [name for name, also in zip(names, out, strict=True) if also]


def _fewest_hidden(cells: Cells, starts: Sequence[Truths]) -> Truths:
    """Return what to hide: found cell by cell, or from a part of a total hidden for everybody.

    Args:
        cells: The means.
        starts: Cells of one part at one point or both, under every choice of bands.
    """
    first = suppressed(cells, least=LEAST_PEOPLE)
    if (first == cells.hidden).all():
        return first
    tried = [
        suppressed(replace(cells, hidden=cells.hidden | start), least=LEAST_PEOPLE)
        for start in starts
    ]
    return min([first, *tried], key=lambda hidden: float(cells.worth[hidden].sum()))


def _starts(owners: Sequence[Mean], parts: Mapping[str, tuple[str, ...]]) -> list[Truths]:
    """Return the cells that are of one part of a total, at one point or at any."""
    inside = {part for held in parts.values() for part in held}
    whole = [({part}, at) for part in sorted(inside) for at in ({1}, {2}, {1, 2})]
    return [
        np.array(
            [
                {score for score, _ in one.adds} <= names and {p for _, p in one.adds} <= at
                for one in owners
            ],
            dtype=np.bool_,
        )
        for names, at in whole
    ]
