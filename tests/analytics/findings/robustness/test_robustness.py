"""One number doubted: every dot, every one left out, bands, detection, placebo pilots."""

from dataclasses import replace
from itertools import combinations
from statistics import fmean

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analytics.evaluation.comparison import compare
from analytics.evaluation.in_question import in_question
from analytics.evaluation.judging import judged
from analytics.evaluation.measure_families import TABLES, family_of
from analytics.evaluation.outcomes import outcomes
from analytics.evaluation.placebo_pool import TINY, placebo_pool
from analytics.findings.measures.together import changes, levels
from analytics.findings.robustness import placebo_many as module
from analytics.findings.robustness.leave_one_out import leave_one_out
from analytics.findings.robustness.placebo import placebo, placebo_groups
from analytics.findings.robustness.placebo_each import placebos
from analytics.findings.robustness.placebo_many import many
from analytics.findings.robustness.planning import detectables
from analytics.findings.robustness.pooled import pooled
from analytics.findings.robustness.robustness import view
from analytics.findings.robustness.robustness_bands import pairs
from analytics.findings.robustness.specifications import every_specification, specifications
from analytics.methods.permutation import differences
from analytics.publication.progress import heard_by
from analytics.publication.registry import offered
from analytics.selection.choices import Outcome
from analytics.selection.parse import from_search
from analytics.selection.places import pilots
from analytics.selection.selection import HOME
from data.load import load
from data.neighbour_lists import NEIGHBOUR_LISTS
from data.sources.registry import NEIGHBOURS
from tests.word_faults import plain_faults


@pytest.mark.parametrize("search", ["", "?indicator=cpp_open_dur_pct_2yplus&band=beginner",
                                    "?indicator=assess_days_median&vintage=first"])  # fmt: skip
def test_every_dot_opens_the_view_that_produces_exactly_its_number(search):
    frame = specifications.publish(from_search(search)).frame
    assert len(frame) == frame["address"].nunique() == 192
    dots = frame.sample(30, random_state=1)
    assert dots["estimate"].notna().any()
    for _, dot in dots.iterrows():
        path, _, query = dot["address"].partition("?")
        assert path == "/robustness"
        selection = from_search(query)
        assert selection.notices == ()
        shown = view.publish(selection)
        if np.isnan(dot["estimate"]):
            assert shown.withheld
            continue
        for name in ("estimate", "low", "high", "t_low", "t_high", "p", "n", "smallest_p"):
            made = shown.frame.iloc[0][name]
            # Ends are sums that may be taken in another order, hence not the last bit.
            close = pytest.approx(dot[name], rel=1e-12, abs=1e-12, nan_ok=True)
            exact = name in {"estimate", "p", "n"}
            assert made == (dot[name] if exact else close), (dot["address"], name)


def test_the_curve_has_every_combination_once():
    every = every_specification(from_search("?area=E09000012&base=2013"))
    assert len(set(every)) == 3 * 2 * 2 * 2 * 4 * 2
    assert from_search("") in every
    marked = specifications.publish(from_search("?model=2021&outcome=log")).frame
    assert marked[marked["yours"] == "yes"]["outcome"].tolist() == ["log"]


def test_leaving_a_pilot_out_is_choosing_the_others():
    selection = from_search("?indicator=cla_31mar_rate")
    frame = leave_one_out.publish(selection).frame.set_index("code")
    for code in list(pilots(HOME))[::3]:
        others = tuple(one for one in pilots(HOME) if one != code)
        alone = view.publish(replace(selection, only=others)).frame.iloc[0]
        for name in ("estimate", "low", "high", "p", "n", "p_adjusted", "smallest_adjusted"):
            assert frame.loc[code, name] == pytest.approx(alone[name]), (code, name)
        assert frame.loc[code, "certain"] == alone["certain"]


