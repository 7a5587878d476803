"""Councils are found by the names people write, and what is none is named with the nearest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.selection.council_names import code_of, nearest, read_names, written
from analytics.selection.group import read_group, spell_bands
from analytics.selection.places import authorities, place_name, renamed
from analytics.selection.selection import HOME

EVERY = list(authorities().values())


def names(text: str) -> list[str]:
    return [authorities()[code].label for code in read_names(text).codes]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Bristol", "Bristol"), ("Bristol, City of", "Bristol"), ("City of Bristol", "Bristol"),
        ("bristol city council", "Bristol"), ("Hull", "Kingston upon Hull"),
        ("Hull City Council", "Kingston upon Hull"), ("Durham", "County Durham"),
        ("Durham County Council", "County Durham"), ("Herefordshire, County of", "Herefordshire"),
        ("Saint Helens", "St. Helens"), ("St Helens MBC", "St. Helens"),
        ("London Borough of Camden", "Camden"), ("LB Camden", "Camden"),
        ("Royal Borough of Greenwich", "Greenwich"), ("City of London", "City of London"),
        ("Hammersmith & Fulham", "Hammersmith and Fulham"), ("Telford", "Telford and Wrekin"),
        ("Newcastle", "Newcastle upon Tyne"), ("East Cheshire", "Cheshire East"),
        ("BCP", "Bournemouth, Christchurch and Poole"), ("Notts", "Nottinghamshire"),
        ("Northants County Council", "Northamptonshire"), ("York", "York"),
        ("Richmond upon Thames", "Richmond upon Thames"), ("Dorset", "Dorset"),
        ("Bournemouth", "Bournemouth"), ("Westminster City Council", "Westminster"),
    ],
)  # fmt: skip
def test_a_council_is_found_by_what_people_call_it(typed, name):
    assert place_name(code_of(typed)) == name


@pytest.mark.parametrize(
    "typed",
    ["", " ", "London", "North East", "West Midlands", "Central", "Kingston", "Cheshire", "Wales",
     "Bedfordshire", "Council", "City", "E99000001", "<b>", "E92000001", "新"],
)  # fmt: skip
def test_what_is_no_council_or_more_than_one_is_not_guessed(typed):
    assert code_of(typed) == ""


def test_every_council_is_found_by_every_name_and_code_it_has():
    for one in EVERY:
        for typed in (one.label, one.label.upper(), one.code, one.code.lower(), one.name):
            assert code_of(typed) == one.code
    assert all(code_of(former) == held for former, held in renamed().items())


def test_a_name_that_two_councils_had_is_todays_with_a_remark():
    found = read_names("Dorset")
    assert authorities()[found.codes[0]].current
    [remark] = found.remarks
    assert "the former is “Dorset (to 2018/19)”" in remark
    assert read_names("Dorset (to 2018/19)").remarks == ()
    assert "was the code of Sheffield" in read_names("E08000019").remarks[0]


def test_the_nearest_names_are_offered():
    assert nearest("Wirrall") == ("Wirral",)
    assert nearest("Kingston")[:2] == ("Kingston upon Hull", "Kingston upon Thames")
    assert set(nearest("Cheshire")[:2]) == {"Cheshire East", "Cheshire West and Chester"}
    assert nearest("zzzzzz") == ()


@pytest.mark.parametrize("mark", ["\n", ",", ", ", ";", "\t", "\r\n", "\n\n", ",\n", " ; "])
def test_names_stand_between_line_ends_commas_semicolons_and_tabs(mark):
    assert names(mark.join(["Leeds", "Bristol, City of", "Kent"])) == ["Bristol", "Kent", "Leeds"]


def test_a_name_with_commas_is_one_council_where_all_of_it_is_written():
    whole = "Bournemouth, Christchurch and Poole"
    assert names(f"Kent, {whole}, Leeds") == [whole, "Kent", "Leeds"]
    assert len(names("Bournemouth, Poole")) == 2


def test_marks_of_lists_and_quotes_are_passed_over():
    assert names("• Leeds\n- Kent\n* “Bristol”\n  Hull  .") == [
        "Bristol", "Kent", "Kingston upon Hull", "Leeds",
    ]  # fmt: skip


def test_labels_of_bands_hold_until_the_next():
    found = read_names("New: Leeds, Kent\nBristol\nSettled:\nHull\nnew: Camden")
    labels = [(label, [place_name(code) for code in codes]) for label, codes in found.bands]
    assert labels == [
        ("New", ["Bristol", "Camden", "Kent", "Leeds"]), ("Settled", ["Kingston upon Hull"]),
    ]  # fmt: skip


def test_each_that_is_not_understood_is_named_once_and_none_is_lost():
    found = read_names("Leeds\nWirrall\nKent, Narnia\nWirrall")
    assert [one.typed for one in found.unknown] == ["Wirrall", "Narnia"]
    assert found.unknown[0].nearest == ("Wirral",)
    assert len(found.codes) == 2


def test_a_council_that_is_there_again_counts_where_it_was_first():
    found = read_names("New: Leeds\nOld: Leeds City Council, Kent")
    assert found.again == ("Leeds",)
    assert found.bands[0] == ("New", (code_of("Leeds"),))


@given(st.text(max_size=80))
def test_any_words_are_read_or_named(text):
    found = read_names(text)
    assert all(one.typed.isprintable() for one in found.unknown)
    assert set(found.codes) <= authorities().keys()


@given(st.lists(st.sampled_from(EVERY), min_size=3, max_size=30, unique=True), st.booleans())
def test_what_is_written_is_read_back_and_can_be_an_address(some, banded):
    codes = [one.code for one in some]
    halves = (("New", codes[:1]), ("Old", codes[1:])) if banded else (("", codes),)
    found = read_names(written(halves))
    assert set(found.codes) == set(codes)
    assert not found.unknown
    assert read_names(written(found.bands)).bands == found.bands
    assert read_group(spell_bands(found.bands), HOME).values == {"group": found.bands}
