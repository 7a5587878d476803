"""Every kind of comparator, against a second opinion worked out cell by cell."""

from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import pytest

from analytics.evaluation.comparison import compare, neighbours_of
from analytics.evaluation.panel import indicator_panel
from analytics.evaluation.verdicts import change_rows, gap_rows
from analytics.measures.indicators.registry import INDICATORS as INDICATORS_BY_KEY
from analytics.measures.indicators.registry import core
from analytics.methods.refusal import NotEstimableError
from analytics.selection.choices import Average, Comparator
from analytics.selection.parse import from_search
from analytics.selection.places import authorities, pilots
from analytics.selection.selection import HOME, Selection
from analytics.text.quantity import Scale
from data.load import load
from data.neighbour_lists import NEIGHBOUR_LISTS
from data.sources.registry import INDICATORS, NEIGHBOURS

KEYS = tuple(indicator.key for indicator in core())
SEARCHES = (
    "",
    "?average=median",
    "?k=5",
    "?k=5&with-pilots=1&average=median",
    "?k=1",
    "?with-pilots=1",
    "?model=2021&years=2015-2018",
    "?model=2025&average=median&years=2012-2025",
    "?vintage=first&years=2013-2017",
    "?compare=region&years=2012-2020",
    "?compare=region&average=median&vintage=first",
    "?compare=england&years=2012-2025",
    "?compare=pilots&band=beginner",
    "?compare=pilots&band=over-two,two-years&average=median",
    "?compare=pilots&pilots=E06000023,E09000005",
)


def made(selection: Selection, keys=KEYS, codes=()):
    return compare(
        indicator_panel(load(INDICATORS), selection.vintage),
        load(NEIGHBOURS),
        selection,
        keys=keys,
        codes=codes or tuple(pilot.code for pilot in selection.chosen),
    )


@pytest.mark.parametrize("search", SEARCHES)
def test_every_comparator_is_the_one_worked_out_cell_by_cell(search, reference):
    selection = from_search(search)
    compared = made(selection)
    assert set(compared.codes) == set(reference.chosen(selection))
    assert compared.years == selection.years
    draw = np.random.default_rng(3)
    cells = list(product(*map(range, compared.own.shape)))
    for at in draw.permutation(len(cells))[:400]:
        key, place, year = cells[at]
        names = (compared.keys[key], compared.codes[place], compared.years[year])
        value, found = reference.against(*names, selection)
        np.testing.assert_allclose(
            compared.comparator[cells[at]], value, rtol=1e-12, err_msg=str(names)
        )
        assert compared.found[cells[at]] == found
        np.testing.assert_equal(compared.own[cells[at]], reference.value(*names, selection))


@pytest.mark.parametrize("search", SEARCHES)
def test_every_authority_listed_is_counted(search, reference):
    selection = from_search(search)
    compared = made(selection)
    listed = [len(reference.others(code, selection)) for code in compared.codes]
    assert compared.listed.tolist() == listed
    assert (compared.found <= compared.listed[None, :, None]).all()


@pytest.mark.parametrize("code", pilots(HOME))
@pytest.mark.parametrize("model", NEIGHBOUR_LISTS)
def test_other_pilots_are_left_out_and_not_replaced(code, model, reference):
    for k in range(1, 11):
        kept = neighbours_of(code, load(NEIGHBOURS), Selection(model=model, k=k, with_pilots=True))
        left = neighbours_of(code, load(NEIGHBOURS), Selection(model=model, k=k))
        assert list(kept) == reference.lists[model.key, code][:k]
        assert len(kept) == k
        assert list(left) == [other for other in kept if other not in pilots(HOME)]


def test_pilots_are_each_others_neighbours_so_leaving_them_out_matters():
    kept, left = (
        made(Selection(with_pilots=with_pilots), keys=("icpc_rate",))
        for with_pilots in (True, False)
    )
    assert (left.listed < kept.listed).sum() >= 5
    assert (left.comparator != kept.comparator).any()


def test_fewer_than_five_neighbours_with_figures_are_too_few():
    everywhere = made(from_search("?years=2012-2025"))
    few = everywhere.found < np.minimum(5, everywhere.listed)[None, :, None]
    assert few.any()
    assert np.isnan(everywhere.comparator[few]).all()
    assert np.isfinite(everywhere.comparator[~few]).all()


def test_where_fewer_than_five_are_listed_all_are_needed():
    compared = made(from_search("?k=3&years=2012-2025"))
    complete = compared.found == compared.listed[None, :, None]
    assert np.isnan(compared.comparator[~complete]).all()
    some = complete & (compared.listed > 0)[None, :, None]
    assert np.isfinite(compared.comparator[some]).all()


