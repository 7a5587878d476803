"""How sharply trends may have bent apart before an effect could be nothing but that."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

from analytics.methods.checks import check_share

Floats = NDArray[np.float64]

FEWEST_BEFORE: Final = 2  # years before the reference year: one bend
FEWEST_SPARE: Final = 3  # pilots more than coefficients, or their covariance means nothing
_NEAR: Final = 1e-4  # relative error of a breakdown value


@dataclass(frozen=True, slots=True, kw_only=True)
class EventCoefficients:
    """What an event study found, relative to the last year before; years follow each other.

    Attributes:
        before: Coefficients of the years before the reference, earliest first, shape (s,).
        after: The effect asked about: a weighted mean of the coefficients after.
        weights: The weight of each year after in it, shape (h,).
        covariance: Of ``before`` and ``after`` together, in this order, shape (s + 1, s + 1).
    """

    before: Floats
    after: float
    weights: Floats
    covariance: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class SmoothnessInterval:
    """A confidence interval that allows for trends bending apart.

    Attributes:
        estimate: The effect less the trend that the years before lead to expect.
        low: Lower end.
        high: Upper end.
    """

    estimate: float
    low: float
    high: float


def smoothness_interval(
    found: EventCoefficients, bend: float, *, confidence: float = 0.95
) -> SmoothnessInterval:
    """Find the shortest fixed-length interval where trends may bend by so much a year.

    The difference d(t) that there would have been without an effect may change its slope by at
    most M from one year to the next:

        |(d(t + 1) - d(t)) - (d(t) - d(t - 1))| <= M.

    M = 0 carries the straight line of the years before on. The estimate is the effect plus a
    weighted sum of the coefficients before, weights such that a straight line cancels out. Its
    largest bias is M times the sum of the sizes of its weights on the bends, and its interval has
    the half-length cv(bias / se) se, where cv(b) is the 1 - alpha quantile of |N(b, 1)|. The
    weights are those that make it shortest: a convex problem.

    Args:
        found: The coefficients.
        bend: M, 0 or more, in the unit of the coefficients a year.
        confidence: Coverage, as a proportion between 0 and 1.

    Returns:
        Estimate and ends. The normal distribution is used and the covariance taken as known, as in
        the source, so that with few places the interval is somewhat too short.

    Raises:
        ValueError: Shapes do not fit, there are fewer than two years before the reference, or
            ``bend`` is negative.

    Source:
        Rambachan and Roth (2023), A more credible approach to parallel trends, Review of Economic
        Studies 90(5), sections 2.4 and 4, fixed-length intervals for smoothness; Armstrong and
        Kolesár (2020), Simple and honest confidence intervals in nonparametric regression,
        Quantitative Economics 11(1).
    """
    _check(found, bend)
    check_share("confidence", confidence)
    many = len(found.before)
    slopes, constant = _on_bends(many, found.weights)
    years = np.arange(-many, 0.0)
    line = float(found.weights @ np.arange(1.0, len(found.weights) + 1))

    def half_length(weights: Floats, sizes: Floats) -> float:
        whole = np.append(weights, 1.0)
        se = float(np.sqrt(max(whole @ found.covariance @ whole, 0.0)))
        bias = bend * float(sizes.sum())
        return se * folded_quantile(bias / se, confidence) if se > 0 else bias

    def scaled(both: Floats) -> float:
        return half_length(both[:many], both[many:]) / scale

    def left(both: Floats) -> float:
        return float(years @ both[:many]) + line

    def above(both: Floats) -> Floats:
        return both[many:] - (slopes @ both[:many] + constant)

    def below(both: Floats) -> Floats:
        return both[many:] + (slopes @ both[:many] + constant)

    if not bend:
        weights = _straight(found, years, line)
        return _around(found.after + float(weights @ found.before), half_length(weights, years))
    # Weights, then the size of the weight on each bend: both are searched for at once, so that
    # what is minimised has no corners.
    start = -years * line / (years @ years)
    both = np.append(start, np.abs(slopes @ start + constant))
    scale = half_length(start, both[many:]) or 1.0
    made = optimize.minimize(
        scaled,
        both,
        method="SLSQP",
        constraints=[
            {"type": "eq", "fun": left},
            {"type": "ineq", "fun": above},
            {"type": "ineq", "fun": below},
        ],
        options={"maxiter": 500, "ftol": 1e-13},
    )
    weights = made.x[:many] - years * (years @ made.x[:many] + line) / (years @ years)
    half = half_length(weights, np.abs(slopes @ weights + constant))
    return _around(found.after + float(weights @ found.before), half)


def _around(estimate: float, half: float) -> SmoothnessInterval:
    return SmoothnessInterval(estimate=estimate, low=estimate - half, high=estimate + half)


def _straight(found: EventCoefficients, years: Floats, line: float) -> Floats:
    """The weights of least variance among those that let a straight line cancel out, exactly."""
    many = len(years)
    size = float(found.covariance.trace()) or 1.0
    equations = np.zeros((many + 1, many + 1))
    equations[:many, :many] = found.covariance[:many, :many] / size
    equations[:many, many] = equations[many, :many] = years
    goal = np.append(-found.covariance[:many, many] / size, -line)
    solved = np.linalg.lstsq(equations, goal)[0]
    return solved[:many].astype(np.float64)


def smoothness_breakdown(found: EventCoefficients, *, confidence: float = 0.95) -> float:
    """Find how far trends may bend a year before the interval of the effect holds zero.

    Args:
        found: The coefficients.
        confidence: Coverage, as a proportion between 0 and 1.

    Returns:
        The largest M for which ``smoothness_interval`` excludes zero, in the unit of the
        coefficients a year; 0 where it holds zero though trends do not bend at all.

    Raises:
        ValueError: As ``smoothness_interval`` does.
    """

    def excludes(bend: float) -> bool:
        interval = smoothness_interval(found, bend, confidence=confidence)
        return interval.low > 0 or interval.high < 0

    if not excludes(0.0):
        return 0.0
    known, beyond = 0.0, abs(found.after) or 1.0
    while excludes(beyond):
        known, beyond = beyond, 2 * beyond
    while beyond - known > _NEAR * beyond:
        middle = (known + beyond) / 2
        known, beyond = (middle, beyond) if excludes(middle) else (known, middle)
    return known


def folded_quantile(shift: float, confidence: float) -> float:
    """The quantile of the size of a normal number with a mean and a deviation of 1.

    Args:
        shift: Its mean, in size.
        confidence: Which quantile, as a proportion between 0 and 1.

    Returns:
        c for which a normal number with that mean lies between -c and c so often.
    """
    outer = float(special.ndtri((1 + confidence) / 2))
    within = (shift + float(special.ndtri(confidence)), shift + outer)

    def excess(c: float) -> float:
        return float(special.ndtr(c - shift) - special.ndtr(-c - shift)) - confidence

    if excess(within[0]) >= 0:  # the far tail is nothing any more
        return within[0]
    found = optimize.root_scalar(excess, bracket=within, method="brentq", xtol=1e-14)
    return float(found.root)


def event_coefficients(
    gaps: Floats, *, before: NDArray[np.intp], after: NDArray[np.intp]
) -> EventCoefficients:
    """Find coefficients and their covariance from the gaps of pilots.

    Args:
        gaps: Gap of each pilot in each year, shape (n pilots, y years), NaN where missing; the
            years follow each other. Pilots without every year that is asked for are left out.
        before: Years before, in order, the last of them the reference: the one before ``after``.
        after: Years after, in order.

    Returns:
        Coefficients; the effect is the mean over the years after.

    Raises:
        ValueError: The years do not follow each other, or there are too few pilots for the
            covariance of so many coefficients: at least three more than coefficients.
    """
    years = np.concatenate([before, after])
    if (np.diff(years) != 1).any() or not len(after):
        msg = f"years {before.tolist()} before and {after.tolist()} after do not follow each other"
        raise ValueError(msg)
    held = gaps[~np.isnan(gaps[:, years]).any(axis=1)]
    moved = held - held[:, before[-1], None]
    each = np.column_stack([moved[:, before[:-1]], moved[:, after].mean(axis=1)])
    if len(each) < each.shape[1] + FEWEST_SPARE:
        msg = f"{len(each)} pilots with every year for {each.shape[1]} coefficients"
        raise ValueError(msg)
    mean = each.mean(axis=0)
    return EventCoefficients(
        before=mean[:-1],
        after=float(mean[-1]),
        weights=np.full(len(after), 1 / len(after)),
        covariance=np.cov(each, rowvar=False) / len(each),
    )


def _on_bends(before: int, weights: Floats) -> tuple[Floats, Floats]:
    """The weight of an estimate on each bend of the trend, as slopes x weights before + constant.

    A trend that is 0 in the reference year (0), and whose straight part cancels out, is at t > 0
    the sum of (t - j) times the bend at j over j = 0 ... t - 1, and at t < 0 that of (j - t) times
    the bend at j over j = t + 1 ... -1.
    """
    at = np.arange(-before + 1.0, len(weights))
    earlier, later = np.arange(-before, 0.0), np.arange(1.0, len(weights) + 1)
    slopes = np.where(at[:, None] < 0, np.maximum(at[:, None] - earlier, 0.0), 0.0)
    steps = np.where(at[:, None] >= 0, np.maximum(later - at[:, None], 0.0), 0.0)
    return slopes, steps @ weights


def _check(found: EventCoefficients, bend: float) -> None:
    many = len(found.before)
    if many < FEWEST_BEFORE:
        msg = f"{many} years before the reference; at least {FEWEST_BEFORE} are expected"
        raise ValueError(msg)
    if found.covariance.shape != (many + 1, many + 1) or not len(found.weights):
        msg = f"covariance {found.covariance.shape}; {(many + 1, many + 1)} is expected"
        raise ValueError(msg)
    if not bend >= 0:
        msg = f"bend is {bend}; 0 or more is expected"
        raise ValueError(msg)