def test_leaving_a_neighbour_out_is_recomputed_cell_by_cell(reference, monkeypatch):
    selection = from_search("?indicator=icpc_rate")
    frame = leave_one_out.publish(selection).frame
    neighbours = frame[frame["role"] == "neighbour"]
    listed = {o for c in reference.chosen(selection) for o in reference.others(c, selection)}
    assert set(neighbours["code"]) == listed
    usual = reference.others
    for _, row in neighbours.iloc[[0, 7, -1]].iterrows():
        with monkeypatch.context() as patch:
            patch.setattr(
                reference, "others",
                lambda code, chosen, gone=row["code"]: [
                    one for one in usual(code, chosen) if one != gone
                ],
            )  # fmt: skip
            assert row["estimate"] == pytest.approx(fmean(reference.gaps("icpc_rate", selection)))


def test_bands_are_compared_over_all_arrangements(reference):
    selection = from_search("?indicator=cpp_start_rate&outcome=change")
    frame = pairs.publish(selection).frame
    values = dict(zip(reference.chosen(selection), reference.changes("cpp_start_rate", selection),
                      strict=True))  # fmt: skip
    order = ("beginner", "two-years", "over-two")
    groups = [[v for c, v in values.items() if reference.bands[c] == band] for band in order]
    made = differences(np.concatenate(groups), tuple(map(len, groups)))
    np.testing.assert_allclose(frame["p_all"], made.p)
    np.testing.assert_allclose(frame["p"], [
        stats.permutation_test((a, b), lambda x, y: abs(fmean(x) - fmean(y)), n_resamples=np.inf,
                               alternative="greater", vectorized=False).pvalue
        for a, b in combinations(groups, 2)
    ])  # fmt: skip
    np.testing.assert_allclose(frame["estimate"], [
        fmean(groups[0]) - fmean(groups[1]), fmean(groups[0]) - fmean(groups[2]),
        fmean(groups[1]) - fmean(groups[2]),
    ])  # fmt: skip
    assert frame["arrangements"].tolist() == [35, 35, 20]
    assert set(frame["trend_arrangements"]) == {4_200}


def test_bands_with_the_default_selection():
    published = pairs.publish(from_search(""))
    frame = published.frame
    assert frame["p"].tolist() == pytest.approx([2 / 35, 1 / 35, 2 / 20])
    assert frame["smallest_adjusted"].tolist() == pytest.approx([3 / 35, 3 / 35, 0.1])
    row = frame.iloc[0]
    assert (row["ordered_pairs"], row["all_pairs"]) == (33, 33)
    assert row["trend_p_found"] == pytest.approx(1 / 4_200)
    assert row["trend_p"] == pytest.approx(2 / 4_200)
    assert (row["before_ordered_pairs"], row["before_all_pairs"]) == (26, 33)
    assert row["before_trend_p"] == pytest.approx(0.084, abs=0.001)
    assert frame["before"].iloc[1] == pytest.approx(-17.05, abs=0.01)
    assert "1 of 4,200" in published.technical
    two = pairs.publish(from_search("?band=beginner,two-years")).frame
    assert np.isnan(two["trend_p"]).all()


def test_pooled_means_lie_between_their_own_and_the_common_one():
    frame = pooled.publish(from_search("")).frame
    assert frame["kind"].value_counts().to_dict() == {"pilot": 10, "band": 3}
    for _, row in frame.iterrows():
        low, high = sorted((row["own"], row["mean"]))
        assert low - 1e-9 <= row["estimate"] <= high + 1e-9
        assert row["low"] < row["estimate"] < row["high"]
    published = pooled.publish(from_search(""))
    bands = frame[frame["kind"] == "band"]
    assert all(f"{name} " in published.technical for name in bands["name"])
    assert not any(name in published.technical for name in frame[frame["kind"] == "pilot"]["name"])
    alike = pooled.publish(from_search("?band=beginner"))
    assert (alike.frame["kept"] == 0).all()
    assert "cannot be told apart" in alike.verdict


