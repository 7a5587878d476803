"""Claims, choices and the grid: the defaults, what a selection changes, what is never said."""

import re

import numpy as np
import pytest
from scipy import stats

from analytics.claims.claim import Question, Strand
from analytics.claims.registry import CLAIMS
from analytics.claims.status import Status
from analytics.findings.claims import claims, claims_choices, triangulation
from analytics.findings.expenditure import expenditure
from analytics.findings.indicators import kpis
from analytics.selection.choices import Average
from analytics.selection.parse import from_search
from data.load import load
from data.neighbour_lists import NEIGHBOUR_LISTS
from data.sources.registry import SIZES
from data.sources.source import Kind

LIVE = ["KPI-1", "KPI-2", "KPI-3", "KPI-4", "EXP-1"]
READ = {
    "KPI-1": "assessments_rate",
    "KPI-2": "assess_days_median",
    "KPI-3": "icpc_rate",
    "KPI-4": "cpp_start_rate",
}
NOBODY = "?compare=pilots"  # all pilots are chosen, so that no other is left
UNTESTED = {"?compare=region&years=2016-2016", "?pilots=E06000041", "?years=2013-2014"}
SEARCHES = [
    "", "?model=2025", "?average=median&adjust=bh", "?band=two-years", "?compare=england",
    "?compare=region&years=2016-2016", "?pilots=E06000041", NOBODY,
    "?k=5&model=2021&adjust=none", "?years=2013-2014", "?adjust=max-t&with-pilots=1",
]  # fmt: skip
NEVER = re.compile(r"no difference|\bbetter\b|\bworse\b|simulated|significant", re.IGNORECASE)


def rows(search=""):
    return claims.claims.publish(from_search(search)).frame.set_index("id")


def test_every_claim_has_one_row_in_order():
    assert claims.claims.publish(from_search("")).frame["id"].tolist() == list(CLAIMS)


@pytest.mark.parametrize(
    ("claim", "status", "estimate", "p"),
    [
        ("KPI-1", Status.PARTLY, -102, 0.012),
        ("KPI-2", Status.PARTLY, -9.8, 0.025),
        ("KPI-3", Status.REPRODUCED, -13.8, 0.002),
        ("KPI-4", Status.PARTLY, -9.9, 0.004),
        ("EXP-1", Status.REPRODUCED, 0.009, 0.092),
    ],
)
def test_by_default(claim, status, estimate, p):
    row = rows().loc[claim]
    assert row["status_key"] == status
    assert row["estimate"] == pytest.approx(estimate, rel=0.06)
    assert row["p"] == pytest.approx(p, abs=0.0005)
    assert row["n"] == 10
    assert row["low"] < row["estimate"] < row["high"]
    assert (row["p_adjusted"] < 0.05) == (claim == "KPI-3")


def test_a_claim_is_the_gap_worked_out_cell_by_cell(reference, flips):
    for claim, key in READ.items():
        gaps = reference.gaps(key, from_search(""))
        row = rows().loc[claim]
        assert row["estimate"] == pytest.approx(np.mean(gaps))
        assert row["p"] == pytest.approx(flips(gaps))
        low, high = stats.t.interval(0.95, 9, np.mean(gaps), stats.sem(gaps))
        assert (row["low"], row["high"]) == (pytest.approx(low), pytest.approx(high))


def test_a_claim_is_withheld_with_the_reason_of_the_card_it_links_to():
    found, levels = rows(NOBODY), kpis.gaps.publish(from_search(NOBODY))
    assert levels.withheld
    assert levels.frame.empty
    assert found.loc[LIVE, "estimate"].isna().all()
    assert found.loc[LIVE, "found"].eq(levels.withheld).all()


