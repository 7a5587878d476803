"""The methods beside statsmodels, which shares no code with them, over grids of inputs."""

import gc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import TTestPower
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from analytics.methods.detectable import smallest_detectable
from analytics.methods.limits import share_limits
from analytics.methods.multiplicity import benjamini_hochberg, holm
from analytics.methods.proportions import share_difference

CONFIDENCES = (0.8, 0.95, 0.99)
BASES = (1, 2, 7, 10, 29, 150)
#: Every pair of bases with none, one, about half, all but one and all of each.
COUNTS = sorted(
    {(count, base) for base in BASES for count in (0, min(1, base), base // 2, base - 1, base)}
)
P_VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=40)


@given(P_VALUES)
def test_holm(p):
    with pytest.MonkeyPatch.context() as patch:
        # For Holm alone, multipletests collects garbage each time: 0.1 s beside the whole explorer.
        patch.setattr(gc, "collect", lambda: 0)
        expected = multipletests(p, method="holm")[1]
    assert holm(np.array(p)) == pytest.approx(expected, rel=1e-12)


@given(P_VALUES)
def test_benjamini_and_hochberg(p):
    expected = multipletests(p, method="fdr_bh")[1]
    assert benjamini_hochberg(np.array(p)) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("confidence", CONFIDENCES)
def test_wilson(confidence):
    count, base = np.array(COUNTS, dtype=float).T
    low, high = proportion_confint(count, base, alpha=1 - confidence, method="wilson")
    found = share_limits(count, base, confidence=confidence)
    assert found.low == pytest.approx(low, abs=1e-12)
    assert found.high == pytest.approx(high, abs=1e-12)


@pytest.mark.parametrize("confidence", CONFIDENCES)
@pytest.mark.parametrize("first", COUNTS)
def test_newcombe(first, confidence):
    for second in COUNTS:
        low, high = confint_proportions_2indep(
            *second, *first, method="newcomb", compare="diff", alpha=1 - confidence
        )
        counts, bases = np.array([first, second], dtype=float).T
        found = share_difference(counts, bases, confidence=confidence)
        assert (found.low, found.high) == pytest.approx((low, high), abs=1e-12), second


@pytest.mark.parametrize("alpha", [0.02, 0.05, 0.1])
@pytest.mark.parametrize("power", [0.5, 0.8, 0.9])
def test_the_smallest_detectable_difference_has_its_power(power, alpha):
    for n in (3, 4, 7, 10, 24):
        effect = float(smallest_detectable(1.0, n, alpha=alpha, power=power))
        # Each tail by itself: two-sided, SciPy 1.17.1 makes the far lower tail NaN here and there.
        reached = sum(
            TTestPower().power(one, n, alpha / 2, alternative="larger") for one in (effect, -effect)
        )
        assert reached == pytest.approx(power, abs=1e-9), n
