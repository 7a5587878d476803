"""A reader's own survey of 100,000 rows: to hold it, and to choose other bands of it."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pandas as pd

from analytics.disclosure.release import hidden_cells
from analytics.disclosure.survey import TABLE
from analytics.findings.people import social_workers, social_workers_bands, social_workers_change
from analytics.selection.parse import from_search
from data.load import built, load
from data.sources.simulated import SIMULATED
from data.user_data.hold import Held, given
from tests.bench.report import Measure, middle, spread
from tests.bench.server import UNCACHED, forget, took
from tests.stand_in import use

GROUP: Final = "own data"
ROWS: Final = 100_000
HOLD: Final = 10.0  # seconds
SHOWN: Final = (
    social_workers.every_answer,
    social_workers_change.changed,
    social_workers_bands.groups,
    social_workers.steps,
)
BANDS: Final = (
    "?band=beginner",
    "?band=two-years",
    "?band=over-two",
    "?band=beginner,two-years",
    "?band=beginner,over-two",
    "?band=two-years,over-two",
    "?item=use_mapping",
)


def measure(*, quick: bool) -> list[Measure]:
    frame = _large()
    with TemporaryDirectory() as folder:
        frame.drop(columns="simulated").to_csv(Path(folder) / f"{TABLE}.csv", index=False)
        held = list[Held]()
        holding = took(lambda: held.append(given(Path(folder))))
    use(held[-1].tables)
    try:
        weighing = took(lambda: hidden_cells(load(SIMULATED[TABLE]), TABLE))
        times = [_changed(query) for query in BANDS * (1 if quick else 3)]
    finally:
        use({})
        forget(disk=True)
    rows = f"{len(frame):,} survey rows"
    return [
        Measure(
            group=GROUP, name=f"{rows}: read and checked", value=holding / 1_000, unit="s",
            target=HOLD,
        ),
        Measure(
            group=GROUP, name=f"{rows}: disclosure control, once", value=weighing / 1_000, unit="s",
        ),
        Measure(
            group=GROUP, name=f"{rows}: a finding under other bands", value=middle(times),
            unit="ms", target=UNCACHED, n=len(times), more=spread(times),
        ),
    ]  # fmt: skip


def _large() -> pd.DataFrame:
    """The simulated survey again and again, each time of other people."""
    one = built(SIMULATED[TABLE]).frame
    again = -(-ROWS // len(one))
    frame = pd.concat([one] * again, ignore_index=True)
    copies = (pd.RangeIndex(len(frame)) // len(one)).astype(str)
    return frame.assign(respondent=frame["respondent"] + "-" + copies).head(ROWS)


def _changed(query: str) -> float:
    """Milliseconds a finding takes in the middle of those that a change of bands asks for."""
    forget(disk=True)
    return middle([took(lambda one=one: one.make(from_search(query))) for one in SHOWN])
