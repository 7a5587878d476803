"""What the work costs at a place, and which assumption moves it."""

import numpy as np
import pandas as pd
import pytest

from analytics.costs import estimate
from analytics.costs.estimate import _together
from analytics.costs.official_figures import IN_NEED, NAMES, SAFEGUARDING, WORKERS, OfficialFigures
from analytics.findings.costs import (
    costs,
    costs_assumptions,
    costs_published,
    costs_tornado,
    resources,
)
from analytics.selection.cost_inputs import INPUTS
from analytics.selection.parse import from_search
from data.sources.registry import INDICATORS, SECTION251
from data.sources.source import Kind

SET = (
    "?fte=2&annual-cost=60000&on-costs=25&cost-years=2&training-people=100&training-days=2"
    "&day-cost=200"
)


@pytest.fixture(scope="module")
def official():
    frame = pd.read_parquet(INDICATORS.path)
    frame = frame[frame["preferred"]].astype({"indicator": str, "code": str})
    keys = zip(frame["indicator"], frame["code"], frame["year_end"], strict=True)
    return dict(zip(keys, frame["value"].tolist(), strict=True))


@pytest.fixture(scope="module")
def safeguarding():
    frame = pd.read_parquet(SECTION251.path)
    frame = frame[frame["preferred"] & (frame["line_code"].astype(str) == "3.3.4")]
    keys = zip(frame["code"].astype(str), frame["year_end"], strict=True)
    return dict(zip(keys, frame["gross"].tolist(), strict=True))


def test_one_pilot_is_a_worked_example(official, safeguarding):
    frame = costs.card.publish(from_search(f"{SET}&pilots=E09000005")).frame
    (row,) = frame.to_dict("records")
    # 2 x 60,000 x 1.25 x 2 = 300,000; 100 x 2 x 200 = 40,000
    assert (row["lead"], row["training"], row["total"]) == (300_000, 40_000, 340_000)
    assert row["per_worker"] == pytest.approx(340_000 / official["sw_fte_num", "E09000005", 2016])
    assert row["per_child"] == pytest.approx(340_000 / 1_902)  # Brent, 31 March 2016
    assert row["share"] == pytest.approx(100 * 170_000 / safeguarding["E09000005", 2016])
    # Brent's caseload begins in 2018, after the period: the first held is used, and said.
    assert row["cases"] == pytest.approx(2 * official["sw_caseload", "E09000005", 2018])
    assert (row["workers_year"], row["children_year"], row["spend_year"]) == (
        "September 2016", "March 2016", "2015/16",
    )  # fmt: skip


def test_several_pilots_are_added_up():
    frame = costs.card.publish(from_search(f"{SET}&band=over-two")).frame.set_index("role")
    together, each = frame.loc["together"], frame.loc["pilot"]
    assert together["places"] == len(each) == 3
    assert together["total"] == each["total"].sum() == 3 * 340_000
    assert together["per_worker"] == pytest.approx(3 * 340_000 / each["workers"].sum())
    assert together["per_child"] == pytest.approx(3 * 340_000 / each["children"].sum())
    assert together["share"] == pytest.approx(100 * 3 * 170_000 / each["spend"].sum())
    assert together["place"] == "3 pilots together"


def test_people_trained_are_those_in_post_until_you_say(official):
    frame = costs.card.publish(from_search("?pilots=E06000041")).frame
    workers = official["sw_fte_num", "E06000041", 2016]
    assert frame["training"].tolist() == pytest.approx([workers * 5 * 250])


def test_any_authority_can_be_yours_and_speaks_first():
    published = costs.card.publish(from_search("?area=E08000035"))
    assert published.frame["role"].tolist()[:2] == ["yours", "together"]
    assert "for one council, Leeds" in published.summary
    assert published.verdict.startswith("About £")
    assert "for Leeds over" in published.verdict
    assert "With your assumptions" in published.plain


