"""The fields of the cost card: what is understood, what is refused, how an address keeps them."""

import pytest

from analytics.address import from_search
from analytics.cost_inputs import INPUTS, Costs, UnusableError
from analytics.selection import Selection

SHARED = (
    "?fte=0.5&annual-cost=61500&on-costs=27.5&cost-years=2&training-people=150&training-days=3"
    "&day-cost=310&caseload=18.2&swing=10"
)

BAD = [
    "abc", "-1", "−5", "1e999", "1e3", "nan", "inf", "NaN", "٣", "1.2.3", "0x10", "1;2", "--", "£",
    "%", "<b>1</b>", "999999999999", "1" * 200, "1,5x", "½", "+3", "1_000",
]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "value"),
    [("2", 2), (" 2.5 ", 2.5), ("£1,500", 1500), ("1 500", 1500), ("30%", 30), (".5", 0.5),
     ("007", 7), ("", None), ("   ", None)],
)  # fmt: skip
def test_what_people_type_is_understood(typed, value):
    assert INPUTS["day-cost"].read(typed) == value


@pytest.mark.parametrize("key", INPUTS)
@pytest.mark.parametrize("typed", BAD)
def test_what_cannot_be_used_is_refused_and_kept(key, typed):
    with pytest.raises(UnusableError, match=r"^Found “.*”; wanted a number from "):
        INPUTS[key].read(typed)
    selection = from_search("?" + "&".join([f"{key}={_quoted(typed)}", "band=beginner"]))
    (fault,) = selection.faults
    assert fault.name == key
    assert fault.typed == typed[:120]
    assert len(fault.message) < 160
    assert selection.costs == Costs()
    assert selection.to_query() == "?band=beginner"
    assert not selection.notices


def _quoted(typed):
    from urllib.parse import quote  # noqa: PLC0415 (only here)

    return quote(typed, safe="")


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
        0.5, 61_500, 27.5, 2, 150, 3, 310, 18.2, 10,
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
        assert "Published" in one.source or "Official" in one.source or "yours to set" in one.source
        assert (one.start is None) == bool(one.blank)
        assert one.start is None or one.low <= one.start <= one.high


def test_a_value_that_is_never_blank_is_always_there():
    assert Costs().using("fte") == 1
    with pytest.raises(LookupError, match="caseload"):
        Costs().using("caseload")


def test_words_say_what_is_in_use():
    assert Costs().words == (
        "1 FTE at £50,000 + 30 % for 1 year; every social worker trained for 5 days at £250"
    )
    assert "150 trained for 3 days at £310" in from_search(SHARED).costs.words
