"""Every kind of comparator, against a second opinion worked out cell by cell."""

from itertools import product

import numpy as np
import pytest

from analytics.evaluation.comparison import compare, neighbours_of
from analytics.evaluation.panel import indicator_panel
from analytics.measures.indicators.registry import core
from analytics.methods.refusal import NotEstimableError
from analytics.selection.choices import Average, Comparator
from analytics.selection.parse import from_search
from analytics.selection.places import authorities, pilots
from analytics.selection.selection import Selection
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


@pytest.mark.parametrize("code", pilots())
@pytest.mark.parametrize("model", NEIGHBOUR_LISTS)
def test_other_pilots_are_left_out_and_not_replaced(code, model, reference):
    for k in range(1, 11):
        kept = neighbours_of(code, load(NEIGHBOURS), Selection(model=model, k=k, with_pilots=True))
        left = neighbours_of(code, load(NEIGHBOURS), Selection(model=model, k=k))
        assert list(kept) == reference.lists[model.key, code][:k]
        assert len(kept) == k
        assert list(left) == [other for other in kept if other not in pilots()]


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
