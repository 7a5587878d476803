"""Groups and scores of nobody, or of too few, are refused or left out, not averaged."""

import numpy as np
import pytest

from analytics.disclosure import means
from analytics.disclosure.counts import pilots_of
from analytics.disclosure.crosstabs import view_of
from analytics.disclosure.scores import changed, summary
from analytics.methods.refusal import NotEstimableError
from data.load import load
from data.sources.simulated import SIMULATED

TABLE = "family_interviews"


def test_a_group_without_pilots_is_refused():
    with pytest.raises(NotEstimableError, match="No pilot of these bands is in the records"):
        pilots_of(load(SIMULATED[TABLE]), "band=nowhere")


def test_a_view_that_is_not_there_is_refused():
    with pytest.raises(LookupError, match="family_interviews has no view of nothing"):
        view_of(TABLE, "nothing")


def test_where_nobody_has_a_score_there_is_nothing_to_hide():
    assert means._hidden((), {}, load(SIMULATED[TABLE]).frame, frozenset()) == []


def test_a_mean_of_one_is_refused_and_a_change_of_one_is_none():
    with pytest.raises(NotEstimableError, match="fewer than 2 people"):
        summary(np.array([3.0]))
    assert changed(np.array([[3.0, 4.0]])) is None


def test_a_change_without_spread_is_none():
    assert changed(np.array([[3.0, 4.0], [3.0, 4.0]])) is None
    assert changed(np.array([[3.0, 4.0], [5.0, 4.0]])).change == 0