@pytest.mark.parametrize("search", [one for one in SEARCHES if one != NOBODY])
def test_a_claim_has_the_figures_of_the_card_it_links_to(search):
    selection = from_search(search)
    found = rows(search)
    frame = kpis.gaps.publish(selection).frame.set_index("key")
    for claim, key in READ.items():
        for name, theirs in (("estimate", "gap"), ("low", "low"), ("p_adjusted", "p_adjusted")):
            assert found.loc[claim, name] == pytest.approx(frame.loc[key, theirs], nan_ok=True)
    changes = expenditure.changes.publish(selection).frame
    tested = changes[changes["p"].notna()]
    assert tested.empty == (search in UNTESTED)
    if len(tested):
        assert found.loc["EXP-1", "p"] == tested["p"].min()
        assert (found.loc["EXP-1", "status_key"] == Status.NOT) == (
            bool((tested["p_adjusted"] < 0.05).any()) and tested["smallest_p"].max() < 0.05
        )


def test_three_pilots_cannot_be_tested_and_show_their_interval():
    found = rows("?band=two-years").loc[LIVE]
    assert found["status_key"].eq(Status.UNTESTABLE).all()
    assert found["low"].notna().all()
    assert found["n"].eq(3).all()
    assert (
        found["found"]
        .str.contains("With 3 pilots the smallest p this test can reach is 0.25")
        .all()
    )
    assert found["found"].str.contains("95 % interval").all()


def test_one_pilot_has_no_average_and_no_reach():
    found = rows("?pilots=E06000041").loc[LIVE]
    assert found["status_key"].eq(Status.UNTESTABLE).all()
    assert found["estimate"].isna().all()
    assert found["found"].str.contains("says too little").all()
    assert not found["found"].str.contains("read the intervals").any()


def test_a_model_changes_a_status():
    assert rows("?model=2025").loc["KPI-3", "status_key"] == Status.PARTLY
    assert rows("?model=2025&adjust=none").loc["KPI-3", "status_key"] == Status.REPRODUCED


def test_both_readings_are_shown_and_must_agree():
    words = rows().loc["KPI-2", "found"]
    assert "−9.8 working days" in words
    assert "+9.3 percentage points" in words
    assert words.count("n = 10") == 2
    # Days above 0.05, share below: partly.
    frame = kpis.gaps.publish(from_search("?model=2025&adjust=none")).frame.set_index("key")
    assert frame.loc["assess_days_median", "p"] > 0.05 > frame.loc["assess_within45d_pct", "p"]
    assert rows("?model=2025&adjust=none").loc["KPI-2", "status_key"] == Status.PARTLY


def test_a_contrary_study_speaks_where_the_figures_do_not():
    row = rows("?compare=region").loc["KPI-2"]
    assert row["status_key"] == Status.CONTRADICTED
    assert "matched difference-in-differences" in row["conflict"]
    stands = rows().loc["KPI-2"]
    assert stands["status_key"] == Status.PARTLY
    assert "A later study says the contrary" in stands["conflict"]


def test_years_that_are_not_the_period_are_named():
    assert "(2014/15 to 2015/16)" in rows().loc["KPI-1", "found"]
    assert "(20" not in rows().loc["KPI-3", "found"].replace("(95", "")


def test_no_change_is_no_change_detected_with_what_could_be():
    words = rows().loc["EXP-1", "found"]
    assert words.startswith("No change detected in 13 ratios: none has p below 0.05 after Holm.")
    assert "this design could detect a change of 0.015 per £1" in words
    one = "?adjust=none&model=2025&average=median"
    assert rows(one).loc["EXP-1", "status_key"] == Status.NOT
    assert rows(one).loc["EXP-1", "found"].startswith("1 ratio of 13 changed")


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
    sizes = load(SIZES).frame.set_index("fact")["value"]
    found = rows()
    assert found.loc["FAM-1", "n"] == float(sizes["families interviewed"]) == 270
    assert found.loc["SW-1", "n"] == 471
    assert np.isnan(found.loc["REC-1", "n"])
    assert found["base"].ne("").all()


