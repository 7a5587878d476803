"""Change against its base: event study, windows, the place among all."""

from dataclasses import replace
from statistics import fmean

import numpy as np
import pytest

from analytics.evaluation.verdict_columns import PLACEBO
from analytics.evaluation.verdict_words import placebo_words
from analytics.findings.indicators.change_verdict import verdict
from analytics.findings.indicators.change_windows import Window, windows
from analytics.findings.indicators.change_years import years
from analytics.findings.indicators.change_years_by_band import bands
from analytics.findings.indicators.kpis import changes
from analytics.findings.robustness.robustness import view
from analytics.measures.indicators.registry import core
from analytics.selection.parse import from_search
from analytics.text.certainty import Certainty

MEASURED_LATE = ("assessments_rate", "assess_days_median", "assess_within45d_pct")


def row(published, name, value):
    found = published.frame[published.frame[name] == value]
    assert len(found) == 1
    return found.iloc[0]


def test_new_plans_fell_against_neighbours_in_the_window_the_evaluators_saw():
    published = windows.publish(from_search("?indicator=cpp_start_rate"))
    seen = row(published, "window_key", "seen")
    assert seen["change"] == pytest.approx(-8.6, abs=0.05)
    assert seen["n"] == 10
    assert seen["p"] == pytest.approx(0.002, abs=0.0005)
    assert "−8.6" in published.summary


def test_conferences_did_not_change_detectably():
    seen = row(windows.publish(from_search("?indicator=icpc_rate")), "window",
               "What the evaluators saw")  # fmt: skip
    assert seen["change"] == pytest.approx(-5.9, abs=0.05)
    assert seen["p"] == pytest.approx(0.29, abs=0.01)
    published = windows.publish(from_search("?indicator=icpc_rate"))
    assert seen["certain"] == Certainty.NOT_CLEAR
    assert seen["ruled_out"] == pytest.approx(15.07, abs=0.005)
    assert published.verdict.startswith("No clear change in child protection conferences")
    assert "between 16.9 down and 5.2 up" in published.plain
    assert "could detect" not in published.summary


def test_a_programme_of_which_nothing_is_printed_speaks_of_no_evaluators():
    search = "?indicator=icpc_rate&programme=families_first_pathfinder"
    published = windows.publish(from_search(search))
    assert list(published.frame["window"]) == ["Before the start", "From the start on"]
    said = (published.summary, published.technical, published.title, *published.notes)
    assert "evaluator" not in " ".join(said).lower()


def test_a_change_that_is_not_clear_says_what_is_ruled_out():
    published = verdict.publish(from_search("?indicator=icpc_rate"))
    assert published.verdict == "No clear change in child protection conferences"
    # The range printed is of 95%, what is ruled out of 90%: both levels are named.
    assert "changes larger than 15 per 10,000 children are ruled out (90% range)" in published.plain
    assert "beyond ±15.1 ruled out (90%)" in published.technical


@pytest.mark.parametrize(
    ("search", "verdict"),
    [
        ("?indicator=cpp_31mar_rate",
         "Children on a protection plan may have fallen over 2014/15 to 2015/16"),
        ("?indicator=cla_31mar_rate", "Children in care may have fallen over 2 of 3 periods"),
        ("?indicator=cpp_end_rate&compare=region", "Possibly a fall over 2 of 3 periods"),
    ],
)  # fmt: skip
def test_a_window_clear_of_chance_alone_is_said_to_have_moved_perhaps(search, verdict):
    published = windows.publish(from_search(search))
    after = published.frame[published.frame["window_key"] != Window.BEFORE]
    alone = after[after["certain"] == Certainty.ALONE]
    assert published.verdict == verdict
    assert len(alone)
    for period in alone["after"]:
        assert f"Over {period}, " in published.plain
    assert f"is counted: {alone['after'].iloc[0]}" in published.plain


#: A group whose changes over the period are from four years, and since its base from two.
LATE = "?group=E09000007,E09000012,E09000019,E09000022,E09000028,E09000023&start=2018"