def test_an_authority_of_the_past_uses_its_own_years():
    frame = costs.card.publish(from_search("?area=E06000028&years=2020-2025")).frame
    row = frame[frame["role"] == "yours"].iloc[0]
    assert row["spend_year"] == "2018/19"  # Bournemouth, abolished in 2019
    assert np.isfinite(row["total"])


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize(
    ("key", "quotient"), [(WORKERS, "per_worker"), (IN_NEED, "per_child"), (SAFEGUARDING, "share")]
)
def test_what_is_missing_is_said_and_not_zero(key, quotient, monkeypatch):
    held = OfficialFigures.of

    def of(figures, one, code):
        return (float("nan"), "") if (one, code) == (key, "E08000035") else held(figures, one, code)

    monkeypatch.setattr(OfficialFigures, "of", of)
    monkeypatch.setattr(estimate, "_estimated", estimate._estimated.__wrapped__)  # remembers none
    frame = costs.card.publish(from_search("?area=E08000035&training-people=20")).frame
    row = frame[frame["role"] == "yours"].iloc[0]
    assert row["missing"] == f"No official figure: {NAMES[key]}."
    others = {"per_worker", "per_child", "share"} - {quotient}
    assert np.isnan(row[quotient])
    assert np.isfinite(row[[*others, "total"]].astype(float)).all()


def test_the_caseload_is_yours_where_set():
    frame = costs.card.publish(from_search("?pilots=E06000023&caseload=20&fte=1.5")).frame
    assert frame["cases"].tolist() == [30]


def test_no_assumption_is_called_a_finding():
    for finding in (costs.card, costs_tornado.what_moves_it, costs_assumptions.listing):
        published = finding.publish(from_search(""))
        assert published.kind is Kind.ESTIMATE
        assert any("not findings" in note for note in published.notes)
    assert "With your assumptions" in costs.card.publish(from_search("")).summary


def test_the_tornado_moves_one_at_a_time_widest_first():
    selection = from_search(f"{SET}&pilots=E09000005&swing=10")
    published = costs_tornado.what_moves_it.publish(selection)
    frame = published.frame.set_index("key")
    assert frame["total"].eq(340_000).all()
    assert frame.loc["fte", ["low_total", "high_total"]].tolist() == pytest.approx(
        [310_000, 370_000]
    )
    assert frame.loc["on-costs", "high_total"] == pytest.approx(340_000 + 2 * 60_000 * 2 * 0.025)
    assert frame.loc["training-days", "low_total"] == pytest.approx(336_000)
    widths = (published.frame["high_total"] - published.frame["total"]).abs()
    assert widths.is_monotonic_decreasing
    assert "Moved by 10%" in published.summary


def test_the_tornado_of_several_is_about_their_total():
    search = f"{SET}&band=beginner,over-two"
    whole = costs.card.publish(from_search(search)).frame.set_index("role").loc["together", "total"]
    frame = costs_tornado.what_moves_it.publish(from_search(search)).frame
    assert frame["total"].tolist() == pytest.approx([whole] * 7)


def test_a_cost_of_nothing_is_said_without_an_order():
    published = costs_tornado.what_moves_it.publish(from_search("?fte=0&training-days=0"))
    assert "none of them moves it" in published.summary


def test_every_assumption_is_listed_with_its_source():
    frame = costs_assumptions.listing.publish(from_search("?fte=2")).frame.set_index("key")
    assert frame.index.tolist() == list(INPUTS)
    assert frame.loc["fte", "used"] == "2"
    assert frame["changed"].eq("yes").sum() == 1
    assert frame.loc["training-people", "used"] == "every social worker"


def test_what_was_published_is_kept_apart():
    published = costs_published.published.publish(from_search(""))
    assert published.kind is Kind.PRINTED
    first, *others = published.frame["printed"].tolist()
    assert first == "1 FTE"
    assert set(others) == {"not reported in the sources held"}
    assert "one full-time person per pilot" in published.summary
    assert "£" not in published.summary


def test_the_second_evaluation_is_never_taken_for_the_first():
    published = costs_published.published.publish(from_search(""))
    study = published.frame[published.frame["detail"].str.contains("ongoing costs", na=False)]
    assert study["subject"].str.startswith("Second evaluation").all()
    assert len(study) == 1
    assert "The second evaluation had a cost study" in published.summary


def test_a_price_that_nobody_set_is_said_to_be_a_start_value():
    for search, start in (("", True), ("?fte=2", False)):
        published = costs.card.publish(from_search(search))
        assert "ith your assumptions" in published.plain
        assert ("all still at their start values" in published.plain) is start


