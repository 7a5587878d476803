"""A permanent link spells every parameter of its page, and means the same selection."""

from dataclasses import replace
from urllib.parse import parse_qs

import pytest

from analytics.selection.parameter import Page
from analytics.selection.parameters import PARAMETERS
from analytics.selection.parse import LONGEST_QUERY, from_search
from data.releases.release import releases

SELECTIONS = (
    "", "?band=beginner&with-pilots=1&area=E09000012&years=2014-2015&mark=icpc_rate",
    "?pilots=E09000012&compare=england&k=3&margin=5&fte=2", "?evidence=real&vintage=first",
)  # fmt: skip


@pytest.mark.parametrize("page", [*Page, None])
@pytest.mark.parametrize("query", SELECTIONS)
def test_a_permanent_link_means_the_selection_it_was_made_of(query, page):
    selection = from_search(query)
    link = selection.to_permalink(page)
    again = from_search(link)
    assert replace(again, release="") == selection.unmarked
    assert not again.said
    assert not again.faults
    assert len(link) < LONGEST_QUERY
    assert again.release == releases()[0].id


@pytest.mark.parametrize("page", Page)
def test_every_parameter_with_a_value_that_the_page_follows_is_spelled(page):
    spelled = parse_qs(from_search("").to_permalink(page).removeprefix("?"))
    followed = {name for name, one in PARAMETERS.items() if page in one.pages}
    left = followed - set(spelled)
    empty = {name for name in left if not any(PARAMETERS[name].values_of(from_search("")))}
    inputs = {name for name in left if PARAMETERS[name].fields == ("costs",)}
    assert left == empty | inputs
    assert set(spelled) <= followed | {"release"}


def test_a_link_is_in_the_one_order_of_parameters():
    spelled = [*parse_qs(from_search("?k=5").to_permalink(Page.OVERVIEW).removeprefix("?"))]
    assert spelled == [name for name in PARAMETERS if name in spelled]


def test_what_figures_follow_leaves_out_the_release():
    selection = from_search(f"?k=5&release={releases()[0].id}")
    assert selection.to_query().endswith(f"k=5&release={releases()[0].id}")
    assert selection.unmarked.to_query() == "?k=5"


@pytest.mark.parametrize("words", ["latest", "2026", "x" * 100])
def test_what_is_no_name_of_a_release_is_left_out_with_a_reason(words):
    selection = from_search(f"?release={words}")
    assert not selection.release
    assert "is not the name of a release" in selection.notices[0]
