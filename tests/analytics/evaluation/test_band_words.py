"""The words on bands agree with the tests they are made of."""

import pandas as pd
import pytest

from analytics.evaluation.band_words import pair_words
from analytics.selection.parse import from_search

PAIR = {
    "pair": "a less b", "estimate": -9.0, "low": -17.0, "high": -1.0, "n_first": 4, "n_second": 3,
    "p": 0.057, "p_adjusted": 0.057, "smallest_p": 0.029, "smallest_adjusted": 0.029,
    "arrangements": 35, "before": -7.0, "before_p": 0.7, "ordered_pairs": 33.0, "all_pairs": 33,
    "trend_p": 0.001, "trend_p_found": 1 / 4_200, "trend_arrangements": 4_200,
    "before_ordered_pairs": 26.0, "before_all_pairs": 33, "before_trend_p": 0.08,
}  # fmt: skip
NONE = float("nan")


def said(**changed):
    return pair_words(pd.DataFrame([{**PAIR, **changed}]), from_search(""))


@pytest.mark.parametrize(
    ("ordered", "p", "verdict", "pairs"),
    [
        (
            33.0,
            0.001,
            "Possibly higher in more experienced bands, against similar councils",
            "all 33 pairs",
        ),
        (
            0.0,
            0.001,
            "Possibly lower in more experienced bands, against similar councils",
            "all 33 pairs",
        ),
        (20.5, 0.4, "No clear order of the bands against similar councils", "20.5 of 33 pairs"),
    ],
)
def test_an_order_is_said_as_its_test_finds_it(ordered, p, verdict, pairs):
    words = said(ordered_pairs=ordered, trend_p=p)
    assert words.verdict == verdict
    assert pairs in words.plain[0]
    assert words.plain[0].endswith("is lower." if ordered == 0 else "is higher.")
    assert words.plain[-1].endswith("as chance can explain.")
    assert "1 of 4,200 arrangements" in words.technical


@pytest.mark.parametrize(
    ("changed", "verdict", "sure"),
    [
        ({"p_adjusted": 0.03}, "The bands may differ from each other", "Clear of chance;"),
        ({}, "No clear difference between the bands", "Not distinguishable from chance"),
        ({"smallest_adjusted": 0.086}, "Too few pilots to tell the bands apart",
         "too few pilots for so many tests"),
        ({"smallest_adjusted": 0.1, "smallest_p": 0.1}, "Too few pilots to tell the bands apart",
         "(too few pilots)"),
    ],
)  # fmt: skip
def test_pairs_are_said_where_there_is_no_order_to_test(changed, verdict, sure):
    words = said(trend_p=NONE, **changed)
    assert words.verdict == verdict
    assert words.plain[0] == "The bands compared lie 9.0 per 10,000 children apart at most."
    assert sure in words.plain[1]
    assert "Jonckheere" not in words.technical
