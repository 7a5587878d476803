"""Claims, choices and the grid: the defaults, what a selection changes, what is never said."""

import re

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analytics.claims.claim import Question, Strand
from analytics.claims.registry import claims_of
from analytics.claims.status import Outcome, Status
from analytics.evaluation.verdict_columns import PLACEBO
from analytics.evaluation.verdict_words import BARE, placebo_words
from analytics.findings.claims import claims, claims_choices, later, triangulation
from analytics.findings.expenditure import expenditure
from analytics.findings.indicators import kpis
from analytics.measures.ratios.registry import RATIOS
from analytics.selection.choices import Average
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME
from analytics.text.certainty import Certainty
from analytics.text.wording import MOST_WORDS, p_words
from data.load import load
from data.neighbour_lists import NEIGHBOUR_LISTS
from data.sources.registry import SIZES
from data.sources.source import Kind
from tests.readability import TECHNICAL

LIVE = ["KPI-1", "KPI-2", "KPI-3", "KPI-4", "EXP-1"]
READ = {
    "KPI-1": "assessments_rate",
    "KPI-2": "assess_days_median",
    "KPI-3": "icpc_rate",
    "KPI-4": "cpp_start_rate",
}
NOBODY = "?compare=pilots"  # all pilots are chosen, so that no other is left
SEARCHES = [
    "", "?model=2025", "?average=median&adjust=bh", "?band=two-years", "?compare=england",
    "?compare=region&years=2016-2016", "?pilots=E06000041", NOBODY,
    "?k=5&model=2021&adjust=none", "?years=2013-2014", "?adjust=max-t&with-pilots=1",
]  # fmt: skip
NEVER = re.compile(r"\bbetter\b|\bworse\b|simulated|significant|not detected", re.IGNORECASE)
FINDINGS = (claims.claims, claims_choices.choices, later.studies, triangulation.grid)


def rows(search=""):
    return claims.claims.publish(from_search(search)).frame.set_index("id")


def test_every_claim_has_one_row_in_order():
    assert claims.claims.publish(from_search("")).frame["id"].tolist() == list(claims_of(HOME))


@pytest.mark.parametrize(
    ("claim", "status", "estimate", "p", "certain"),
    [
        ("KPI-1", Status.PARTLY, -102, 0.012, Certainty.ALONE),
        ("KPI-2", Status.PARTLY, -9.8, 0.025, Certainty.ALONE),
        ("KPI-3", Status.BEFORE, -13.8, 0.002, Certainty.CLEAR),
        ("KPI-4", Status.BEFORE, -9.9, 0.004, Certainty.CLEAR),
        ("EXP-1", Status.PARTLY, 0.009, 0.092, Certainty.NOT_CLEAR),
    ],
)
def test_by_default(claim, status, estimate, p, certain):
    row = rows().loc[claim]
    assert row["status_key"] == status
    assert row["estimate"] == pytest.approx(estimate, rel=0.06)
    assert row["p"] == pytest.approx(p, abs=0.0005)
    assert row["certain"] == certain
    assert row["n"] == 10
    assert row["low"] < row["estimate"] < row["high"]
    assert row["status_chosen"] == row["found_chosen"] == ""


def test_a_claim_is_the_gap_worked_out_cell_by_cell(reference, flips):
    for claim, key in READ.items():
        gaps = reference.gaps(key, from_search(""))
        row = rows().loc[claim]
        assert row["estimate"] == pytest.approx(np.mean(gaps))
        assert row["p"] == pytest.approx(flips(gaps))
        low, high = stats.t.interval(0.95, 9, np.mean(gaps), stats.sem(gaps))
        assert (row["t_low"], row["t_high"]) == (pytest.approx(low), pytest.approx(high))


