"""The Cochran-Armitage test, by three other roads."""

import numpy as np
import pytest
from scipy import stats

from analytics.methods.trend import cochran_armitage


def test_two_groups_are_the_chi_squared_test():
    made = cochran_armitage(np.array([40.0, 70]), np.array([100.0, 120]), np.array([0.0, 1]))
    table = np.array([[40, 70], [60, 50]])
    expected = stats.chi2_contingency(table, correction=False)
    assert made.z**2 == pytest.approx(expected.statistic)
    assert made.p == pytest.approx(expected.pvalue)
    assert made.slope == pytest.approx(70 / 120 - 40 / 100)


@pytest.mark.parametrize("seed", range(10))
def test_it_is_the_correlation_of_people_with_scores(seed):
    chance = np.random.default_rng(seed)
    base = chance.integers(5, 40, 4)
    count = chance.binomial(base, 0.4)
    scores = np.array([0.0, 1, 2, 5])
    along = np.repeat(scores, base)
    yes = np.concatenate([[1.0] * c + [0.0] * (b - c) for c, b in zip(count, base, strict=True)])
    made = cochran_armitage(count.astype(float), base.astype(float), scores)
    assert made.z == pytest.approx(np.corrcoef(along, yes)[0, 1] * np.sqrt(base.sum()))
    assert made.slope == pytest.approx(np.polyfit(along, yes, 1)[0])
    assert made.p == pytest.approx(2 * stats.norm.sf(abs(made.z)))


def test_it_agrees_with_shuffled_people():
    count, base, scores = np.array([3.0, 8, 12]), np.array([20.0, 20, 20]), np.arange(3.0)
    made = cochran_armitage(count, base, scores)
    chance = np.random.default_rng(1)
    draws = chance.multivariate_hypergeometric([20, 20, 20], 23, size=40_000)
    lean = draws @ (scores - scores.mean())
    seen = count @ (scores - scores.mean())
    far = (np.abs(lean) > abs(seen)).mean() + (np.abs(lean) == abs(seen)).mean() / 2
    assert made.p == pytest.approx(far, abs=0.004)


@pytest.mark.parametrize(
    ("count", "base", "scores", "found"),
    [
        ([1], [2], [0], "two groups"),
        ([3, 1], [2, 2], [0, 1], "from 0 to each base"),
        ([0, 0], [2, 2], [0, 1], "some who count"),
        ([1, 1], [2, 2], [1, 1], "different"),
    ],
)
def test_impossible_groups_are_refused(count, base, scores, found):
    given = (np.array(one, dtype=float) for one in (count, base, scores))
    with pytest.raises(ValueError, match=found):
        cochran_armitage(*given)
