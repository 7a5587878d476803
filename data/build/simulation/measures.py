"""Scores of the standardised measures with the printed n, means and standard deviations."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from data.build.simulation.design import pilot_effects, some, stream
from data.build.simulation.fit import Target, fitted
from data.microdata.families import FAMILY_INTERVIEWS, LUBBEN_CUT_POINT, PRINTED_SCALES

#: Parts of each measure; where there are several, the total is their sum.
_PARTS: Final = {
    "lubben_total": ("lubben_family", "lubben_friends"),
    "pearlin_total": ("pearlin_total",),
    "yatchmenoff_total": (
        "yatchmenoff_buy_in",
        "yatchmenoff_receptivity",
        "yatchmenoff_working_relationship",
        "yatchmenoff_mistrust",
    ),
}
#: How far the parts of a measure go together, as the printed deviations of parts and total imply.
_TOGETHER: Final = {"lubben_total": 0.45, "pearlin_total": 1.0, "yatchmenoff_total": 0.75}

#: How far a measure goes with what else the family says of the service.
_LEANING: Final = {"lubben_total": 0.2, "pearlin_total": 0.3, "yatchmenoff_total": 0.7}

#: Samples by their keys: all parents who took part, and those interviewed twice.
ALL: Final = "all"
TWICE: Final = "twice"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """An interview (``t1``, ``t2``): which families were there, whose same parent answers twice."""

    time: str
    here: NDArray[np.bool_]
    same: NDArray[np.bool_]


def measures(
    pilot: NDArray[np.int64],
    same: NDArray[np.bool_],
    other: NDArray[np.bool_],
    leaning: NDArray[np.float64],
    published: pd.DataFrame,
) -> pd.DataFrame:
    """Return the scores of all measures, first interviews first.

    Args:
        pilot: Number of the pilot of each family, shape (n,).
        same: Families whose same parent answered twice, shape (n,).
        other: Families whose other parent answered the second time, shape (n,).
        leaning: How well each family gets on with the service, shape (n,).
        published: The published table of standardised measures.
    """
    columns = dict[str, pd.Series]()
    for total, parts in _PARTS.items():
        rng = stream(total)
        known = _printed(published, total)
        local, share = pilot_effects(rng), _LEANING[total]
        own = share * leaning + np.sqrt(1 - share**2) * rng.standard_normal(len(same))
        steady = 0.35 * local[pilot] + 0.7 * own
        asked = (
            _Asked(time="t1", here=np.ones_like(same), same=same),
            _Asked(time="t2", here=same | other, same=same),
        )
        times = [
            _interview(rng, known, total, one, steady + 0.6 * rng.standard_normal(len(same)))
            for one in asked
        ]
        whole = pd.concat(times, ignore_index=True)
        columns |= {part: whole[part] for part in parts}
        columns[total] = whole.sum(axis=1, skipna=False)
    return pd.DataFrame(columns)


def _interview(
    rng: Generator,
    known: dict[tuple[str, str], pd.Series],
    total: str,
    asked: _Asked,
    latent: NDArray[np.float64],
) -> pd.DataFrame:
    """Return the scores of one measure at one interview; as many are scored as was printed."""
    both = int(known[TWICE, total][f"{asked.time}_n"])
    rest = int(known[ALL, total][f"{asked.time}_n"]) - both
    twice = some(rng, asked.same, both)
    scored = twice | some(rng, asked.here & ~asked.same, rest)
    people = {ALL: scored[scored], TWICE: twice[scored]}
    scores = _scores(latent[scored], total, _targets(known, total, asked.time, people), rng)
    frame = pd.DataFrame(scores, index=np.flatnonzero(scored), columns=list(_PARTS[total]))
    return frame.astype("Int64").reindex(np.flatnonzero(asked.here))


def _printed(published: pd.DataFrame, total: str) -> dict[tuple[str, str], pd.Series]:
    """Return the printed rows of a measure by sample and field; ``cut`` for shares below it."""
    rows = dict[tuple[str, str], pd.Series]()
    measure = next(name for (name, _), field in PRINTED_SCALES.items() if field == total)
    for _, row in published[published["measure_key"] == measure].iterrows():
        rows[row["sample_key"], PRINTED_SCALES.get((measure, row["scale_key"]), "cut")] = row
    return rows


def _targets(
    known: dict[tuple[str, str], pd.Series],
    total: str,
    time: str,
    people: dict[str, NDArray[np.bool_]],
) -> list[Target]:
    parts = _PARTS[total]
    scales: dict[str, tuple[int, ...]] = {name: (place,) for place, name in enumerate(parts)}
    scales[total] = tuple(range(len(parts)))
    targets: list[Target] = []
    for sample, meant in people.items():
        cut = known.get((sample, "cut"))
        for name, places in scales.items():
            row = known[sample, name]
            below = cut is not None and name == total
            targets.append(
                Target(
                    parts=places,
                    people=meant,
                    mean=float(row[f"{time}_mean"]),
                    sd=float(row[f"{time}_sd"]),
                    share=float(cut[f"{time}_percentage"]) / 100
                    if cut is not None and below
                    else None,
                    cut=LUBBEN_CUT_POINT,
                )
            )
    return targets


def _skewed(
    rng: Generator, latent: NDArray[np.float64], parts: int, together: float
) -> NDArray[np.float64]:
    """Draw one leaning per part around a common one, with a longer lower tail."""
    common = (latent - latent.mean()) / latent.std()
    own = rng.standard_normal((len(latent), parts))
    leaning = np.sqrt(together) * common[:, None] + np.sqrt(1 - together) * own
    return (leaning - 0.2 * (leaning**2 - 1)) / np.sqrt(1 + 2 * 0.2**2)


def _scores(
    latent: NDArray[np.float64], total: str, targets: list[Target], rng: Generator
) -> NDArray[np.int64]:
    """Turn leanings into whole scores inside the scales, then fit them to what was printed."""
    parts = _PARTS[total]
    single = {target.parts[0]: target for target in targets if len(target.parts) == 1}
    mean = np.array([single[place].mean for place in range(len(parts))])
    sd = np.array([single[place].sd for place in range(len(parts))])
    limits = [_limits(part) for part in parts]
    low, high = np.array(limits).T
    leaning = _skewed(rng, latent, len(parts), _TOGETHER[total])
    first = np.clip(np.rint(mean + sd * leaning), low, high).astype(np.int64)
    return fitted(first, limits, targets, rng)


def _limits(part: str) -> tuple[int, int]:
    field = FAMILY_INTERVIEWS.field(part)
    return int(field.minimum or 0), int(field.maximum or 0)
