"""Words as values: what is understood, and that nothing else is guessed."""

import numpy as np
import pandas as pd
import pytest

from data.own.understand import NO_NUMBER, NO_TEXT, understood
from data.records.record import Field, FieldKind


def values(field: Field, *words: str | None, commas: bool = False) -> list[object]:
    cells = pd.Series([*words], dtype="str", index=range(2, len(words) + 2))
    found = understood(cells, field, commas=commas)
    assert list(found.index) == list(cells.index)
    return [None if pd.isna(one) else one for one in found]


NUMBER = Field(name="n", label="N", kind=FieldKind.NUMBER, minimum=0, maximum=9)
WHOLE = Field(name="w", label="W", kind=FieldKind.WHOLE, minimum=0, maximum=9)
DAY = Field(name="d", label="D", kind=FieldKind.DATE)
LABEL = Field(name="l", label="L", kind=FieldKind.LABEL)
CHOICE = Field(name="c", label="C", kind=FieldKind.CHOICE, allowed=("Not at all", "Yes"))


def test_numbers():
    assert values(NUMBER, "1", "-2.5", "+.5", "3.", "1e-2", None) == [1, -2.5, 0.5, 3, 0.01, None]
    wrong = ("1,5", "1 000", "1,000", "ten", "NA", "nan", "inf", "0x1", "١", "1_0", "--1", "£1")
    assert values(NUMBER, *wrong) == [NO_NUMBER] * len(wrong)


def test_a_number_too_large_to_hold_is_no_number():
    assert values(NUMBER, "1e999") == [np.inf]


def test_whole_numbers():
    assert values(WHOLE, "3", "3.0", "-1", "2.5", "three") == [3, 3, -1, NO_NUMBER, NO_NUMBER]


def test_decimal_commas_where_the_file_may_have_them_and_one_mark_a_column():
    assert values(NUMBER, "1,5", "2", commas=True) == [1.5, 2]
    assert values(NUMBER, "1.5", "2", commas=True) == [1.5, 2]
    assert values(NUMBER, "1,5", "1.234", "1.234,5", commas=True) == [1.5, NO_NUMBER, NO_NUMBER]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2015-12-31", "2015-12-31"),
        ("31/12/2015", "2015-12-31"),
        ("1/2/2016", "2016-02-01"),
        ("42369", "2015-12-31"),
        ("29/02/2016", "2016-02-29"),
        ("12/31/2015", NO_TEXT),
        ("29/02/2015", NO_TEXT),
        ("31/12/15", NO_TEXT),
        ("2015", NO_TEXT),
        ("99999", NO_TEXT),
        ("1066-10-14", NO_TEXT),
        ("2015-12-31 00:00", NO_TEXT),
        ("soon", NO_TEXT),
    ],
)
def test_days(words, day):
    assert values(DAY, words) == [day]


def test_serial_days_are_those_of_a_spreadsheet():
    start = pd.Timestamp("1899-12-30")
    for serial in (10_000, 36_526, 42_369, 73_050):
        expected = (start + pd.Timedelta(days=serial)).date().isoformat()
        assert values(DAY, str(serial)) == [expected]


def test_choices_match_by_letters_and_single_spaces():
    words = ("NOT AT ALL", "not  at all", "Not at\nall", "yes", "Y", "notatall")
    assert values(CHOICE, *words, None) == [
        "Not at all", "Not at all", "Not at all", "Yes", NO_TEXT, NO_TEXT, None,
    ]  # fmt: skip


def test_labels():
    good = ("A-1", "Zoë_2", "a b.c", "x" * 40)
    assert values(LABEL, *good) == list(good)
    assert values(LABEL, "=A1", "a,b", "x" * 41, "a\nb", "<b>") == [NO_TEXT] * 5


def test_an_empty_column_is_missing():
    for field in (NUMBER, WHOLE, DAY, LABEL, CHOICE):
        assert values(field, None, None) == [None, None]
