import re

import pytest

from analytics.findings.claims import later
from analytics.findings.councils import council_inspections
from analytics.findings.indicators import indicator_figures, kpis
from analytics.findings.plan import plan_cost
from analytics.measures.indicators.registry import core
from analytics.publication.registry import offered
from analytics.selection.selection import HOME
from components.card.table import MOST_ROWS, html_table
from data.schema import visible


def test_every_row_is_there_with_scoped_headings_and_a_caption(publish):
    published = publish(kpis.gaps)
    words = html_table(published, name="Mine")
    assert words.count("<tr") == 1 + len(core())
    assert words.count("<th scope=row>") == len(core())
    assert "<caption>" in words
    assert 'aria-label="Mine"' in words


def test_raw_keys_stay_in_the_files(publish):
    words = html_table(publish(kpis.gaps), name="Mine")
    shown = re.sub(r"<[^>]*>", " ", words)
    assert "icpc_rate" not in shown
    assert "Initial child protection conferences" in shown


def test_bands_are_named_and_left_out_where_a_programme_has_none(publish):
    def cells(query):
        words = html_table(publish(offered(HOME)["pilots-changes"], query), name="Mine")
        return re.findall(r"<t[dh][^>]*>([^<]*)<", words)

    named = {one.brief for one in HOME.bands}
    assert named <= set(cells(""))
    assert set(HOME.band_keys).isdisjoint(cells(""))
    group = cells("group=E06000023,E10000020,E08000035&start=2019")
    assert group
    assert not [one for one in group if "band" in one.casefold()]


def test_many_amounts_of_few_things_are_below_each_other(publish):
    published = publish(plan_cost.plan_cost)
    words = html_table(published, name="Mine")
    assert words.count("<th scope=col") == 1 + len(published.frame)
    shown = [one for one in visible(published.columns) if one.in_table]
    assert words.count("<th scope=row>") == len(shown) - 1
    assert words.count("<td") == len(published.frame) * (len(shown) - 1)


def test_each_cell_of_a_short_table_of_words_says_its_column(publish):
    published = publish(council_inspections.inspections, "area=E06000058")
    words = html_table(published, name="Mine")
    _, *others = [one.label for one in visible(published.columns) if one.in_table]
    assert re.findall('data-label="([^"]*)"', words) == others * len(published.frame)
    assert "data-label" not in html_table(publish(kpis.gaps), name="Mine")


def test_names_lead_to_their_pages_and_years_to_none(publish):
    assert 'href="/indicators/icpc_rate"' in html_table(publish(kpis.gaps), name="Mine")
    years = publish(offered(HOME)["expenditure-years"])
    for published in (publish(indicator_figures.values), years):
        assert "<a" not in html_table(published, name="Mine")


def test_amounts_have_their_sign_years_are_financial_and_a_heading_says_its_unit_once(publish):
    published = publish(plan_cost.plan_cost)
    words = html_table(published, name="Mine")
    assert f">£{published.frame['total'].iloc[0]:,.0f}<" in words
    assert {"years", "people", "a year"}.isdisjoint(re.findall("<small>([^<]*)<", words))
    assert ">2012/13 to 2015/16<" in html_table(publish(kpis.gaps), name="Mine")
    assert publish(kpis.gaps).frame["years"].iloc[0] == "2013-2016"


def test_a_missing_number_shows_its_symbol_and_not_a_zero(publish):
    words = html_table(
        publish(indicator_figures.places, "indicator=cpp_open_dur_pct_2yplus"), name="M"
    )
    missing = re.findall(r'class="number missing">([^<]*)<', words)
    assert any("c" in one for one in missing)
    assert all(not one.strip().startswith("0") for one in missing)


def test_words_from_tables_are_escaped(publish):
    words = html_table(publish(later.studies), name='<script>"')
    assert "<script>" not in words


def test_long_tables_are_cut_and_say_so(publish):
    published = publish(indicator_figures.values)
    words = html_table(published, name="Mine")
    assert words.count("<tr") == MOST_ROWS + 1
    assert f"{len(published.frame) - MOST_ROWS:,} more rows" in words


@pytest.mark.slow
@pytest.mark.parametrize("key", offered(HOME))
def test_no_table_shows_a_raw_key(publish, key):
    table = html_table(publish(offered(HOME)[key]), name="Mine")
    cells = re.findall(r"<t[dh][^>]*>(?:<a[^>]*>)?([^<]*)<", table)
    raw = [cell for cell in cells if re.search(r"^/|\b[a-z]+_[a-z_]+\b", cell)]
    assert [cell for cell in raw if "g_av" not in cell and "://" not in cell] == []


def test_a_share_of_spend_is_shown_as_a_chart_draws_it(publish):
    published = publish(offered(HOME)["expenditure-years"], "ratio=cla_share")
    words = html_table(published, name="Mine")
    assert "In % of total spend.</caption>" in words
    assert f"{100 * published.frame['pilots'].iloc[0]:.1f}<" in words
    assert published.subtitle.startswith("Share of total spend · ")
    pounds = publish(offered(HOME)["expenditure-years"], "ratio=spend_per_child")
    assert ". In " not in html_table(pounds, name="Mine").partition("</caption>")[0]
