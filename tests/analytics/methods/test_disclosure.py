"""Suppression that holds: what is left determines no small sum, by exact elimination."""

from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product

import numpy as np
import pytest

from analytics.methods.disclosure import Cells, _hiding, counts, derivable, suppressed


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


def follows(shown, expected):
    return rank(shown) == rank([*shown, expected])


def table(people):
    """A two-way table with its margins and its whole, as cells over its own entries."""
    rows, columns = people.shape
    entries = [(r, c) for r in range(rows) for c in range(columns)]
    each = [{entry} for entry in entries]
    across = [{(r, c) for c in range(columns)} for r in range(rows)]
    down = [{(r, c) for r in range(rows)} for c in range(columns)]
    groups = [*each, *across, *down, set(entries)]
    sums = np.array([[float(entry in group) for entry in entries] for group in groups])
    atoms = np.array([float(people[entry]) for entry in entries])
    return counts(sums, atoms, np.zeros(len(groups), dtype=bool))


def test_a_lone_small_cell_takes_three_others_with_it():
    cells = table(np.array([[4, 30, 40], [50, 60, 70], [80, 90, 99]]))
    hidden = suppressed(cells, least=10)
    assert hidden[0]
    assert hidden.sum() >= 4  # a rectangle, or margins
    shown = cells.sums[~hidden]
    assert not follows(shown, np.eye(9)[0])


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
    assert suppressed(replace(cells, hidden=start), least=10).tolist() == start.tolist()


@pytest.mark.parametrize("seed", range(40))
def test_no_small_sum_follows_from_what_is_left(seed):
    chance = np.random.default_rng(seed)
    shape = chance.integers(2, 5, size=2)
    cells = table(chance.poisson(14, size=shape))
    hidden = suppressed(cells, least=10)
    shown = cells.sums[~hidden]
    assert (shown @ cells.atoms >= 10).all()
    for many in (1, 2, 3):  # one hidden cell, and hidden cells taken together
        for places in combinations(range(len(cells.atoms)), many):
            together = np.isin(np.arange(len(cells.atoms)), places).astype(float)
            if together @ cells.atoms < 10:
                assert not follows(shown, together)


def test_hidden_cells_are_small_together_too():
    """Of 40 who answered 22 agree and 15 are between: the 3 of two other answers would follow."""
    one = np.eye(5)
    sums = np.array([np.ones(5), *one, one[3] + one[4]])
    cells = counts(sums, np.array([1.0, 2, 15, 12, 10]), np.zeros(7, dtype=bool))
    hidden = suppressed(cells, least=10)
    assert not follows(sums[~hidden], one[0] + one[1])
    assert not hidden[[0, 6]].any()  # the middle answer goes, and what most readers want stays


def scores():
    """Means of a total and of its two parts: of 30 people one lacks the first part.

    Columns: the two parts of 29 people; the total and the second part of the one.
    """
    width = 4
    return Cells(
        sums=np.array([[1.0, 1, 1, 0], [1, 0, 0, 0], [0, 1, 0, 1]]),
        atoms=np.array([29.0, 1.0]),
        of=np.array([[True, False], [True, False], [False, True], [False, True]]),
        free=np.zeros(2, dtype=bool),
        allowed=np.zeros((0, width)),
        known=np.zeros((0, width)),
        secret=np.zeros((0, width)),
        worth=np.array([60.0, 29, 30]),
        hidden=np.zeros(3, dtype=bool),
    )


def test_scores_of_a_few_do_not_follow_from_a_total_and_its_parts():
    assert suppressed(scores(), least=10).tolist() == [False, True, False]


def test_where_a_few_are_enough_nothing_is_hidden():
    enough = replace(scores(), atoms=np.array([29.0, 10.0]))
    assert not suppressed(enough, least=10).any()


def test_a_secret_sum_of_many_does_not_follow_either():
    cells = table(np.array([[14, 30], [50, 60]]))
    start = np.arange(len(cells.sums)) == 3
    hidden = suppressed(replace(cells, hidden=start, secret=cells.sums[3:4]), least=10)
    assert not follows(cells.sums[~hidden], cells.sums[3])
    assert hidden.sum() > 1


