"""The answer: right values, agreement with the families of tests, and what may not be claimed."""

from statistics import fmean

import numpy as np
import pandas as pd
import pytest

from analytics.evaluation.verdict_columns import PLACEBO
from analytics.findings.answer import _lasting, _ruled_out, finding
from analytics.findings.answer_spending import spending_words
from analytics.findings.answer_words import Step, _changed_verdict, _there_before
from analytics.findings.expenditure import expenditure
from analytics.findings.indicators import change_windows, kpis
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME
from analytics.text.certainty import Certainty
from analytics.text.wording import year_label
from tests.pairwise import queries

QUERIES = ["", *queries()[::4]]
FELL = "New child protection plans fell; no longer clearly in later years"
#: Outer London boroughs whose spending per child rose clearly, and no indicator changed clearly.
SPENT = "?group=E09000007,E09000012,E09000019,E09000022,E09000028,E09000023&start=2018"
SURE = {Certainty.CLEAR, Certainty.UNCOUNTED}


def answered(search=""):
    published = finding.publish(from_search(search))
    return published, {step: published.frame[published.frame["step"] == step] for step in Step}


def known(rows):
    return rows[rows["key"] != ""]


def test_what_differed_is_the_four_measures_that_are_clear():
    _, by_step = answered()
    rows = by_step[Step.DIFFERED].set_index("key")
    assert rows["gap"].round(1).to_dict() == {
        "cpp_start_rate": -9.9,
        "icpc_rate": -13.8,
        "assess_within45d_pct": 9.3,
        "cpp_end_rate": -7.4,
    }
    assert rows["p_adjusted"].is_monotonic_increasing


def test_what_was_there_before_is_set_beside_each_difference(reference):
    published, by_step = answered()
    before = by_step[Step.BEFORE].set_index("key")
    assert list(before.index) == list(by_step[Step.DIFFERED]["key"])
    assert "No figures" in before.loc["assess_within45d_pct", "says"]
    for key in ("cpp_start_rate", "icpc_rate", "cpp_end_rate"):
        earlier = fmean(reference.gaps(key, from_search("?years=2013-2014")))
        assert before.loc[key, "gap"] == pytest.approx(earlier)
    assert "Three of the four clear differences" in published.plain
    there = [Certainty(sure).stands_out for sure in before["certain"]]
    assert there == [True, True, False, True]
    assert not any(sure in SURE for sure in before["certain"])
    assert (
        "already there before the project, judged by chance alone; one has too few figures to tell."
    ) in published.plain


def test_what_changed_is_new_plans_and_later_it_is_no_longer_clear(reference):
    published, by_step = answered()
    [(_, changed)] = by_step[Step.CHANGED].iterrows()
    assert changed["key"] == "cpp_start_rate"
    assert (changed["gap"], changed["low"], changed["high"]) == pytest.approx(
        (-8.6, -13.7, -4.3), abs=0.05
    )
    lasted = by_step[Step.LASTED]
    assert lasted["gap"].round(1).tolist() == [-4.0, -2.5]
    assert lasted["last_used"].tolist() == [2020, 2025]
    assert set(lasted["certain"]) == {Certainty.NOT_CLEAR}
    for row in lasted.itertuples():
        selection = from_search(f"?years=2013-{int(row.last_used)}")
        assert row.gap == pytest.approx(fmean(reference.changes("cpp_start_rate", selection)))
    assert published.verdict == FELL
    assert "8.6" in published.plain
    assert "between 4.3 and 13.7 down" in published.plain


def test_a_change_of_conferences_beyond_about_15_is_ruled_out():
    _, by_step = answered()
    row = by_step[Step.RULED_OUT].set_index("key").loc["icpc_rate"]
    assert row["ruled_out"] == pytest.approx(15.07, abs=0.005)
    assert row["certain"] == Certainty.NOT_CLEAR
    assert "larger than 15 per 10,000 children are ruled out" in row["says"]


def test_placebo_pilots_are_beside_every_difference_and_change():
    published, by_step = answered()
    frame = published.frame
    names = [column.name for column in PLACEBO]
    assert (frame["gap"].notna() == frame[names].notna().all(axis=1)).all()
    levels, changes = (one.publish(from_search("")).frame for one in (kpis.gaps, kpis.changes))
    for step, theirs in ((Step.DIFFERED, levels), (Step.CHANGED, changes)):
        rows = by_step[step].set_index("key")
        same = theirs.set_index("key").loc[rows.index, names]
        assert rows[names].astype(float).equals(same.astype(float))
    earlier = kpis.gaps.publish(from_search("?years=2013-2014")).frame.set_index("key")
    before = known(by_step[Step.BEFORE]).set_index("key")
    assert before[names].astype(float).equals(earlier.loc[before.index, names].astype(float))
    longer = kpis.changes.publish(from_search("?years=2013-2020")).frame.set_index("key")
    lasted = by_step[Step.LASTED].iloc[0]
    assert lasted[names].tolist() == longer.loc[lasted["key"], names].tolist()
    told = by_step[Step.DIFFERED], by_step[Step.CHANGED], by_step[Step.LASTED]
    assert published.technical.count("placebo p") == sum(len(rows) for rows in told)


