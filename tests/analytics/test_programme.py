"""What is said of a programme's start, for programmes that started at other times."""

from dataclasses import replace

import pytest

from analytics import programme
from analytics.programme import FIGURES_FROM
from analytics.selection.selection import HOME


def test_what_a_programme_has_none_of_is_named():
    assert programme.none_held("records of people", HOME) == (
        f"{HOME.name} has no records of people that could be shown here."
    )


def test_sides_of_different_length_are_both_said():
    first, last = HOME.window
    longer = replace(HOME, window=(first, last + 1))
    assert programme.sides(HOME).startswith("With the default period each side is two years")
    assert "the side before is two years, the side after three years" in programme.sides(longer)


@pytest.mark.parametrize(
    ("years", "long", "short"),
    [
        (1, "there is one year: whether", "One year before the start shows no trend."),
        (2, "two years. They give", "Two years before the start are one contrast, not a trend."),
        (5, "are five years: whether", "Five years before the start are tested for a trend."),
    ],
)
def test_years_before_the_start_are_counted(years, long, short):
    of = replace(HOME, first_after=FIGURES_FROM + years)
    assert long in programme.earlier(of)
    assert programme.earlier_briefly(of) == short
