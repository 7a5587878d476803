"""The address holds the whole selection, and no address is an error."""

from dataclasses import replace
from urllib.parse import parse_qsl, unquote, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.measures.indicators.registry import INDICATORS
from analytics.measures.ratios.registry import RATIOS
from analytics.selection import readers
from analytics.selection.choices import (
    SURVEY_ITEMS,
    YEARS,
    Adjustment,
    Average,
    Comparator,
    Evidence,
    Outcome,
    Subject,
    Vintage,
    Weights,
    bases,
)
from analytics.selection.cost_inputs import INPUTS, Costs
from analytics.selection.parse import from_query, from_search
from analytics.selection.places import authorities, pilots, renamed
from analytics.selection.repair import is_tracking
from analytics.selection.selection import HOME, Selection
from data.neighbour_lists import NEIGHBOUR_LISTS, NeighbourList

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
    kept = draw(st.sets(st.sampled_from(HOME.bands), min_size=1))
    bands = tuple(band for band in HOME.bands if band in kept)
    inside = [pilot.code for pilot in pilots(HOME).values() if pilot.band in bands]
    some = draw(st.sets(st.sampled_from(inside), max_size=len(inside) - 1))
    model, average = draw(st.sampled_from(NEIGHBOUR_LISTS)), draw(st.sampled_from(Average))
    can_weigh = model.closeness and average is Average.MEAN
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
        base=draw(st.sampled_from(bases(HOME))),
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
    plain = [*selection.notices, selection.label]
    return (
        bool(selection.chosen)
        and selection.years == tuple(range(selection.first, selection.last + 1))
        and from_search(selection.to_query()) == selection
        and not from_search(selection.to_query()).notices
        and all(words and words.isprintable() and len(words) < 400 for words in plain)
    )


@pytest.mark.slow
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


@pytest.mark.slow
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
        ("indicator", "icpc"), ("item", "confidence"), ("colour", "dark"),
        ("", "x"),
        ("Band", "beginner"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_left_out_with_one_notice(name: str, value: str):
    found = from_query({name: value})
    assert found == PLAIN
    assert len(found.notices) == 1


MEANT = from_search("?band=beginner,over-two&compare=england&years=2014-2016")


@pytest.mark.parametrize(
    "search",
    [
        "?band=beginner,over-two&amp;compare=england&amp;years=2014-2016",
        "?band=beginner,over-two&amp;amp;compare=england&amp;amp;years=2014-2016",
        "?band=beginner%2Cover-two&compare=england&years=2014-2016",
        "?band=beginner%252Cover-two&compare=england&years=2014-2016",
        "?band=beginner%25252Cover-two&compare=england&years=2014-2016",
        "?band%3Dbeginner%2Cover-two%26compare%3Dengland%26years%3D2014-2016",
        "?band%253Dbeginner%252Cover-two%2526compare%253Dengland%2526years%253D2014-2016",
        "?band=beginner%2Cover-two%26compare=england%26amp%3Byears=2014-2016",
        "?band=3Dbeginner,over-two&compare=3Dengland&years=3D2014-2016",
        "??band=beginner,over-two&&compare=england&years=2014-2016&",
        *(
            f"?band=beginner,over-two&compare=england&years=2014-2016{glued}"
            for glued in (
                ".", ",", ")", ").", ">", "%3E", "&gt;", "&quot;", '"', "%22", "'", "”", "’", "»",
                "];", "%2522", "!", "?",
            )
        ),
        "?years=%222014-2016%22&band=(beginner,over-two)&compare=<england>",
    ],
)  # fmt: skip
def test_an_address_damaged_on_its_way_is_read_as_it_was_meant(search: str):
    found = from_search(search)
    assert found == MEANT
    assert not found.notices
    assert from_query(dict(parse_qsl(search.removeprefix("?"), keep_blank_values=True))) == MEANT


@settings(deadline=None, max_examples=150)
@given(selections(), st.sampled_from([".", ")", ">", '"', "”", ").", "&gt;", "%3E%22"]))
def test_what_is_glued_to_the_end_changes_no_selection(selection: Selection, glued: str):
    search = f"{selection.to_query()}{glued}" if selection.to_query() else ""
    found = from_search(search.replace("&", "&amp;"))
    assert found == selection
    assert not found.notices
    assert not found.faults


@pytest.mark.parametrize("search", ["band=novice.", "k=11)", "compare=%2522wales%2522", "fte=x."])
def test_what_cannot_be_meant_is_still_refused_as_it_was_written(search: str):
    found = from_search(search)
    said = [*found.notices, *(fault.message for fault in found.faults)]
    assert found == PLAIN
    assert len(said) == 1
    assert f"“{unquote(search.partition('=')[2])}”" in said[0]


TRACKING = (
    "utm_source", "utm_medium", "UTM_Campaign", "utm_anything", "fbclid", "gclid", "gbraid",
    "wbraid", "dclid", "msclkid", "twclid", "ttclid", "yclid", "igshid", "_gl", "_ga", "mc_cid",
    "mc_eid", "mkt_tok", "_hsenc", "_hsmi", "__hstc", "mtm_campaign", "pk_campaign", "gad_source",
    "li_fat_id", "amp;utm_source",
)  # fmt: skip


@pytest.mark.parametrize("name", TRACKING)
def test_what_only_follows_readers_about_is_ignored_in_silence(name: str):
    for value in ("x", "", "a.b*c~d", "9" * 3_000):
        found = from_search(f"?{name}={value}&k=5&{name}={value}")
        assert found.k == 5
        assert not found.notices
        assert not from_query({name: [value, value]}).notices


def test_no_parameter_of_ours_is_taken_for_one_that_follows_readers_about():
    assert not [name for name in (*NAMES, *FIELDS) if is_tracking(name)]


@pytest.mark.parametrize(("former", "held"), renamed().items())
def test_a_code_that_a_council_had_before_opens_it_and_says_so(former: str, held: str):
    found = from_search(f"?area={former}")
    assert found.area == held
    assert not found.notices
    [notice] = found.said
    assert former in notice
    assert held in notice
    assert authorities()[held].name in notice
    assert found.to_query() == f"?area={held}"
    assert from_search(f"?area={former}).") == found


def test_a_pilot_opens_under_a_code_it_had_before(monkeypatch):
    code = next(iter(pilots(HOME)))
    recoded = replace(authorities()[code], former_code="E09999999", recoded="March 2009")
    monkeypatch.setattr(readers, "renamed", lambda: {"E09999999": code})
    monkeypatch.setattr(readers, "authorities", lambda: {**authorities(), code: recoded})
    found = from_search("?pilots=E09999999")
    assert found.only == (code,)
    assert ["March 2009" in notice for notice in found.said] == [True]
    assert not found.notices


@pytest.mark.parametrize("code", [code for code, one in authorities().items() if not one.current])
def test_an_abolished_authority_can_be_yours(code: str):
    found = from_search(f"?area={code}")
    assert found.area == code
    assert not found.notices
    assert authorities()[code].label in found.label


@pytest.mark.parametrize("model", NEIGHBOUR_LISTS)
@pytest.mark.parametrize("average", Average)
def test_closeness_weights_only_where_it_is_known(model: NeighbourList, average: Average):
    weighted = from_search("?model=2021&weights=closeness")
    found = weighted.with_neighbours(model=model, average=average)
    assert (found.model, found.average) == (model, average)
    assert from_search(found.to_query()) == found