def test_pages_that_measure_a_change_from_other_years_name_them():
    selection = from_search(f"{LATE}&indicator=assess_days_median")
    whole, since = changes.publish(selection), verdict.publish(selection)
    assert whole.subtitle.startswith("Base 2013/14 to 2016/17 · ")
    assert since.subtitle.startswith("Base 2015/16 and 2016/17 · ")
    for finding in (changes, verdict):
        assert finding.publish(from_search("")).subtitle.startswith("Base 2012/13 and 2013/14 · ")
    assert "Base" in since.own_words
    assert "Base" in whole.own_words
    assert any("every year of the chosen period up to the start" in one for one in whole.notes)
    assert any("every year of the period before the start" in one for one in since.notes)
    doubted = view.publish(from_search(f"{LATE}&outcome=change"))
    assert "base 2013/14 to 2016/17" in doubted.own_words


def test_only_too_few_years_before_are_said_to_show_nothing():
    said = [" ".join(verdict.publish(from_search(search)).notes) for search in ("", LATE)]
    assert ["two years before the start cannot show" in one for one in said] == [True, False]
    assert "cannot show whether" not in said[1]


@pytest.mark.parametrize("search", ["", "?adjust=holm", "?adjust=none", "?band=beginner"])
@pytest.mark.parametrize("key", ["cpp_start_rate", "cpp_31mar_rate", "cla_31mar_rate"])
def test_a_window_is_as_sure_as_the_row_of_the_family(key, search):
    selection = from_search(f"?indicator={key}&{search.removeprefix('?')}")
    seen = row(windows.publish(selection), "window_key", "seen")
    assert seen["certain"] == row(changes.publish(selection), "key", key)["certain"]


@pytest.mark.parametrize("key", MEASURED_LATE)
def test_what_is_measured_since_the_start_has_no_change(key):
    for finding in (years, bands, windows):
        published = finding.publish(from_search(f"?indicator={key}"))
        assert published.withheld.startswith("No figures before the pilots started")
    published = verdict.publish(from_search(f"?indicator={key}"))
    assert "No figures before the pilots started" in published.summary
    assert np.isnan(row(published, "key", key)["gap"])


@pytest.mark.parametrize("search", ["", "?band=beginner&adjust=bh", "?model=2025&k=5"])
def test_with_the_default_base_the_verdicts_are_those_of_the_indicators_page(search):
    mine, theirs = verdict.publish(from_search(search)), changes.publish(from_search(search))
    shared = list(theirs.frame.columns)
    assert mine.frame[shared].equals(theirs.frame[shared])


@pytest.mark.parametrize("base", ["", "&base=2013", "&base=2014"])
@pytest.mark.parametrize("key", ["cpp_start_rate", "care_applications_rate"])
def test_every_verdict_on_a_change_has_placebo_pilots_beside_it(base, key):
    published = verdict.publish(from_search(f"?indicator={key}{base}"))
    answered = published.frame[published.frame["withheld"] == ""]
    names = [column.name for column in PLACEBO]
    assert answered[names].notna().all(axis=None)
    assert published.frame[published.frame["withheld"] != ""][names].isna().all(axis=None)
    mine = row(published, "chosen", "yes")
    if mine["withheld"] == "":
        assert mine["placebo_low"] < mine["gap"] < mine["placebo_high"]
        assert placebo_words(mine) in published.technical


def test_windows_have_placebo_pilots_beside_them_but_for_the_years_before():
    selection = from_search("?indicator=cpp_start_rate")
    published = windows.publish(selection)
    names = [column.name for column in PLACEBO]
    seen, before = (row(published, "window_key", key) for key in ("seen", "before"))
    same = row(verdict.publish(selection), "chosen", "yes")
    assert seen[names].tolist() == pytest.approx(same[names].tolist())
    assert before[names].isna().all()
    after = published.frame[published.frame["window_key"] != "before"]
    assert after[names].notna().all(axis=None)
    assert published.technical.count("placebo p") == len(after)
    alone = windows.publish(from_search("?indicator=cpp_start_rate&compare=pilots&band=beginner"))
    assert alone.frame[names].isna().all(axis=None)
    assert "placebo" not in alone.technical


