"""Tests by turning the signs of the pilots' gaps round, in every way there is or in very many.

If nothing sets the pilots apart, each gap could as well have had the other sign. With n pilots
there are 2^n ways to give signs, and a p-value is the share of them that do as much as was seen.
Above twenty pilots 100,000 ways are drawn, the one that was seen among them.
Numbers nearer than a millionth of a millionth of the largest gap count as equal.
"""

from collections.abc import Callable
from functools import cache

import numpy as np
from figures import Floats, mean
from numpy.typing import NDArray

Rule = Callable[[Floats, int], Floats]

ROUNDING = 1e-12
MOST_ENUMERATED = 20
FLIPS = 100_000
SEED = 19350921


@cache
def signs(n: int) -> Floats:
    """Return assignments of signs to n pilots, shape (assignments, n); the first turns nobody.

    Every one there is up to twenty pilots, 2^n of them; above, 100,000 drawn: the bits of words of
    64 bits, those of the first word for the first 64 pilots.
    """
    if n > MOST_ENUMERATED:
        words = np.random.default_rng(SEED).integers(
            0, 2**64 - 1, size=(-(-n // 64), FLIPS), dtype=np.uint64, endpoint=True
        )
        words[:, 0] = 0
        bits = [words[at // 64] >> np.uint64(at % 64) & np.uint64(1) for at in range(n)]
        return 1.0 - 2.0 * np.array(bits).T
    turned = (np.arange(2**n)[:, None] >> np.arange(n)) & 1
    return 1.0 - 2.0 * turned


def flipped(gaps: Floats) -> tuple[Floats, int]:
    """Return the gaps that are turned round, and how many pilots have one.

    Those missing are left out; where flips are drawn they stay, as 0, so that every pilot keeps
    the signs that were drawn for it.
    """
    held = gaps[np.isfinite(gaps)]
    drawn = len(held) > MOST_ENUMERATED
    return (np.where(np.isfinite(gaps), gaps, 0.0) if drawn else held), len(held)


def flip_p(gaps: Floats) -> float:
    """Return the two-sided p-value: the share of flips whose mean is as far from 0 as the gaps'.

    Args:
        gaps: One gap per pilot; those missing are left out.

    Source:
        Fisher (1935), The Design of Experiments, section 21.
    """
    held, n = flipped(gaps)
    if not n:
        return np.nan
    means = np.abs(signs(len(held)) @ held) / n
    return float((means >= means[0] - ROUNDING * np.abs(held).max()).mean())


def one_sided_p(gaps: Floats) -> float:
    """Return the share of flips whose mean is at least as high as that of the gaps.

    The mirror image of a flip that was drawn counts as a flip too.
    """
    held, n = flipped(gaps)
    if not n:
        return np.nan
    means = signs(len(held)) @ held / n
    least = means[0] - ROUNDING * np.abs(held).max()
    return float(((means >= least).mean() + (-means >= least).mean()) / 2)


def flip_interval(gaps: Floats, confidence: float = 0.95) -> tuple[float, float]:
    """Return the lowest and highest value that the test of the gaps less that value accepts.

    Going away from the mean of all gaps, the p-value falls only at means of some of the pilots
    (Hartigan 1969). So those means are put in order, and the outermost that is accepted is found
    by halving. Missing where so few pilots cannot reject any value.

    Args:
        gaps: One gap per pilot; those missing are left out.
        confidence: Coverage, as a proportion.

    Source:
        Canay, Romano and Shaikh (2017), Randomization tests under an approximate symmetry
        assumption, Econometrica 85(3); Hartigan (1969), Using subsample values as typical values,
        Journal of the American Statistical Association 64.
    """
    n = int(np.isfinite(gaps).sum())
    error = (1 - confidence) * (1 - ROUNDING)  # 5 % of 100,000 is whole but for rounding
    if not n or smallest_p(n) >= error:
        return np.nan, np.nan
    held = gaps if n > MOST_ENUMERATED else gaps[np.isfinite(gaps)]
    return _lowest(held, error), -_lowest(-held, error)


def _lowest(gaps: Floats, error: float) -> float:
    """Return the lowest value that is accepted.

    Sums that differ by rounding count as equal (``ROUNDING``). A sum of k gaps moves by 2k times
    as much as the value does, so that the end lies by the 2k-th part of that below the mean.
    """
    there = np.isfinite(gaps)
    chosen = (1 - signs(len(gaps))[1:]) / 2
    if len(gaps) > MOST_ENUMERATED:
        chosen = np.vstack([chosen, 1 - chosen])  # of a mirror image: whom the flip leaves
    many = chosen @ there
    chosen, many = chosen[many > 0], many[many > 0]
    means = chosen @ np.where(there, gaps, 0.0) / many
    below = np.flatnonzero(means <= gaps[there].mean())
    below = below[np.argsort(-means[below], kind="stable")]
    known, beyond = 0, len(below)
    while beyond - known > 1:
        half = (known + beyond) // 2
        if flip_p(gaps - means[below[half]]) >= error:
            known = half
        else:
            beyond = half
    last = below[known]
    reach = np.abs(gaps[there] - means[last]).max()
    return float(means[last] - ROUNDING * there.sum() * reach / (2 * many[last]))


def max_t(gaps: Floats) -> Floats:
    """Adjust p-values for many tests: the pilots are turned round in all of them at once.

    Tests are ranked by |t|, the mean gap over its standard error. Each is compared with the
    largest |t| among itself and those ranked below it, over every flip; an adjusted p is never
    below that of a test ranked above (step-down).

    Args:
        gaps: Shape (tests, pilots), NaN where missing; a test of fewer than two is left out.

    Returns:
        Adjusted p-values, shape (tests,).

    Source:
        Westfall and Young (1993), Resampling-based multiple testing; Ge, Dudoit and Speed (2003),
        Resampling-based multiple testing for microarray data analysis, Test 12(1).
    """
    adjusted = np.full(len(gaps), np.nan)
    inside = np.flatnonzero(np.isfinite(gaps).sum(axis=1) > 1)
    size = np.stack([t_sizes(gaps[row]) for row in inside]) if len(inside) else np.empty((0, 1))
    least = 0.0
    left = list(np.argsort(-size[:, 0], kind="stable"))
    while left:
        first = left[0]
        share = float((size[left].max(axis=0) >= size[first, 0] - ROUNDING).mean())
        least = max(least, share)
        adjusted[inside[first]] = least
        left = left[1:]
    return adjusted


def t_sizes(gaps: Floats) -> Floats:
    """Return |t| under every flip, as t / sqrt(1 + t²) so that an infinite t is 1."""
    there = np.isfinite(gaps)
    n = int(there.sum())
    filled = np.where(there, gaps, 0.0)
    filled = filled / (np.abs(filled).max() or 1.0)
    means = signs(len(gaps)) @ filled / n
    spread = np.maximum((filled**2).sum() - n * means**2, 0.0) / (n - 1)
    error = spread / n  # square of the standard error
    below = np.sqrt(error + means**2)
    return np.divide(np.abs(means), below, out=np.zeros_like(means), where=below > 0)


def flips_with_as_many(gaps: Floats, level: float = 0.05) -> tuple[int, float, int]:
    """Count the tests with p below a level, and how often joint flips give at least as many.

    Args:
        gaps: Shape (tests, pilots), NaN where missing.
        level: Of each test.

    Returns:
        The count, the share of joint flips with as many, and how many flips there are.

    Source:
        Westfall and Young (1993), for flipping all tests at once; Donoho and Jin (2004), Annals
        of Statistics 32(3), for the count as the statistic.
    """
    turns, drawn = signs(gaps.shape[1]), gaps.shape[1] > MOST_ENUMERATED
    below = np.zeros(len(turns), dtype=np.int64)
    for row in gaps[np.isfinite(gaps).any(axis=1)]:
        filled = np.where(np.isfinite(row), row, 0.0)
        size = np.abs(turns @ filled)
        near = ROUNDING * np.abs(filled).max() * np.isfinite(row).sum()
        ordered = np.sort(size)
        as_far = len(size) - np.searchsorted(ordered, size - near, side="left")
        below += as_far / len(size) < level
    # Where flips are drawn, a test of few pilots is counted by its exact p.
    seen = sum(flip_p(row) < level for row in gaps) if drawn else int(below[0])
    return seen, float((below >= seen).mean()), len(turns)


def equivalence(gaps: Floats, margin: float) -> tuple[float, float]:
    """Test whether the mean gap is smaller than a margin, either way.

    Args:
        gaps: One gap per pilot; those missing are left out.
        margin: The smallest difference that would matter; NaN for none.

    Returns:
        The larger p of the two one-sided tests, and the size beyond which differences are ruled
        out: the outer end of the 90 % interval.

    Source:
        Schuirmann (1987), Journal of Pharmacokinetics and Biopharmaceutics 15(6); Lakens (2017),
        Equivalence tests, Social Psychological and Personality Science 8(4).
    """
    low, high = flip_interval(gaps, 0.90)
    p = max(one_sided_p(margin - gaps), one_sided_p(margin + gaps)) if margin > 0 else np.nan
    return p, max(abs(low), abs(high))


def smallest_p(n: int) -> float:
    """Return the smallest two-sided p that n pilots can give: the signs seen and their mirror.

    Where flips are drawn, the one that was seen may be the only one.
    """
    if n > MOST_ENUMERATED:
        return 1 / FLIPS
    return 2 / 2**n if n else np.nan


def simulation_error(p: Floats | float, n: NDArray[np.int_] | int) -> Floats:
    """Return the standard error that p has where flips were drawn, else 0.

    Args:
        p: p-values.
        n: Pilots behind each, same shape.
    """
    return np.where(np.greater(n, MOST_ENUMERATED), np.sqrt(p * (1 - p) / FLIPS), 0 * p)


def holm(p: Floats) -> Floats:
    """Adjust p-values by Holm (1979), Scandinavian Journal of Statistics 6(2)."""
    return _stepped(p, lambda ordered, many: _rising(ordered * (many - np.arange(many))))


def benjamini_hochberg(p: Floats) -> Floats:
    """Adjust p-values by Benjamini and Hochberg (1995), J. Royal Statistical Society B 57(1)."""
    return _stepped(p, lambda ordered, many: _falling(ordered * many / np.arange(1, many + 1)))


def _rising(values: Floats) -> Floats:
    return np.maximum.accumulate(values)


def _falling(values: Floats) -> Floats:
    return np.minimum.accumulate(values[::-1])[::-1]


def _stepped(p: Floats, rule: Rule) -> Floats:
    """Apply a rule to the p-values in order, those missing left out; none is above 1."""
    inside = np.flatnonzero(np.isfinite(p))
    order = inside[np.argsort(p[inside], kind="stable")]
    adjusted = np.full(len(p), np.nan)
    if len(order):
        adjusted[order] = np.minimum(rule(p[order], len(order)), 1.0)
    return adjusted


def adjusted_p(p: Floats, gaps: Floats, method: str) -> Floats:
    """Adjust p-values as chosen.

    Args:
        p: Unadjusted, shape (tests,), NaN where there is no test.
        gaps: Of each test, shape (tests, pilots); max-T needs them.
        method: "max-t", "holm", "bh" or "none".
    """
    if method == "holm":
        return holm(p)
    if method == "bh":
        return benjamini_hochberg(p)
    return max_t(np.where(np.isfinite(p)[:, None], gaps, np.nan)) if method == "max-t" else p


def smallest_adjusted(n: NDArray[np.int_], method: str) -> Floats:
    """Return the smallest adjusted p that the pilots of each test could give.

    Every test is taken to be at the smallest p of its pilots. With max-T those signs and their
    mirror alone may give a |t| as large, so that it is the unadjusted one.

    Args:
        n: Pilots of each test, shape (tests,).
        method: As for ``adjusted_p``.
    """
    least = 2 if method == "max-t" else 1
    alone = np.array([smallest_p(int(one)) if one >= least else np.nan for one in n])
    if method == "holm":
        return holm(alone)
    return benjamini_hochberg(alone) if method == "bh" else alone


def flip_row(gaps: Floats) -> dict[str, float]:
    """Return mean, interval and p of one test by their usual names."""
    low, high = flip_interval(gaps)
    return {"estimate": float(mean(gaps)), "low": low, "high": high, "p": flip_p(gaps)}
