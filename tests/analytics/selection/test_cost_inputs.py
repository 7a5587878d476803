"""The fields of the cost card: what is understood, what is refused, how an address keeps them."""

from urllib.parse import quote, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.selection.cost_input import UnusableError
from analytics.selection.cost_inputs import INPUTS, Costs
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME, Selection

SHARED = (
    "?fte=0.5&annual-cost=61500&on-costs=27.5&cost-years=2&social-workers=212.4"
    "&training-people=150&training-days=3&day-cost=310&caseload=18.2&swing=10"
)

BAD = [
    "abc", "-1", "−5", "1e999", "1e3", "nan", "inf", "NaN", "٣", "1.2.3", "0x10", "1;2", "--", "£",
    "%", "<b>1</b>", "999999999999", "1" * 200, "1,5x", "½", "+3", "1_000",
    "1,5", "1,50", "12,00", "1.234,5", "1.500", "1'500",
]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "value"),
    [("2", 2), (" 2.5 ", 2.5), ("£1,500", 1500), ("1 500", 1500), ("1\u00a0500", 1500),
     ("£2k", 2000), ("£1,500.50", 1500.5), (".5", 0.5),
     ("007", 7), ("", None), ("   ", None)],
)  # fmt: skip
def test_what_people_type_is_understood(typed, value):
    assert INPUTS["day-cost"].read(typed) == value


@pytest.mark.parametrize("key", INPUTS)
@pytest.mark.parametrize("typed", BAD)
def test_what_cannot_be_used_is_refused_and_kept(key, typed):
    with pytest.raises(UnusableError, match=r"^Found “.*”; expected (nothing or )?a number from "):
        INPUTS[key].read(typed)
    selection = from_search(f"?{key}={quote(typed, safe='')}&band=beginner")
    (fault,) = selection.faults
    assert fault.name == key
    assert fault.typed == typed[:120]
    assert len(fault.message) < 160
    assert selection.costs == Costs()
    assert selection.to_query() == "?band=beginner"
    assert not selection.notices


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(sorted(INPUTS)), st.floats(0, 1))
def test_a_field_shows_all_of_what_is_used(key: str, share: float):
    one = INPUTS[key]
    typed = f"{one.low + share * (one.high - one.low):.9f}"
    selection = from_search(f"?{key}={typed}")
    value = selection.costs.value(key)
    assert value == pytest.approx(float(typed), abs=1e-6)
    shown = selection.costs.shown(key)
    assert from_search(f"?{key}={shown}") == selection  # as it is sent with every other change
    assert from_search(selection.to_query()) == selection
    assert from_search(selection.to_query()).to_query() == selection.to_query()


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("0.125", "0.125"), ("1/8", None), ("0.12345678901", "0.123457"), ("5.", "5"),
     ("12.50", "12.5"), ("1,234.5", None), ("0.0000001", "0")],
)  # fmt: skip
def test_decimals_are_kept_as_far_as_they_count(typed, shown):
    if shown is None:
        with pytest.raises(UnusableError):
            INPUTS["fte"].read(typed)
    else:
        assert Costs().setting("fte", INPUTS["fte"].read(typed)).shown("fte") == shown


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [("annual-cost", "50\u00a0000", 50_000), ("annual-cost", "£50k", 50_000),
     ("annual-cost", "£50,000.00", 50_000), ("annual-cost", "50\u202f000", 50_000),
     ("annual-cost", "£0.05m", 50_000), ("on-costs", "27.5 %", 27.5), ("swing", "10%", 10)],
)  # fmt: skip
def test_what_is_pasted_from_a_letter_or_a_sheet_is_read(key, typed, value):
    assert INPUTS[key].read(typed) == value
    assert not from_search(f"?{urlencode({key: typed})}").faults


@pytest.mark.parametrize(
    ("key", "typed", "example"),
    [("fte", "1,5", "1.5"), ("day-cost", "250,00", "250.00"), ("annual-cost", "1.234,5", "1,234.5"),
     ("annual-cost", "50.000", "50,000 or 50.00"), ("caseload", "16,5", "16.5"),
     ("day-cost", "5%", "187.50"), ("fte", "£3", "1.5"), ("annual-cost", "5e4", "50,000"),
     ("training-people", "٣٠٠", "150")],
)  # fmt: skip
def test_what_could_be_another_number_is_refused_with_an_example(key, typed, example):
    with pytest.raises(UnusableError) as refused:
        INPUTS[key].read(typed)
    assert f"“{typed}”" in str(refused.value)
    assert str(refused.value).endswith(f"{example}.")