def test_a_gap_was_already_there_where_it_stood_out_before_the_start(reference, flips):
    earlier = from_search("?years=2013-2014")
    for claim in ("KPI-3", "KPI-4"):
        gaps = reference.gaps(READ[claim], earlier)
        assert np.mean(gaps) < 0
        assert flips(gaps) < 0.05
        row = rows().loc[claim]
        assert "Before the project: the pilots had" in row["found"]
        # How sure that is, in words and for statisticians.
        assert "That was clear of chance alone" in row["found"]
        _, before = row["technical"].split("before the project: ")
        assert f"gap −{abs(np.mean(gaps)):.1f}" in before
        assert f"exact {p_words(flips(gaps))}" in before
        assert "placebo p " in before


@pytest.mark.parametrize("search", SEARCHES)
def test_no_choice_of_the_reader_changes_what_a_claim_is_judged_on(search):
    plain, found = rows(), rows(search)
    same = [name for name in plain if not name.removesuffix("_key").endswith("_chosen")]
    pd.testing.assert_frame_equal(plain[same], found[same])
    shown = found.loc[LIVE, "status_chosen_key"].ne("")
    assert shown.all() == (search != "")
    assert shown.any() == (search != "")


@pytest.mark.parametrize("search", ["?indicator=referrals_rate", "?area=E06000041&ratio=cla_share"])
def test_what_does_not_bear_on_claims_is_no_choice(search):
    assert rows(search)["status_chosen"].eq("").all()


def test_a_claim_is_withheld_with_the_reason_of_the_card_it_links_to():
    found, levels = rows(NOBODY), kpis.gaps.publish(from_search(NOBODY))
    assert levels.withheld
    assert found.loc[LIVE, "estimate_chosen"].isna().all()
    assert found.loc[LIVE, "found_chosen"].eq(levels.withheld).all()
    assert found.loc[LIVE, "status_chosen_key"].eq(Status.UNANSWERED).all()


@pytest.mark.parametrize("search", [one for one in SEARCHES if one not in {"", NOBODY}])
def test_under_your_choice_a_claim_has_the_figures_of_the_card_it_links_to(search):
    selection = from_search(search)
    found = rows(search)
    frame = kpis.gaps.publish(selection).frame.set_index("key")
    for claim, key in READ.items():
        for name, theirs in (("estimate", "gap"), ("low", "low"), ("p_adjusted", "p_adjusted")):
            assert found.loc[claim, f"{name}_chosen"] == pytest.approx(
                frame.loc[key, theirs], nan_ok=True
            )
        assert found.loc[claim, "certain_chosen"] == frame.loc[key, "certain"]
    changes = expenditure.changes.publish(selection).frame
    clear = changes["certain"].isin({Certainty.CLEAR, Certainty.UNCOUNTED})
    status = found.loc["EXP-1", "status_chosen_key"]
    assert (status == Status.NOT) == clear.any()
    silent = status in {Status.UNTESTABLE, Status.UNANSWERED}
    assert silent == changes["certain"].eq(Certainty.UNTESTABLE).all()


@pytest.mark.parametrize("search", ["", "?model=2021&k=7", "?compare=region"])
def test_placebo_p_and_interval_are_those_of_the_card_it_links_to(search):
    selection = from_search(search)
    found, tail = rows(search), "_chosen" if search else ""
    gaps = kpis.gaps.publish(selection).frame.set_index("key")
    ratios = expenditure.changes.publish(selection).frame.set_index("key")
    spent = found.loc["EXP-1", f"measure{tail}_key"]
    shown = {**{claim: gaps.loc[key] for claim, key in READ.items()}, "EXP-1": ratios.loc[spent]}
    for claim, card in shown.items():
        row = found.loc[claim]
        for column in PLACEBO:
            assert 0 != row[f"{column.name}{tail}"] == pytest.approx(card[column.name], rel=1e-12)
        low, high = row[f"placebo_low{tail}"], row[f"placebo_high{tail}"]
        assert low < row[f"estimate{tail}"] < high
        name = RATIOS[spent].plain if claim == "EXP-1" else BARE
        assert placebo_words(card, name=name) in row[f"technical{tail}"]