def test_the_smallest_detectable_has_four_chances_in_five(reference):
    frame = detectables.publish(from_search("")).frame.set_index("key")
    differences_of = reference.gaps("icpc_rate", from_search(""))
    n, sd = len(differences_of), np.std(differences_of, ddof=1)
    noncentral = frame.loc["icpc_rate", "detectable"] / (sd / np.sqrt(n))
    critical = stats.t.ppf(0.975, n - 1)
    power = stats.nct.sf(critical, n - 1, noncentral) + stats.nct.cdf(-critical, n - 1, noncentral)
    assert power == pytest.approx(0.8, abs=1e-6)


def test_planning_is_for_the_test_that_is_used():
    frame = detectables.publish(from_search("")).frame.set_index("key")
    held = frame[frame["detectable_flip"].notna()]
    assert (held["detectable_flip"] / held["detectable"]).between(0.9, 1.15).all()
    counted = held[held["detectable_adjusted"].notna()]
    assert (counted["detectable_adjusted"] >= counted["detectable_flip"]).all()
    holm = detectables.publish(from_search("?adjust=holm"))
    nine = holm.frame[holm.frame["n"] == 9]
    assert len(nine)
    assert nine["detectable_adjusted"].isna().all()
    few = detectables.publish(from_search("?band=beginner"))
    assert few.frame["detectable_flip"].isna().all()
    assert "too small" in few.verdict


@pytest.mark.parametrize("outcome", [one.value for one in Outcome])
@pytest.mark.parametrize("indicator", ["cla_start_rate", "cpp_start_rate", "icpc_rate"])
def test_a_view_says_what_is_ruled_out_and_never_what_could_be_detected(outcome, indicator):
    published = view.publish(from_search(f"?outcome={outcome}&indicator={indicator}"))
    assert "detect" not in published.summary
    assert "no difference" not in published.summary
    row = published.frame.iloc[0]
    assert row["ruled_out"] >= abs(row["estimate"])
    assert (row["p_equivalence"] < 0.05) == (row["ruled_out"] < row["margin"])
    assert ("not distinguishable" in published.plain.lower()) == (row["p"] >= 0.05)


@pytest.mark.parametrize("query", ["", "?adjust=holm", "?band=beginner", "?about=ratio",
                                   "?compare=england&adjust=none", "?years=2015-2016"])  # fmt: skip
@pytest.mark.parametrize("change", [False, True])
def test_a_view_is_as_sure_as_the_family(query, change):
    selection = replace(from_search(query), outcome=Outcome.CHANGE if change else Outcome.LEVEL)
    family = family_of(selection)
    tables = {one.key: load(one) for one in TABLES}
    together = changes if change else levels
    for measure in family.core()[::4]:
        asked = replace(selection, **{family.parameter: measure.key})
        published = view.publish(asked)
        row = together(family, tables, asked, placebo=False).set_index("key").loc[measure.key]
        if published.withheld:
            assert row["withheld"]
            continue
        mine = published.frame.iloc[0]
        assert mine["certain"] == row["certain"]
        for name, other in (("estimate", "gap"), ("low", "low"), ("p_adjusted", "p_adjusted"),
                            ("ruled_out", "ruled_out"), ("margin", "margin")):  # fmt: skip
            assert mine[name] == pytest.approx(row[other], nan_ok=True), (measure.key, name)


def test_new_plans_survive_some_drift_and_return_to_the_mean():
    published = view.publish(from_search("?indicator=cpp_start_rate&outcome=change"))
    row = published.frame.iloc[0]
    assert row["t_breakdown"] == pytest.approx(0.69, abs=0.005)
    assert row["breakdown"] == pytest.approx(0.78, abs=0.005)
    assert row["beyond"] == pytest.approx(-10.1, abs=0.05)
    ends = (row["beyond_t_low"], row["beyond_t_high"])
    assert ends == pytest.approx((-14.8, -5.4), abs=0.05)
    assert any("up to 0.69 times the earlier difference" in note for note in published.notes)
    beyond = [note for note in published.notes if "against councils that started as far" in note]
    assert len(beyond) == 1
    assert "fell by 10 per 10,000 children" in beyond[0]
    assert "breakdown 0.69 (t) or 0.78 (sign-flip)" in published.technical
    assert "beyond regression to the mean −10.1" in published.technical
    assert len(published.words.plain) == 2
    level = view.publish(from_search("?indicator=cpp_start_rate")).frame.iloc[0]
    assert np.isnan(level[["drift", "breakdown", "beyond"]].astype(float)).all()