@pytest.mark.parametrize("one", INPUTS.values(), ids=lambda one: one.key)
def test_an_example_is_itself_accepted(one):
    assert one.read(one.example) is not None


def test_pounds_with_three_decimals_survive_the_field_and_the_address():
    costs = Costs().setting("day-cost", 78.125)
    assert INPUTS["day-cost"].read(costs.shown("day-cost")) == 78.125
    assert from_search(f"?day-cost={costs.spelled('day-cost')}").costs == costs


ODD_TEXT = st.text(max_size=60) | st.text(alphabet="0123456789.,£%-+eE <>&;'\"x٣½", max_size=30)


@settings(deadline=None, max_examples=400)
@given(st.sampled_from(sorted(INPUTS)), ODD_TEXT)
def test_whatever_is_typed_is_a_value_or_a_fault_and_never_both(key: str, typed: str):
    selection = from_search(f"?{urlencode({key: typed}, errors='replace')}")
    assert not selection.notices
    assert len(selection.faults) <= 1
    for fault in selection.faults:
        assert selection.costs == Costs()
        assert fault.message.isprintable()
        assert len(fault.message) < 160
    value = selection.costs.value(key)
    assert value is None or INPUTS[key].low <= value <= INPUTS[key].high
    again = from_search(selection.to_query())
    assert again == selection
    assert not again.faults


def test_of_a_repeated_field_the_first_is_used_with_a_notice():
    selection = from_search("?fte=2&fte=abc")
    assert selection.costs.value("fte") == 2
    assert not selection.faults
    assert len(selection.notices) == 1


@pytest.mark.parametrize("key", INPUTS)
def test_the_ends_are_accepted_and_beyond_them_not(key):
    one = INPUTS[key]
    assert one.read(f"{one.low:g}") == one.low
    assert one.read(f"{one.high:.0f}") == one.high
    with pytest.raises(UnusableError):
        one.read(f"{one.high * 1.01 + 1:.2f}")


def test_an_address_keeps_every_field():
    selection = from_search(SHARED)
    assert not selection.faults
    assert not selection.notices
    assert selection.to_query() == SHARED
    assert [selection.costs.value(key) for key in INPUTS] == [
        0.5, 61_500, 27.5, 2, 212.4, 150, 3, 310, 18.2, 10,
    ]  # fmt: skip
    assert from_search(selection.to_query()) == selection


def test_the_start_is_no_part_of_the_address():
    start = "&".join(f"{one.key}={one.start:g}" for one in INPUTS.values() if one.start is not None)
    assert from_search(f"?{start}") == Selection()
    assert from_search(f"?{start}").to_query() == ""


def test_a_field_emptied_goes_back_to_its_start():
    costs = Costs().setting("fte", 3).setting("caseload", 12)
    assert costs.setting("fte", None).setting("caseload", None) == Costs()
    assert costs.value("fte") == 3
    assert costs.shown("caseload") == "12"
    assert Costs().shown("caseload") == ""


def test_the_order_of_setting_does_not_matter():
    one = Costs().setting("swing", 5).setting("fte", 2)
    assert one == Costs().setting("fte", 2).setting("swing", 5)
    assert hash(one) == hash(Costs().setting("fte", 2).setting("swing", 5))


def test_every_assumption_has_a_source_or_is_yours():
    for one in INPUTS.values():
        source = one.source_under(HOME)
        assert any(words in source for words in ("Published", "Official", "yours to set"))
        assert (one.start is None) == bool(one.blank)
        assert one.start is None or one.low <= one.start <= one.high


def test_a_value_that_is_never_blank_is_always_there():
    assert Costs().using("fte") == 1
    with pytest.raises(LookupError, match="caseload"):
        Costs().using("caseload")


def test_words_say_what_is_in_use():
    assert Costs().label == (
        "1 FTE at £50,000 + 30% for 1 year; every social worker trained for 5 days at £250"
    )
    assert "150 trained for 3 days at £310" in from_search(SHARED).costs.label
