"""Expenditure: the default answers, against the files worked out again."""

from statistics import fmean

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analytics.evaluation.verdict_columns import COLUMNS
from analytics.findings.expenditure import (
    expenditure,
    expenditure_children,
    expenditure_composition,
    expenditure_lines,
    expenditure_quality,
    expenditure_ratio,
)
from analytics.measures.ratios import registry
from analytics.measures.ratios.lines import LINES
from analytics.measures.ratios.ratio import Ratio
from analytics.publication.registry import offered
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME
from analytics.text.name_kinds import share
from data.sources.registry import SECTION251
from data.wording import count_words

NEW = Ratio(
    key="youth_justice_share",
    name="Share of spend on youth justice",
    short_name="Youth justice",
    plain=share("spending on youth justice", times=100),
    unit="per £1 of total spend",
    numerator=("3.6.1",),
    denominator=("5.0.2",),
)


@pytest.fixture(scope="module")
def pounds():
    frame = pd.read_parquet(SECTION251.path)
    frame = frame[frame["preferred"]].astype({"line_code": str, "code": str})
    return frame.pivot(index=["code", "year_end"], columns="line_code", values="gross")


def test_the_columns_are_those_of_the_indicators():
    assert (
        expenditure.gaps.columns_under(HOME) == expenditure.changes.columns_under(HOME) == COLUMNS
    )
    names = [column.name for column in COLUMNS][:13]
    assert names == [
        "key", "name", "unit", "n", "pilots", "comparator", "gap", "low", "high", "p",
        "p_adjusted", "adjustment", "withheld",
    ]  # fmt: skip


def test_by_default_no_change_is_detected_at_five_per_cent():
    frame = expenditure.changes.publish(from_search("")).frame
    assert len(frame) == 13
    assert frame["withheld"].eq("").all()
    assert frame["p"].min() > 0.05
    assert frame["n"].eq(10).all()


def test_the_share_on_looked_after_children_moved_as_the_evaluation_had_it():
    published = expenditure.changes.publish(from_search(""))
    row = published.frame.set_index("key").loc["cla_share"]
    assert row["gap"] == pytest.approx(-0.012, abs=0.0005)
    assert row["p"] == pytest.approx(0.29, abs=0.006)
    assert published.verdict == "No clear change in spending patterns"
    assert (
        "the share of spending on children in care fell by 1.2 percentage points" in published.plain
    )
    assert "exact p = 0.295" in published.technical
    assert "detect" not in published.summary
    assert any("no sign that patterns of expenditure had changed" in one for one in published.notes)


@pytest.mark.parametrize("search", ["", "?margin=5", "?margin=20", "?compare=england", "?k=6"])
def test_a_change_is_ruled_out_only_by_a_test_for_equivalence(search):
    selection = from_search(search)
    published = expenditure.changes.publish(selection)
    frame = published.frame
    held = frame["p_equivalence"] < 0.05
    assert (held == (frame["ruled_out"] < frame["margin"])).all()
    assert f"{held.sum()} of {len(frame)}" in published.technical
    margin = f"{selection.margin.value}%"
    assert f"A change of {margin} or more" in published.plain
    many = count_words(int(held.sum()))
    assert f"ruled out for {many} of 13 ratios" in published.plain or not held.any()


def test_by_default_a_change_of_a_tenth_is_ruled_out_for_three_ratios():
    frame = expenditure.changes.publish(from_search("")).frame.set_index("key")
    assert set(frame.index[frame["p_equivalence"] < 0.05]) == {
        "cla_share", "spend_per_child", "spend_per_looked_after_child",
    }  # fmt: skip


def test_patterns_are_said_to_have_held_only_where_every_ratio_is_held():
    wide = expenditure.changes.publish(from_search("?margin=30"))
    assert (wide.frame["p_equivalence"] < 0.05).all()
    assert wide.verdict == "Spending patterns changed by less than 30%"


