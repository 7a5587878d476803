import dataclasses
from itertools import product

import pytest

from analytics.selection.choices import YEARS, Average, Comparator, Vintage
from analytics.selection.parse import from_search
from analytics.selection.places import authorities
from analytics.selection.selection import HOME, Selection
from analytics.text.wording import year_label
from data.neighbour_lists import NEIGHBOUR_LISTS

PLAIN = Selection()


def test_the_default_is_ten_pilots_against_ten_neighbours_over_the_four_years_evaluated():
    assert len(PLAIN.chosen) == 10
    assert PLAIN.years == (2013, 2014, 2015, 2016)
    assert (PLAIN.compare, PLAIN.model, PLAIN.k, PLAIN.average) == (
        Comparator.NEIGHBOURS,
        NEIGHBOUR_LISTS[0],
        10,
        Average.MEAN,
    )
    assert not PLAIN.with_pilots
    assert PLAIN.vintage is Vintage.PREFERRED


def test_a_selection_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        PLAIN.k = 3


def test_notices_are_no_part_of_what_is_asked_for():
    noticed = from_search("?colour=red")
    assert noticed.notices
    assert noticed == PLAIN
    assert hash(noticed) == hash(PLAIN)


@pytest.mark.parametrize(
    ("year", "label"), [(2012, "2011/12"), (2016, "2015/16"), (2000, "1999/00")]
)
def test_a_year_is_written_as_a_financial_year(year, label):
    assert year_label(year) == label


@pytest.mark.parametrize("compare", Comparator)
def test_words_name_pilots_comparator_and_period(compare):
    options = product(NEIGHBOUR_LISTS, (1, 10), Average, (False, True), Vintage, ("", "E08000035"))
    for model, k, average, with_pilots, vintage, area in options:
        selection = Selection(
            compare=compare, model=model, k=k, average=average, with_pilots=with_pilots,
            vintage=vintage, area=area, bands=(HOME.band("over-two"),),
        )  # fmt: skip
        words = selection.label
        assert selection.pilot_words in words
        assert "2012/13 to 2015/16" in words
        assert ("first published" in words) == (vintage is Vintage.FIRST)
        assert ("Leeds" in words) == bool(area)
        if compare in {Comparator.NEIGHBOURS, Comparator.PILOTS}:
            assert average.value in words
        if compare is Comparator.NEIGHBOURS:
            assert str(k) in words
            assert ("2025" in words) == (model is NEIGHBOUR_LISTS[2])
            assert ("left out" in words) != with_pilots


def test_words_of_different_options_differ():
    options = product(Comparator, NEIGHBOUR_LISTS, range(1, 11), Average, (False, True))
    neighbours = {
        Selection(compare=compare, model=model, k=k, average=average, with_pilots=kept).label
        for compare, model, k, average, kept in options
    }
    # Sixty lists of neighbours with mean or median; one region, one England; two kinds of pilots.
    assert len(neighbours) == 3 * 10 * 2 * 2 + 1 + 1 + 2


@pytest.mark.parametrize(
    ("search", "names"),
    [
        ("?band=beginner", ["4 pilots", "beginner"]),
        ("?band=two-years,over-two", ["6 pilots"]),
        ("?pilots=E09000005", ["Brent"]),
        ("?pilots=E09000005,E06000023", ["Brent", "Bristol"]),
    ],
)
def test_pilots_are_named_or_counted(search, names):
    words = from_search(search).pilot_words
    assert all(name in words for name in names)


def test_pilots_come_in_order_of_band_and_then_name():
    bands = [pilot.band for pilot in PLAIN.chosen]
    assert bands == sorted(bands, key=HOME.bands.index)
    for band in HOME.bands:
        names = [pilot.name for pilot in PLAIN.chosen if pilot.band == band]
        assert names == sorted(names)


@pytest.mark.parametrize("year", YEARS)
def test_a_period_of_one_year_is_that_year(year):
    selection = Selection(first=year, last=year)
    assert selection.period_words == year_label(year)
    assert selection.years == (year,)


@pytest.mark.parametrize("code", ["E06000058", "E09000001", "E06000028"])
def test_your_authority_is_named_even_where_it_exists_no_more(code):
    assert authorities()[code].name in Selection(area=code).label
