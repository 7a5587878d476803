"""What a programme cannot be asked is said before any figure is looked at."""

import pytest

from analytics.evaluation.cannot_be_asked import what_cannot_be_asked
from analytics.evaluation.comparison import neighbours_of
from analytics.selection.places import authorities
from analytics.selection.selection import Selection
from data.load import load
from data.neighbour_lists import NEIGHBOUR_LISTS
from data.programmes.group import Group, programme_of
from data.sources.registry import NEIGHBOURS

CODES = {one.name: code for code, one in authorities().items()}
SIX = ("Kent", "Leeds", "Camden", "Plymouth", "Sunderland", "Cornwall")
COUNTIES = [one.name for code, one in authorities().items() if code[:3] == "E10" and one.current]


def asked(*names: str, start: int = 2019) -> list[str]:
    group = Group(bands=(("", tuple(CODES[name] for name in names)),), start=start)
    return list(what_cannot_be_asked(programme_of(group)))


def about(word: str, said: list[str]) -> str:
    [found] = [one for one in said if word in one]
    return found


def test_six_councils_apart_with_years_on_both_sides_can_be_asked_everything():
    assert asked(*SIX) == []


@pytest.mark.parametrize(("count", "least"), [(3, "0.250"), (4, "0.125"), (5, "0.062")])
def test_fewer_than_six_cannot_be_clear_of_chance(count, least):
    # By hand: of 2**n assignments of signs, two are as far out as all signs alike.
    assert f"{2 / 2**count:.3f}" == least
    assert f"cannot be below {least}" in about("chance", asked(*SIX[:count]))


def test_few_years_on_either_side_are_said():
    assert "one year" in about("Before", asked(*SIX, start=2014))
    assert "three years" in about("Before", asked(*SIX, start=2016))
    assert "two years with figures, to 2024/25" in about("From", asked(*SIX, start=2024))
    assert "three years" in about("lasted", asked(*SIX, start=2023))


def test_a_council_that_was_formed_or_abolished_is_named():
    said = asked(*SIX, "Dorset (pre-2019)", start=2019)
    gone = about("Dorset (to 2018/19)", said)
    assert "replaced in April 2019" in gone
    assert gone.endswith("Some of its years are missing.")
    said = asked(*SIX, "Cumbria", "Cumberland", start=2024)
    assert about("Cumbria (to 2022/23): replaced", said).endswith(
        "No change can be measured for it."
    )
    assert "Cumberland: formed in April 2023" in about("Cumberland: formed", said)


def test_that_another_list_is_first_shown_is_said():
    said = asked("Cumberland", "Westmorland and Furness", "North Northamptonshire", start=2024)
    oldest, newest = NEIGHBOUR_LISTS[0], NEIGHBOUR_LISTS[-1]
    words = about("first shown", said)
    assert f"list {oldest.in_use}" in words
    assert f"list {newest.in_use}" in words
    assert not [one for one in said if one.startswith("Not in the list")]


def test_councils_that_exist_on_one_side_alone_do_not_count_for_a_change():
    said = asked("Cumberland", "Westmorland and Furness", "Kent", start=2022)
    assert "Only 1 council of the group existed" in about("both sides", said)
    assert not [one for one in said if "chance" in one]


def test_bands_too_small_for_an_average_are_named_with_their_sizes():
    codes = tuple(CODES[name] for name in SIX)
    bands = (("New", codes[:1]), ("Settled", codes[1:3]), ("Old", codes[3:]))
    said = list(what_cannot_be_asked(programme_of(Group(bands=bands, start=2019))))
    assert about("band", said).endswith("New (1) and Settled (2).")
    alone = Group(bands=(("New", codes),), start=2019)
    assert what_cannot_be_asked(programme_of(alone)) == ()


def test_neighbours_inside_the_group_are_counted():
    table, plain = load(NEIGHBOURS), Selection(with_pilots=True)
    near = neighbours_of(CODES["Leeds"], table, plain)[:3]
    said = asked("Leeds", *(authorities()[code].name for code in near), *SIX[2:])
    assert "in the group are left out" in about("Similar", said)
    assert "fewer than five are left for" in about("Similar", asked(*COUNTIES))


def test_a_council_that_is_not_in_the_list_is_named_with_lists_that_may_have_it():
    said = about("Not in the list", asked(*SIX, "Cumberland", start=2019))
    assert "Cumberland; choose the list" in said


def test_a_group_of_all_counties_leaves_too_few_to_draw_from():
    assert "21 counties and leaves" in about("draw from", asked(*COUNTIES))