def test_a_change_is_the_one_worked_out_cell_by_cell(reference, pounds, flips):
    selection = from_search("")
    changes = []
    for code in reference.chosen(selection):
        gaps = {}
        for year in selection.years:
            share = pounds.loc[(code, year), "3.1.11"] / pounds.loc[(code, year), "5.0.2"]
            others = [
                pounds.loc[(other, year), "3.1.11"] / pounds.loc[(other, year), "5.0.2"]
                for other in reference.others(code, selection)
                if (other, year) in pounds.index
            ]
            gaps[year] = share - fmean(others)
        changes.append(fmean([gaps[2015], gaps[2016]]) - fmean([gaps[2013], gaps[2014]]))
    row = expenditure.changes.publish(selection).frame.set_index("key").loc["cla_share"]
    assert row["gap"] == pytest.approx(fmean(changes))
    assert row["p"] == pytest.approx(flips(changes))
    interval = stats.ttest_1samp(changes, 0).confidence_interval(0.95)
    assert (row["t_low"], row["t_high"]) == pytest.approx(tuple(interval))


def test_the_smallest_detectable_change_has_power_of_four_fifths():
    frame = expenditure.changes.publish(from_search("")).frame
    for _, row in frame.iterrows():
        sd = (row["t_high"] - row["t_low"]) / 2 / stats.t.ppf(0.975, 9) * np.sqrt(10)
        away = row["detectable"] / sd * np.sqrt(10)
        critical = stats.t.ppf(0.975, 9)
        power = stats.nct.sf(critical, 9, away) + stats.nct.cdf(-critical, 9, away)
        assert power == pytest.approx(0.8, abs=1e-6)


@pytest.mark.parametrize("finding", [expenditure.gaps, expenditure.changes])
def test_three_pilots_are_told_that_nothing_can_be_tested(finding):
    published = finding.publish(from_search("?band=over-two"))
    assert published.verdict == "Too few pilots to tell"
    assert "Cannot be tested with this choice (too few pilots)." in published.plain
    assert "The range cannot be bounded with so few pilots." in published.plain
    assert published.frame[["low", "high"]].isna().all(axis=None)


def test_spend_per_child_is_judged_as_the_family_of_ratios_is():
    for search in ("", "?years=2013-2025", "?compare=england&adjust=none", "?adjust=holm&k=5"):
        row = expenditure.gaps.publish(from_search(search)).frame.set_index("key")
        sure = row.loc["spend_per_child", "certain"]
        verdict = expenditure_children.spend.publish(from_search(search)).verdict
        assert verdict.startswith("Possibly") == (sure == "alone")
        assert verdict.startswith("No clear") == (sure == "not-clear")


def test_pounds_are_said_with_their_sign_and_thousands():
    plain = expenditure_children.spend.publish(from_search("")).plain
    assert "the pilots spent £25,418 per child in need" in plain
    assert "between £29 and £175 less" in plain
    assert "pounds" not in plain


def test_shares_are_percentages_and_differences_percentage_points():
    published = expenditure_composition.by_category.publish(from_search(""))
    assert "39.8% on children looked after, 3.2 percentage points less than" in published.plain
    assert "per £1" not in published.summary


def test_a_period_on_one_side_is_withheld():
    published = expenditure.changes.publish(from_search("?years=2019-2025"))
    assert "on one side of November 2014" in published.withheld


def test_a_line_that_ended_is_said_ratio_by_ratio():
    frame = expenditure.gaps.publish(from_search("?years=2020-2025")).frame.set_index("key")
    silent = {"social_work_share_of_safeguarding", "residential_to_fostering"}
    assert set(frame.index[frame["withheld"] != ""]) == silent
    assert frame.loc[list(silent), "p"].isna().all()


@pytest.mark.parametrize("key", registry.RATIOS)
@pytest.mark.parametrize("search", ["", "&years=2013-2025&area=E06000058", "&years=2012-2012&k=1"])
def test_every_ratio_is_published_or_withheld(key, search):
    selection = from_search(f"?ratio={key}{search}")
    assert not selection.notices
    for finding in (
        expenditure_ratio.years, expenditure_ratio.places, expenditure_ratio.changes,
        expenditure_ratio.values,
    ):  # fmt: skip
        published = finding.publish(selection)
        assert registry.RATIOS[key].name in published.title
        assert not np.isinf(published.frame.select_dtypes("number")).any(axis=None)
        assert "nan" not in published.summary
        only_a_year = "2012-2012" in search and finding is expenditure_ratio.changes
        assert bool(published.withheld) == only_a_year
        if not only_a_year:
            assert any("uneven quality" in note for note in published.notes)


