"""What two selections differ in, and one step from one of them to the other."""

import pytest

from analytics.selection.differences import Choice, differences, with_choice
from analytics.selection.parameter import Page
from analytics.selection.parameters import PARAMETERS
from analytics.selection.parse import from_search


def between(one, other, page=Page.INDICATORS):
    return differences(from_search(one), from_search(other), page)


def test_selections_that_are_the_same_differ_in_nothing():
    assert between("band=beginner&k=3", "k=3&band=beginner") == ()


def test_each_choice_is_said_in_words():
    found = between("model=2021&years=2013-2016", "model=2025&years=2014-2019&with-pilots=1")
    assert [(one.label, one.one, one.other) for one in found] == [
        ("Neighbour list", "April 2021", "May 2025"),
        ("Other pilots", "No", "Yes"),
        ("Years", "2012/13 to 2015/16", "2013/14 to 2018/19"),
    ]


def test_bands_and_pilots_are_one_choice():
    [one] = between("band=beginner", "pilots=E10000020")
    assert one.names == ("band", "pilots")
    assert (one.one, one.other) == ("4 pilots (beginners)", "Norfolk")


def test_what_a_page_does_not_follow_does_not_count():
    assert between("item=use_mapping", "") == ()
    assert between("pilots=E10000020", "pilots=E08000036", Page.FAMILIES) == ()
    [one] = between("fte=2", "", Page.COSTS)
    assert one.names == ("fte",)
    assert one.one == "2"
    assert between("social-workers=300", "", Page.COSTS)[0].other == "not set"


@pytest.mark.parametrize("page", Page)
def test_every_page_tells_its_own_parameters_apart(page):
    every = (
        "band=beginner&compare=england&model=2025&k=3&average=median&with-pilots=1&years=2014-2019"
        "&vintage=first&adjust=none&margin=20&area=E08000035&indicator=s47_rate&item=use_mapping"
    )
    named = {name for one in between(every, "", page) for name in one.names}
    assert named == {name for name in _names(every) if page in PARAMETERS[name].pages} | (
        {"pilots"} if page in PARAMETERS["pilots"].pages else set()
    )


def _names(query):
    return {part.partition("=")[0] for part in query.split("&")}


def test_a_step_changes_one_choice_and_keeps_the_rest():
    one, other = from_search("band=beginner&k=3"), from_search("pilots=E08000036&model=2025")
    steps = [
        with_choice(one, other, choice).to_query()
        for choice in differences(one, other, Page.INDICATORS)
    ]
    assert steps == [
        from_search("pilots=E08000036&k=3").to_query(),
        from_search("band=beginner&k=3&model=2025").to_query(),
        from_search("band=beginner").to_query(),
    ]


def test_all_steps_together_lead_to_the_other():
    one = from_search("band=beginner&k=3&years=2013-2015")
    other = from_search("compare=england&adjust=holm&fte=2")
    step = one
    for choice in differences(one, other, Page.COSTS):
        step = with_choice(step, other, choice)
    assert step == other


def test_a_step_that_cannot_be_chosen_alone_is_no_step():
    one, other = (
        from_search("model=2021&average=median"),
        from_search("model=2025&weights=closeness"),
    )
    weights = Choice(names=("weights",), label="", one="", other="")
    assert with_choice(one, other, weights) == one
