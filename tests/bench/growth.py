"""Ten times the authorities, ten times the years: does the cost grow tenfold at most?"""

from collections.abc import Callable
from typing import Final
from unittest.mock import patch

import numpy as np
import pandas as pd

from analytics.evaluation import panel as panels
from analytics.evaluation.comparison import compare
from analytics.evaluation.measure_families import INDICATOR_FAMILY
from analytics.evaluation.panel import Panel, panel
from analytics.evaluation.verdicts import change_rows, gap_rows
from analytics.selection.choices import YEARS
from analytics.selection.places import pilots
from analytics.selection.selection import HOME, Selection
from data.load import Table, load
from data.sources import registry as sources
from tests.bench.report import Measure, middle
from tests.bench.server import took

TIMES: Final = 10
GROUP: Final = "growth"


def _preferred() -> pd.DataFrame:
    frame = load(sources.INDICATORS).frame
    return frame[frame["preferred"]].reset_index(drop=True)


def more_places(frame: pd.DataFrame) -> pd.DataFrame:
    """Ten of every authority, nine of them under new codes."""
    copies = [frame.assign(code=frame["code"].astype(str) + _mark(at)) for at in range(TIMES)]
    return pd.concat(copies, ignore_index=True)


def more_years(frame: pd.DataFrame) -> pd.DataFrame:
    """Ten runs of the years, one after the other."""
    later = [frame.assign(year_end=frame["year_end"] + at * len(YEARS)) for at in range(TIMES)]
    return pd.concat(later, ignore_index=True)


def _mark(at: int) -> str:
    return f"-{at}" if at else ""


def _more_neighbours(table: Table) -> Table:
    frame = table.frame
    copies = [
        frame.assign(
            **{name: frame[name].astype(str) + _mark(at) for name in ("code", "neighbour")}
        )
        for at in range(TIMES)
    ]
    enlarged = pd.concat(copies, ignore_index=True)
    return Table(source=table.source, digest=f"{table.digest}x{TIMES}", frame=enlarged)


def _panel(frame: pd.DataFrame) -> Panel:
    return panel(frame, series="indicator", codes=frame["code"].astype(str).unique())


def _compare(arranged: Panel, neighbours: Table, selection: Selection, codes: list[str]) -> None:
    series = INDICATOR_FAMILY.core()
    keys = tuple(one.key for one in series)
    compared = compare(arranged, neighbours, selection, keys=keys, codes=tuple(codes))
    if len(codes) == len(pilots(HOME)):
        gap_rows(compared, series, selection)
        change_rows(compared, series, selection)


def _often(what: Callable[[], object], times: int) -> float:
    what()
    return middle([took(what) for _ in range(times)])


def measure(*, quick: bool) -> list[Measure]:
    times = 3 if quick else 7
    once, neighbours, plain = _preferred(), load(sources.NEIGHBOURS), Selection()
    wider, longer = more_places(once), more_years(once)
    wide_lists = _more_neighbours(neighbours)
    ten = list(pilots(HOME))
    every = sorted(set(neighbours.frame["code"].astype(str)))
    wide = sorted(set(wide_lists.frame["code"].astype(str)))
    all_years = Selection(first=YEARS[0], last=YEARS[-1])
    eras = tuple(range(YEARS[0], YEARS[0] + TIMES * len(YEARS)))
    all_eras = Selection(first=eras[0], last=eras[-1])
    small, large = _panel(once), _panel(wider)
    with patch.object(panels, "YEARS", eras):
        long = _panel(longer)
        arrange_long = _often(lambda: _panel(longer), times)
    arrange = _often(lambda: _panel(once), times)
    ten_pilots = _often(lambda: _compare(small, neighbours, plain, ten), times)
    return [
        _line("arranging, places", arrange, _often(lambda: _panel(wider), times)),
        _line("arranging, years", arrange, arrange_long),
        _line(
            "24 comparisons and tests of ten pilots, places",
            ten_pilots,
            _often(lambda: _compare(large, wide_lists, plain, ten), times),
        ),
        _line(
            "24 comparisons and tests of ten pilots, years",
            _often(lambda: _compare(small, neighbours, all_years, ten), times),
            _often(lambda: _compare(long, neighbours, all_eras, ten), times),
        ),
        _line(
            "24 comparisons of every authority, places",
            _often(lambda: _compare(small, neighbours, plain, every), times),
            _often(lambda: _compare(large, wide_lists, plain, wide), times),
        ),
    ]


def _line(name: str, before: float, after: float) -> Measure:
    return Measure(
        group=GROUP,
        name=f"{name} × {TIMES}",
        value=after / before if before else np.nan,
        unit="times",
        target=TIMES,
        n=2,
        more={"before_ms": round(before, 2), "after_ms": round(after, 2)},
    )