def test_no_groups_can_be_drawn_beside_the_other_pilots():
    row = rows("?band=beginner&compare=pilots").loc["KPI-3"]
    assert np.isnan(row["p_placebo_chosen"])
    assert row["p_placebo"] > 0
    assert "placebo" not in row["technical_chosen"]


@pytest.mark.parametrize("search", ["?band=two-years", "?band=beginner&adjust=holm",
                                    "?pilots=E06000041"])  # fmt: skip
def test_few_pilots_cannot_be_judged_and_are_never_a_failure(search):
    found = rows(search).loc[LIVE]
    assert found["status_chosen_key"].eq(Status.UNTESTABLE).all()
    assert not found["found_chosen"].str.contains("between").any()


def test_an_adjustment_that_cannot_reach_is_no_failure():
    # Six pilots give 0.03 at best; Holm over 24 tests cannot fall below 0.05.
    six = "?band=beginner,two-years&pilots=E06000023,E06000041,E08000036,E09000005,E10000019,"
    found = rows(f"{six}E10000020&adjust=holm").loc[LIVE]
    assert found["status_chosen_key"].eq(Status.UNTESTABLE).all()
    assert found["found_chosen"].str.contains("too few pilots for so many tests").all()


def test_three_pilots_show_their_gap_without_a_range():
    found = rows("?band=two-years").loc[[*READ]]
    assert found["n_chosen"].eq(3).all()
    assert found["low_chosen"].isna().all()
    assert found["found_chosen"].str.contains("range cannot be bounded").all()


def test_a_model_changes_a_status_under_your_choice():
    row = rows("?model=2025").loc["KPI-3"]
    assert row["status_key"] == Status.BEFORE
    assert row["status_chosen_key"] == Status.PARTLY


def test_both_readings_are_shown_and_must_agree():
    words = rows().loc["KPI-2", "found"]
    assert "9.8 working days shorter" in words
    assert "9.3 percentage points higher" in words
    assert "Clear of chance alone" in words
    assert "Clear of chance and of the number of tests" in words
    assert rows().loc["KPI-2", "technical"].count("n 10") == 2


def test_a_later_study_of_change_does_not_speak_against_a_level():
    for search in ("", "?compare=region", "?years=2025-2025"):
        row = rows(search).loc["KPI-2"]
        assert Status.CONTRADICTED not in {row["status_key"], row["status_chosen_key"]}
        assert not row["conflict"]
    assert "it asked about change" in rows().loc["KPI-2", "later"].lower()


def test_years_that_are_not_the_period_are_named():
    assert "2014/15 to 2015/16" in rows().loc["KPI-1", "found"]
    assert "2014/15" not in rows().loc["KPI-3", "found"]


def test_that_spending_did_not_change_needs_bounds():
    changes = expenditure.changes.publish(from_search("")).frame
    small = int((changes["p_equivalence"] < 0.05).sum())
    inside = int((changes["ruled_out"] <= changes["margin"]).sum())
    assert small == inside == 3
    words = rows().loc["EXP-1", "found"]
    assert words == (
        "No change is clear on 13 ratios. A change of 10% or more is ruled out for three of 13 "
        "only."
    )
    # Of a share in percentage points, of an amount in pounds, as on the page of spending.
    assert "percentage points" in rows().loc["EXP-1", "technical"]
    assert "gap +£" in rows("?band=beginner").loc["EXP-1", "technical_chosen"]
    wide = rows("?margin=30").loc["EXP-1"]
    assert "30% or more" in wide["found_chosen"]


def test_the_others_stay_listed_with_what_would_be_needed():
    found = rows()
    silent = found.drop(LIVE)
    assert len(silent) == 18
    assert silent["status_key"].eq(Status.UNCHECKABLE).all()
    assert silent["needed"].ne("").all()
    assert silent["kind"].eq(Kind.PUBLISHED).all()
    assert found.loc[LIVE, "kind"].eq(Kind.OFFICIAL).all()
    assert silent[["estimate", "p", "low", "high"]].isna().all(axis=None)


