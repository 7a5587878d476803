"""Findings for programmes with years enough before their start, on one that began in 2018."""

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from analytics.evaluation.comparison import compare
from analytics.evaluation.measure_families import TABLES, family_of, measure_of
from analytics.evaluation.years_before import (
    FOR_SYNTHETIC,
    FOR_TREND,
    enough_years_before,
    years_before,
)
from analytics.findings.indicators.change_pretrend import pretrend
from analytics.findings.indicators.change_synthetic import synthetic_change
from analytics.methods.multiplicity import max_t
from analytics.methods.refusal import NotEstimableError
from analytics.methods.synthetic import synthetic
from analytics.publication.registry import offered
from analytics.selection.places import pilots
from analytics.selection.selection import HOME, Selection
from data.load import load
from data.programmes.read import programme
from data.sources.registry import NEIGHBOURS

ROOT = Path(__file__).parents[4]
HARBOUR = ROOT / "tests/second_programme/harbour_lights.toml"
LATER = replace(
    programme(), start=date(2018, 9, 1), first_after=2019, window=(2017, 2021), digest="later"
)


@pytest.fixture(scope="module")
def tables():
    return {source.key: load(source) for source in TABLES}


def chosen(**more):
    return Selection(programme=LATER, first=2013, last=2021, **more)


def test_years_are_counted_to_the_start():
    assert years_before(LATER) == (2013, 2014, 2015, 2016, 2017, 2018)
    assert enough_years_before(LATER, least=FOR_SYNTHETIC)
    third = replace(LATER, first_after=2016)
    assert enough_years_before(third)
    assert not enough_years_before(third, least=FOR_SYNTHETIC)
    assert FOR_TREND < FOR_SYNTHETIC


def test_with_two_years_before_neither_is_offered():
    assert len(years_before(programme())) < FOR_TREND
    assert not pretrend.is_offered(HOME)
    assert not synthetic_change.is_offered(HOME)
    assert not {pretrend.key, synthetic_change.key} & set(offered(HOME))


def test_the_joint_test_is_over_the_gaps_of_the_years_before(tables):
    selection = chosen(indicator="cla_31mar_rate")
    frame = pretrend.analyse(tables, selection)
    panel = family_of(selection).panel(tables, selection)
    compared = compare(
        panel, tables[NEIGHBOURS.key], selection,
        keys=("cla_31mar_rate",), codes=tuple(pilots(LATER)),
    )  # fmt: skip
    gaps = (compared.own - compared.comparator)[0]
    moved = gaps - gaps[:, [selection.years.index(2018)]]
    assert frame["p_joint"].iloc[0] == pytest.approx(np.nanmin(max_t(moved[:, :5].T)))
    assert frame["year_end"].tolist() == list(range(2013, 2022))
    assert frame["change"].to_numpy() == pytest.approx(np.nanmean(moved, axis=0))
    assert frame["effect"].iloc[0] == pytest.approx(np.nanmean(moved[:, 6:].mean(axis=1)))
    low, high, bend = (frame[name].iloc[0] for name in ("straight_low", "straight_high", "bend"))
    assert (bend > 0) == (low > 0 or high < 0)
    said = pretrend.words(frame, selection)
    assert said.verdict.startswith(
        "No movement before" if frame["p_joint"].iloc[0] >= 0.05 else "The"
    )
    assert "six years before" in said.technical


