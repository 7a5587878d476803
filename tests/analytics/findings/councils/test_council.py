"""One council: its figures against the tables read cell by cell, its words against its rows."""

from math import isnan

import pandas as pd
import pytest

from analytics.findings.councils import council_indicators, council_inspections, council_ratios
from analytics.measures.indicators.registry import INDICATORS as MEASURES
from analytics.publication.registry import offered
from analytics.selection.parse import from_search
from analytics.selection.places import authorities
from analytics.selection.selection import HOME
from data.grades import Grade
from data.sources.registry import INDICATORS, INSPECTIONS, SECTION251
from tests.word_faults import faults

HACKNEY, BRISTOL, CUMBERLAND, CUMBRIA = "E09000012", "E06000023", "E06000063", "E10000006"
FORMER_DORSET = "E10000009"


def rows(finding, query):
    return finding.publish(from_search(query)).frame.set_index("key")


@pytest.fixture(scope="module")
def hackney():
    return rows(council_indicators.indicators, f"?area={HACKNEY}")


def test_every_indicator_has_a_row_and_no_council_has_none(hackney):
    assert len(hackney) == 24
    nobody = council_indicators.indicators.publish(from_search(""))
    assert nobody.withheld.startswith("Choose a council")
    assert nobody.frame.empty


def test_figures_are_those_of_the_tables_worked_out_by_hand(hackney, reference):
    selection = from_search(f"?area={HACKNEY}")
    others = reference.others(HACKNEY, selection)
    for key, row in hackney.iterrows():
        year = int(row["year_end"])
        cell = reference.value(key, HACKNEY, year, selection)
        assert row["value"] == pytest.approx(cell)
        against, found = reference.against(key, HACKNEY, year, selection)
        assert row["n_similar"] == found
        assert row["similar"] == pytest.approx(against, nan_ok=True)
        held = [reference.value(key, one, year, selection) for one in others]
        held = [one for one in held if not isnan(one)]
        if not isnan(against):
            assert (row["similar_low"], row["similar_high"]) == (min(held), max(held))
            side = "below" if cell < min(held) else "above" if cell > max(held) else "within"
            assert row["position"] == side
        pilots = [reference.value(key, one, year, selection) for one in reference.bands]
        pilots = [one for one in pilots if not isnan(one)]
        assert row["pilots"] == pytest.approx(sum(pilots) / len(pilots))
        england = [reference.value(key, one, year, selection) for one in authorities()]
        assert row["rank"] == 1 + sum(one > cell for one in england)
        assert row["ranked"] == sum(not isnan(one) for one in england)


def test_single_figures_as_the_publisher_printed_them(hackney):
    """Read in the table of indicators by hand: Hackney, 2015/16."""
    assert hackney.loc["referrals_rate", "value"] == 598.1
    assert hackney.loc["assess_days_median", "value"] == 43
    assert hackney.loc["icpc_rate", "year"] == "2015/16"
    table = pd.read_parquet(INDICATORS.path)
    mine = table[table["preferred"] & table["code"].eq(HACKNEY) & table["year_end"].eq(2016)]
    assert mine.loc[mine["indicator"] == "referrals_rate", "value"].item() == 598.1


def test_a_ratio_is_its_lines_divided():
    found = rows(council_ratios.ratios, f"?area={HACKNEY}").loc["cla_share"]
    table = pd.read_parquet(SECTION251.path)
    mine = table[table["preferred"] & table["code"].eq(HACKNEY) & table["year_end"].eq(2016)]
    gross = mine.set_index("line_code")["gross"]
    from analytics.measures.ratios.registry import RATIOS  # noqa: PLC0415 (for its lines alone)

    ratio = RATIOS["cla_share"]
    above, below = (gross[list(codes)].sum() for codes in (ratio.numerator, ratio.denominator))
    assert found["value"] == pytest.approx(above / below)
    assert len(rows(council_ratios.ratios, f"?area={HACKNEY}")) == 13


def test_a_pilot_is_left_out_of_the_mean_of_the_pilots(reference):
    found = rows(council_indicators.indicators, f"?area={BRISTOL}").loc["icpc_rate"]
    selection = from_search(f"?area={BRISTOL}")
    others = [one for one in reference.bands if one != BRISTOL]
    held = [reference.value("icpc_rate", one, 2016, selection) for one in others]
    assert found["n_pilots"] == 9
    assert found["pilots"] == pytest.approx(sum(held) / 9)


def test_a_choice_of_pilots_changes_their_mean_alone(hackney):
    chosen = rows(council_indicators.indicators, f"?area={HACKNEY}&pilots={BRISTOL}")
    assert set(chosen["n_pilots"]) <= {0, 1}
    same = ["value", "similar", "rank", "position", "own_years"]
    assert chosen[same].equals(hackney[same])