def test_the_year_of_every_official_figure_is_told():
    frame = costs.card.publish(from_search("?pilots=E09000005,E06000023&caseload=")).frame
    frame = frame.set_index("place")
    assert frame.loc["Brent", "caseload_year"] == "September 2018"  # none before
    assert frame.loc["Bristol", "caseload_year"] == "September 2016"
    together = frame.loc["2 pilots together"]
    assert together["caseload_year"] == "September 2016 and September 2018"
    assert together["cases"] == pytest.approx(frame.loc[["Brent", "Bristol"], "cases"].sum())
    set_by_you = costs.card.publish(from_search("?pilots=E09000005&caseload=20")).frame
    assert set_by_you["caseload_year"].tolist() == ["set by you"]


def test_nobody_in_post_leaves_nothing_to_divide_by():
    frame = costs.card.publish(from_search("?area=E06000053&years=2024-2025")).frame
    row = frame[frame["role"] == "yours"].iloc[0]  # Isles of Scilly: 0 FTE reported since 2021
    assert row["workers"] == 0
    assert row["total"] == 65_000
    assert np.isnan(row["per_worker"])
    assert "Nothing to divide by (0 or less): social workers." in row["missing"]


def test_a_pilot_without_a_figure_is_left_out_by_name():
    def row(place, total, workers, share=1.0):
        return {
            "code": place, "place": place, "role": "pilot", "places": 1, "lead": total,
            "training": 0.0, "total": total, "workers": workers, "workers_year": "September 2016",
            "workers_set": "no",
            "per_worker": total / workers if workers else np.nan, "children": 100.0,
            "children_year": "March 2016", "per_child": total / 100, "spend": 1e6,
            "spend_year": "2015/16", "share": share, "caseload": 15.0, "caseload_year": "",
            "cases": 15.0, "missing": "", "years": 1.0, "per_year": total, "trained": workers,
            "official_workers": workers, "official_workers_year": "September 2016",
        }  # fmt: skip

    whole = _together(
        [row("A", 1_000.0, 10.0), row("B", 3_000.0, 0.0), row("C", np.nan, np.nan, np.nan)]
    )
    assert whole["total"] == 4_000
    assert whole["places"] == 2
    assert whole["place"] == "2 pilots together"
    assert whole["per_worker"] == 100  # A alone: B has nobody to divide by, C no cost
    assert whole["per_child"] == pytest.approx(4_000 / 200)
    assert whole["share"] == pytest.approx(0.2)  # 4,000 of two millions
    assert "C left out of the total." in whole["missing"]
    assert "B and C left out of the cost per social worker." in whole["missing"]


def test_the_tornado_gives_the_cost_per_social_worker_too(official):
    frame = costs_tornado.what_moves_it.publish(from_search(f"{SET}&pilots=E09000005")).frame
    workers = official["sw_fte_num", "E09000005", 2016]
    for end in ("low", "high"):
        assert frame[f"{end}_per_worker"].to_numpy() == pytest.approx(
            frame[f"{end}_total"].to_numpy() / workers
        )
    assert frame["per_worker"].to_numpy() == pytest.approx(340_000 / workers)


def test_resources_are_official_figures_divided(official):
    frame = resources.places.publish(from_search("?years=2016-2016")).frame
    one = frame[(frame["code"] == "E09000005")].set_index("key")
    workers = official["sw_fte_num", "E09000005", 2016]
    children = official["pop_0_17_mid", "E09000005", 2015]
    assert one.loc["sw_rate", "value"] == pytest.approx(1e4 * workers / children)
    assert one.loc["conferences_per_sw", "value"] == pytest.approx(
        official["icpc_num", "E09000005", 2016] / workers
    )
    assert one.loc["sw_vacancy_pct", "value"] == official["sw_vacancy_pct", "E09000005", 2016]
    assert np.isnan(one.loc["sw_caseload", "value"])
    assert one.loc["sw_caseload", "symbols"]