@pytest.mark.usefixtures("fresh")
def test_one_entry_adds_a_ratio_everywhere(monkeypatch, pounds):
    from analytics.evaluation import spending  # noqa: PLC0415 (its arrays are forgotten for this test)

    monkeypatch.setitem(registry.RATIOS, NEW.key, NEW)
    spending.ratio_panel.cache_clear()
    try:
        selection = from_search(f"?ratio={NEW.key}&years=2016-2016")
        assert not selection.notices
        assert len(expenditure.gaps.publish(selection).frame) == 14
        frame = expenditure_ratio.values.publish(selection).frame.set_index("code")
        share = pounds.loc[("E09000005", 2016), "3.6.1"] / pounds.loc[("E09000005", 2016), "5.0.2"]
        assert frame.loc["E09000005", "value"] == pytest.approx(share)
        for finding in (expenditure_ratio.years, expenditure_ratio.places):
            assert NEW.name in finding.publish(selection).title
    finally:
        spending.ratio_panel.cache_clear()


@pytest.mark.parametrize("search", ["", "?years=2025-2025", "?band=beginner&compare=england"])
def test_categories_make_up_the_whole(search):
    frame = expenditure_composition.by_category.publish(from_search(search)).frame
    for name in ("pilots", "comparator", "england", "pilots_first"):
        assert frame[name].sum() == pytest.approx(1, abs=1e-4)


def test_lines_make_up_the_whole_and_end_in_2018_19():
    frame = expenditure_composition.by_line.publish(from_search("?years=2013-2025")).frame
    assert set(frame["last"]) == {"2018/19"}
    assert frame["pilots"].sum() == pytest.approx(1, abs=1e-6)
    late = expenditure_composition.by_line.publish(from_search("?years=2020-2025"))
    assert "2012/13 to 2018/19" in late.withheld


def test_a_share_is_the_mean_of_the_pilots_own(reference, pounds):
    frame = expenditure_composition.by_category.publish(from_search("")).frame.set_index("line")
    codes = reference.chosen(from_search(""))
    own = [pounds.loc[(code, 2016), "3.3.4"] / pounds.loc[(code, 2016), "5.0.2"] for code in codes]
    assert frame.loc["3.3.4", "pilots"] == pytest.approx(fmean(own))
    england = pounds.loc[("E92000001", 2016), "3.3.4"] / pounds.loc[("E92000001", 2016), "5.0.2"]
    assert frame.loc["3.3.4", "england"] == pytest.approx(england)


def test_parts_add_up_to_totals_and_where_not_the_page_says_so(pounds):
    published = expenditure_quality.adding_up.publish(from_search(""))
    frame = published.frame
    detailed = pounds[pounds.index.get_level_values("year_end") <= 2019]
    for code in ("3.0.5", "3.1.11", "3.3.4", "3.4.6", "3.5.3", "5.0.2"):
        off = (detailed[code] - detailed[list(LINES[code].parts)].sum(axis=1)).dropna()
        assert (off.abs() <= 2.5).all(), code
    assert frame[frame["years"].str.endswith("2018/19")]["off"].eq(0).all()
    assert frame["checked"].sum() == frame["add_up"].sum() + frame["off"].sum()
    late = pounds[pounds.index.get_level_values("year_end") > 2019]
    off = (late["5.0.2"] - late[list(LINES["5.0.2"].parts)].sum(axis=1))[late["5.0.2"].notna()]
    wrong = off[off.abs() > 2.5]
    assert frame["off"].sum() == len(wrong) == 2
    assert "East of England 2022/23" in published.summary
    assert "England 2022/23" in published.summary
    assert "£55,335,132" in published.summary