def test_no_source_of_any_of_them_is_simulated():
    for finding in (claims.claims, claims_choices.choices, triangulation.grid):
        assert all(source.kind is not Kind.SIMULATED for source in finding.sources)


@pytest.mark.parametrize("search", SEARCHES)
def test_words_keep_to_what_can_be_said(search):
    selection = from_search(search)
    for finding in (claims.claims, claims_choices.choices, triangulation.grid):
        published = finding.publish(selection)
        assert not NEVER.search(f"{published.summary} {published.headline}")
        for name in ("found", "status", "direction", "base"):
            if name in published.frame:
                assert not published.frame[name].str.contains(NEVER).any()


def test_the_counts_of_the_headline_are_those_of_the_rows():
    for search in SEARCHES:
        published = claims.claims.publish(from_search(search))
        counts = published.frame.set_index("id").loc[LIVE, "status"].value_counts()
        for status, count in counts.items():
            assert re.search(rf"\b{count} (is |are )?{status}", published.headline)
        assert "The other 18 cannot be checked from open data." in published.headline


def test_choices_are_the_claims_under_each_choice():
    frame = claims_choices.choices.publish(from_search("?k=7")).frame
    assert len(frame) == len(LIVE) * len(NEIGHBOUR_LISTS) * len(Average)
    for model in NEIGHBOUR_LISTS:
        for average in Average:
            alone = rows(f"?k=7&model={model}&average={average}")
            held = frame[(frame["model"] == model.label) & (frame["average"] == average)]
            assert held["status"].tolist() == alone.loc[LIVE, "status"].tolist()
            assert held["estimate"].tolist() == pytest.approx(alone.loc[LIVE, "estimate"].tolist())
    assert frame["chosen"].eq("yes").sum() == len(LIVE)


def test_by_default_one_verdict_depends_on_the_neighbours():
    summary = claims_choices.choices.publish(from_search("")).summary
    assert summary.startswith(
        "The status of 1 claim of 5 depends on the choice of neighbours: KPI-3 reproduced under 1 "
        "and partly reproduced under 5;"
    )


def test_verdicts_that_do_not_depend_are_said_so():
    summary = claims_choices.choices.publish(from_search("?band=two-years")).summary
    assert summary.startswith("No status depends on the choice of neighbours:")
    assert summary.endswith("under all 6.")


@pytest.mark.parametrize("compare", ["region", "england", "pilots"])
def test_without_neighbours_there_is_no_choice_of_them(compare):
    published = claims_choices.choices.publish(from_search(f"?band=beginner&compare={compare}"))
    assert "no list of neighbours is involved" in published.withheld


def test_the_grid_holds_every_claim_once_but_the_recommendation():
    frame = triangulation.grid.publish(from_search("")).frame
    named = ", ".join(frame["claims"]).split(", ")
    assert sorted(named) == sorted(set(CLAIMS) - {"REC-0"})
    for _, row in frame.iterrows():
        for one in row["claims"].split(", "):
            assert CLAIMS[one].question == row["question_key"]
            assert CLAIMS[one].strand == row["strand_key"]
    assert len(triangulation.QUESTIONS) == len(Question) - 1
    assert len(triangulation.STRANDS) == len(Strand) - 1
    columns = [name for name in frame if name != "conflict"]
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


def test_the_grid_follows_the_selection():
    cell = (Question.CHILDREN, Strand.INDICATORS)
    frames = [
        triangulation.grid.publish(from_search(search)).frame.set_index(
            ["question_key", "strand_key"]
        )
        for search in ("", "?band=two-years", "?compare=england")
    ]
    assert frames[0].loc[cell, "status"] == "reproduced (KPI-3); partly reproduced (KPI-4)"
    assert frames[1].loc[cell, "status"] == Status.UNTESTABLE.label
    assert frames[1].loc[cell, "base"] == "3 pilots compared"
    assert "as a level" in frames[0].loc[cell, "strength"]
    assert "lower than England" in frames[2].loc[cell, "direction"]