def test_hidden_figures_bound_the_gap():
    published = view.publish(from_search("?indicator=cpp_open_dur_pct_2yplus"))
    row = published.frame.iloc[0]
    assert row["n_suppressed"] == 11
    assert (row["bound_low"], row["bound_high"]) == pytest.approx((-0.68, 0.86), abs=0.005)
    assert row["bound_low"] <= row["estimate"] <= row["bound_high"]
    other = view.publish(from_search("?indicator=referrals_nfa_pct")).frame.iloc[0]
    assert other["n_suppressed"] == 3
    assert np.isnan(other["bound_low"])


def test_a_test_out_of_reach_is_not_charged_to_the_place():
    published = leave_one_out.publish(from_search("?adjust=holm"))
    rows = published.frame[published.frame["role"] == "pilot"]
    assert (rows["smallest_adjusted"] > 0.05).all()
    assert (rows["certain"] == "untestable").all()
    assert "not the place" in published.plain
    assert not any(name in published.verdict for name in rows["left_out"])
    six = leave_one_out.publish(
        from_search("?adjust=none&pilots=" + ",".join(list(pilots(HOME))[:6]))
    )
    assert six.frame["smallest_p"].iloc[0] < 0.05 <= six.frame["smallest_p"].iloc[1]


def test_where_no_p_can_be_small_no_share_of_small_ones_is_said():
    published = specifications.publish(from_search("?band=beginner"))
    assert "% of those on" not in published.plain
    assert "with p <" not in published.technical
    assert "smallest p possible 0.125" in published.technical


def test_the_mean_of_every_placebo_group_is_given():
    selection = from_search("?indicator=cpp_start_rate")
    means = placebo_groups.publish(selection).frame["mean"]
    row = placebo.publish(selection).frame.iloc[0]
    assert len(means) == row["all_draws"]
    assert (means.abs() >= abs(row["observed"]) * (1 - 1e-12)).sum() == row["far"]
    assert offered(HOME)["robustness-placebo"].whole == placebo_groups.key


def test_placebo_pilots_are_everyone_else_under_the_same_options(reference):
    selection = from_search("?indicator=icpc_rate&k=5&average=median")
    outside = placebo_pool({NEIGHBOURS.key: load(NEIGHBOURS)}, selection)
    listed = {code for model, code in reference.lists if model == NEIGHBOUR_LISTS[0].key}
    assert set(outside) == listed - set(pilots(HOME)) - set(TINY)
    gaps = {}
    for code in outside:
        found = reference.yearly("icpc_rate", code, selection)
        if found:
            gaps[code] = fmean(found.values())
    rng = np.random.default_rng(5)
    kinds = pd.Series(gaps).groupby(lambda code: code[:3])
    expected = {"E06": 2, "E08": 1, "E09": 2, "E10": 5}
    means = np.array([
        np.concatenate([
            rng.choice(group.to_numpy(), expected[kind], replace=False) for kind, group in kinds
        ]).mean()
        for _ in range(4_000)
    ])  # fmt: skip
    observed = fmean(reference.gaps("icpc_rate", selection))
    share = (np.abs(means) >= abs(observed)).mean()
    row = placebo.publish(selection).frame.iloc[0]
    assert row["observed"] == pytest.approx(observed)
    assert row["p"] == pytest.approx(share, abs=0.01)
    assert row["outsiders"] == len(gaps)


def test_one_indicator_and_all_of_them_share_their_draws():
    frame = placebos.publish(from_search("")).frame.set_index("key")
    one = placebo.publish(from_search("?indicator=cpp_start_rate")).frame
    assert frame.loc["cpp_start_rate", "far"] == one["far"].iloc[0]
    assert one["draws"].sum() == one["all_draws"].iloc[0] == 10_000