def test_jumps_are_those_of_the_file(reference, pounds):
    selection = from_search("")
    frame = expenditure_quality.jumped_lines.publish(selection).frame
    lines = {code for ratio in registry.RATIOS.values() for code in ratio.lines}
    expected = {
        (code, year, line)
        for code in reference.chosen(selection)
        for year in (2014, 2015, 2016)
        for line in lines
        if abs(pounds.loc[(code, year), line] - pounds.loc[(code, year - 1), line])
        > pounds.loc[(code, year - 1), line] / 2
    }
    assert len(frame) == len(expected) > 0
    assert set(zip(frame["year_end"], frame["line"], strict=True)) == {
        (year, line) for _, year, line in expected
    }


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({"A": 1}, "It is in A."),
        ({"A": 4}, "All are in A."),
        ({"A": 4, "B": 2}, "They are in A (4) and B (2)."),
        ({"A": 4, "B": 3, "C": 2, "D": 2, "E": 1},
         "Most often this was in A (4), B (3), C (2) and D (2)."),
        ({"A": 4, "B": 2, "C": 2, "D": 2, "E": 2}, "Most often this was in A (4)."),
        (dict.fromkeys("ABCDE", 1), "Five councils had 1 each."),
    ],
)  # fmt: skip
def test_places_with_as_many_jumps_are_all_named_or_none(counts, said):
    assert expenditure_quality.where_most(pd.Series(counts)) == said


def test_a_selection_without_jumps_says_so():
    selection = from_search("?pilots=E06000041&years=2013-2013")
    assert "No line" in expenditure_quality.jumped_lines.publish(selection).withheld


def test_spend_per_child_says_where_no_year_can_be_compared():
    selection = from_search("?pilots=E09000005&compare=england")
    published = expenditure_children.spend.publish(selection)
    none = published.frame.assign(gap=np.nan)
    said = expenditure_children.spend.words(none, selection)
    assert said.verdict == "No year of this period can be compared"


def test_spend_per_child_is_that_of_the_ratio():
    frame = expenditure_children.spend.publish(
        from_search("?pilots=E09000005&compare=england")
    ).frame
    row = frame[(frame["key"] == "spend_per_child") & (frame["year_end"] == 2016)].iloc[0]
    alone = from_search("?ratio=spend_per_child&years=2016-2016")
    one = expenditure_ratio.values.publish(alone).frame.set_index("code")
    assert row["pilots"] == pytest.approx(one.loc["E09000005", "value"])
    assert set(frame[frame["prices"] == "2018/19"]["year_end"]) <= set(range(2013, 2020))
    assert frame[frame["prices"] == "cash"]["year_end"].max() == 2025


def test_the_pounds_behind_are_those_of_the_return(pounds):
    frame = expenditure_lines.lines.publish(from_search("?years=2018-2018&area=E10000011")).frame
    held = frame[frame["value"].notna()]
    for _, row in held.iterrows():
        assert row["value"] == pounds.loc[(row["code"], 2018), row["line"]]
    negative = frame[frame["status"] == "negative"]
    assert negative[["place", "line"]].to_numpy().tolist() == [["East Sussex", "3.0.3"]]
    assert negative["value"].isna().all()


def test_the_vintage_of_spend_is_said_not_to_vary():
    notes = expenditure.gaps.publish(from_search("?vintage=first")).notes
    assert any("one vintage" in note for note in notes)


@pytest.mark.parametrize("key", [key for key in offered(HOME) if key.startswith("expenditure")])
def test_the_label_of_quality_is_on_every_finding(key):
    published = offered(HOME)[key].publish(from_search(""))
    assert any("uneven quality" in note for note in published.notes)


@pytest.mark.parametrize(
    "key",
    ["change-years", "change-bands", "change-verdict", "change-windows", "robustness-view",
     "robustness-specifications", "robustness-placebo", "measure-places"],
)  # fmt: skip
def test_a_ratio_can_be_followed_and_doubted_as_an_indicator_is(key):
    published = offered(HOME)[key].publish(from_search("?about=ratio&ratio=cla_share"))
    assert not published.withheld
    whole = f"{published.title} {published.summary} {published.subtitle}"
    assert "Share of spend on children looked after" in whole
    assert "icpc" not in whole.casefold()


def test_the_change_of_a_ratio_over_time_is_that_of_the_page_of_expenditure():
    frame = (
        offered(HOME)["change-verdict"].publish(from_search("?about=ratio")).frame.set_index("key")
    )
    other = expenditure.changes.publish(from_search("")).frame.set_index("key")
    for name in ("gap", "low", "high", "p", "p_adjusted", "detectable"):
        assert frame.loc["cla_share", name] == pytest.approx(other.loc["cla_share", name])
