"""Programmes of other sizes: how often tests are wrong, how often they find, what they cost."""

import time
from collections.abc import Callable
from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from analytics.methods.equivalence import equivalence
from analytics.methods.flip_interval import flip_interval
from analytics.methods.leave_one_out import without_each
from analytics.methods.multiplicity import max_t
from analytics.methods.pair_permutation import pair_permutation
from analytics.methods.permutation import differences
from analytics.methods.placebo import draw, group_means
from analytics.methods.pre_trend import pre_trend
from analytics.methods.reach import joint_flip_count
from analytics.methods.repeated import adjust_each
from analytics.methods.signed_rank import signed_rank
from analytics.methods.signflip import sign_flips
from analytics.methods.smoothness import event_coefficients, smoothness_breakdown
from analytics.methods.synthetic import placebo_paths, synthetic
from tests.bench.report import Measure

Floats = NDArray[np.float64]

GROUP: Final = "sizes"
SIZES: Final = (5, 10, 20, 40)
TIMED: Final = (20, 60)  # the largest whose flips are enumerated, the largest of all
INDICATORS: Final = 24
EFFECT: Final = 0.6  # standard deviations of the gaps
ALPHA: Final = 0.05
SEED: Final = 20260101
LIMIT: Final = 1_000.0  # what is made while a reader waits


def measure(*, quick: bool) -> list[Measure]:
    runs, families = (200, 20) if quick else (1_000, 60)
    found = [one for n in SIZES for one in _errors(n, runs, families)]
    return [*found, *(one for n in TIMED for one in _times(n))]


def _errors(n: int, runs: int, families: int) -> list[Measure]:
    rng = np.random.default_rng([SEED, n])
    none = rng.normal(0, 1, (runs, n))
    there, skewed = none + EFFECT, rng.exponential(1, (runs, n)) - 1
    interval = flip_interval(there)
    covered = (interval.low <= EFFECT) & (interval.high >= EFFECT)
    far = np.abs(there.mean(axis=1)) / (there.std(axis=1, ddof=1) / sqrt(n))
    student = 2 * stats.t.sf(far, n - 1)
    shared = np.array([_smallest(n, rng) for _ in range(families)])
    near = 3 * sqrt(ALPHA * (1 - ALPHA) / runs)
    family = 3 * sqrt(ALPHA * (1 - ALPHA) / families)
    return [
        _share(n, "size of the sign-flip test", sign_flips(none) < ALPHA, target=ALPHA + near),
        _share(n, "the same, skewed gaps", sign_flips(skewed) < ALPHA),
        _share(n, f"its power at {EFFECT} SD", sign_flips(there) < ALPHA),
        _share(n, "power of the t-test there", student < ALPHA),
        _share(n, "coverage of the interval", covered, target=1 - ALPHA - near, at_least=True),
        _share(n, "any false finding of 24, max-T", shared < ALPHA, target=ALPHA + family),
        _share(n, "size of two bands", _bands(none) < ALPHA, target=ALPHA + near),
    ]


def _smallest(n: int, rng: np.random.Generator) -> float:
    """The smallest adjusted p of indicators that go together, where nothing is there."""
    return float(max_t(rng.normal(0, 1, (INDICATORS, n)) + rng.normal(0, 1, n)).min())


def _bands(gaps: Floats) -> Floats:
    half, some = gaps.shape[1] // 2, gaps[:400]
    return pair_permutation(some[:, :half], some[:, half:]).p


def _share(
    n: int,
    name: str,
    found: NDArray[np.bool_],
    *,
    target: float | None = None,
    at_least: bool = False,
) -> Measure:
    return Measure(
        group=GROUP, name=f"n = {n}: {name}", value=round(float(found.mean()), 4), unit="share",
        target=target, at_least=at_least, n=len(found),
    )  # fmt: skip


def _times(n: int) -> list[Measure]:
    """What each method costs for so many pilots, all indicators together."""
    rng = np.random.default_rng([SEED, n])
    gaps = rng.normal(0.2, 1, (INDICATORS, n))
    years, others = rng.normal(0, 1, (n, 9)), rng.normal(0, 1, (90, 9))
    tables = np.repeat(gaps[None], n, axis=0)
    tables[np.arange(n), :, np.arange(n)] = np.nan
    kinds = rng.integers(0, 4, 90)
    expected = np.bincount(kinds, minlength=4) // 2
    margins = np.full(INDICATORS, 0.5)
    some, thirds = gaps[0], (n // 3, n // 3, n - 2 * (n // 3))
    methods: dict[str, Callable[[], object]] = {
        "sign-flip p": lambda: sign_flips(gaps),
        "sign-flip interval": lambda: flip_interval(gaps),
        "equivalence": lambda: equivalence(gaps, margins),
        "max-T": lambda: max_t(gaps),
        "as many small p": lambda: joint_flip_count(gaps),
        "Wilcoxon": lambda: signed_rank(gaps),
        "leave one out, one indicator": lambda: flip_interval(without_each(some)),
        "leave one out, among 24": lambda: adjust_each(
            tables, 0, sign_flips(tables[:, 0]), method="max-t"
        ),
        "three bands, one indicator": lambda: differences(some, thirds),
        "10,000 placebo groups, one indicator": lambda: group_means(
            others[:, 0], draw(kinds, draws=10_000, rng=np.random.default_rng(1)), expected
        ),
        "pre-trend, six years": lambda: pre_trend(years[:, :6]),
        "bend it would survive": lambda: smoothness_breakdown(
            event_coefficients(years + 1, before=np.arange(6), after=np.arange(6, 9))
        ),
        "synthetic difference-in-differences": lambda: synthetic(years, others, 6),
        "500 placebo groups of it": lambda: placebo_paths(
            others, n, 6, draws=500, rng=np.random.default_rng(1)
        ),
    }
    for made in methods.values():
        made()  # what is drawn once for a process is drawn
    return [
        Measure(group=GROUP, name=f"n = {n}: {name}", value=_cpu(made), unit="ms CPU", target=LIMIT)
        for name, made in methods.items()
    ]


def _cpu(made: Callable[[], object]) -> float:
    """Milliseconds of processor that something took, whatever else the machine does."""
    begun = time.process_time()
    made()
    return (time.process_time() - begun) * 1_000
