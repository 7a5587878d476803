"""How many groups are as far out, in words that fit their share."""

import pytest

from analytics.evaluation.placebo_words import how_many, share_of_groups


@pytest.mark.parametrize(
    ("far", "word"),
    [
        (0, "few"), (499, "few"), (500, "some"), (824, "some"), (2_499, "some"), (2_500, "many"),
        (4_999, "many"), (5_000, "most"), (10_000, "most"),
    ],
)  # fmt: skip
def test_the_word_fits_the_share(far, word):
    assert how_many((far + 1) / 10_001, far, 10_000) == word


@pytest.mark.parametrize(
    ("far", "said"),
    [(0, "none"), (3, "3 (under 0.1%)"), (120, "120 (1.2%)"), (1_821, "1,821 (18%)")],
)
def test_a_share_of_groups_is_said_with_two_figures(far, said):
    assert share_of_groups(far, 10_000) == said
