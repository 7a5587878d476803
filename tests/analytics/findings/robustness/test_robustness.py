"""One number doubted: every dot, every one left out, bands, detection, placebo pilots."""

from dataclasses import replace
from statistics import fmean

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analytics.evaluation.placebo_pool import placebo_pool
from analytics.findings.robustness import placebo_many as module
from analytics.findings.robustness.leave_one_out import leave_one_out
from analytics.findings.robustness.placebo import placebo, placebos
from analytics.findings.robustness.placebo_many import many
from analytics.findings.robustness.robustness import detectables, view
from analytics.findings.robustness.robustness_bands import pairs
from analytics.findings.robustness.specifications import every_specification, specifications
from analytics.methods.permutation import differences
from analytics.publication.progress import heard_by
from analytics.selection.parse import from_search
from analytics.selection.places import pilots
from data.load import load
from data.neighbour_lists import NEIGHBOUR_LISTS
from data.sources.registry import NEIGHBOURS


@pytest.mark.parametrize("search", ["", "?indicator=cpp_open_dur_pct_2yplus&band=beginner",
                                    "?indicator=assess_days_median&vintage=first"])  # fmt: skip
def test_every_dot_opens_the_view_that_produces_exactly_its_number(search):
    frame = specifications.publish(from_search(search)).frame
    assert len(frame) == frame["address"].nunique() == 144
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
        for name in ("estimate", "low", "high", "p", "n"):
            assert shown.frame.iloc[0][name] == dot[name], (dot["address"], name)


def test_the_curve_has_every_combination_once():
    every = every_specification(from_search("?area=E09000012&base=2013"))
    assert len(set(every)) == 3 * 2 * 2 * 2 * 3 * 2
    assert from_search("") in every
    marked = specifications.publish(from_search("?model=2021&outcome=log")).frame
    assert marked[marked["yours"] == "yes"]["outcome"].tolist() == ["log"]


def test_leaving_a_pilot_out_is_choosing_the_others():
    selection = from_search("?indicator=cla_31mar_rate")
    frame = leave_one_out.publish(selection).frame.set_index("code")
    for code in list(pilots())[::3]:
        others = tuple(one for one in pilots() if one != code)
        alone = view.publish(replace(selection, only=others)).frame.iloc[0]
        for name in ("estimate", "low", "high", "p", "n"):
            assert frame.loc[code, name] == pytest.approx(alone[name]), (code, name)


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
    np.testing.assert_allclose(frame["p"], made.p)
    np.testing.assert_allclose(frame["estimate"], [
        fmean(groups[0]) - fmean(groups[1]), fmean(groups[0]) - fmean(groups[2]),
        fmean(groups[1]) - fmean(groups[2]),
    ])  # fmt: skip
    assert set(frame["arrangements"]) == {4_200}


def test_the_smallest_detectable_has_four_chances_in_five(reference):
    frame = detectables.publish(from_search("")).frame.set_index("key")
    differences_of = reference.gaps("icpc_rate", from_search(""))
    n, sd = len(differences_of), np.std(differences_of, ddof=1)
    noncentral = frame.loc["icpc_rate", "detectable"] / (sd / np.sqrt(n))
    critical = stats.t.ppf(0.975, n - 1)
    power = stats.nct.sf(critical, n - 1, noncentral) + stats.nct.cdf(-critical, n - 1, noncentral)
    assert power == pytest.approx(0.8, abs=1e-6)


@pytest.mark.parametrize("outcome", ["level", "log", "change"])
def test_a_view_says_what_it_could_detect(outcome):
    published = view.publish(from_search(f"?outcome={outcome}&indicator=cla_start_rate"))
    assert "could detect" in published.summary
    assert "no difference" not in published.summary


def test_placebo_pilots_are_everyone_else_under_the_same_options(reference):
    selection = from_search("?indicator=icpc_rate&k=5&average=median")
    outside = placebo_pool({NEIGHBOURS.key: load(NEIGHBOURS)}, selection)
    listed = {code for model, code in reference.lists if model == NEIGHBOUR_LISTS[0].key}
    assert set(outside) == listed - set(pilots())
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
