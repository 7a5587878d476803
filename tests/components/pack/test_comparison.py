"""When a number that was worked out again counts as the one that is published."""

from importlib import import_module

import pandas as pd
import pytest

from components.pack import pack


@pytest.fixture
def differs(monkeypatch):
    """Whether one of two numbers, of which the other is 1.5, differs from what is published."""
    monkeypatch.syspath_prepend(str(pack._SCRIPTS))
    set_beside = import_module("comparison").set_beside

    def compared(found, published):
        rows = pd.DataFrame({"draw": ["1", "2"], "mean": ["1.5", repr(published)]})
        again = pd.DataFrame({"draw": ["1", "2"], "mean": [1.5, found]})
        return bool(set_beside(again, rows, keys=(), shares={}).faults)

    return compared


def test_what_is_left_of_a_sum_of_zero_is_zero(differs):
    assert not differs(0.0, 1.4e-15)
    assert not differs(-1.4e-15, 1.4e-15)
    assert differs(0.0, 1.6e-14)
    assert differs(1e-9, 1.1e-9)


def test_a_number_is_the_same_to_a_billionth_of_itself(differs):
    assert not differs(0.25, 0.25 * (1 + 9e-10))
    assert differs(0.25, 0.25 * (1 + 2e-9))
