import re
from dataclasses import replace

import pytest

from analytics.evaluation.panel import indicator_panel
from analytics.measures.indicators.indicator import FIRST_YEAR, LAST_YEAR, Family, Polarity
from analytics.measures.indicators.registry import INDICATORS, core, indicators_of
from analytics.selection.choices import Vintage
from analytics.selection.selection import DEFAULT_INDICATOR, HOME
from data.load import load
from data.programmes.settings import ProgrammeError
from data.sources.registry import INDICATORS as TABLE

CORE = [
    "referrals_rate", "rereferrals_pct", "referrals_nfa_pct", "referrals_notinneed_pct",
    "assessments_rate", "assess_days_median", "assess_within45d_pct", "cin_31mar_rate",
    "cin_start_rate", "cin_end_rate", "cin_open_dur_pct_2yplus", "cin_ended_dur_pct_u3m",
    "s47_rate", "icpc_rate", "icpc_within15d_pct", "cpp_start_rate", "cpp_31mar_rate",
    "cpp_end_rate", "cpp_second_pct", "cpp_open_dur_pct_2yplus", "cpp_ended_dur_pct_2yplus",
    "cpp_reviewed_pct", "cla_31mar_rate", "cla_start_rate",
]  # fmt: skip
NAMED = {
    "assessments_rate", "assess_days_median", "assess_within45d_pct", "icpc_rate", "cpp_start_rate",
}  # fmt: skip


def test_the_core_is_that_of_the_methods_in_their_order():
    assert [indicator.key for indicator in core()] == CORE


def test_five_readings_are_named_in_the_summary_and_all_are_core():
    assert set(HOME.evaluation.named) == NAMED
    assert set(CORE) >= NAMED


def test_every_indicator_is_found_by_its_own_key():
    assert all(key == indicator.key for key, indicator in INDICATORS.items())
    assert all(re.fullmatch(r"[a-z0-9_]+", key) for key in INDICATORS)
    assert DEFAULT_INDICATOR in CORE


@pytest.mark.parametrize("indicator", INDICATORS.values(), ids=lambda one: one.key)
def test_an_indicator_and_its_count_and_base_are_in_the_table(indicator):
    held = set(load(TABLE).frame["indicator"].unique())
    assert indicator.key in held
    assert not indicator.count or indicator.count in held
    assert not indicator.base or indicator.base in held
    assert indicator.base or not indicator.count
    assert indicator.count or not indicator.base or indicator.is_share  # for its zeros


@pytest.mark.parametrize("indicator", INDICATORS.values(), ids=lambda one: one.key)
def test_every_indicator_is_defined(indicator):
    assert indicator.definition[0].isupper() or indicator.definition[0].isdigit()
    assert indicator.definition.endswith(f"{indicator.basis}.")
    assert indicator.numerator[1:] in indicator.definition
    assert indicator.denominator in indicator.definition
    assert all((
        indicator.name, indicator.short_name, indicator.unit, indicator.publication,
        indicator.argument, indicator.polarity.label,
    ))  # fmt: skip
    assert len(indicator.short_name) <= 30
    assert 0 <= indicator.decimals <= 2


@pytest.mark.parametrize("attribute", ["name", "short_name"])
def test_no_two_indicators_are_called_alike(attribute):
    names = [getattr(indicator, attribute) for indicator in INDICATORS.values()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("indicator", INDICATORS.values(), ids=lambda one: one.key)
def test_the_unit_says_what_the_values_are(indicator):
    assert indicator.is_share == (indicator.unit == "%")
    assert indicator.is_share == indicator.key.endswith("_pct") or "_pct_" in indicator.key
    values = load(TABLE).frame.query("preferred & indicator == @indicator.key")["value"].dropna()
    assert (values >= 0).all()
    if indicator.is_share and not indicator.key.startswith("sw_"):
        assert (values <= 100).all()
        assert values.median() > 1  # percentages, not proportions


@pytest.mark.parametrize("indicator", core(), ids=lambda one: one.key)
def test_every_core_indicator_has_figures_in_the_window_of_the_evaluation(indicator):
    panel = indicator_panel(load(TABLE), Vintage.PREFERRED)
    values = panel.comparable((indicator.key,), (2015, 2016))[0]
    pilots = [panel.places[code] for code in ("E06000041", "E09000005", "E10000029")]
    assert (values == values).sum() > 200  # noqa: PLR0124 (not NaN)
    assert (values[pilots] == values[pilots]).any()


def test_the_years_are_those_of_the_table():
    years = load(TABLE).frame["year_end"]
    assert (years.min(), years.max()) == (FIRST_YEAR, LAST_YEAR)


@pytest.mark.parametrize("polarity", Polarity)
def test_every_polarity_has_words(polarity):
    assert polarity.label


def test_every_family_has_a_heading_of_its_own():
    assert len({family.label for family in Family}) == len(Family)


@pytest.mark.parametrize(
    ("change", "key"),
    [({"named": ("nothing",)}, "named"), ({"arguments": {"nothing": "."}}, "arguments")],
)
def test_a_programme_that_names_an_unknown_indicator_is_refused(change, key):
    of = replace(HOME, evaluation=replace(HOME.evaluation, **change))
    with pytest.raises(ProgrammeError, match=rf"evaluation.{key}.*'nothing'.*an indicator's key"):
        indicators_of(of)
