"""Neighbour lists and what depends on them, against the files themselves."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analytics.evaluation.comparison import CLOSENESS
from analytics.findings.indicators.kpis import gaps
from analytics.findings.measures.neighbour_choices import choices, untested_choices
from analytics.findings.measures.neighbour_table import RANKS
from analytics.findings.robustness.neighbour_lists import lists
from analytics.findings.robustness.neighbour_survival import survivors
from analytics.findings.robustness.neighbour_verdicts import verdicts
from analytics.findings.robustness.neighbour_verdicts_flipped import flips
from analytics.findings.robustness.specifications import specifications
from analytics.selection.parse import from_search
from analytics.text.certainty import Certainty
from analytics.text.wording import MOST_WORDS
from data.neighbour_lists import NEIGHBOUR_LISTS
from tests.readability import TECHNICAL


@pytest.mark.parametrize("search", ["", "?k=4&model=2025", "?band=over-two"])
def test_lists_are_those_of_the_file(search, reference):
    selection = from_search(search)
    frame = lists.publish(selection).frame
    for pilot in selection.chosen:
        mine = frame[frame["code"] == pilot.code]
        for model in NEIGHBOUR_LISTS:
            held = mine[mine[RANKS[model]].notna()].sort_values(RANKS[model])
            first = reference.lists[model.key, pilot.code][: selection.k]
            assert held["neighbour_code"].tolist() == first
        used = set(mine[mine["used"] == "yes"]["neighbour_code"])
        assert used == set(reference.others(pilot.code, selection))


def test_survival_adds_up():
    frame = survivors.publish(from_search("")).frame
    parts = frame[["in_all", "in_2021", "in_2025", "in_neither"]].sum(axis=1)
    assert (parts == frame["named"]).all()
    assert frame["named"].tolist() == [10] * 10


def test_every_column_of_the_matrix_is_the_page_its_address_opens():
    frame = verdicts.publish(from_search("?adjust=bh")).frame
    assert frame["choice"].nunique() == len(choices(from_search(""))) == 26
    for address, rows in frame.groupby("address"):
        assert address.startswith("/indicators")
        shown = gaps.publish(from_search(address.partition("?")[2])).frame
        for name in ("gap", "low", "high", "p", "p_adjusted"):
            np.testing.assert_allclose(
                rows[name].to_numpy(), shown[name].to_numpy(), rtol=1e-12, err_msg=address
            )


@pytest.mark.parametrize("model", ["2021", "2025"])
def test_another_list_updates_the_verdicts_and_says_which_depend_on_it(model):
    plain, other = (gaps.publish(from_search(q)).frame for q in ("", f"?model={model}"))
    assert not np.allclose(plain["gap"], other["gap"], equal_nan=True)
    crossed = plain["certain"] != other["certain"]
    turned = np.sign(plain["gap"]) != np.sign(other["gap"])
    frame = flips.publish(from_search("")).frame
    named = frame["flips"].str.contains("April 2021" if model == "2021" else "May 2025")
    assert (named == (crossed | turned)).all()
    assert (frame["depends_key"][crossed] == "verdict").all()
    said = flips.publish(from_search("")).words.verdict
    many = int((frame["depends_key"] == "verdict").sum())
    assert said == f"{many} of 24 verdicts depend on the choice of neighbours"


@pytest.mark.parametrize("compare", ["england", "region", "pilots"])
@pytest.mark.parametrize("finding", [verdicts, flips, lists, survivors, specifications])
def test_a_table_of_neighbours_names_no_other_comparator(finding, compare):
    published = finding.publish(from_search(f"?compare={compare}&band=beginner,two-years"))
    plain = finding.publish(from_search("?band=beginner,two-years"))
    assert (published.subtitle, published.method) == (plain.subtitle, plain.method)
    said = " ".join((published.subtitle, published.scope, *map(" ".join, published.method)))
    assert "England" not in said
    assert "region" not in said
    assert "pilots not chosen" not in said


@pytest.mark.parametrize("search", ["?adjust=holm", "?adjust=holm&model=2025", ""])
def test_a_choice_that_cannot_be_tested_flips_no_verdict(search):
    selection = from_search(search)
    every, published = verdicts.publish(selection).frame, flips.publish(selection)
    testable = every[every["verdict_key"] != Certainty.UNTESTABLE]
    frame = published.frame.set_index("key")
    left = every["key"].value_counts() - testable["key"].value_counts().reindex(frame.index).fillna(
        0
    )
    assert (frame["untested"] == left).all()
    assert frame["untested"].gt(0).any()
    differ = testable.groupby("key")["verdict_key"].nunique().reindex(frame.index).fillna(0) > 1
    assert (frame["depends_key"][differ] == "verdict").all()
    assert (frame["depends_key"] == "verdict").sum() == differ.sum() < len(frame)
    assert "choices cannot be tested" in published.plain
    for finding in (flips, verdicts):
        assert f"up to {int(frame['untested'].max())} of" in finding.publish(selection).plain


@pytest.mark.parametrize(
    ("untested", "said"),
    [
        ([0, 0], ()),
        ([4, 4], ("4 of 26 choices cannot be tested",)),
        ([0, 4], ("For some measures, up to 4 of 26 choices cannot be tested",)),
        ([4, 26], ("For some measures, no choice can be tested",)),
    ],
)
def test_choices_that_cannot_be_tested_are_counted(untested, said):
    assert untested_choices(pd.Series(untested), 26) == said


def test_closeness_weights_the_mean(reference):
    selection = from_search("?model=2021&weights=closeness&indicator=icpc_rate")
    assert not selection.notices
    assert "closeness-weighted mean" in selection.label
    near = lists.publish(selection).frame.set_index(["code", "neighbour_code"])["closeness_2021"]
    shown = gaps.publish(selection).frame.set_index("key").loc["icpc_rate"]
    found = []
    for code in reference.chosen(selection):
        years = []
        for year in selection.years:
            own = reference.value("icpc_rate", code, year, selection)
            pairs = [
                (reference.value("icpc_rate", other, year, selection),
                 CLOSENESS[near[code, other]])
                for other in reference.others(code, selection)
            ]  # fmt: skip
            held = [(value, weight) for value, weight in pairs if not np.isnan(value)]
            if len(held) >= min(5, len(pairs)) and not np.isnan(own):
                values, weights = zip(*held, strict=True)
                years.append(own - np.average(values, weights=weights))
        found.append(np.mean(years))
    assert shown["gap"] == pytest.approx(np.mean(found))


@pytest.mark.parametrize(
    ("search", "words"),
    [
        ("?weights=closeness", "not known for the list in use before April 2021"),
        ("?weights=closeness&model=2021&average=median", "weights a mean"),
        ("?weights=heavy", "not a choice of weights"),
    ],
)
def test_weights_that_cannot_be_are_left_out_with_words(search, words):
    selection = from_search(search)
    assert selection.weights.value == "equal"
    assert words in " ".join(selection.notices)
    assert "weights" not in selection.to_query()


def test_the_choice_in_the_bar_is_marked_once():
    frame = verdicts.publish(from_search("?k=5&average=median&model=2025")).frame
    mine = frame[frame["yours"] == "yes"]
    assert set(mine["choice"]) == {"list of May 2025, 5 neighbours, median, pilots left out"}
    none = verdicts.publish(from_search("?k=7"))
    assert not (none.frame["yours"] == "yes").any()
    assert any("not among the columns" in note for note in none.notes)


def test_choices_keep_the_pilots_and_the_period():
    selection = from_search("?band=beginner&years=2013-2020")
    for one in choices(selection):
        assert one.bands == selection.bands
        assert one.years == selection.years
    assert replace(selection) in choices(selection)


def test_nothing_is_said_to_be_counted_where_nothing_is():
    published = verdicts.publish(from_search("?adjust=none"))
    found = set(published.frame["verdict_key"])
    assert Certainty.UNCOUNTED in found
    assert not found & {Certainty.CLEAR, Certainty.ALONE}
    assert "not adjusted" in published.words.technical


@pytest.mark.parametrize("search", ["?band=two-years", "?band=beginner&adjust=holm"])
def test_too_few_pilots_is_said_and_nothing_depends(search):
    selection = from_search(search)
    frame = verdicts.publish(selection).frame
    assert set(frame["verdict_key"]) == {Certainty.UNTESTABLE}
    assert frame["low"].isna().all()
    for finding in (verdicts, flips):
        assert finding.publish(selection).words.verdict == "Too few pilots to tell"
    assert not (flips.publish(selection).frame["depends_key"] == "verdict").any()


@pytest.mark.parametrize("finding", [lists, survivors, verdicts, flips], ids=lambda one: one.key)
@pytest.mark.parametrize(
    "search",
    ["", "?band=beginner", "?pilots=E06000041", "?compare=england", "?compare=pilots",
     "?adjust=holm", "?years=2016-2016", "?area=E06000041", "?k=1", "?model=2025&adjust=none",
     "?about=ratio"],
)  # fmt: skip
def test_words_are_plain(finding, search):
    published = finding.publish(from_search(search))
    said = published.words
    assert 0 < len(said.verdict.split()) <= 12
    assert said.plain
    assert all(len(one.split()) <= MOST_WORDS for one in said.plain)
    assert not any(TECHNICAL.search(one) for one in (said.verdict, *said.plain))
