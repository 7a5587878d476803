from pathlib import Path

import pandas as pd

from data.sources.read_at import BETWEEN, TITLES, read_at

EVALUATION = Path(__file__).parents[3] / "data" / "evaluation"


def test_each_address_that_a_printed_figure_was_read_at_has_a_title_and_no_other_has_one():
    frames = [pd.read_csv(one, dtype="string") for one in EVALUATION.glob("*.csv")]
    cells = {
        cell for one in frames if "source_url" in one for cell in one["source_url"].dropna()
    }  # fmt: skip
    named = {one for cell in cells for one in cell.split(BETWEEN)}
    assert {one for one in named if "://" in one} == set(TITLES)


def test_places_are_read_in_their_order_and_words_are_no_link():
    first, second = list(TITLES)[:2]
    assert read_at(f"{first}{BETWEEN}{second}") == (
        (TITLES[first], first),
        (TITLES[second], second),
    )
    assert read_at("A summary") == (("A summary", ""),)
    assert read_at("https://www.example.org/x") == (("example.org", "https://www.example.org/x"),)
    assert read_at("") == ()