@pytest.mark.parametrize("base", ["2013-2014", "2013", "2014"])
def test_every_base_agrees_with_plain_loops(base, reference):
    selection = from_search(f"?indicator=cin_31mar_rate&base={base}")
    published = years.publish(selection)
    whole = replace(selection, first=2012, last=2025)
    gaps = [reference.yearly("cin_31mar_rate", c, whole) for c in reference.chosen(whole)]
    expected = [int(year) for year in base.split("-")]
    for _, line in published.frame.iterrows():
        moved = [
            one[line["year_end"]] - fmean(one[year] for year in expected if year in one)
            for one in gaps
            if line["year_end"] in one and any(year in one for year in expected)
        ]
        assert line["n"] == len(moved)
        assert line["change"] == pytest.approx(fmean(moved))
    assert set(published.frame[published.frame["base"] == "yes"]["year_end"]) == set(expected)


def test_the_window_before_the_start_is_the_step_of_the_event_study():
    selection = from_search("?indicator=s47_rate")
    before = row(windows.publish(selection), "window_key", Window.BEFORE)
    step = row(years.publish(selection), "year_end", 2014)["step"]
    assert before["change"] == pytest.approx(step)
    published = years.publish(selection)
    assert "one contrast and no trend" in published.technical
    assert any("one contrast, not a trend" in note for note in published.notes)


def test_the_verdict_by_year_is_of_years_after_the_start_that_its_chart_draws_clear_of_zero():
    said = set()
    for search in ("?", "?compare=england", "?band=beginner"):
        for measure in core():
            chosen = from_search(f"{search}&indicator={measure.key}")
            published = years.publish(chosen)
            frame = published.frame
            after = frame[frame["year_end"] > chosen.programme.last_before]
            clear = after[(after["low"] > 0) | (after["high"] < 0)]
            named = [year for year in frame["year"] if year in published.verdict]
            if len(clear):
                most = clear.loc[clear["change"].abs().idxmax()]
                assert named == [most["year"]]
                assert ("fallen" in published.verdict) == (most["change"] < 0)
                said.add("may")
            else:
                assert named == []
                said.add(published.verdict.partition(" ")[0])
    assert {"may", "No", "Too"} <= said


def test_a_damaged_base_is_ignored_with_a_notice():
    selection = from_search("?base=2015")
    assert str(selection.base) == "2013-2014"
    assert "not a base period" in selection.notices[0]


def test_missing_pilots_neighbours_and_boundaries_are_named():
    frame = years.publish(from_search("?indicator=cin_31mar_rate")).frame
    assert "Norfolk" in row_of(frame, 2013)["pilots_missing"]
    assert "Hackney" in row_of(frame, 2021)["neighbours_missing"]
    assert "COVID-19" in row_of(frame, 2021)["marks"]
    assert "Bournemouth became" in row_of(frame, 2020)["marks"]


def row_of(frame, year):
    return frame[frame["year_end"] == year].iloc[0]


def test_a_band_prints_the_smallest_p_it_can_reach():
    published = bands.publish(from_search("?indicator=cpp_start_rate"))
    assert published.verdict == "Too few pilots to tell"
    assert "smallest p possible 0.125" in published.technical
    assert "smallest p possible 0.250" in published.technical
    assert published.frame[["low", "high"]].isna().all(axis=None)
    assert "cannot be bounded" in published.plain
    last = published.frame[published.frame["year_end"] == 2025].set_index("band")
    assert last.loc["beginner", "smallest_p"] == 0.125
    assert last.loc["over-two", "smallest_p"] == 0.25


def test_a_context_indicator_is_said_not_to_be_among_those_tested_together():
    published = verdict.publish(from_search("?indicator=care_applications_rate&years=2013-2016"))
    assert len(published.frame) == len(core()) + 1
    assert (published.frame["chosen"] == "yes").sum() == 1