def test_what_is_known_anyway_counts_as_shown():
    """Two answers, the first of few: their total is known though it is no cell."""
    cells = counts(np.eye(2), np.array([4.0, 30]), np.zeros(2, dtype=bool))
    assert suppressed(cells, least=10).tolist() == [True, False]
    known = replace(cells, known=np.ones((1, 2)))
    assert suppressed(known, least=10).tolist() == [True, True]


def test_how_many_gave_no_answer_is_no_secret():
    """All people and those who answered tell how many did not; the rest stays."""
    sums = np.array([[1.0, 1, 1], [1, 1, 0], [1, 0, 0], [0, 1, 0]])
    cells = counts(sums, np.array([30.0, 20, 4]), np.zeros(4, dtype=bool))
    assert suppressed(cells, least=10).any()
    assert not suppressed(replace(cells, free=np.array([False, False, True])), least=10).any()


def test_a_sum_that_may_be_known_hides_nothing_but_its_parts_stay_secret():
    """Of 24 people with and 4 without an answer, in two groups: that it is 4 may be known."""
    sums = np.array([[1.0, 1, 1, 1], [1, 0, 1, 0]])
    cells = counts(sums, np.array([14.0, 1, 10, 3]), np.zeros(2, dtype=bool))
    assert suppressed(cells, least=10).any()
    allowed = replace(cells, allowed=np.array([[0.0, 1, 0, 1]]))
    assert not suppressed(allowed, least=10).any()
    apart = replace(allowed, sums=np.array([[1.0, 1, 0, 0], [1, 0, 0, 0]]))
    assert suppressed(apart, least=10).any()


@pytest.mark.parametrize("seed", range(10))
def test_differences_of_overlapping_groups_are_ruled_out(seed):
    chance = np.random.default_rng(100 + seed)
    bands = chance.integers(3, 40, size=(3, 4)).astype(float)  # bands by answers
    groups = [choice for choice in product((0, 1), repeat=3) if any(choice)]
    sums = np.array(
        [np.kron(group, answer) for group in groups for answer in [*np.eye(4), np.ones(4)]],
        dtype=float,
    )
    cells = counts(sums, bands.ravel(), np.zeros(len(sums), dtype=bool))
    hidden = suppressed(cells, least=10)
    for secret in sums[sums @ bands.ravel() < 10]:
        assert not follows(sums[~hidden], secret)


def test_derivable_agrees_with_exact_elimination():
    chance = np.random.default_rng(7)
    for _ in range(60):
        shown = chance.integers(0, 2, size=(chance.integers(1, 7), 6)).astype(float)
        expected = chance.integers(0, 2, size=(5, 6)).astype(float)
        found = derivable(shown, expected)
        assert found.tolist() == [follows(shown, row) for row in expected]
    assert derivable(np.zeros((0, 3)), np.array([[0.0, 1, 0]])).tolist() == [False]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"atoms": np.array([1.0, 2, 3])}, "one width"),
        ({"atoms": np.array([1.5, 2, 3, 4])}, "whole numbers"),
        ({"atoms": np.array([-1.0, 2, 3, 4])}, "whole numbers"),
        ({"hidden": np.zeros(2, dtype=bool)}, "one truth a cell"),
    ],
)
def test_impossible_cells_are_refused(change, found):
    cells = table(np.array([[14, 30], [50, 60]]))
    with pytest.raises(ValueError, match=found):
        suppressed(replace(cells, **change), least=10)


def test_a_threshold_below_two_protects_nobody():
    with pytest.raises(ValueError, match="2 or more"):
        suppressed(table(np.array([[14, 30], [50, 60]])), least=1)


def test_what_known_sums_alone_tell_hides_everything_shown():
    shown = np.array([0, 1])
    rows = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])  # two shown, one known
    hiding = _hiding(rows, np.array([[0.0, 0.0, 1.0]]), np.ones(3), shown)
    assert hiding.tolist() == [True, True, False]