def test_numbers_of_people_are_those_printed():
    sizes = load(SIZES).frame.set_index("fact_key")["value"]
    found = rows()
    assert found.loc["FAM-1", "n"] == float(sizes["families"]) == 270
    assert found.loc["SW-1", "n"] == 471
    assert np.isnan(found.loc["REC-1", "n"])
    assert found["base"].ne("").all()


def test_no_source_of_any_of_them_is_simulated():
    for finding in FINDINGS:
        assert all(source.kind is not Kind.SIMULATED for source in finding.sources)


@pytest.mark.parametrize("search", SEARCHES)
def test_words_keep_to_what_can_be_said(search):
    selection = from_search(search)
    for finding in FINDINGS:
        published = finding.publish(selection)
        said = published.words
        assert not NEVER.search(published.summary)
        assert 0 < len(said.verdict.split()) <= 12
        assert all(len(one.split()) <= MOST_WORDS for one in said.plain)
        assert not any(TECHNICAL.search(one) for one in (said.verdict, *said.plain))
        for name in ("found", "found_chosen", "status", "direction", "base", "says"):
            if name in published.frame:
                assert not published.frame[name].str.contains(NEVER).any()


@pytest.mark.parametrize("search", SEARCHES)
def test_what_is_found_is_said_without_statistics(search):
    frame = rows(search)
    for name in ("found", "found_chosen", "later"):
        for words in frame[name]:
            assert not TECHNICAL.search(words), words
            assert "nan" not in words


def test_the_words_name_every_claim_by_its_status():
    frame, said = rows(), claims.claims.publish(from_search("")).words
    for status, held in frame.loc[LIVE].groupby("status"):
        sentence = next(one for one in said.plain if status in one.lower())
        for claim in held.index:
            assert claims_of(HOME)[claim].short.lower() in sentence.lower()
    assert "18 of 23 claims cannot be checked from open data." in said.plain[-1]
    assert "The gap in new plans also grew clearly after the start." in said.plain
    assert said.verdict == "Two of five checked claims may have been true before the project"
    assert "before the project, judged by chance alone: " in said.plain[0]


def test_choices_are_the_claims_under_each_choice():
    frame = claims_choices.choices.publish(from_search("?k=7&band=beginner")).frame
    assert len(frame) == len(LIVE) * len(NEIGHBOUR_LISTS) * len(Average)
    for model in NEIGHBOUR_LISTS:
        for average in Average:
            held = frame[(frame["model"] == model.label) & (frame["average"] == average)]
            pinned = held["judged"].eq("yes").all()
            alone = rows(f"?model={model}&average={average}").loc[LIVE]
            tail = "" if pinned else "_chosen"
            assert held["status"].tolist() == alone[f"status{tail}"].tolist()
            assert held["estimate"].tolist() == pytest.approx(alone[f"estimate{tail}"].tolist())
    assert frame["chosen"].eq("yes").sum() == frame["judged"].eq("yes").sum() == len(LIVE)


def test_which_verdicts_depend_on_the_neighbours_is_counted():
    published = claims_choices.choices.publish(from_search(""))
    several = published.frame.groupby("id")["status_key"].nunique().gt(1).sum()
    assert several == 2
    assert published.words.verdict == "Two of five claims depend on the choice of neighbours"


@pytest.mark.parametrize("compare", ["region", "england", "pilots"])
def test_without_neighbours_none_of_the_choices_is_the_readers(compare):
    published = claims_choices.choices.publish(from_search(f"?band=beginner&compare={compare}"))
    assert not published.withheld
    assert published.frame["chosen"].eq("no").all()