def test_other_pilots_are_no_comparator_for_outsiders():
    published = placebo.publish(from_search("?compare=pilots&band=beginner"))
    assert "no pilots" in published.withheld


def test_slow_work_waits_until_it_is_made_and_is_then_everywhere(fresh, forgetful, monkeypatch):
    monkeypatch.setattr(module, "LONG_DRAWS", 60_000)
    selection, heard = from_search("?indicator=icpc_rate"), []
    waiting = many.publish(selection)
    assert waiting.waiting
    assert waiting.withheld == many.slow
    assert not many.is_kept(selection)
    with heard_by(heard.append):
        made = many.make(selection)
    assert heard == pytest.approx([1 / 3, 2 / 3, 1])
    assert fresh.exists()
    forgetful()  # as another process
    found = many.publish(selection)
    assert not found.waiting
    assert found.frame.equals(made.frame)
    short = placebos.publish(selection).frame
    apart = (found.frame["p_placebo"] - short["p_placebo"]).abs()
    assert apart.max() < 0.02
    assert (found.frame["p_family"] >= found.frame["p_placebo"] - 1e-12).all()


def group_of(*sizes):
    """The selection of a group of councils in bands of these sizes."""
    every = sorted(set(load(NEIGHBOURS).frame["code"]) - set(TINY))
    bands = [
        f"Band{at}:" + ",".join(every[at :: len(sizes)][:size]) for at, size in enumerate(sizes)
    ]
    return from_search(f"?group={';'.join(bands)}&start=2017")


def test_a_large_group_is_left_out_one_by_one_as_its_family_is_tested():
    selection, tables = group_of(11, 11), {one.key: load(one) for one in TABLES}
    asked = in_question(tables, selection)
    frame = leave_one_out.publish(selection).frame.set_index("code")
    assert (frame["role"] == "pilot").sum() == np.isfinite(asked.own).sum() == 22
    for at in (0, 13):
        left = asked.each.copy()
        left[:, at] = np.nan
        row = frame.loc[selection.chosen[at].code]
        alone = judged(left, selection)
        assert (row["p"], row["p_adjusted"]) == (alone.p[asked.at], alone.adjusted[asked.at])
        assert (row["certain"], row["n"]) == (alone.certain[asked.at].value, 21)
    code = frame.index[frame["role"] == "neighbour"][0]
    other = compare(
        family_of(selection).panel(tables, selection), load(NEIGHBOURS), selection,
        keys=tuple(one.key for one in asked.measures),
        codes=tuple(pilot.code for pilot in selection.chosen), without=(code,) * 22,
    )  # fmt: skip
    expected = judged(outcomes(other, selection.outcome), selection).adjusted[asked.at]
    assert frame.loc[code, "p_adjusted"] == expected != frame["p_adjusted"].iloc[0]


def test_three_bands_of_twenty_have_a_trend_by_approximation():
    published = pairs.publish(group_of(20, 20, 20))
    assert published.frame["trend_p"].between(0, 1).all()
    assert published.frame["trend_arrangements"].isna().all()
    assert "normal approximation" in published.words.technical


SAID = [view, leave_one_out, pairs, pooled, detectables, specifications, placebo, placebos,
        placebo_groups]  # fmt: skip


@pytest.mark.parametrize("finding", SAID, ids=lambda one: one.key)
def test_words_keep_to_their_layers(finding):
    for query in (
        "", "?band=beginner", "?band=beginner,two-years&outcome=change", "?pilots=E06000041",
        "?compare=england", "?compare=pilots&band=beginner", "?adjust=holm", "?adjust=none",
        "?years=2016-2016", "?area=E09000012", "?outcome=log-change&indicator=cpp_start_rate",
        "?about=ratio&outcome=log", "?indicator=cin_open_dur_pct_2yplus",
    ):  # fmt: skip
        published = finding.publish(from_search(query))
        if not published.withheld:
            assert not plain_faults(published.words), query
            assert "nan" not in published.technical.replace("finance", "")
            assert "inf" not in published.technical
