"""Numbers as they are typed or pasted: one reading, or none."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analytics.selection.typed_number import meant, read_number


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1500", 1500), ("1,500", 1500), ("1 500", 1500), ("12,345,678", 12_345_678),
        ("1,234.5", 1234.5), ("1 234.5", 1234.5), ("50k", 50_000), ("50 K", 50_000),
        ("1.5m", 1_500_000), ("2.75k", 2_750), (".5", 0.5), ("0.500", 0.5), ("5.", 5),
        ("50\u00a0000", 50_000), ("50\u202f000", 50_000), ("50\u2009000", 50_000),
        ("\u00a050,000\u00a0", 50_000), ("1234.567", 1234.567),
    ],
)  # fmt: skip
def test_plain_numbers_are_read(typed, value):
    assert read_number(typed) == value


@pytest.mark.parametrize(
    "typed",
    ["", " ", ".", "1,5", "1,50", "12,00", "0,500", "0 500", "1.234,5", "1.234.567", "1,234,5",
     "1,23,456", "12 34", "1  500", "1'500", "1e3", "-5", "−5", "+5", "٣", "٥٠", "５０", "½", "k",
     "5%", "£5", "5kk", "5 k k", "1,5k", "50.000", "1.500", "0x10", "nan", "inf", "1_000"],
)  # fmt: skip
def test_what_could_be_two_numbers_or_is_none_is_refused(typed):
    assert read_number(typed) is None


def test_pounds_and_per_cent_are_read_only_where_they_are_meant():
    assert read_number("£50,000.00", pounds=True) == 50_000
    assert read_number("£ 1.5m", pounds=True) == 1_500_000
    assert read_number("£50k", pounds=True) == 50_000
    assert read_number("30\u00a0%", per_cent=True) == 30
    assert read_number("30%", pounds=True) is None
    assert read_number("£30", per_cent=True) is None


def test_thousands_with_a_point_are_never_read_as_pounds_and_tenths_of_a_penny():
    assert read_number("61.125", pounds=True) is None
    assert meant("61.125", pounds=True) == "61,125 or 61.12"
    assert read_number("61.125") == 61.125
    assert read_number("61.1250", pounds=True) == 61.125


@pytest.mark.parametrize(
    ("typed", "said"),
    [("1,5", "1.5"), ("12,00", "12.00"), ("1.234,5", "1,234.5"), ("1 234,5", "1,234.5"),
     ("0,500", "0.500"), ("50.000", "50,000 or 50.00"), ("lots", ""), ("1,234,5", "")],
)  # fmt: skip
def test_what_was_probably_meant_is_said(typed, said):
    assert meant(typed) == said


@example("12,345.50")
@example("2.5k")
@given(st.text(max_size=12) | st.text(alphabet="0123456789., £%kKmM\u00a0\u202f'-", max_size=10))
def test_a_number_that_is_read_holds_the_figures_typed_and_no_others(typed: str):
    for pounds in (False, True):
        value = read_number(typed, pounds=pounds, per_cent=not pounds)
        if value is None:
            continue
        digits = "".join(letter for letter in typed if letter.isdecimal() or letter == ".")
        size = 1_000 if "k" in typed.lower() else 1_000_000 if "m" in typed.lower() else 1
        assert value == pytest.approx(float(digits) * size)
        assert " or " not in meant(typed, pounds=pounds, per_cent=not pounds)


@given(st.integers(0, 999_999), st.integers(1, 99))
def test_a_decimal_comma_is_never_read(whole: int, decimals: int):
    typed = f"{whole},{decimals}"
    assert read_number(typed) is None
    assert read_number(meant(typed)) == pytest.approx(float(f"{whole}.{decimals}"))
