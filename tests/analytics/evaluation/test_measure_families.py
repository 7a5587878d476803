from dataclasses import fields

import pandas as pd
import pytest

from analytics.evaluation.measure_families import (
    FAMILIES,
    INDICATOR_FAMILY,
    RATIO_FAMILY,
    TABLES,
    family_of,
    measure_of,
    unread,
)
from analytics.evaluation.staffing import RESOURCES
from analytics.measures.indicators.registry import INDICATORS, indicators_of
from analytics.measures.measure import Measure, Named
from analytics.measures.ratios.registry import RATIOS
from analytics.selection.choices import Subject
from analytics.selection.parameters import PARAMETERS
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME, Selection
from data.load import load

EVERY = [(family, key) for family in FAMILIES.values() for key in family.measures]


@pytest.mark.parametrize(("family", "key"), EVERY)
def test_every_measure_of_every_family_is_one(family, key):
    measure = family.measures[key]
    assert isinstance(measure, Measure)
    assert measure.key == key
    assert all((measure.name, measure.short_name, measure.unit, measure.said, measure.definition))
    assert measure.decimals >= 0
    assert all(measure.notes)


def test_a_thing_that_lacks_a_part_is_no_measure():
    assert not isinstance(RESOURCES[0], Measure)
    assert all(isinstance(one, Named) for one in RESOURCES)
    assert not isinstance("icpc_rate", Named)


def test_the_families_are_disjoint_and_complete():
    keys = [key for _, key in EVERY]
    assert len(keys) == len(set(keys))
    assert set(keys) == {*INDICATORS, *RATIOS}
    assert set(FAMILIES) == set(Subject)


@pytest.mark.parametrize(
    ("subject", "registry"), [(Subject.INDICATOR, INDICATORS), (Subject.RATIO, RATIOS)]
)
def test_the_core_of_a_family_is_its_own(subject, registry):
    family = family_of(Selection(about=subject))
    assert family.subject is subject
    assert family.core() == tuple(one for one in registry.values() if one.core)
    assert 0 < len(family.core()) < len(family.measures)


@pytest.mark.parametrize(("family", "key"), EVERY)
def test_a_family_and_its_measure_come_from_the_selection(family, key):
    search = f"?about={family.subject.value}&{family.parameter}={key}"
    selection = from_search(search)
    assert not selection.notices
    assert family_of(selection) is family
    assert measure_of(selection) is family.measures[key]
    assert family.key_in(selection) == key


@pytest.mark.parametrize("family", FAMILIES.values(), ids=lambda family: family.called)
def test_the_parameter_of_a_family_names_its_measures_on_its_page(family):
    parameter = PARAMETERS[family.parameter]
    assert set(parameter.allowed(HOME)) == set(family.measures)
    assert family.page in parameter.pages
    assert family.parameter in {field.name for field in fields(Selection)}


@pytest.mark.parametrize("family", FAMILIES.values(), ids=lambda family: family.called)
def test_the_panel_of_a_family_holds_every_measure_and_its_tables_are_read(family):
    selection = Selection(about=family.subject)
    tables = {one.key: load(one) for one in family.figures}
    assert set(family.measures) <= set(family.panel(tables, selection).series)
    assert set(unread(selection)) == set(TABLES) - set(family.sources)


@pytest.mark.parametrize("key", INDICATORS)
def test_notes_give_polarity_and_breaks(key):
    indicator = indicators_of(HOME)[key]
    said = INDICATOR_FAMILY.notes(pd.DataFrame(), from_search(f"?indicator={key}"))
    assert indicator.polarity.label in said[0]
    assert indicator.argument in said[0]
    assert any(indicator.breaks in words for words in said[1:]) == bool(indicator.breaks)


@pytest.mark.parametrize("key", RATIOS)
def test_notes_give_the_definition_and_every_remark_of_a_ratio(key):
    ratio = RATIOS[key]
    said = RATIO_FAMILY.notes(pd.DataFrame(), from_search(f"?ratio={key}"))
    assert said[0] == ratio.definition
    assert set(ratio.remarks) <= set(said)
    assert ratio.breaks == " ".join(ratio.remarks)


def test_every_symbol_of_the_frame_is_explained_once():
    frame = pd.DataFrame({"status": ["", "c", "c partial-2014", "x"]})
    said = INDICATOR_FAMILY.notes(frame, Selection())[1:]
    assert [words.split(":")[0] for words in said] == ["c", "partial-2014", "x"]
