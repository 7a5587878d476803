"""A file's name says which finding, measure, selection and years are in it."""

import pytest

import analytics.findings  # noqa: F401 (registers the findings)
from analytics.publication.export import file_name
from analytics.publication.registry import offered
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME


def named(key: str, search: str = "") -> str:
    return file_name(offered(HOME)[key].publish(from_search(search)), "csv")


@pytest.mark.parametrize(
    ("search", "name"),
    [
        ("", "kpis-gaps_2013-2016.csv"),
        ("?band=beginner", "kpis-gaps_beginner_2013-2016.csv"),
        ("?band=beginner,over-two&years=2013-2018", "kpis-gaps_beginner-over-two_2013-2018.csv"),
        ("?k=5&average=median&with-pilots=1", "kpis-gaps_k5_median_with-pilots_2013-2016.csv"),
        ("?pilots=E09000005", "kpis-gaps_brent_2013-2016.csv"),
        ("?compare=region&adjust=holm", "kpis-gaps_against-region_adjusted-holm_2013-2016.csv"),
        ("?area=E06000023", "kpis-gaps_bristol_2013-2016.csv"),
        ("?fte=2&annual-cost=40000", "kpis-gaps_fte-2_annual-cost-40000_2013-2016.csv"),
    ],
)
def test_what_was_chosen_is_said_in_short_words(search: str, name: str):
    assert named("kpis-gaps", search) == name


@pytest.mark.parametrize(
    ("key", "search", "name"),
    [
        ("indicator-years", "", "indicator-years_icpc_rate_2013-2025.csv"),
        ("indicator-years", "?indicator=s47_rate", "indicator-years_s47_rate_2013-2025.csv"),
        ("indicator-values", "?years=2015-2015", "indicator-values_icpc_rate_2015.csv"),
        ("measure-places", "?about=ratio", "measure-places_cla_share_2013-2016.csv"),
        ("resources-gaps", "", "resources-gaps_2015-2016.csv"),
        ("survey-published", "", "survey-published.csv"),
        (
            "indicator-years",
            "?years=2014-2016",
            "indicator-years_icpc_rate_period-2014-2016_2013-2025.csv",
        ),
    ],
)
def test_the_measure_is_named_and_the_years_are_those_of_the_rows(key, search, name):
    assert named(key, search) == name


def test_long_choices_are_cut_between_words_and_told_apart():
    long = (
        "?band=beginner,over-two&compare=region&model=2021&k=3&average=median&with-pilots=1"
        "&vintage=first&adjust=max-t&area=E08000035&indicator=cin_rate"
    )
    first, second = (named("kpis-gaps", one) for one in (long, long.replace("k=3", "k=4")))
    assert first.startswith("kpis-gaps_beginner-over-two_against-region_list-2021_k3_")
    assert first != second
    assert all(name.isascii() and len(name) < 80 for name in (first, second))


def test_many_pilots_are_counted_and_told_apart():
    four = "?pilots=E06000023,E10000020,E08000036,E06000041"
    other = "?pilots=E06000023,E10000020,E08000036,E09000005"
    assert named("kpis-gaps", four).startswith("kpis-gaps_4-pilots_")
    assert named("kpis-gaps", four) != named("kpis-gaps", other)