@pytest.mark.parametrize("model", NEIGHBOUR_LISTS[1:])
def test_authorities_that_did_not_exist_are_listed_and_not_found(model):
    formed_later = {"E06000058", "E06000059", "E06000061", "E06000062"}
    assert formed_later <= set(authorities())
    selection = Selection(model=model)
    compared = made(selection, keys=("icpc_rate",))
    seen = 0
    for place, code in enumerate(compared.codes):
        missing = formed_later & set(neighbours_of(code, load(NEIGHBOURS), selection))
        seen += len(missing)
        assert (compared.found[0, place] <= compared.listed[place] - len(missing)).all()
    assert seen >= 3


@pytest.mark.parametrize("compare_with", [Comparator.REGION, Comparator.ENGLAND])
def test_one_figure_is_no_average_of_any_kind(compare_with):
    one, other = (
        made(Selection(compare=compare_with, average=average, k=k))
        for average, k in ((Average.MEAN, 10), (Average.MEDIAN, 3))
    )
    np.testing.assert_array_equal(one.comparator, other.comparator)
    assert (one.listed == 1).all()


def test_london_boroughs_are_compared_with_inner_or_outer_london():
    region = made(Selection(compare=Comparator.REGION), codes=("E09000005", "E09000030"))
    values = indicator_panel(load(INDICATORS), Selection().vintage)
    for place, code in enumerate(("E13000002", "E13000001")):
        expected = values.comparable(KEYS, (2013, 2014, 2015, 2016))[:, values.places[code]]
        np.testing.assert_array_equal(region.comparator[:, place], expected)


def test_an_authority_that_is_no_pilot_can_be_compared():
    for compare_with in Comparator:
        selection = from_search(f"?compare={compare_with}&band=beginner&area=E08000035")
        compared = made(selection, codes=(selection.area,))
        assert np.isfinite(compared.comparator).any()


def test_a_pilot_that_is_not_chosen_never_faces_itself():
    selection = from_search("?compare=pilots&band=beginner")
    compared = made(selection, codes=("E06000023", "E09000005"))
    assert compared.listed.tolist() == [6, 5]


def test_a_place_that_is_not_held_is_missing():
    for compare_with in (Comparator.NEIGHBOURS, Comparator.REGION, Comparator.ENGLAND):
        compared = made(Selection(compare=compare_with), codes=("E06000023", "nowhere"))
        assert np.isnan(compared.own[:, 1]).all()
        assert np.isfinite(compared.own[:, 0]).any()


def test_other_pilots_cannot_be_faced_when_all_are_chosen():
    with pytest.raises(NotEstimableError, match="no other pilots"):
        made(Selection(compare=Comparator.PILOTS))


#: The former Bournemouth, Poole and Dorset, of which no rebased population is held.
UNREBASED = ("E06000028", "E06000029", "E10000009")


def with_rates_of_the_unrebased(change) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Gaps and changes of the core indicators once those rates are changed."""
    selection = from_search("")
    panel = indicator_panel(load(INDICATORS), selection.vintage)
    values, _ = panel.block(tuple(panel.series), panel.years)
    rates = [panel.series[key] for key in KEYS if INDICATORS_BY_KEY[key].scale is Scale.RATE]
    at = np.ix_(rates, [panel.places[code] for code in UNREBASED])
    values[at] = change(values[at])
    codes = tuple(pilot.code for pilot in selection.chosen)
    found = compare(
        replace(panel, values=values), load(NEIGHBOURS), selection, keys=KEYS, codes=codes
    )
    return gap_rows(found, core(), selection), change_rows(found, core(), selection)


@pytest.mark.parametrize("off", [0.95, 1.05])
def test_an_older_population_of_three_former_authorities_changes_no_verdict(off):
    # This is why their rates of children in need are compared: see OLDER_POPULATION.
    usual, other = (with_rates_of_the_unrebased(lambda v, by=by: v * by) for by in (1.0, off))
    level = usual[0]["comparator"]
    for one, beside in zip(usual, other, strict=True):
        moved = (beside["gap"] - one["gap"]).abs()
        assert moved.max() > 0
        assert (moved / level).max() < 0.004
        assert beside["certain"].equals(one["certain"])


def test_to_leave_these_neighbours_out_would_move_gaps_further():
    usual, other = (
        with_rates_of_the_unrebased(lambda v, by=by: v * by) for by in (1.0, float("nan"))
    )
    moved = (other[0]["gap"] - usual[0]["gap"]).abs() / usual[0]["comparator"]
    assert moved.max() > 0.01


def test_rates_on_an_older_population_are_compared_where_they_are_not_marked():
    panel = indicator_panel(load(INDICATORS), Selection().vintage)
    used = panel.comparable(("icpc_rate", "cla_31mar_rate"), (2013, 2016))
    at = [panel.places[code] for code in UNREBASED]
    assert np.isfinite(used[0, at]).all()
    assert np.isnan(used[1, at]).all()
