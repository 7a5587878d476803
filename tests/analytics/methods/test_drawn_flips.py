"""What is found from sums in half the usual precision, against all sums in whole numbers."""

import numpy as np
import pytest

from analytics.methods.drawn_flips import (
    FLIPS,
    count_far,
    drawn_signs,
    exact_sums,
    near_place,
    rough_table,
    roughness,
    units,
)

# Whole numbers, so that many sums are the same and none is rounded; as large as a bar needs them
# to be nearer to the next than half the usual precision tells apart.
WIDE = np.random.default_rng(1).integers(-(2**40), 2**40, (3, 60))
TIED = np.random.default_rng(2).integers(-3, 5, (3, 60))
FEW = np.where(np.arange(60) % 20, 0, TIED)


def sums_of(whole):
    """Every sum under the flips, in whole numbers."""
    return whole @ drawn_signs(whole.shape[1]).astype(np.int64)


@pytest.mark.parametrize("whole", [WIDE, TIED, FEW])
def test_flips_as_far_out_as_a_sum_that_is_tied_are_counted(whole):
    sizes = np.abs(sums_of(whole))
    for place in (0, 17, 50_000, 99_000):
        bars = np.maximum(np.sort(sizes, axis=1)[:, place], 1)
        for least in (bars, bars + 1):
            expected = (sizes >= least[:, None]).sum(axis=1)
            found = count_far(whole.astype(float), least.astype(float))
            assert found.tolist() == expected.tolist()


def test_rough_sums_are_no_further_off_than_is_said():
    unit = units(WIDE.astype(float))
    off = np.abs(rough_table(WIDE / unit) - sums_of(WIDE) / unit)
    assert (off <= roughness(WIDE / unit)[:, None]).all()
    assert off.max() > 0


@pytest.mark.parametrize("whole", [WIDE, TIED, FEW])
def test_what_is_in_a_place_is_among_those_near_it(whole):
    unit = units(whole.astype(float))
    table, off, exact = rough_table(whole / unit), roughness(whole / unit), sums_of(whole)
    for row, rough in enumerate(table):
        for place in (0, 4_999, FLIPS - 1):
            near, at = near_place(rough, place, float(off[row]))
            assert np.sort(exact[row, near])[at] == np.sort(exact[row])[place]
            surely = rough < rough[near].min()
            assert (exact[row, surely] < np.sort(exact[row])[place]).all()


def test_exact_sums_are_added_in_the_order_of_the_pilots():
    lost = np.array([1e16, 1.0, -1e16, *[0.0] * 30])  # the 1 is lost where it is added second
    values = np.array([lost, lost[[0, 2, 1, *range(3, 33)]]])
    assert exact_sums(values, np.array([0, 1, 0]), np.zeros(3, dtype=int)).tolist() == [0, 1, 0]
    rows, flips = np.arange(9_000) % 3, np.arange(9_000) * 11
    assert (
        exact_sums(WIDE.astype(float), rows, flips).tolist() == sums_of(WIDE)[rows, flips].tolist()
    )


def test_nobody_is_flipped_first_and_no_sign_can_be_changed():
    signs = drawn_signs(70)
    assert (signs[:, 0] == 1).all()
    assert set(np.unique(signs).tolist()) == {-1, 1}
    with pytest.raises(ValueError, match="read-only"):
        signs[0, 0] = -1
