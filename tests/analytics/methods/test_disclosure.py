"""Suppression that holds: what is left determines no small sum, by exact elimination."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from analytics.methods.disclosure import Cells, derivable, suppressed


def rank(rows):
    """Rank over the rationals, by elimination: no rounding at all."""
    rows = [[Fraction(int(cell)) for cell in row] for row in rows]
    found, columns = 0, len(rows[0]) if rows else 0
    for column in range(columns):
        pivot = next((at for at in range(found, len(rows)) if rows[at][column]), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        for at in range(found + 1, len(rows)):
            if rows[at][column]:
                times = rows[at][column] / rows[found][column]
                rows[at] = [a - times * b for a, b in zip(rows[at], rows[found], strict=True)]
        found += 1
    return found


def follows(shown, wanted):
    return rank(shown) == rank([*shown, wanted])


def table(counts):
    """A two-way table with its margins and its whole, as cells over its own entries."""
    rows, columns = counts.shape
    entries = [(r, c) for r in range(rows) for c in range(columns)]
    each = [{entry} for entry in entries]
    across = [{(r, c) for c in range(columns)} for r in range(rows)]
    down = [{(r, c) for r in range(rows)} for c in range(columns)]
    groups = [*each, *across, *down, set(entries)]
    sums = np.array([[float(entry in group) for entry in entries] for group in groups])
    return Cells(
        sums=sums,
        atoms=np.array([float(counts[entry]) for entry in entries]),
        secret=np.eye(len(entries)),
        hidden=np.zeros(len(groups), dtype=bool),
    )


def test_a_lone_small_cell_takes_three_others_with_it():
    cells = table(np.array([[4, 30, 40], [50, 60, 70], [80, 90, 99]]))
    hidden = suppressed(cells, least=10)
    assert hidden[0]
    assert hidden.sum() >= 4  # a rectangle, or margins
    shown = cells.sums[~hidden]
    assert not follows(shown, cells.secret[0])


def test_nothing_small_hides_nothing():
    cells = table(np.array([[14, 30], [50, 60]]))
    assert not suppressed(cells, least=10).any()


def test_zero_is_small():
    cells = table(np.array([[0, 30], [50, 60]]))
    assert suppressed(cells, least=10)[0]


def test_what_is_hidden_at_the_start_stays_hidden():
    cells = table(np.array([[14, 30], [50, 60]]))
    start = np.zeros(len(cells.sums), dtype=bool)
    start[3] = True
    asked = Cells(sums=cells.sums, atoms=cells.atoms, secret=cells.secret, hidden=start)
    assert suppressed(asked, least=10).tolist() == start.tolist()


@pytest.mark.parametrize("seed", range(40))
def test_no_small_sum_follows_from_what_is_left(seed):
    chance = np.random.default_rng(seed)
    shape = chance.integers(2, 5, size=2)
    cells = table(chance.poisson(14, size=shape))
    hidden = suppressed(cells, least=10)
    shown = cells.sums[~hidden]
    assert (shown @ cells.atoms >= 10).all()
    for secret in cells.secret:
        if secret @ cells.atoms < 10:
            assert not follows(shown, secret)


@pytest.mark.parametrize("seed", range(10))
def test_differences_of_overlapping_groups_are_ruled_out(seed):
    chance = np.random.default_rng(100 + seed)
    bands = chance.integers(3, 40, size=(3, 4)).astype(float)  # bands by answers
    groups = [choice for choice in product((0, 1), repeat=3) if any(choice)]
    sums = np.array(
        [np.kron(group, answer) for group in groups for answer in [*np.eye(4), np.ones(4)]],
        dtype=float,
    )
    cells = Cells(
        sums=sums, atoms=bands.ravel(), secret=sums.copy(), hidden=np.zeros(len(sums), dtype=bool)
    )
    hidden = suppressed(cells, least=10)
    for secret in sums[sums @ bands.ravel() < 10]:
        assert not follows(sums[~hidden], secret)


def test_derivable_agrees_with_exact_elimination():
    chance = np.random.default_rng(7)
    for _ in range(60):
        shown = chance.integers(0, 2, size=(chance.integers(1, 7), 6)).astype(float)
        wanted = chance.integers(0, 2, size=(5, 6)).astype(float)
        found = derivable(shown, wanted)
        assert found.tolist() == [follows(shown, row) for row in wanted]
    assert derivable(np.zeros((0, 3)), np.array([[0.0, 1, 0]])).tolist() == [False]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"atoms": np.array([1.0, 2, 3])}, "one column an atom"),
        ({"atoms": np.array([1.5, 2, 3, 4])}, "whole numbers"),
        ({"atoms": np.array([-1.0, 2, 3, 4])}, "whole numbers"),
        ({"hidden": np.zeros(2, dtype=bool)}, "one truth a cell"),
    ],
)
def test_impossible_cells_are_refused(change, found):
    cells = table(np.array([[14, 30], [50, 60]]))
    given = {name: getattr(cells, name) for name in Cells.__slots__}
    with pytest.raises(ValueError, match=found):
        suppressed(Cells(**{**given, **change}), least=10)


def test_a_threshold_below_two_protects_nobody():
    with pytest.raises(ValueError, match="2 or more"):
        suppressed(table(np.array([[14, 30], [50, 60]])), least=1)