def test_the_grid_holds_every_claim_once_but_the_recommendation():
    frame = triangulation.grid.publish(from_search("")).frame
    named = ", ".join(frame["claims"]).split(", ")
    assert sorted(named) == sorted(set(claims_of(HOME)) - {"REC-0"})
    for _, row in frame.iterrows():
        for one in row["claims"].split(", "):
            assert claims_of(HOME)[one].question == row["question_key"]
            assert claims_of(HOME)[one].strand == row["strand_key"]
    assert len(triangulation.QUESTIONS) == len(Question) - 1
    assert len(triangulation.STRANDS) == len(Strand) - 1
    columns = [name for name in frame if name not in {"conflict", "direction_chosen"}]
    assert frame[columns].ne("").all(axis=None)


def test_the_grid_marks_conflicts_within_and_across_strands():
    frame = triangulation.grid.publish(from_search("")).frame.set_index(
        ["question_key", "strand_key"]
    )
    involved = Question.INVOLVED
    assert frame.loc[(involved, Strand.FAMILIES), "conflict"] == (
        "FAM-1 points one way, FAM-3 and FAM-4 the other."
    )
    assert (
        "FAM-3 and FAM-4 point the other way"
        in frame.loc[(involved, Strand.SOCIAL_WORKERS), "conflict"]
    )
    assert not frame.loc[(Question.SPENDING, Strand.EXPENDITURE), "conflict"]


def test_the_grid_answers_what_changed_from_changes():
    frame = triangulation.grid.publish(from_search("")).frame.set_index(
        ["question_key", "strand_key"]
    )
    cell = frame.loc[(Question.CHILDREN, Strand.INDICATORS)]
    changes = kpis.changes.publish(from_search("")).frame.set_index("key")
    assert changes.loc["icpc_rate", "certain"] == Certainty.NOT_CLEAR
    assert changes.loc["cpp_start_rate", "certain"] == Certainty.CLEAR
    assert cell["direction"] == "Initial conferences: no clear change; new plans fell"
    assert cell["status"] == Status.BEFORE.label
    assert "as a level" in cell["strength"]
    practice = frame.loc[(Question.PRACTICE, Strand.INDICATORS), "direction"]
    assert practice == "Assessments: not known; time to assess: not known"


@pytest.mark.parametrize(
    ("certain", "gap", "n", "said"),
    [
        (Certainty.ALONE, -1.0, 10, "perhaps down"),
        (Certainty.ALONE, 1.0, 10, "perhaps up"),
        (Certainty.UNTESTABLE, 1.0, 3, "too few pilots"),
        (Certainty.UNTESTABLE, np.nan, 0, "not known"),
    ],
)
def test_a_change_in_the_grid_is_no_surer_than_its_test(certain, gap, n, said):
    claim = claims_of(HOME)["KPI-3"]
    change = Outcome(estimate=gap, certain=certain, n=n, p_small=np.nan)
    assert triangulation._change(claim, change) == f"{claim.short}: {said}"


def test_the_grid_shows_your_choice_beside_what_claims_are_judged_on():
    cell = (Question.CHILDREN, Strand.INDICATORS)
    plain, few = (
        triangulation.grid.publish(from_search(search)).frame.set_index(
            ["question_key", "strand_key"]
        )
        for search in ("", "?band=two-years")
    )
    assert plain["direction_chosen"].eq("").all()
    assert few.loc[cell, "direction"] == plain.loc[cell, "direction"]
    assert few.loc[cell, "direction_chosen"].count("too few pilots") == 2
    assert few.loc[cell, "base"] == "10 pilots compared"


@pytest.mark.parametrize("search", ["", "?band=two-years", "?adjust=none", "?years=2025-2025"])
def test_a_claim_in_the_grid_takes_few_words(search):
    frame = triangulation.grid.publish(from_search(search)).frame
    for name in ("direction", "direction_chosen"):
        for cell in frame[name]:
            assert all(len(one.split()) <= 6 for one in cell.split("; "))


def test_the_first_sentence_keeps_the_points_of_its_numbers():
    assert (
        claims.first_sentence("9.9 fewer (5.5 to 14.2). Clear of chance.")
        == "9.9 fewer (5.5 to 14.2)."
    )
    assert claims.first_sentence("One alone.") == "One alone."
