"""The address holds the whole selection, and no address is an error."""

from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.address import from_query, from_search
from analytics.choices import (
    SURVEY_ITEMS,
    Adjustment,
    Average,
    Base,
    Comparator,
    Evidence,
    Model,
    Outcome,
    Subject,
    Vintage,
    Weights,
)
from analytics.cost_inputs import INPUTS, Costs
from analytics.indicators.registry import INDICATORS
from analytics.places import Band, authorities, pilots
from analytics.ratios.registry import RATIOS
from analytics.selection import YEARS, Selection

NAMES = (
    "band", "pilots", "compare", "model", "k", "average", "weights", "with-pilots", "years",
    "vintage", "adjust", "evidence", "area", "indicator", "ratio", "item", "about", "base",
    "outcome",
)  # fmt: skip
FIELDS = tuple(INPUTS)  # of the cost card; a fault of theirs stands beside the field, no notice
PLAIN = Selection()


@st.composite
def costs(draw: st.DrawFn) -> Costs:
    made = Costs()
    for key in draw(st.sets(st.sampled_from(FIELDS), max_size=4)):
        one = INPUTS[key]
        value = draw(st.floats(one.low, one.high))
        made = made.setting(key, one.read(f"{value:.6f}"))
    return made


@st.composite
def selections(draw: st.DrawFn) -> Selection:
    kept = draw(st.sets(st.sampled_from(list(Band)), min_size=1))
    bands = tuple(band for band in Band if band in kept)
    inside = [pilot.code for pilot in pilots().values() if pilot.band in bands]
    some = draw(st.sets(st.sampled_from(inside), max_size=len(inside) - 1))
    model, average = draw(st.sampled_from(Model)), draw(st.sampled_from(Average))
    can_weigh = model is not Model.PRE_2021 and average is Average.MEAN
    first, last = sorted(draw(st.tuples(st.sampled_from(YEARS), st.sampled_from(YEARS))))
    return Selection(
        bands=bands,
        only=tuple(code for code in inside if code in some),
        compare=draw(st.sampled_from(Comparator)),
        model=model,
        k=draw(st.integers(1, 10)),
        average=average,
        weights=draw(st.sampled_from(Weights)) if can_weigh else Weights.EQUAL,
        with_pilots=draw(st.booleans()),
        first=first,
        last=last,
        vintage=draw(st.sampled_from(Vintage)),
        adjust=draw(st.sampled_from(Adjustment)),
        evidence=draw(st.sampled_from(Evidence)),
        area=draw(st.sampled_from(["", *authorities()])),
        indicator=draw(st.sampled_from(sorted(INDICATORS))),
        ratio=draw(st.sampled_from(sorted(RATIOS))),
        costs=draw(costs()),
        about=draw(st.sampled_from(Subject)),
        base=draw(st.sampled_from(Base)),
        outcome=draw(st.sampled_from(Outcome)),
        item=draw(st.sampled_from(sorted(SURVEY_ITEMS))),
    )


WORTH_TRYING = st.sampled_from([
    "beginner,over-two", "beginner,,novice", "E09000005,E06000023", "E09000005,E9", "2013-2016",
    "2016-2013", "2013-99999", "0", "1", "11", "-1", "1e1", "\u0661", "true", "\u202e", "first",
    "max-t", "real", "E08000035", "icpc_rate", "%00", "%", "=", "&", ",",
])  # fmt: skip
ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.binary() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=5,
)


def well_formed(selection: Selection) -> bool:
    """Whether a selection can be shown: by its words, its pilots, and an address that holds it."""
    plain = [*selection.notices, selection.words]
    return (
        bool(selection.chosen)
        and selection.years == tuple(range(selection.first, selection.last + 1))
        and from_search(selection.to_query()) == selection
        and not from_search(selection.to_query()).notices
        and all(words and words.isprintable() and len(words) < 400 for words in plain)
    )