def test_resources_use_neighbours_tests_and_adjustment(reference, official):
    selection = from_search("?years=2016-2016")
    frame = resources.gaps.publish(selection).frame.set_index("key")
    gaps = []
    for code in reference.chosen(selection):
        rates = [
            official["sw_agency_pct", other, 2016]
            for other in reference.others(code, selection)
            if official.get(("sw_agency_pct", other, 2016), np.nan)
            == official.get(("sw_agency_pct", other, 2016), 0)
        ]
        gaps.append(official["sw_agency_pct", code, 2016] - np.mean(rates))
    assert frame.loc["sw_agency_pct", "gap"] == pytest.approx(np.nanmean(gaps))
    assert len(frame) == 8
    assert frame["n"].max() == 10


@pytest.mark.parametrize(
    ("key", "above"),
    [("conferences_per_sw", "icpc_num"), ("plans_per_sw", "cpp_start_num")],
)
@pytest.mark.parametrize("search", ["", "?average=median&k=6&band=beginner,over-two"])
def test_activity_per_worker_is_compared_cell_by_cell(reference, official, search, key, above):
    selection = from_search(search)
    middle = np.median if selection.average == "median" else np.mean

    def each(code, year):
        count, workers = (
            official.get((name, code, year), np.nan) for name in (above, "sw_fte_num")
        )
        return count / workers if workers > 0 else np.nan

    gaps = []
    for code in reference.chosen(selection):
        yearly = []
        for year in (2015, 2016):  # the workforce is counted from 2015
            others = reference.others(code, selection)
            held = [one for other in others if not np.isnan(one := each(other, year))]
            if len(held) >= min(5, len(others)) and not np.isnan(each(code, year)):
                yearly.append(each(code, year) - middle(held))
        if yearly:
            gaps.append(np.mean(yearly))
    row = resources.gaps.publish(selection).frame.set_index("key").loc[key]
    assert row["n"] == len(gaps)
    assert row["gap"] == pytest.approx(np.mean(gaps))
    assert row["years"] == "2015-2016"


def test_social_workers_in_post_stand_beside_every_measure(official):
    frame = resources.places.publish(from_search("")).frame
    brent = frame[frame["code"] == "E09000005"]["workers"]
    held = [official["sw_fte_num", "E09000005", year] for year in (2015, 2016)]
    assert brent.to_numpy() == pytest.approx(np.mean(held))


def test_before_the_workforce_census_there_is_nothing_to_compare():
    published = resources.gaps.publish(from_search("?years=2012-2014"))
    assert published.withheld
    plain = resources.places.publish(from_search("?years=2012-2014")).plain
    assert "figures of the workforce begin at" in plain


@pytest.mark.parametrize("finding", [resources.gaps, resources.places])
def test_resources_are_said_to_be_levels_alone(finding):
    published = finding.publish(from_search(""))
    assert "so they show levels, not change" in published.plain
    assert "change" not in published.verdict


@pytest.mark.parametrize(
    ("query", "who"),
    [
        ("?pilots=E06000023", "Bristol has fewer"),
        ("?pilots=E06000023,E10000020", "Both pilots have fewer"),
        ("?band=two-years", "All 3 pilots have fewer"),
        ("?band=beginner", "Most chosen pilots have fewer"),
        ("?pilots=E06000023,E10000020&compare=region", "These pilots are split"),
    ],
)
def test_some_pilots_are_not_called_all(query, who):
    assert resources.places.publish(from_search(query)).verdict.startswith(who)


@pytest.mark.parametrize(
    ("query", "whose"),
    [
        ("", "for all 10 pilots, each"),
        ("?pilots=E06000023,E10000020", "for Bristol and Norfolk, each"),
        ("?band=beginner", "for 4 pilots (beginners), each"),
    ],
)
def test_names_keep_their_capitals_in_a_subtitle(query, whose):
    assert whose in costs.card.publish(from_search(query)).subtitle


def test_most_pilots_is_the_count_of_the_table():
    published = resources.places.publish(from_search(""))
    frame = published.frame
    side = frame[frame["key"].eq("sw_rate") & frame["band"].ne("")]["relative"]
    assert ((side < 0).sum(), (side > 0).sum()) == (7, 3)
    assert published.verdict.startswith("Most pilots have fewer social workers per child")
    assert (
        "Of 10 pilots, seven had fewer social workers per child and three had more"
        in published.plain
    )
