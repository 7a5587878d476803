"""Addresses that people link to: their spelling, and the nearest selection to a damaged one."""

from urllib.parse import parse_qs

import pytest

from analytics.selection.parse import LONGEST_QUERY, MOST_PARAMETERS, from_query, from_search
from analytics.selection.selection import HOME, Selection

BEGINNER = HOME.band("beginner")
PLAIN = Selection()


@pytest.mark.parametrize(
    "query",
    [
        "?band=beginner",
        "?band=beginner,two-years",
        "?band=two-years,over-two",
        "?pilots=E06000023,E09000005",
        "?compare=region",
        "?compare=england",
        "?compare=pilots",
        "?model=2021",
        "?model=2025",
        *(f"?k={k}" for k in range(1, 10)),
        "?average=median",
        "?with-pilots=1",
        "?years=2013-2020",
        "?years=2012-2025",
        "?years=2016-2016",
        "?vintage=first",
        "?adjust=none",
        "?adjust=bh",
        "?adjust=holm",
        "?evidence=real",
        "?area=E08000035",
        "?indicator=cpp_start_rate",
        "?band=beginner&compare=england&k=5&average=median&years=2014-2016&area=E08000035",
    ],
)
def test_released_addresses_keep_their_spelling(query: str):
    found = from_search(query)
    assert not found.notices
    assert found != PLAIN
    assert found.to_query() == query
    assert found.to_pairs() == {name: one for name, [one] in parse_qs(query[1:]).items()}


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?",
        "?band=beginner,two-years,over-two",
        "?compare=neighbours",
        "?model=pre-2021",
        "?k=10",
        "?average=mean",
        "?with-pilots=0",
        "?years=2013-2016",
        "?vintage=preferred",
        "?adjust=max-t",
        "?evidence=all",
        "?area=",
        "?indicator=icpc_rate",
    ],
)
def test_a_default_spelled_out_is_the_default_without_a_notice(query: str):
    found = from_search(query)
    assert found == PLAIN
    assert not found.notices
    assert not found.to_query()


def test_the_order_of_words_and_parameters_does_not_matter():
    one = from_search("?band=beginner,over-two&k=3&pilots=E06000023,E10000018")
    other = from_search("?pilots=E10000018,E06000023&k=3&band=over-two,beginner,beginner")
    assert one == other
    assert one.to_query() == other.to_query()


def test_the_path_may_hold_the_indicator():
    found = from_search("?indicator=s47_rate&k=3")
    assert found.to_query(without=("indicator",)) == "?k=3"


def test_every_pilot_of_the_bands_is_no_choice_of_pilots():
    codes = ",".join(pilot.code for pilot in PLAIN.chosen if pilot.band == BEGINNER)
    assert from_search(f"?band=beginner&pilots={codes}").to_query() == "?band=beginner"


def test_a_pilot_outside_the_bands_gives_the_bands_and_a_notice():
    found = from_search("?band=beginner&pilots=E09000005")
    assert found == from_search("?band=beginner")
    assert len(found.notices) == 1


def test_a_pilot_left_out_because_of_its_band_is_said():
    found = from_search("?band=beginner&pilots=E09000005,E06000023")
    assert found == from_search("?band=beginner&pilots=E06000023")
    assert len(found.notices) == 1


def test_a_band_that_is_not_one_leaves_the_others():
    found = from_search("?band=beginner,novice")
    assert found.bands == (BEGINNER,)
    assert "novice" in found.notices[0]


def test_the_good_part_of_a_damaged_address_is_used():
    found = from_search("?k=5&average=mode&colour=red&years=2014-2016")
    assert found == from_search("?k=5&years=2014-2016")
    assert len(found.notices) == 2


def test_the_first_of_a_repeated_parameter_is_used_with_a_notice():
    for found in (from_search("?k=3&k=4"), from_query({"k": ["3", "4"]})):
        assert found.k == 3
        assert len(found.notices) == 1
        assert "k" in found.notices[0]


def test_a_value_given_twice_is_no_fault_of_the_address():
    found = from_search("?k=3&k=3&years=2014-2016&years=2014-2016)")
    assert found == from_search("?k=3&years=2014-2016")
    assert not found.notices
    assert ["is given more than once" in said for said in found.said] == [True, True]


def test_an_unknown_parameter_given_twice_is_not_said_to_be_used():
    notices = from_search("?colour=red&colour=blue").notices
    assert not any("is used" in notice for notice in notices)
    assert len(notices) == 1


def test_an_oversized_address_is_not_read():
    found = from_search("?k=3&x=" + "y" * LONGEST_QUERY)
    assert found == PLAIN
    assert len(found.notices) == 1


def test_only_the_first_parameters_are_read():
    many = {f"x{n}": "1" for n in range(MOST_PARAMETERS)}
    found = from_query({**many, "k": "3"})
    assert found == PLAIN
    assert str(MOST_PARAMETERS) in found.notices[-1]
    assert from_query({"k": "3", **many}).k == 3


def test_one_notice_is_given_once():
    notices = from_search("?k=0&k=0&model=x").notices
    assert len(notices) == len(set(notices))
