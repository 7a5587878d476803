"""The 24 indicators: known numbers, a second opinion, and what may not be said."""

import re
from statistics import fmean, stdev

import numpy as np
import pytest
from scipy import stats

from analytics.evaluation.method_card import comparison_notes
from analytics.findings.indicators import kpis
from analytics.measures.indicators.registry import INDICATORS, core
from analytics.programme import PROGRAMME
from analytics.selection.parse import from_search

ASSESSMENTS = ["assessments_rate", "assess_days_median", "assess_within45d_pct"]


def rows(finding, search=""):
    return finding.publish(from_search(search)).frame.set_index("key")


@pytest.mark.parametrize(
    ("key", "gap", "flips", "years"),
    [
        ("icpc_rate", -13.830577, 2, "2013-2016"),
        ("cpp_start_rate", -9.946, 4, "2013-2016"),
        ("assessments_rate", -101.5, None, "2015-2016"),
    ],
)
def test_the_gaps_are_the_known_ones(key, gap, flips, years):
    row = rows(kpis.gaps).loc[key]
    assert row["gap"] == pytest.approx(gap, abs=0.05 if key == "assessments_rate" else 5e-4)
    assert row["n"] == 10
    assert row["years"] == years
    assert flips is None or row["p"] == flips / 1024


def test_one_gap_remains_after_holm():
    frame = rows(kpis.gaps)
    assert (frame["p_adjusted"] < 0.05).sum() == 1
    assert frame["p_adjusted"].idxmin() == "icpc_rate"
    assert frame.loc["icpc_rate", "p_adjusted"] == pytest.approx(len(core()) * 2 / 1024)
    published = kpis.gaps.publish(from_search(""))
    assert "1 remains below 0.05" in published.summary


@pytest.mark.parametrize(
    ("key", "change", "p"), [("cpp_start_rate", -8.590, 2 / 1024), ("icpc_rate", -5.925, 0.285)]
)
def test_the_changes_are_the_known_ones(key, change, p):
    row = rows(kpis.changes).loc[key]
    assert row["gap"] == pytest.approx(change, abs=5e-4)
    assert row["p"] == pytest.approx(p, abs=5e-4)


def test_assessments_have_no_figures_before_the_pilots_started():
    frame = rows(kpis.changes)
    withheld = frame[frame["withheld"].str.startswith("No figures before the pilots started")]
    assert withheld.index.tolist() == ASSESSMENTS
    assert withheld[["gap", "low", "high", "p", "p_adjusted"]].isna().all(axis=None)
    assert (frame.drop(ASSESSMENTS)["withheld"] == "").all()


SEARCHES = [
    "",
    "?average=median&k=5",
    "?with-pilots=1&model=2021",
    "?compare=region",
    "?compare=england&years=2014-2018",
    "?compare=pilots&band=beginner,over-two",
    "?band=two-years&model=2025",
    "?vintage=first",
    "?years=2012-2025&pilots=E06000023,E06000041,E09000005,E10000018,E10000020",
]


@pytest.mark.parametrize("search", SEARCHES)
@pytest.mark.parametrize("finding", [kpis.gaps, kpis.changes], ids=lambda finding: finding.key)
def test_every_row_agrees_with_a_second_opinion(finding, search, reference, flips):
    selection = from_search(search)
    frame = rows(finding, search)
    assert len(frame) == len(core())
    for key, row in frame.iterrows():
        each = (reference.gaps if finding is kpis.gaps else reference.changes)(key, selection)
        assert row["n"] == len(each), key
        if len(each) < 3:
            assert row["withheld"]
            assert np.isnan(row["gap"])
            continue
        margin = stats.t.ppf(0.975, len(each) - 1) * stdev(each) / len(each) ** 0.5
        assert row["withheld"] == ""
        assert row["gap"] == pytest.approx(fmean(each), rel=1e-9, abs=1e-9)
        assert row["low"] == pytest.approx(fmean(each) - margin)
        assert row["high"] == pytest.approx(fmean(each) + margin)
        assert row["p"] == pytest.approx(flips(each), abs=1e-12), key
        assert row["pilots"] - row["comparator"] == pytest.approx(row["gap"], abs=1e-9)
        assert row["smallest_p"] == 2 / 2 ** len(each)


