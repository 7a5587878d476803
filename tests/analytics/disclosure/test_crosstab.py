"""Words as categories are counted as the words themselves are."""

import numpy as np
import pandas as pd
import pytest

import analytics.findings  # noqa: F401 (registers the findings)
from analytics.disclosure.crosstab import coded, crosstab, rows_of, scopes
from analytics.disclosure.crosstabs import views_of
from data.load import Table, load
from data.sources.simulated import SIMULATED

COUNTED = [key for key in SIMULATED if views_of(key)]


@pytest.fixture(params=COUNTED)
def table(request) -> Table:
    return load(SIMULATED[request.param])


def test_codes_stand_for_the_words_of_the_table(table):
    found = coded(table)
    assert "category" in {str(kind) for kind in found.dtypes}
    assert not len(found.select_dtypes("str").columns)
    back = found.astype(dict(table.frame.dtypes))
    pd.testing.assert_frame_equal(back, table.frame)


def test_the_frame_of_the_table_stays_as_it_was(table):
    before = table.frame.dtypes
    coded(table)
    pd.testing.assert_series_equal(table.frame.dtypes, before)
    assert len(table.frame.select_dtypes("str").columns)


def test_people_are_counted_alike_by_code_and_by_word(table):
    assert scopes(coded(table)) == scopes(table.frame)
    for view in views_of(table.source.key):
        by_code, by_word = crosstab(view, coded(table)), crosstab(view, table.frame)
        assert by_code.pilots == by_word.pilots
        assert by_code.combinations == by_word.combinations
        np.testing.assert_array_equal(by_code.people, by_word.people)


def test_counts_are_those_of_going_through_the_people_one_by_one(table):
    counted = 0.0
    for view in views_of(table.source.key):
        rows, columns = rows_of(view, table.frame)
        numeric = [pd.api.types.is_numeric_dtype(rows[column]) for column in columns]
        people = crosstab(view, coded(table))
        expected = np.zeros_like(people.people)
        for pilot, *answers in zip(
            rows["pilot"], *(rows[column] for column in columns), strict=True
        ):
            given = tuple(
                "" if pd.isna(answer) else "answered" if number else answer
                for answer, number in zip(answers, numeric, strict=True)
            )
            if given in people.combinations:
                expected[people.pilots.index(pilot), people.combinations.index(given)] += 1
        np.testing.assert_array_equal(people.people, expected)
        counted += people.people.sum()
    assert counted > 0
