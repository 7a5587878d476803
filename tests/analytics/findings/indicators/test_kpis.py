"""The 24 indicators: known numbers, a second opinion, and what may not be said."""

import re
from itertools import product
from statistics import fmean, stdev

import numpy as np
import pytest
from scipy import stats

from analytics.evaluation.method_card import comparison_notes
from analytics.findings.indicators import kpis
from analytics.measures.indicators.registry import INDICATORS, core
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME
from analytics.text.certainty import Certainty

ASSESSMENTS = ["assessments_rate", "assess_days_median", "assess_within45d_pct"]


#: Every flip of so many pilots, shape (flips, pilots); the first flips nobody.
SIGNS = {n: np.array(list(product((1, -1), repeat=n))) for n in range(1, 11)}


def exact(each: list[float]) -> float:
    """The share of sign flips at least as far out as the gaps themselves."""
    sums = np.abs(SIGNS[len(each)] @ np.array(each))
    return float((sums >= sums[0] - 1e-9).mean())


def gaps_of(reference, key, selection):
    """Gap of every chosen pilot; NaN where it has none."""
    made = [reference.yearly(key, code, selection) for code in reference.chosen(selection)]
    return [fmean(years.values()) if years else np.nan for years in made]


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


def test_four_gaps_are_clear_with_the_default_adjustment():
    frame = rows(kpis.gaps)
    clear = frame[frame["certain"] == Certainty.CLEAR]["p_adjusted"].round(3)
    assert clear.to_dict() == {
        "assess_within45d_pct": 0.025,
        "icpc_rate": 0.016,
        "cpp_start_rate": 0.012,
        "cpp_end_rate": 0.045,
    }
    assert set(frame["adjustment"]) == {"max-t"}
    published = kpis.gaps.publish(from_search(""))
    assert published.verdict.startswith("Four of 24 ")
    assert "max-T: 4 below 0.05" in published.technical


def test_one_gap_remains_after_holm():
    frame = rows(kpis.gaps, "?adjust=holm")
    assert (frame["p_adjusted"] < 0.05).sum() == 1
    assert frame["p_adjusted"].idxmin() == "icpc_rate"
    assert frame.loc["icpc_rate", "p_adjusted"] == pytest.approx(len(core()) * 2 / 1024)
    assert frame.loc["icpc_rate", "p_adjusted"] == pytest.approx(0.047, abs=5e-4)
    published = kpis.gaps.publish(from_search("?adjust=holm"))
    assert published.verdict == "Fewer child protection conferences than similar councils"
    assert "Holm: 1 below 0.05" in published.technical


def test_one_change_is_clear_and_is_the_verdict():
    frame, published = rows(kpis.changes), kpis.changes.publish(from_search(""))
    assert frame.index[frame["certain"] == Certainty.CLEAR].tolist() == ["cpp_start_rate"]
    assert published.verdict == "New child protection plans fell against similar councils"
    assert "8.6" in published.plain
    assert "between 4.3 and 13.7 down" in published.plain


def test_what_an_adjustment_cannot_reach_is_said_and_never_called_unclear():
    nine = ",".join(one.code for one in from_search("").chosen[:9])
    for finding in (kpis.gaps, kpis.changes):
        published = finding.publish(from_search(f"?adjust=holm&pilots={nine}"))
        told = published.frame[published.frame["withheld"] == ""]
        assert set(told["certain"]) == {Certainty.UNTESTABLE}
        assert published.verdict == "Too few pilots to tell"
        assert "too few pilots for so many tests" in published.plain
        assert "smallest adjusted p possible" in published.technical
        counted = finding.publish(from_search(f"?pilots={nine}"))
        assert Certainty.UNTESTABLE not in set(counted.frame.query("n == 9")["certain"])


def test_as_many_small_p_as_were_found_are_rare_in_joint_flips(reference):
    selection = from_search("")
    each = np.array([gaps_of(reference, key, selection) for key in rows(kpis.gaps).index])
    sums = np.abs(np.nan_to_num(each) @ SIGNS[10].T)
    p = (sums[:, :, None] <= sums[:, None, :] + 1e-9).mean(axis=2)
    below = (p < 0.05).sum(axis=0)
    row = rows(kpis.gaps).iloc[0]
    assert row["joint_below"] == below[0] == 10
    assert row["joint_flips"] == 1024
    assert row["joint_p"] * 1024 == (below >= below[0]).sum() == 2
    assert "2 of 1,024 joint sign flips" in kpis.gaps.publish(selection).technical


