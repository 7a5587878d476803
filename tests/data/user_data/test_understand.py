"""Words as values: what is understood, and that nothing else is guessed."""

import numpy as np
import pandas as pd

from data.microdata.record import Field, FieldKind
from data.user_data.understand import NO_NUMBER, NO_TEXT, understood


def values(field: Field, *words: str | None, commas: bool = False) -> list[object]:
    cells = pd.Series([*words], dtype="str", index=range(2, len(words) + 2))
    found = understood(cells, field, commas=commas).held
    assert list(found.index) == list(cells.index)
    return [None if pd.isna(one) else one for one in found]


NUMBER = Field(name="n", label="N", kind=FieldKind.NUMBER, minimum=0, maximum=9)
WHOLE = Field(name="w", label="W", kind=FieldKind.WHOLE, minimum=0, maximum=9)
DAY = Field(name="d", label="D", kind=FieldKind.DATE)
LABEL = Field(name="l", label="L", kind=FieldKind.LABEL)
CHOICE = Field(name="c", label="C", kind=FieldKind.CHOICE, allowed=("Not at all", "Yes"))


def test_numbers():
    assert values(NUMBER, "1", "-2.5", "+.5", "3.", "1e-2", None) == [1, -2.5, 0.5, 3, 0.01, None]
    wrong = ("1,5", "1 000", "1,000", "ten", "12a", "inf", "0x1", "١", "1_0", "--1", "£1")
    assert values(NUMBER, *wrong) == [NO_NUMBER] * len(wrong)


def test_a_number_too_large_to_hold_is_no_number():
    assert values(NUMBER, "1e999") == [np.inf]


def test_whole_numbers():
    assert values(WHOLE, "3", "3.0", "-1", "2.5", "three") == [3, 3, -1, NO_NUMBER, NO_NUMBER]


def test_decimal_commas_where_the_file_may_have_them_and_one_mark_a_column():
    assert values(NUMBER, "1,5", "2", commas=True) == [1.5, 2]
    assert values(NUMBER, "1.5", "2", commas=True) == [1.5, 2]
    assert values(NUMBER, "1,5", "1.234", "1.234,5", commas=True) == [1.5, NO_NUMBER, NO_NUMBER]


def test_choices_match_by_letters_and_single_spaces():
    same = ("NOT AT ALL", "not  at all", "Not at\nall", "not-at-all", "Not\u00a0at all",
            "Not\u2011at\u2011all", "Not at\u200b all", "Ｎot at all", "not_at_all")  # fmt: skip
    assert values(CHOICE, *same) == ["Not at all"] * len(same)
    assert values(CHOICE, "yes", "Y", "notatall", None) == ["Yes", NO_TEXT, NO_TEXT, None]


def test_labels():
    good = ("A-1", "Zoë_2", "a b.c", "x" * 60, "Bristol, City of", "Bath & North East Somerset",
            "Hammersmith/Fulham", "King's Lynn", "St. Helens", "Tower Hamlets (LBTH)")  # fmt: skip
    assert values(LABEL, *good) == list(good)
    wrong = ("=A1", "+44", "-1", "@x", "'=1", "x" * 61, "<b>", "a;b")
    assert values(LABEL, *wrong) == [NO_TEXT] * len(wrong)


def test_labels_that_look_alike_become_one():
    words = ("King’s Lynn", "King's\u00a0Lynn", "King's Lynn\u200b", "Ｋing`s  Lynn")
    assert set(values(LABEL, *words)) == {"King's Lynn"}


def test_points_in_words():
    point = Field(name="p", label="P", kind=FieldKind.WHOLE, minimum=1, maximum=2, counted=True)
    once = ("1", "1.0", "Wave 1", "wave1", "T1", "Time 1", "W1", "first", "1st", "First interview",
            "Baseline", "one", "Time point 1")  # fmt: skip
    assert values(point, *once) == [1] * len(once)
    assert values(point, "Wave 2", "follow-up", "second wave") == [2, 2, 2]
    assert values(point, "Wave two-ish", "11th", "Class 1") == [NO_NUMBER] * 3
    assert values(WHOLE, "Wave 1") == [NO_NUMBER]


def test_no_answer_is_counted_and_never_taken_for_one():
    silent = ["N/A", "n/a", "NA", "-", "–", ".", "..", "?", "Prefer not to say", "NULL",
              "Don’t know", "Not applicable", "not  answered", "None", "#N/A"]  # fmt: skip
    for kind in (NUMBER, WHOLE, DAY, CHOICE, LABEL):
        found = understood(pd.Series([*silent, "N/A"]), kind, commas=False)
        assert found.held.isna().all()
        assert found.nothing == {word: 1 + (word == "N/A") for word in silent}
    unsure = Field(
        name="u", label="U", kind=FieldKind.CHOICE, allowed=("yes", "don't know", "none")
    )
    assert values(unsure, "Don’t know", "None", "n/a") == ["don't know", "none", None]


def test_numbers_that_are_codes_are_said_to_look_like_one():
    found = understood(pd.Series(["99", "-9", "12", "3"]), NUMBER, commas=False)
    assert set(found.expected) == {"99", "-9"}
    assert "99 looks like a code for no answer" in found.expected["99"]
    for field in (CHOICE, DAY):
        expected = understood(pd.Series(["-9", "soon"]), field, commas=False).expected
        assert "-9 looks like a code for no answer" in expected["-9"]
        assert "code" not in expected.get("soon", "")


def test_an_empty_column_is_missing():
    for field in (NUMBER, WHOLE, DAY, LABEL, CHOICE):
        assert values(field, None, None) == [None, None]
