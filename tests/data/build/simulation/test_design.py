"""Pilots, shares and answers are given out exactly."""

import numpy as np
import pytest

from data.build.simulation.design import (
    BAND_OF,
    PRACTICE,
    answered,
    in_shares,
    pilot_effects,
    pilots_of,
    some,
    stream,
    words,
)

BANDS = np.array(list(BAND_OF.values()))


def test_ten_letters_stand_in_bands_of_four_three_and_three():
    assert "".join(BAND_OF) == "ABCDEFGHIJ"
    assert {band: int((band == BANDS).sum()) for band in BAND_OF.values()} == {
        "beginner": 4,
        "two-years": 3,
        "over-two": 3,
    }


@pytest.mark.parametrize(
    "effects", [PRACTICE, pilot_effects(stream("a")), pilot_effects(stream("b"))]
)
def test_no_band_has_an_effect(effects):
    assert effects.std() == pytest.approx(1)
    for band in set(BANDS):
        assert effects[band == BANDS].mean() == pytest.approx(0, abs=1e-12)


def test_a_stream_is_the_same_each_time_and_differs_from_every_other():
    assert stream("a").random() == stream("a").random()
    assert stream("a").random() != stream("b").random()


def test_people_are_shared_out_with_at_least_so_many_in_a_pilot():
    counts = np.bincount(pilots_of(stream("a"), 270, least=20))
    assert len(counts) == 10
    assert counts.sum() == 270
    assert counts.min() >= 20


def test_some_are_exactly_so_many_of_those_meant():
    among = np.arange(50) < 30
    chosen = some(stream("a"), among, 12)
    assert chosen.sum() == 12
    assert not (chosen & ~among).any()
    assert answered(stream("a"), 100, 0.03).sum() == 97


def test_answers_have_their_shares_and_go_to_those_who_lean_to_them():
    latent = np.array([0.3, -1.0, 2.0, 0.1, -0.5, 1.0, 0.2, -2.0, 0.9, 0.0])
    assert in_shares(latent, (20, 50, 30)).tolist() == [1, 0, 2, 1, 1, 2, 1, 0, 2, 1]
    assert np.bincount(in_shares(latent, (2, 3, 5))).tolist() == [2, 3, 5]


def test_words_are_empty_where_none_was_given():
    cells = words(np.array([1, 0]), ("no", "yes"), np.array([True, False, True]))
    assert cells.isna().tolist() == [False, True, False]
    assert cells.dropna().tolist() == ["yes", "no"]