def test_the_standardised_gap_has_the_interval_of_the_noncentral_t():
    row = rows(kpis.gaps).loc["cpp_start_rate"]
    assert row["standardised_low"] == pytest.approx(-2.40, abs=0.005)
    assert row["standardised_high"] == pytest.approx(-0.61, abs=0.005)
    # An end is the effect at which what was observed is at the 2.5% point; Hedges undone.
    t, n = row["gap"] / ((row["t_high"] - row["gap"]) / stats.t.ppf(0.975, 9)), 10
    hedges = row["standardised"] / (t / n**0.5)
    for end, share in (("standardised_low", 0.025), ("standardised_high", 0.975)):
        noncentral = row[end] / hedges * n**0.5
        assert stats.nct.cdf(t, n - 1, noncentral) == pytest.approx(1 - share, abs=1e-6)


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
        assert row["t_low"] == pytest.approx(fmean(each) - margin)
        assert row["t_high"] == pytest.approx(fmean(each) + margin)
        assert np.isnan(row[["low", "high"]].astype(float)).tolist() == [len(each) < 6] * 2
        if len(each) >= 6:  # inside the ends the exact test does not reject, outside it does
            step = (row["high"] - row["low"]) * 1e-6
            for end, inwards in ((row["low"], step), (row["high"], -step)):
                assert exact([one - end - inwards for one in each]) >= 0.05, key
                assert exact([one - end + inwards for one in each]) < 0.05, key
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
    tested = rows(finding, "?adjust=holm").query("p == p")
    assert tested["p_adjusted"].tolist() == pytest.approx(holm(tested["p"].tolist()))


def stepped_down(each) -> list[float]:
    """Westfall and Young's adjusted p, from |t| under every joint flip."""
    n = np.isfinite(each).sum(axis=1)[:, None]
    means = np.nan_to_num(each) @ SIGNS[10].T / n
    squares = np.nansum(each**2, axis=1)[:, None]
    t = np.abs(means) / np.sqrt((squares - n * means**2) / (n - 1) / n)
    order = np.argsort(-t[:, 0])
    found, most = np.full(len(t), np.nan), 0.0
    for place, at in enumerate(order):
        largest = t[order[place:]].max(axis=0)
        most = max(most, float((largest >= t[at, 0] * (1 - 1e-9)).mean()))
        found[at] = most
    return found.tolist()


def test_the_default_adjustment_flips_every_pilot_in_all_indicators_at_once(reference):
    frame, selection = rows(kpis.gaps), from_search("")
    each = np.array([gaps_of(reference, key, selection) for key in frame.index])
    assert frame["p_adjusted"].tolist() == pytest.approx(stepped_down(each))


@pytest.mark.parametrize("band", ["two-years", "over-two"])
def test_a_band_of_three_has_no_bounds_and_says_that_no_test_can_decide(band):
    for finding in (kpis.gaps, kpis.changes):
        published = finding.publish(from_search(f"?band={band}"))
        answered = published.frame[published.frame["n"] == 3]
        assert len(answered) >= 15
        told = answered[answered["withheld"] == ""]
        assert told[["low", "high", "ruled_out"]].isna().all(axis=None)
        assert told[["t_low", "t_high"]].notna().all(axis=None)
        assert set(told["certain"]) == {Certainty.UNTESTABLE}
        assert published.verdict == "Too few pilots to tell"
        assert (told["p"] >= 0.25).all()
        assert set(told["smallest_p"]) == {0.25}
        assert "smallest p possible 0.25" in published.technical


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
    assert frame.index.tolist() == [one.key for one in core() if one.key in HOME.evaluation.named]
    assert len(frame) == 5
    for column in ("gap", "low", "high", "p", "p_adjusted"):
        assert frame[column].tolist() == whole.loc[frame.index, column].tolist()
    assert published.technical.count("n 10") == 5


def test_a_place_keeps_its_capital_in_the_middle_of_a_sentence():
    summary = kpis.named.publish(from_search("?pilots=E06000023,E06000041,E10000020")).summary
    assert "bristol" not in summary
    assert "norfolk" not in summary


@pytest.mark.parametrize("search", ["", "?compare=england", "?band=beginner"])
def test_no_p_of_a_measure_is_given_without_its_interval_and_n(search):
    published = kpis.named.publish(from_search(search))
    given = len(re.findall(r"\bp [=<] ", published.technical))
    assert given == 5
    assert len(re.findall(r"\(95% CI [^()]*, n \d+, p ", published.technical)) == given
    assert not re.search(r"\bp [=<] ", f"{published.verdict} {published.plain}")


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