def holm(p: list[float]) -> list[float]:
    order = sorted(range(len(p)), key=p.__getitem__)
    adjusted, most = [0.0] * len(p), 0.0
    for place, at in enumerate(order):
        most = max(most, min(1.0, (len(p) - place) * p[at]))
        adjusted[at] = most
    return adjusted


@pytest.mark.parametrize("finding", [kpis.gaps, kpis.changes], ids=lambda finding: finding.key)
def test_holm_is_over_the_rows_that_were_tested(finding):
    tested = rows(finding).query("p == p")
    assert tested["p_adjusted"].tolist() == pytest.approx(holm(tested["p"].tolist()))


@pytest.mark.parametrize("band", ["two-years", "over-two"])
def test_a_band_of_three_has_intervals_and_says_that_no_test_can_decide(band):
    for finding in (kpis.gaps, kpis.changes):
        published = finding.publish(from_search(f"?band={band}"))
        answered = published.frame[published.frame["n"] == 3]
        assert len(answered) >= 15
        told = answered[answered["withheld"] == ""]
        assert told[["low", "high"]].notna().all(axis=None)
        assert (told["p"] >= 0.25).all()
        assert set(told["smallest_p"]) == {0.25}
        assert "0.25" in published.summary


@pytest.mark.parametrize("pilots", ["E06000023", "E06000023,E09000005"])
@pytest.mark.parametrize("finding", [kpis.gaps, kpis.changes], ids=lambda finding: finding.key)
def test_one_or_two_pilots_are_withheld_and_their_rows_are_kept(finding, pilots):
    published = finding.publish(from_search(f"?pilots={pilots}"))
    assert "3 are needed" in published.withheld
    assert published.summary == published.withheld
    assert len(published.frame) == len(core())
    assert (published.frame["withheld"] != "").all()
    assert published.frame[["gap", "low", "high", "p"]].isna().all(axis=None)


def test_other_pilots_cannot_be_faced_when_all_are_chosen():
    for finding in (kpis.gaps, kpis.changes, kpis.named):
        published = finding.publish(from_search("?compare=pilots"))
        assert "no other pilots" in published.withheld
        assert not len(published.frame)


def test_the_named_indicators_are_five_rows_of_the_24():
    published = kpis.named.publish(from_search(""))
    frame, whole = published.frame.set_index("key"), rows(kpis.gaps)
    assert frame.index.tolist() == [
        one.key for one in core() if one.key in PROGRAMME.evaluation.named
    ]
    assert len(frame) == 5
    for column in ("gap", "low", "high", "p", "p_adjusted"):
        assert frame[column].tolist() == whole.loc[frame.index, column].tolist()
    assert published.summary.count("n = 10") == 5


def test_a_place_keeps_its_capital_in_the_middle_of_a_sentence():
    summary = kpis.named.publish(from_search("?pilots=E06000023,E06000041,E10000020")).summary
    assert "bristol" not in summary
    assert "norfolk" not in summary


def test_no_sentence_gives_p_without_the_effect_interval_and_n():
    for search in ("", "?compare=england", "?band=beginner"):
        for finding in (kpis.gaps, kpis.named):
            summary = finding.publish(from_search(search)).summary
            given = len(re.findall(r"\bp [=<] ", summary))
            assert summary.count("n = ") >= given > 0


def test_a_level_is_said_not_to_be_a_change():
    for finding in (kpis.gaps, kpis.named):
        published = finding.publish(from_search(""))
        assert any("not a change" in words for words in (*published.notes, published.summary))


@pytest.mark.parametrize("unit", sorted({indicator.unit for indicator in INDICATORS.values()}))
def test_every_unit_is_that_of_its_indicator(unit):
    frame = rows(kpis.gaps)
    assert all(INDICATORS[key].unit == held for key, held in frame["unit"].items())
    assert frame["unit"].eq(unit).sum() == sum(one.unit == unit for one in core())


def test_only_lists_that_hold_authorities_formed_since_are_said_to_hold_them():
    old, new = (comparison_notes(from_search(f"?model={model}")) for model in ("pre-2021", "2021"))
    assert old != new
    assert not any("formed since" in note for note in old)