@pytest.mark.parametrize("query", QUERIES)
def test_every_question_is_answered_and_agrees_with_the_families(query):
    published, by_step = answered(query)
    if published.withheld:
        assert not len(published.frame)
        return
    assert published.frame["says"].str.endswith(".").all()
    assert [len(rows) > 0 for rows in by_step.values()] == [True] * len(Step)
    order = {step.value: at for at, step in enumerate(Step)}
    assert published.frame["step"].map(order).is_monotonic_increasing
    selection = from_search(query)
    for step, of in ((Step.DIFFERED, kpis.gaps), (Step.CHANGED, kpis.changes)):
        family = of.publish(selection).frame
        clear = set(family["key"][family["certain"].isin(SURE)])
        assert set(known(by_step[step])["key"]) == clear
        if not clear:
            testable = (family["certain"] != Certainty.UNTESTABLE).any()
            [sure] = by_step[step]["certain"]
            assert (sure == Certainty.UNTESTABLE) == (not testable)
    assert set(known(by_step[Step.LASTED])["key"]) <= set(by_step[Step.CHANGED]["key"])
    assert not known(by_step[Step.RULED_OUT])["certain"].isin(SURE).any()
    assert (known(by_step[Step.LASTED])["last_used"] > selection.last).all()


@pytest.mark.parametrize("query", ["", "?adjust=holm", "?adjust=none", "?compare=england"])
def test_what_lasted_is_as_sure_as_the_window_of_the_page_over_time(query):
    _, by_step = answered(query)
    latest = by_step[Step.LASTED]
    assert len(latest)
    for row in latest.itertuples():
        chosen = from_search(f"?indicator={row.key}&{query.removeprefix('?')}")
        shown = change_windows.windows.publish(chosen).frame
        end = "before-covid" if row.last_used == 2020 else "latest"
        [window] = shown[shown["window_key"] == end].itertuples()
        assert window.change == pytest.approx(row.gap)
        assert window.certain == row.certain
        assert ("still clear" in row.says) == (row.certain in SURE)


def test_figures_that_end_earlier_are_not_said_to_last_to_the_latest_year():
    published, by_step = answered("?vintage=first")
    lasted = by_step[Step.LASTED]
    assert lasted["last_used"].tolist() == [2017]
    assert "2016/17" in lasted["years"].item()
    assert "2024/25" not in f"{published.verdict} {published.plain}"


@pytest.mark.parametrize("years", ["2015-2016", "2015-2025"])
def test_a_period_with_nothing_before_the_start_says_so_and_claims_no_change(years):
    published, by_step = answered(f"?years={years}")
    assert from_search(f"?years={years}").first > HOME.last_before
    assert known(by_step[Step.DIFFERED])["certain"].isin(SURE).all()
    if len(known(by_step[Step.DIFFERED])):
        assert "no year before the project" in by_step[Step.BEFORE]["says"].item()
        assert published.verdict.endswith("; changes cannot be tested")
        # Nothing was tested, so nothing is called chance.
        assert by_step[Step.BEFORE]["certain"].tolist() == [Certainty.UNTESTABLE]
    for step in (Step.CHANGED, Step.LASTED, Step.RULED_OUT):
        assert by_step[step]["certain"].tolist() == [Certainty.UNTESTABLE]
        assert "no year before the project" in by_step[step]["says"].item()
    assert "“Over time” compares with earlier years" in published.words.brief
    # That page does, under the same selection.
    windows = change_windows.windows.publish(from_search(f"?years={years}")).frame
    assert windows["change"].notna().any()


def test_a_period_before_the_start_alone_has_no_change():
    published, by_step = answered("?years=2013-2014")
    assert by_step[Step.CHANGED]["certain"].tolist() == [Certainty.UNTESTABLE]
    assert "change" not in published.verdict
    assert "“Over time” compares with later years" in published.plain


@pytest.mark.parametrize(
    "query", [SPENT, SPENT.replace("start=2018", "start=2018&adjust=none"), *QUERIES]
)
def test_spending_that_changed_clearly_is_named_beside_the_indicators(query):
    published, _ = answered(query)
    if published.withheld:
        return
    spent = expenditure.changes.publish(from_search(query)).frame
    clear = spent[spent["certain"].isin(SURE)]
    moved = {f"{'-' if gap < 0 else '+'}{key}" for key, gap in clear[["key", "gap"]].to_numpy()}
    assert set(published.frame["spending"].iloc[0].split()) == moved
    last = published.words.plain[-1]
    assert ("changed clearly:" in last or " clearly against " in last) == bool(moved)


def test_one_ratio_and_several_are_named():
    selection = from_search("?compare=region")
    one = spending_words("-spend_per_child", selection)
    assert one == "Spending per child fell clearly against their regions."
    two = spending_words("+spend_per_child -cla_share", selection)
    assert "a rise in spending per child and a fall in the share" in two
    assert spending_words("", selection) == ""
    assert answered(SPENT)[0].words.brief.endswith(
        "Spending per child rose clearly against similar councils."
    )