def test_the_comparator_is_always_the_similar_councils(hackney):
    england = rows(council_indicators.indicators, f"?area={HACKNEY}&compare=england")
    assert england["similar"].equals(hackney["similar"])


def test_the_latest_year_of_the_period_with_a_figure_is_shown():
    found = rows(council_indicators.indicators, f"?area={HACKNEY}&years=2013-2022")
    # Hackney published nothing for 2020/21 and 2021/22.
    assert found.loc["icpc_rate", "year_end"] == 2020
    assert (
        rows(council_indicators.indicators, f"?area={HACKNEY}&years=2021-2022")["value"]
        .isna()
        .any()
    )


def test_a_council_formed_since_has_its_predecessor_and_the_reason():
    selection = from_search(f"?area={CUMBERLAND}&years=2013-2025")
    published = council_indicators.indicators.publish(selection)
    row = published.frame.set_index("key").loc["icpc_rate"]
    related = {one.split(":")[0] for one in row["related_years"].split()}
    assert related == {CUMBRIA}
    assert min(one.split(":")[0] for one in row["own_years"].split()) == "2024"
    assert "Formed in April 2023 from part of Cumbria" in published.plain
    assert "Dashed lines" in " ".join(published.notes)
    years = offered(HOME)["council-indicators-years"].publish(selection).frame
    old = years[years["key"].eq("icpc_rate") & years["role"].eq("predecessor")]
    assert set(old["code"]) == {CUMBRIA}
    assert old["year_end"].max() == 2023


def test_years_before_a_council_was_formed_have_no_figures_and_say_so():
    published = council_indicators.indicators.publish(from_search(f"?area={CUMBERLAND}"))
    assert published.verdict == "No figures in the chosen years"
    assert "Choose other years" in published.plain
    assert published.frame["value"].isna().all()


def test_an_abolished_council_has_its_figures_and_what_replaced_it():
    published = council_indicators.indicators.publish(from_search(f"?area={FORMER_DORSET}"))
    assert published.frame["value"].notna().sum() > 20
    assert published.title.startswith("Dorset (to 2018/19)")
    assert "Replaced in April 2019" in published.plain


def test_the_verdict_counts_the_rows_and_names_no_test(hackney):
    published = council_indicators.indicators.publish(from_search(f"?area={HACKNEY}"))
    placed = hackney[hackney["position"] != ""]
    inside = int(placed["position"].eq("within").sum())
    assert published.verdict == (
        f"Within the range of similar councils on {inside} of {len(placed)} indicators"
    )
    assert "cannot be tested" in published.plain
    assert "single figures, no test" in published.technical
    expected = round(float((2 / (placed["n_similar"] + 1)).sum()))
    assert f"on about {expected} by chance" in published.plain
    outside = placed[placed["position"] == "above"]
    assert all(MEASURES[key].plain.subject in published.plain for key in outside.index)


def test_without_a_list_of_similar_councils_figures_are_shown_alone():
    query = "?area=E06000058&years=2013-2025"
    published = council_indicators.indicators.publish(from_search(query))
    assert published.verdict == "24 indicators, without similar councils beside them"
    assert set(published.frame["position"]) == {""}
    listed = council_indicators.indicators.publish(from_search(f"{query}&model=2025"))
    assert "Within the range" in listed.verdict


EVERY = (council_indicators.indicators, council_ratios.ratios, council_inspections.inspections)


@pytest.mark.parametrize("finding", EVERY, ids=lambda one: one.key)
def test_the_words_are_plain_for_every_council(finding):
    wrong = {
        (code, fault)
        for code in authorities()
        for fault in faults(finding.publish(from_search(f"?area={code}")))
    }
    assert not wrong


def test_judgements_are_those_of_the_table_newest_first():
    frame = council_inspections.inspections.publish(from_search(f"?area={HACKNEY}")).frame
    table = pd.read_csv(INSPECTIONS.path)
    mine = table[table["code"] == HACKNEY]
    assert frame["published"].tolist() == sorted(mine["published"], reverse=True)
    assert frame.iloc[0]["when"] == "20 August 2024"
    assert frame.iloc[0]["overall"] == "good"


def test_a_council_formed_since_shows_the_judgements_before_it():
    published = council_inspections.inspections.publish(from_search(f"?area={CUMBERLAND}"))
    assert set(published.frame["code"]) == {CUMBERLAND, CUMBRIA}
    assert "1 inspection" in published.plain
    gone = council_inspections.inspections.publish(from_search(f"?area={FORMER_DORSET}"))
    assert gone.verdict == "No inspection of this council to show"


def test_a_council_without_any_overall_grade_says_so():
    selection = from_search(f"?area={HACKNEY}")
    frame = council_inspections.inspections.publish(selection).frame
    words = council_inspections._words(frame.head(2).assign(grade=Grade.NONE.value), selection)
    assert words.verdict == "No overall grade is held"
    assert words.plain == ("It rests on 2 inspections, the latest of 20 August 2024.",)
