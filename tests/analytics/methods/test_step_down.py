"""Flips that pass the steps of a table, where half the usual precision cannot tell them apart."""

import numpy as np
import pytest

from analytics.methods.drawn_flips import FLIPS, drawn_signs
from analytics.methods.multiplicity import factors
from analytics.methods.step_down import Steps

TIED = 1e-8  # so near that all flips are looked at again


@pytest.mark.parametrize("apart", [TIED, *np.linspace(1e-6, 1e-5, 8)])
def test_flips_that_are_hardly_apart_are_counted_one_by_one(apart):
    values = np.random.default_rng(1).normal(0, apart, (1, 24))
    values[:, 0] = 1  # flips of all others hardly change a sum
    signs = drawn_signs(24).astype(float)
    sizes = np.abs(values @ signs) * factors(values)[:, None]
    steps = Steps.of(values, np.array([24]), factors(values), at=0, first=values, rough=True)
    first, turned = (values @ signs).astype(np.float32), signs.astype(np.float32)
    steps.count(first, turned, np.empty_like(first), begun=0)
    assert steps.total().tolist() == [(sizes[0] >= sizes[0, 0] - 1e-12).sum()]
    assert sum(len(some) for _, some in steps.unsure) > FLIPS / 1000
    assert steps.tied or apart != TIED