@pytest.mark.parametrize("search", ["?pilots=E06000023", "?band=beginner"])
def test_too_few_pilots_tell_nothing(search):
    published, by_step = answered(search)
    assert published.verdict == "Too few pilots to tell"
    for rows in by_step.values():
        assert rows["certain"].tolist() == [Certainty.UNTESTABLE]
        assert rows["gap"].isna().all()
    assert "No difference" not in published.plain


@pytest.mark.parametrize(
    ("search", "verdict"),
    [
        ("", FELL),
        ("?years=2013-2020", "The pilots differed on four indicators, but none changed clearly"),
        ("?years=2015-2019", "The pilots differed on five indicators; changes cannot be tested"),
        ("?years=2013-2014", "No clear difference in the indicators from similar councils"),
        (SPENT, "No clear difference or change in the pilots' indicators"),
    ],
)
def test_the_verdict_says_what_is_clear_and_no_more(search, verdict):
    assert answered(search)[0].verdict == verdict


def test_years_are_those_of_the_selection():
    _, by_step = answered("?years=2013-2018")
    assert set(by_step[Step.DIFFERED]["years"]) <= {f"{year_label(2013)} to {year_label(2018)}", ""}
    assert not np.any(known(by_step[Step.LASTED])["last_used"] <= 2018)


def test_a_clear_change_that_lasted_is_the_verdict():
    row = pd.Series({"key": "icpc_rate", "gap": -8.0})
    lasted = pd.Series(
        {"key": "icpc_rate", "gap": -6.0, "certain": Certainty.CLEAR, "last_used": 2025}
    )
    assert _changed_verdict(row, [lasted], from_search("")).endswith(", and it lasted to 2024/25")
    turned = _changed_verdict(row, [lasted.replace(-6.0, 6.0)], from_search(""))
    assert turned.endswith(", but it did not last")
    unclear = lasted.replace(Certainty.CLEAR, Certainty.NOT_CLEAR).replace(-6.0, 0.1)
    said = _changed_verdict(row, [unclear], from_search(""))
    assert said.endswith("; no longer clearly in later years")
    # Clear to one later year and not to the last: not unclear in all of them.
    said = _changed_verdict(row, [lasted, unclear], from_search(""))
    assert said.endswith("; no longer clearly to 2024/25")
    alone = lasted.replace(Certainty.CLEAR, Certainty.ALONE)
    assert _changed_verdict(row, [alone], from_search("")).endswith("less surely later")
    untested = lasted.replace(Certainty.CLEAR, Certainty.UNTESTABLE)
    said = _changed_verdict(row, [untested], from_search(""))
    assert said.endswith("fell against similar councils")
    # A period that ends in the latest year leaves nothing to follow.
    ended = _changed_verdict(row, [], from_search(""))
    assert ended == "Child protection conferences fell against similar councils"


def test_a_difference_whose_change_is_not_held_rules_nothing_out():
    assert _ruled_out(["nothing"], [], from_search("")) == []


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("u", "Too few figures to tell whether the one clear difference was there before"),
        ("uu", "Too few figures to tell whether the clear differences were there before"),
        ("n", "The one clear difference was not clear before the project"),
        ("au", "One of the two clear differences was already there"),
        ("uaa", "Two of the three clear differences were already there"),
        ("nuu", "None of the three differences was clear before the project"),
        ("aa", "Both clear differences were already there"),
    ],
)
def test_what_has_too_few_figures_before_is_not_called_unclear(before, said):
    sure = {"u": Certainty.UNTESTABLE, "n": Certainty.NOT_CLEAR, "a": Certainty.ALONE}
    keys = list("xyz"[: len(before)])
    differed = [pd.Series({"key": key, "gap": -1.0}) for key in keys]
    earlier = [
        pd.Series({"key": key, "gap": -1.0, "certain": sure[one]})
        for key, one in zip(keys, before, strict=True)
    ]
    words = _there_before(differed, earlier)
    assert words.startswith(said)
    untold = before.count("u")
    rest = {1: "; one has too few figures to tell.", 2: "; two have too few figures to tell."}
    if 0 < untold < len(before):
        assert words.endswith(rest[untold])
    else:
        assert "too few" not in words


def test_a_later_change_that_cannot_be_tested_is_not_called_chance():
    row = pd.Series({"key": "icpc_rate", "gap": -8.0, "certain": Certainty.UNTESTABLE})
    said = _lasting(row, from_search(""), 2025, -8.0)
    assert said.endswith(("too few to test.", "Too few to test."))
    assert "chance" not in said
    assert "no longer clear of chance" in _lasting(
        row.replace(Certainty.UNTESTABLE, Certainty.NOT_CLEAR), from_search(""), 2025, -8.0
    )
    clear = row.replace(Certainty.UNTESTABLE, Certainty.CLEAR)
    assert "still clear of chance" in _lasting(clear, from_search(""), 2025, -8.0)
    assert "still" not in _lasting(clear, from_search(""), 2025, 8.0)
