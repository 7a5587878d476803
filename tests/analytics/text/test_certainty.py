"""How sure a result is: a closed set, and never surer than the test could be."""

import math

import pytest

from analytics.text.certainty import (
    TOO_FEW,
    Certainty,
    Judged,
    certainty_words,
)


def judged(p, adjusted, *, alone=0.002, together=0.002, counted=True):
    return Judged(
        p=p, p_adjusted=adjusted, smallest_p=alone, smallest_adjusted=together, counted=counted
    )


@pytest.mark.parametrize(
    ("one", "sure"),
    [
        (judged(0.01, 0.04), Certainty.CLEAR),
        (judged(0.01, 0.05), Certainty.ALONE),
        (judged(0.05, 0.6), Certainty.NOT_CLEAR),
        (judged(math.nan, math.nan), Certainty.UNTESTABLE),
        (judged(0.125, 0.125, alone=0.125, together=0.125), Certainty.UNTESTABLE),
        (judged(0.004, 0.094, alone=0.004, together=0.094), Certainty.UNTESTABLE),
        (judged(0.01, 0.01, counted=False), Certainty.UNCOUNTED),
        (judged(0.2, 0.2, counted=False), Certainty.NOT_CLEAR),
        # Nine pilots, Holm over 24: the reach is 24 * 2 / 2**9.
        (judged(2 / 2**9, 24 * 2 / 2**9, alone=2 / 2**9, together=24 * 2 / 2**9),
         Certainty.UNTESTABLE),
    ],
)  # fmt: skip
def test_a_test_says_how_sure_it_is(one, sure):
    assert one.certainty is sure


def test_phrases_name_what_is_ruled_out_and_why_nothing_can_be_judged():
    not_clear = certainty_words(Certainty.NOT_CLEAR, ruled_out="18 per 10,000 children")
    assert not_clear.endswith(
        "differences larger than 18 per 10,000 children are ruled out (90% range)"
    )
    assert certainty_words(Certainty.UNTESTABLE, why=TOO_FEW).endswith(f"({TOO_FEW})")
    for sure in Certainty:
        assert certainty_words(sure) == sure.label
