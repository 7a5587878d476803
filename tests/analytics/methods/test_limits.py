import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analytics.methods.limits import rate_limits, share_limits

# Exact 95 % limits of a Poisson count, as in printed tables since Garwood (1936), Biometrika 28.
EXACT = [
    (0, 0.0, 3.689),
    (1, 0.0253, 5.572),
    (2, 0.242, 7.225),
    (3, 0.619, 8.767),
    (4, 1.090, 10.242),
    (5, 1.623, 11.668),
    (9, 4.115, 17.085),
]
# The same tables from ten up, which Byar's approximation should meet to two decimals.
FROM_TEN = [(10, 4.795, 18.390), (20, 12.217, 30.888), (100, 81.364, 121.627)]
# Newcombe (1998), table I, method 3.
NEWCOMBE = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0, 0.1611),
    (1, 29, 0.0061, 0.1718),
]


@pytest.mark.parametrize(("count", "low", "high"), EXACT)
def test_small_counts_have_the_printed_exact_limits(count, low, high):
    found = rate_limits(count, 10_000)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5.1e-4)


@pytest.mark.parametrize("count", range(10))
def test_exact_limits_leave_the_right_tails(count):
    found = rate_limits(count, 1, per=1, confidence=0.9)
    assert stats.poisson.cdf(count, found.high) == pytest.approx(0.05)
    if count:
        assert stats.poisson.sf(count - 1, found.low) == pytest.approx(0.05)


def test_byar_worked_by_hand():
    # 1 - 1/900 - 1.959964/30 is 0.93355675; 1 - 1/909 + 1.959964/30.1496269 is 1.06390776.
    found = rate_limits(100, 10_000)
    assert found.low == pytest.approx(100 * 0.93355675**3, rel=1e-6)
    assert found.high == pytest.approx(101 * 1.06390776**3, rel=1e-6)


@pytest.mark.parametrize(("count", "low", "high"), FROM_TEN)
def test_byar_is_near_the_printed_exact_limits(count, low, high):
    found = rate_limits(count, 10_000)
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.02)


@pytest.mark.parametrize(("count", "base", "low", "high"), NEWCOMBE)
def test_newcombes_printed_limits(count, base, low, high):
    found = share_limits(count, base)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5.1e-5)


@settings(deadline=None, max_examples=60)
@given(data=st.data(), base=st.integers(1, 5000), confidence=st.floats(0.5, 0.999))
def test_shares_agree_with_scipy(data, base, confidence):
    count = data.draw(st.integers(0, base))
    reference = stats.binomtest(count, base).proportion_ci(confidence, method="wilson")
    found = share_limits(count, base, confidence=confidence)
    assert (found.low, found.high) == pytest.approx(tuple(reference), abs=1e-12)
    assert 0 <= found.low <= count / base <= found.high <= 1


@settings(deadline=None, max_examples=60)
@given(count=st.integers(0, 10_000), population=st.integers(1, 10**7))
def test_a_rate_lies_between_its_limits_and_wider_confidence_is_wider(count, population):
    found = rate_limits(count, population)
    wider = rate_limits(count, population, confidence=0.99)
    assert found.low <= count / population * 10_000 < found.high
    assert wider.low <= found.low
    assert found.high < wider.high


def test_the_step_from_exact_to_byar_is_small():
    found = rate_limits(np.arange(30.0), np.full(30, 10_000.0))
    assert (np.diff(found.low) > 0).all()
    assert (np.diff(found.high) > 0).all()


@pytest.mark.parametrize("limits", [rate_limits, share_limits])
def test_any_shape_and_what_is_unknown_stays_unknown(limits):
    count = np.array([[5.0, np.nan, 5.0], [0.0, 12.0, 0.0]])
    base = np.array([[50.0, 50.0, np.nan], [0.0, 60.0, 70.0]])
    found = limits(count, base)
    unknown = [[False, True, True], [True, False, False]]
    assert np.isnan(found.low).tolist() == np.isnan(found.high).tolist() == unknown
    assert found.low[1, 1] == limits(12, 60).low
    assert found.low[1, 2] == 0


def test_each_says_how_it_was_found():
    assert "Byar" in rate_limits(5, 100).method
    assert "Wilson" in share_limits(5, 100).method


@pytest.mark.parametrize("limits", [rate_limits, share_limits])
@pytest.mark.parametrize(
    ("count", "base", "words"),
    [
        (-1, 10, "counts hold -1.0"),
        (np.inf, 10, "counts hold inf"),
        (1.5, 10, "counts hold 1.5; whole"),
        (1, -10, "bases hold -10.0"),
        (1, np.inf, "bases hold inf"),
        (np.ones(2), 10, r"counts \(2,\)"),
    ],
)
def test_counts_that_cannot_be_are_refused(limits, count, base, words):
    with pytest.raises(ValueError, match=words):
        limits(count, base)


@pytest.mark.parametrize("limits", [rate_limits, share_limits])
def test_confidence_in_per_cent_is_refused(limits):
    with pytest.raises(ValueError, match="confidence is 95"):
        limits(1, 10, confidence=95)


def test_a_rate_per_nobody_is_refused():
    with pytest.raises(ValueError, match="per is 0"):
        rate_limits(1, 10, per=0)


def test_more_than_everybody_is_refused():
    with pytest.raises(ValueError, match="1 counts are more than their base"):
        share_limits(np.array([11.0, 3.0]), np.array([10.0, 10.0]))


def test_a_base_that_is_not_whole_is_refused():
    with pytest.raises(ValueError, match=r"bases hold 10\.5"):
        share_limits(1, 10.5)
