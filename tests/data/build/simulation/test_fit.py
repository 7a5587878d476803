"""Whole scores are moved to the mean and deviation expected, or it is said that none have them."""

import numpy as np
import pytest

from data.build.simulation import fit
from data.build.simulation.fit import NotReachedError, Target, fitted

LIMITS = ((0, 15), (0, 15))


def rng():
    return np.random.default_rng(7)


def test_parts_and_their_sum_meet_what_was_wanted_for_all_and_for_some():
    first = rng().integers(0, 16, (120, 2))
    all_people, some = np.ones(120, dtype=bool), np.arange(120) < 70
    targets = [
        Target(parts=(0,), people=all_people, mean=8, sd=3.9),
        Target(parts=(1,), people=all_people, mean=7, sd=4.1),
        Target(parts=(0, 1), people=all_people, mean=15, sd=6.9, share=0.34, cut=12),
        Target(parts=(0, 1), people=some, mean=16, sd=6.8),
    ]
    scores = fitted(first, LIMITS, targets, rng())
    assert scores.min() >= 0
    assert scores.max() <= 15
    for target in targets:
        sums = scores[target.people][:, list(target.parts)].sum(axis=1)
        assert round(sums.mean()) == target.mean
        assert round(sums.std(ddof=1), 1) == target.sd
        if target.share is not None:
            assert round((sums < target.cut).mean(), 2) == target.share


def test_scores_that_meet_every_target_stay_as_they_are():
    first = np.array([[1, 2], [3, 4], [5, 6]])
    target = Target(parts=(0,), people=np.ones(3, dtype=bool), mean=3, sd=2.0)
    assert (fitted(first, LIMITS, [target], rng()) == first).all()


def test_the_first_guess_is_not_changed_in_place():
    first = np.full((20, 2), 3)
    target = Target(parts=(0,), people=np.ones(20, dtype=bool), mean=5, sd=1.0)
    fitted(first, LIMITS, [target], rng())
    assert (first == 3).all()


def test_what_no_scores_can_give_is_refused(monkeypatch):
    monkeypatch.setattr(fit, "MOST_STEPS", 2000)
    target = Target(parts=(0,), people=np.ones(20, dtype=bool), mean=15, sd=6.0)
    with pytest.raises(NotReachedError, match=r"found no whole scores with .* 15, 6"):
        fitted(np.full((20, 2), 8), LIMITS, [target], rng())