def test_the_weighted_comparison_is_over_councils_with_every_year(tables):
    selection = chosen(indicator="cla_31mar_rate")
    frame = synthetic_change.analyse(tables, selection)
    panel = family_of(selection).panel(tables, selection)
    values = panel.comparable(("cla_31mar_rate",), tuple(range(2013, 2022)))[0]
    own = values[[panel.places[code] for code in pilots(LATER)]]
    own = own[np.isfinite(own).all(axis=1)]
    assert frame["n"].eq(len(own)).all()
    assert frame["pilots"].to_numpy() == pytest.approx(own.mean(axis=0))
    after = frame["in_period"].eq("yes").to_numpy()
    assert frame["year_end"][after].tolist() == [2019, 2020, 2021]
    assert frame["gap"][after].mean() == pytest.approx(frame["effect"].iloc[0])
    assert frame["year_weight"].sum() == pytest.approx(1)
    # Equal weights are the plain difference of differences over the same councils.
    outside = [
        code for code in panel.places
        if code[:3] in {"E06", "E08", "E09", "E10"} and code not in pilots(LATER)
    ]  # fmt: skip
    held = values[[panel.places[code] for code in outside]]
    assert np.isfinite(held).all(axis=1).sum() >= frame["councils"].iloc[0] > 100
    assert 0 < frame["p_placebo"].iloc[0] <= 1
    assert frame["effect_low"].iloc[0] < frame["effect"].iloc[0] < frame["effect_high"].iloc[0]
    assert synthetic(own, own[:5], 6).places.sum() == pytest.approx(1)
    for far, verdict in ((64, "No clear change against"), (4, "Pilots may have left")):
        said = synthetic_change.words(frame.assign(p_placebo=(far + 1) / 501), selection)
        assert said.verdict.startswith(verdict)
        assert f"Of 500 groups of councils that were no pilots, {far} (" in said.plain_text
        assert ("number of tests is not counted" in said.plain_text) == (far == 4)


def test_too_few_years_with_figures_are_said(tables):
    selection = chosen(indicator="assess_days_median")
    with pytest.raises(NotEstimableError, match="four have figures; five are needed"):
        synthetic_change.analyse(tables, selection)
    early = replace(LATER, first_after=2017)
    few = replace(selection, programme=early)
    assert measure_of(few).key == "assess_days_median"
    with pytest.raises(NotEstimableError, match="in two years in a row before the start; three"):
        pretrend.analyse(tables, few)
    with pytest.raises(NotEstimableError, match="no year after the start"):
        synthetic_change.analyse(tables, replace(chosen(), last=2018))


def test_a_period_without_years_after_tests_the_years_before_all_the_same(tables):
    frame = pretrend.analyse(tables, replace(chosen(), last=2018))
    assert frame["effect"].isna().all()
    assert "no year after the start in the period" in pretrend.words(frame, chosen()).technical


PUBLISH = """
import json
import app
from analytics.publication.registry import offered
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME
from components.card.card import cards_under

said = {}
for key in ("change-pretrend", "change-synthetic", "robustness-view"):
    published = offered(HOME)[key].publish(from_search(""))
    method = (" ".join(one) for one in published.method)
    said[key] = [published.summary, published.withheld, *method]
    said[key].append("drawn" if cards_under(HOME)[key].pieces(from_search("")) else "")
print(json.dumps(said))
"""


def test_a_programme_of_24_with_six_years_before_publishes_them(tmp_path):
    text = HARBOUR.read_text(encoding="utf-8")
    text = text.replace("start = 2017-09-01", "start = 2018-09-01")
    text = text.replace("first_after = 2018", "first_after = 2019")
    # Codes of London boroughs and districts that have figures of every year.
    codes = [f"E0900000{n}" for n in range(2, 10)] + [f"E080000{n:02}" for n in range(1, 16)]
    others = [code for code in codes if code not in text][:16]
    pilot = (
        '\n[[pilots]]\ncode = "{0}"\nname = "{0}"\nband = "moored"\n'
        'authority_type = "of its kind"\nexperience = "no lamp"\n'
    )
    file = tmp_path / "long_before.toml"
    file.write_text(text + "".join(pilot.format(code) for code in others), encoding="utf-8")
    done = subprocess.run(  # noqa: S603 (our own program)
        [sys.executable, "-c", PUBLISH],
        env={**os.environ, "EXPLORER_PROGRAMME": str(file), "EXPLORER_CACHE": str(tmp_path / "c")},
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=180,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    assert "years before · joint max-|t| p" in said["change-pretrend"][0]
    assert "synthetic difference-in-differences" in said["change-synthetic"][0]
    assert any("100,000 assignments of signs drawn" in one for one in said["robustness-view"])
    assert re.search(r"p = [\d.]+ ± 0\.00\d+ by simulation", said["robustness-view"][0])
    assert {words[-1] for words in said.values()} == {"drawn"}
