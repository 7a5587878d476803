"""A reader's own group is a programme like that of a file, and says nothing that is not so."""

import csv
import re
from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from data.programmes.check import AUTHORITIES, check, years_held
from data.programmes.group import TYPES, UNNAMED, Group, programme_of, starts
from data.programmes.read import ROOM, read
from data.programmes.settings import ProgrammeError, Settings

FOUR = ("E06000023", "E06000041", "E08000036", "E10000016")
PLAIN = Group(bands=(("", FOUR),), start=2019, name="Family Futures")
BANDED = Group(bands=(("New", FOUR[:2]), ("Settled", FOUR[2:])), start=2019)


def test_the_councils_start_and_name_are_those_given():
    found = programme_of(PLAIN)
    assert tuple(one.code for one in found.pilots) == FOUR == PLAIN.codes
    assert [one.name for one in found.pilots] == [
        "Bristol, City of", "Wokingham", "Wakefield", "Kent",
    ]  # fmt: skip
    assert (found.name, found.many) == ("Family Futures", "four")
    assert (found.start, found.first_after, found.last_before) == (date(2018, 4, 1), 2019, 2018)


@pytest.mark.parametrize("start", starts())
def test_the_window_is_up_to_four_years_before_and_every_year_after(start):
    first, last = years_held()
    found = programme_of(replace(PLAIN, start=start))
    assert found.window[1] == last
    assert found.window[0] == start - min(4, start - first)
    before = [year for base in found.bases for year in base]
    assert found.bases[-1] == (start - 1,)
    assert found.bases[0] == ((start - 2, start - 1) if start - 2 >= first else (start - 1,))
    assert first <= min(before)
    check(Settings(file="of a group", held={}), found)


def test_a_start_without_figures_on_both_sides_is_refused():
    first, last = years_held()
    assert (starts()[0], starts()[-1]) == (first + 1, last - 1)
    for start in (first, last, last + 1):
        with pytest.raises(ProgrammeError, match=rf"found {start}"):
            programme_of(replace(PLAIN, start=start))


@pytest.mark.parametrize(
    ("bands", "said"),
    [
        ((), "bands"),
        ((("", ("E06000023", "E06000023")),), "2 times"),
        ((("", ("E99000001",)),), "E99000001"),
        ((("New", FOUR[:2]), ("New", FOUR[2:])), "2 times"),
        ((("New", FOUR), ("Empty", ())), "at least one pilot"),
    ],
)
def test_a_group_that_contradicts_itself_is_refused(bands, said):
    with pytest.raises(ProgrammeError, match=said):
        programme_of(Group(bands=bands, start=2019))


def test_a_group_without_bands_is_one_band():
    [band] = programme_of(PLAIN).bands
    assert band.label == "All councils of the group"
    assert {one.band for one in programme_of(PLAIN).pilots} == {band.key}


def test_bands_keep_their_order_and_their_labels():
    found = programme_of(BANDED)
    assert [one.label for one in found.bands] == ["New", "Settled"]
    assert found.band_keys == ("band-new", "band-settled")
    assert [one.band for one in found.pilots] == [
        "band-new", "band-new", "band-settled", "band-settled",
    ]  # fmt: skip
    assert [one.experience for one in found.pilots] == ["New", "New", "Settled", "Settled"]


@pytest.mark.parametrize(
    "labels",
    [("New", "new!"), ("新", "旧"), ("A 2", "A", "a"), ("1", "2"), ("x" * 40, "x" * 40 + "y")],
)
def test_bands_of_any_labels_have_keys_that_can_stand_in_an_address(labels):
    bands = tuple((label, (code,)) for label, code in zip(labels, FOUR, strict=False))
    keys = programme_of(Group(bands=bands, start=2019)).band_keys
    assert len(set(keys)) == len(labels)
    assert all(re.fullmatch(r"band-[a-z0-9-]+", key) for key in keys)


def test_groups_are_the_same_programme_only_where_all_of_them_is_the_same():
    others = [
        replace(PLAIN, start=2020),
        replace(PLAIN, name=""),
        replace(PLAIN, bands=(("", FOUR[:3]),)),
        replace(PLAIN, bands=(("New", FOUR),)),
        BANDED,
    ]
    made = {programme_of(one) for one in (PLAIN, *others)}
    assert len(made) == 1 + len(others)
    assert programme_of(replace(PLAIN)) == programme_of(PLAIN)
    assert programme_of(PLAIN) != read(ROOM / "signs_of_safety.toml")


def test_every_authority_has_a_type_and_can_be_in_a_group():
    with AUTHORITIES.open(encoding="utf-8", newline="") as lines:
        codes = [row["code"] for row in csv.DictReader(lines)]
    found = programme_of(Group(bands=(("", tuple(codes)),), start=2019))
    assert {one.authority_type for one in found.pilots} == set(TYPES.values())
    assert all(one.name != one.code for one in found.pilots)


@pytest.mark.parametrize(("group", "start"), [*product((PLAIN, BANDED), (2016, 2023))])
def test_nothing_is_claimed_of_a_group_that_only_an_evaluation_could_say(group, start):
    found = programme_of(replace(group, start=start))
    assert not found.claims
    assert not any((found.evaluation.claims, found.evaluation.summary, found.evaluation.named))
    assert not any((found.evaluation.tables, found.evaluation.records, found.later.publication))
    assert "own" in found.sentences.not_official_of
    assert "were not checked" in found.table.notes[0]
    assert ("COVID-19" in found.sentences.since) == (start == 2016)
    assert bool(found.sentences.bands) == (group is BANDED)


def test_a_group_without_a_name_is_called_your_programme():
    assert programme_of(BANDED).name == UNNAMED == "your programme"


def test_the_table_of_councils_is_written_as_that_of_a_file():
    rows = list(csv.DictReader(programme_of(BANDED).pilots_csv().decode().splitlines()))
    assert [row["code"] for row in rows] == list(FOUR)
    assert rows[0] == {
        "code": "E06000023",
        "name": "Bristol, City of",
        "band": "band-new",
        "authority_type": "Unitary authority",
        "experience": "New",
    }