@settings(deadline=None, max_examples=300)
@given(selections())
def test_an_address_gives_back_the_selection_that_wrote_it(selection: Selection):
    query = selection.to_query()
    found = from_search(query)
    assert found == selection
    assert found.to_query() == query
    assert not found.notices
    assert from_search(query.removeprefix("?")) == selection
    assert from_query(selection.to_pairs()) == selection


@settings(deadline=None, max_examples=200)
@given(selections(), selections())
def test_two_selections_never_share_an_address(one: Selection, other: Selection):
    assert (one.to_query() == other.to_query()) == (one == other)


@settings(deadline=None, max_examples=200)
@given(selections())
def test_defaults_are_left_out(selection: Selection):
    pairs = selection.to_pairs()
    assert list(pairs) == [name for name in (*NAMES, *FIELDS) if name in pairs]
    assert ("k" in pairs) == (selection.k != 10)
    assert ("years" in pairs) == (selection.years != PLAIN.years)
    assert ("with-pilots" in pairs) == selection.with_pilots
    for name in (
        "compare",
        "model",
        "average",
        "vintage",
        "adjust",
        "evidence",
        "area",
        "ratio",
        "weights",
        "base",
        "outcome",
    ):
        assert (name in pairs) == (getattr(selection, name) != getattr(PLAIN, name))


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=300) | st.text(alphabet="?&=%;+,bandk-é\x00\ud800", max_size=100))
def test_no_text_in_the_address_is_an_error(search: str):
    assert well_formed(from_search(search))


@settings(deadline=None, max_examples=300)
@given(
    st.lists(
        st.tuples(
            st.sampled_from((*NAMES, *FIELDS)) | st.text(max_size=50), WORTH_TRYING | st.text()
        ),
        max_size=12,
    )
)
def test_no_parameter_in_the_address_is_an_error(pairs: list[tuple[str, str]]):
    found = from_search(f"?{urlencode(pairs, errors='replace')}")
    assert well_formed(found)
    again = from_search(found.to_query())
    assert again == found


@settings(deadline=None, max_examples=300)
@given(
    st.dictionaries(st.sampled_from((*NAMES, *FIELDS)) | st.text(), WORTH_TRYING | ODD, max_size=8)
)
def test_no_parsed_query_is_an_error(query: dict[str, object]):
    assert well_formed(from_query(query))


@pytest.mark.parametrize("name", [*NAMES, "colour", "\x00\u202e\n"])
@pytest.mark.parametrize("value", ["x" * 500, "<script>" * 40, "\u202e\x07\n" * 90], ids=len)
def test_a_notice_echoes_a_short_printable_piece_only(name: str, value: str):
    notices = from_query({name: value}).notices
    assert notices
    for notice in notices:
        assert notice.isprintable()
        assert value[:33] not in notice
        assert len(notice) < 200


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("band", "novice"), ("band", ""), ("pilots", "E08000035"), ("pilots", ","),
        ("pilots", "e09000005"), ("compare", "wales"), ("compare", "England"), ("model", "2019"),
        ("k", "0"), ("k", "11"), ("k", "3.0"), ("k", " 3"), ("k", "-3"), ("k", "٣"), ("k", ""),
        ("average", "mode"), ("with-pilots", "yes"), ("years", "2013"), ("years", "2016-2013"),
        ("years", "2011-2016"), ("years", "2013-2026"), ("years", "2013 - 2016"),
        ("years", "2013-2016\n"), ("vintage", "last"), ("adjust", "bonferroni"),
        ("evidence", "simulated"), ("area", "E92000001"), ("area", "Leeds"),
        ("indicator", "icpc"), ("item", "confidence"), ("theme", "dark"),
        ("utm_source", "x"), ("", "x"),
        ("Band", "beginner"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_left_out_with_one_notice(name: str, value: str):
    found = from_query({name: value})
    assert found == PLAIN
    assert len(found.notices) == 1
