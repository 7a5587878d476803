"""An address may spell a reader's own group: any of it is read, or refused by name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.selection.group import (
    FEWEST_COUNCILS,
    LONGEST_LABEL,
    LONGEST_NAME,
    MOST_BANDS,
    MOST_COUNCILS,
    canonical,
    plain_label,
    plain_text,
    read_group,
    read_named,
    read_start,
    spell_bands,
    spell_group,
    spell_named,
    spell_start,
)
from analytics.selection.parameter import Refused
from analytics.selection.parse import from_search
from analytics.selection.places import authorities, renamed
from analytics.selection.selection import HOME, Selection
from data.load import load
from data.neighbour_lists import NEIGHBOUR_LISTS
from data.programmes.group import Group, programme_of, starts
from data.sources.registry import NEIGHBOURS

CODES = sorted(authorities())
#: What means something to a page, a chart, a file, a spreadsheet or an address.
MARKUP = "<>&\"'`=+@|{}[]\\;:,#%\x00\x1b\u202e\u200b\n\t$_*~^"


def spelled(words: str) -> str:
    return spell_bands(read_group(words, HOME).values["group"])


def refusal(read, words: str) -> str:
    with pytest.raises(Refused) as refused:
        read(words, HOME)
    return refused.value.notice


def test_councils_are_in_order_of_name_whatever_order_they_are_given_in():
    reading = read_group("E06000041, e06000023 ,E08000036,", HOME)
    assert reading.values == {"group": (("", ("E06000023", "E08000036", "E06000041")),)}
    assert not (*reading.notices, *reading.remarks)
    assert spelled("E06000041,E06000023,E08000036") == "E06000023,E08000036,E06000041"


def test_bands_stay_in_the_order_given_and_bands_of_one_label_are_one():
    assert spelled("New:E06000041,E06000023;Old : E08000036;new:E10000016") == (
        "New:E06000023,E10000016,E06000041;Old:E08000036"
    )
    assert spelled("Only one:E06000041,E06000023,E08000036").startswith("Only one:")


def test_a_code_that_is_none_is_refused_by_name():
    said = refusal(read_group, "E06000023,E99000001,E08000036,<b>")
    assert "“E99000001” and “<b>”" in said
    assert "are not codes of an English authority" in said
    assert "“E92000001” is not the code" in refusal(read_group, "E92000001,E08000036,E06000023")


@pytest.mark.parametrize(("former", "held"), [*renamed().items()])
def test_a_former_code_is_taken_for_the_present_one_with_a_remark(former, held):
    reading = read_group(f"{former},E06000001,E06000002", HOME)
    assert held in reading.values["group"][0][1]
    [remark] = reading.remarks
    assert former in remark
    assert held in remark
    assert not reading.notices


def test_a_council_that_is_there_twice_counts_once_with_a_notice():
    reading = read_group("New:E06000023,E06000041,E06000023;Old:E08000036,E06000041", HOME)
    assert reading.values["group"] == (
        ("New", ("E06000023", "E06000041")), ("Old", ("E08000036",)),
    )  # fmt: skip
    assert [said.partition(" is in")[0] for said in reading.notices] == ["Bristol", "Wokingham"]
    assert all("once, in New" in said for said in reading.notices)
    twice = read_group("E08000039,E08000019,E06000001,E06000002", HOME)
    assert twice.notices[0].startswith("Sheffield is in the group more than once")


def test_a_band_without_a_council_is_left_out_with_a_notice():
    reading = read_group("New:E06000023,E06000041,E08000036;Empty:", HOME)
    assert [label for label, _ in reading.values["group"]] == ["New"]
    assert "Empty" in reading.notices[0]


@pytest.mark.parametrize(
    "words", ["New:E06000023;E06000041,E08000036", ":E06000023", "<>:E06000023"]
)
def test_a_band_without_a_label_is_refused(words):
    assert "no label" in refusal(read_group, words)


def test_too_few_and_too_many_councils_or_bands_are_refused_with_the_limits():
    for count in (0, FEWEST_COUNCILS - 1, MOST_COUNCILS + 1):
        said = refusal(read_group, ",".join(CODES[:count]))
        assert f"{FEWEST_COUNCILS} to {MOST_COUNCILS} councils; this one has {count}" in said
    for count in (FEWEST_COUNCILS, MOST_COUNCILS):
        [(_, codes)] = read_group(",".join(CODES[:count]), HOME).values["group"]
        assert len(codes) == count
    bands = [f"b{place}:{code}" for place, code in enumerate(CODES[: MOST_BANDS + 1])]
    assert f"at most {MOST_BANDS} bands" in refusal(read_group, ";".join(bands))
    assert len(read_group(";".join(bands[:-1]), HOME).values["group"]) == MOST_BANDS


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from(MARKUP)), max_size=90))
def test_any_words_are_made_plain_and_stay_as_they_are_then(words):
    for plain, most in (
        (plain_text(words, most=LONGEST_NAME), LONGEST_NAME),
        (plain_label(words), LONGEST_LABEL),
    ):
        assert len(plain) <= most
        assert not set(plain) & (set(MARKUP) - set("&',"))
        assert plain.isprintable()
        assert not plain or plain[0].isalnum() or plain[0] == "("
        assert plain_text(plain, most=most) == plain
    assert "," not in plain_label(words)
    assert read_named(words, HOME).values == {"named": plain_text(words, most=LONGEST_NAME)}


def test_a_name_that_had_to_be_changed_says_so():
    assert not read_named("  Our   group (2019) – Café & Co’s ", HOME).notices
    assert "“img srcx” here" in read_named("<img src=x>", HOME).notices[0]
    assert "longer than" in read_named("x" * 99, HOME).notices[0]
    assert "left out" in read_named("<>", HOME).notices[0]
    assert read_named("", HOME).values == {"named": ""}
    assert not read_named("", HOME).notices


LABELS = st.text(min_size=1, max_size=20).map(plain_label).filter(bool)


@given(
    st.lists(LABELS, min_size=1, max_size=MOST_BANDS, unique_by=str.casefold),
    st.lists(st.sampled_from(CODES), min_size=9, max_size=40, unique=True),
    st.sampled_from(starts()),
)
def test_what_is_spelled_is_read_back_and_is_a_programme(labels, codes, start):
    many = len(labels)
    bands = canonical((label, codes[place::many]) for place, label in enumerate(labels))
    reading = read_group(spell_bands(bands), HOME)
    assert reading.values == {"group": bands}
    assert not reading.notices
    assert len(programme_of(Group(bands=bands, start=start)).pilots) == len(codes)


def test_a_start_is_a_year_with_figures_on_both_sides():
    assert [read_start(str(year), HOME).values["start"] for year in starts()] == list(starts())
    assert "No figures are held before 2012/13" in refusal(read_start, "2013")
    assert "2024/25 is too late" in refusal(read_start, "2025")
    for words in ("", "soon", "20190", "2019 ", "٢٠١٩"):
        assert "is not a year from 2014 to 2024 (2014 is 2013/14)" in refusal(read_start, words)


def test_no_group_is_spelled_as_nothing():
    for spell in (spell_group, spell_start, spell_named):
        assert spell([HOME]) == ""


def test_a_group_is_a_programme_that_an_address_spells():
    asked = f"?group={','.join(CODES[:5])}&start=2019&named=Our+group"
    selection = from_search(asked)
    assert not selection.notices
    assert selection.programme.name == "Our group"
    assert [one.code for one in selection.chosen] == list(selection.programme.group.codes)
    assert (selection.first, selection.last) == selection.programme.window
    assert from_search(selection.to_query()) == selection
    assert from_search(f"{selection.to_query()}&k=5&band=none").programme == selection.programme


def test_a_group_is_first_compared_by_a_list_that_most_of_its_councils_are_in():
    table = load(NEIGHBOURS).frame
    in_list = {key: {*rows["code"].astype(str)} for key, rows in table.groupby("model")}
    oldest, *newer = (one.key for one in NEIGHBOUR_LISTS)
    formed = [code for code in CODES if authorities()[code].current and code not in in_list[oldest]]
    others = [code for code in CODES if code in in_list[oldest]][: len(formed)]
    assert len(formed) >= FEWEST_COUNCILS
    alone = from_search(f"?group={','.join(formed)}&start=2019")
    most = max(sum(code in in_list[key] for code in formed) for key in newer)
    assert alone.model.key == next(
        key for key in reversed(newer) if sum(code in in_list[key] for code in formed) == most
    )
    assert "model" not in alone.to_pairs()
    chosen = from_search(f"{alone.to_query()}&model={oldest}")
    assert chosen.to_pairs()["model"] == oldest
    assert from_search(chosen.to_query()) == chosen
    assert from_search(f"?group={','.join([*formed, *others])}&start=2019").model.key == oldest
    assert Selection() == Selection.of(HOME)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?start=2019", "A start and a name are of a group"),
        ("?named=Mine", "A start and a name are of a group"),
        (f"?group={','.join(CODES[:5])}", "A group needs the year its programme started"),
        (f"?group={','.join(CODES[:5])}&start=1999", "No figures are held before"),
        ("?group=E06000023&start=2019", "A group has 3 to 60 councils"),
        (f"?group={','.join(CODES[:5])}&start=2019&programme=signs_of_safety", "the group is used"),
        ("?programme=none", "“none” is not a programme"),
    ],
)
def test_what_names_no_programme_is_said_and_the_own_one_is_shown(query, said):
    selection = from_search(query)
    assert any(said in words for words in selection.notices)
    assert (selection.programme == HOME) == ("group is used" not in said)
