from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from analytics.methods.signed_rank import signed_rank

# Darwin's maize, eighths of an inch, as in Fisher (1935), section 17: printed T- = 24 of 120.
DARWIN = np.array([49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48], dtype=float)
WHOLE = st.one_of(st.just(np.nan), st.integers(-4, 4).map(float))


def by_enumeration(gaps):
    """Every sign for every rank that is not left out, in plain Python."""
    kept = [gap for gap in gaps.tolist() if gap == gap and gap != 0]  # noqa: PLR0124 - not NaN
    if not kept:
        return np.nan
    ranks = stats.rankdata(np.abs(kept)).tolist()
    observed = abs(sum(r if g > 0 else -r for r, g in zip(ranks, kept, strict=True)))
    flips = [
        abs(sum(s * r for s, r in zip(signs, ranks, strict=True))) >= observed
        for signs in product((1, -1), repeat=len(ranks))
    ]
    return sum(flips) / len(flips)


def test_darwins_maize_agrees_with_scipy():
    reference = stats.wilcoxon(DARWIN, method="exact")
    assert reference.statistic == 24
    assert signed_rank(DARWIN[None]) == pytest.approx(reference.pvalue, abs=1e-12)


def test_the_printed_critical_value_for_ten_pairs():
    # Every table of the test prints 8 for n = 10, 5 % two-sided: T = 8 is in, T = 9 is not.
    ranks = np.arange(1.0, 11.0)
    eight = np.where(np.isin(ranks, [8]), -ranks, ranks)
    nine = np.where(np.isin(ranks, [9]), -ranks, ranks)
    found = signed_rank(np.array([eight, nine]))
    assert found == pytest.approx([50 / 1024, 66 / 1024])


@settings(deadline=None, max_examples=60)
@given(gaps=arrays(float, (3, 6), elements=WHOLE))
def test_ties_zeros_and_missing_pilots_agree_with_enumeration(gaps):
    expected = [by_enumeration(row) for row in gaps]
    assert signed_rank(gaps) == pytest.approx(expected, nan_ok=True)


def test_rounding_does_not_break_a_tie():
    tidy, noisy = np.array([3.0, -3.0, 6.0, 0.0]), np.array([0.3, -(0.1 + 0.2), 0.6, 1e-17])
    found = signed_rank(np.array([tidy, noisy]))
    assert found[0] == found[1]


def test_many_authorities_come_near_the_normal_approximation():
    gaps = np.random.default_rng(1).normal(0.15, 1, size=(1, 152))
    reference = stats.wilcoxon(gaps[0], method="asymptotic").pvalue
    assert signed_rank(gaps) == pytest.approx(reference, abs=0.002)


@pytest.mark.parametrize("gaps", [[np.nan, np.nan], [0.0, 0.0], []])
def test_nothing_but_zeros_has_no_answer(gaps):
    assert np.isnan(signed_rank(np.array([gaps], dtype=float))).all()


def test_a_row_alone_is_refused():
    with pytest.raises(ValueError, match=r"shape \(15,\)"):
        signed_rank(DARWIN)
