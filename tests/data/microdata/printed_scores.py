"""The printed n, means and standard deviations of the standardised measures."""

from functools import partial
from itertools import product
from typing import Final

import pandas as pd

from data.microdata.families import FIRST_PARENT, LUBBEN_CUT_POINT, PRINTED_SCALES
from tests.data.microdata.aggregate import Aggregate, Frames

SOURCE: Final = "standardised-measures"
ALL: Final = "all"
TWICE: Final = "twice"
LUBBEN: Final = "lubben"
BELOW: Final = "below-cut-point"

READINGS: Final = {
    ALL: "everybody who answered at that interview",
    TWICE: "families whose same parent answered at both interviews, the measure at that one",
}


def scores(frames: Frames, sample: str, field: str, interview: int) -> pd.Series:
    """Return the scores of one sample at one interview, those without one left out.

    Args:
        frames: Record tables by key.
        sample: ``ALL`` or ``TWICE``.
        field: Of the table of family interviews.
        interview: 1 or 2.
    """
    frame = frames["family_interviews"]
    if sample == TWICE:
        again = (frame["interview"] == 2) & (frame["answered_by"] == FIRST_PARENT)
        frame = frame[frame["family"].isin(frame.loc[again, "family"])]
    return frame.loc[frame["interview"] == interview, field].dropna()


def _mean(sample: str, field: str, interview: int, frames: Frames) -> float:
    return float(scores(frames, sample, field, interview).mean())


def _sd(sample: str, field: str, interview: int, frames: Frames) -> float:
    return float(scores(frames, sample, field, interview).std(ddof=1))


def _n(sample: str, field: str, interview: int, frames: Frames) -> float:
    return float(len(scores(frames, sample, field, interview)))


def _below(sample: str, field: str, interview: int, frames: Frames) -> float:
    low = scores(frames, sample, field, interview) < LUBBEN_CUT_POINT
    return 100 * float(low.mean())


_FIGURES: Final = (("mean", _mean, 0), ("sd", _sd, 1), ("n", _n, 0))
_SHARES: Final = (("percentage", _below, 0), ("n", _n, 0))

SCORES: Final = tuple(
    Aggregate(
        name=f"{measure}, {scale}, {sample}: {figure} at T{interview}",
        measure=partial(function, sample, field, interview),
        source=SOURCE,
        row={"sample_key": sample, "measure_key": measure, "scale_key": scale},
        column=f"t{interview}_{figure}",
        decimals=decimals,
        reading=READINGS[sample],
    )
    for sample, interview in product((ALL, TWICE), (1, 2))
    for figures, scales in (
        (_FIGURES, PRINTED_SCALES),
        (_SHARES, {(LUBBEN, BELOW): PRINTED_SCALES[LUBBEN, "total"]}),
    )
    for (measure, scale), field in scales.items()
    for figure, function, decimals in figures
)
