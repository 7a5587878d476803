"""The main number of a card can be worked out from its whole table alone."""

import numpy as np
import pandas as pd
import pytest

import analytics.findings  # noqa: F401 (registers the findings)
from analytics.publication.registry import offered
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME

SEARCHES = ("", "?compare=region&years=2014-2018", "?model=2021&weights=closeness&k=6")
START = HOME.first_after
FEWEST = 5  # neighbours with a figure; all of them where fewer are listed


def shown(key: str, search: str = "") -> pd.DataFrame:
    return offered(HOME)[key].publish(from_search(search)).frame


def whole(key: str, search: str = "") -> pd.DataFrame:
    return shown(offered(HOME)[key].whole, search)


def gaps(table: pd.DataFrame, without: str = "") -> pd.DataFrame:
    """Work gaps out from every place and all it is compared with: one row a pilot, year, key."""
    of = ["key", "group_code", "year_end"]
    used = table[table["compared"].eq("yes") & table["code"].ne(without)]
    own = used[used["role"].eq("pilot")].set_index(of)["value"]
    others = table[~table["role"].isin(["pilot", "yours"]) & table["code"].ne(without)]
    fewest = others.groupby(of)["code"].nunique().clip(upper=FEWEST)
    held = used[~used["role"].isin(["pilot", "yours"])]
    weighed = held.assign(weighed=held["value"] * held["weight"]).groupby(of)
    sums, found = weighed[["weighed", "weight"]].sum(), weighed["code"].nunique()
    comparator = (sums["weighed"] / sums["weight"])[found >= fewest.reindex(found.index)]
    return (own - comparator).dropna().rename("gap").reset_index()


def chosen(made: pd.DataFrame, search: str) -> pd.DataFrame:
    return made[made["year_end"].isin(from_search(search).years)]


def level(made: pd.DataFrame, place: str = "group_code") -> float:
    return made.groupby(place)["gap"].mean().mean()


def change(made: pd.DataFrame, place: str = "group_code") -> float:
    after = made["year_end"] >= START
    moved = [made[side].groupby(place)["gap"].mean() for side in (after, ~after)]
    return (moved[0] - moved[1]).mean()


@pytest.mark.parametrize("search", SEARCHES)
@pytest.mark.parametrize("key", ["indicator-years", "expenditure-years"])
def test_gaps_by_year(key, search):
    found = gaps(whole(key, search)).groupby("year_end")["gap"].mean()
    frame = shown(key, search).dropna(subset=["gap"]).set_index("year_end")["gap"]
    assert len(frame) > 3
    np.testing.assert_allclose(found[frame.index], frame, rtol=1e-9)


@pytest.mark.parametrize("search", SEARCHES)
def test_the_number_in_question_and_what_leaving_a_neighbour_out_does(search):
    table = whole("robustness-view", search)
    (estimate,) = shown("robustness-view", search)["estimate"]
    assert level(chosen(gaps(table), search)) == pytest.approx(estimate, rel=1e-9)
    rows = shown("robustness-without", search)
    for row in rows[rows["role"].eq("neighbour")].head(3).itertuples():
        made = chosen(gaps(table, without=row.code), search)
        assert level(made) == pytest.approx(row.estimate, rel=1e-9)


@pytest.mark.parametrize("key", ["pilots-changes", "expenditure-pilots"])
def test_changes_of_the_gap_pilot_by_pilot(key):
    table = whole(key)
    made = chosen(gaps(table), "")
    frame = shown(key).dropna(subset=["gap_change"])
    assert len(frame) > 3
    for row in frame.itertuples():
        found = change(made[made["group_code"].eq(row.code)])
        assert found == pytest.approx(row.gap_change, rel=1e-9)


def test_changes_since_the_base():
    made = gaps(whole("change-years"))
    base = (
        made[made["year_end"].isin(from_search("").base.years)].groupby("group_code")["gap"].mean()
    )
    frame = shown("change-years").dropna(subset=["change"])
    assert len(frame) > 3
    for row in frame.itertuples():
        year = made[made["year_end"].eq(row.year_end)].set_index("group_code")["gap"]
        assert (year - base).mean() == pytest.approx(row.change, rel=1e-9)


def test_the_change_in_a_window():
    made = gaps(whole("change-windows"))
    rows = shown("change-windows")
    (row,) = rows[rows["window"].str.contains("evaluators")].itertuples()
    assert change(chosen(made, "")) == pytest.approx(row.change, rel=1e-9)


@pytest.mark.parametrize(
    ("key", "moved"),
    [
        ("kpis-gaps", False),
        ("kpis-changes", True),
        ("expenditure-gaps", False),
        ("expenditure-changes", True),
        ("change-verdict", True),
        ("robustness-detectable", False),
        ("robustness-placebos", False),
        ("overview-rows", False),
    ],
)
def test_every_measure_of_a_family(key, moved):
    table = whole(key)
    if "year_end" in table:
        table = chosen(table, "")
    table = table[table.get("role", pd.Series("pilot", index=table.index)).eq("pilot")]
    frame = shown(key)
    frame = frame[frame["withheld"].eq("")]
    column = "estimate" if "estimate" in frame else "gap"
    assert len(frame) > 3
    for row in frame.itertuples():
        of = table[table["key"].eq(row.key) & table["gap"].notna()]
        found = (change if moved else level)(of, "code")
        assert found == pytest.approx(getattr(row, column), rel=1e-9), row.key


def test_years_outside_the_period_are_in_the_whole_table():
    table = whole("answer-years")
    frame = shown("answer-years").dropna(subset=["gap"])
    assert not frame["year_end"].isin(from_search("").years).all()
    for row in frame.itertuples():
        of = table[table["key"].eq(row.key) & table["year_end"].eq(row.year_end)]
        assert of["gap"].mean() == pytest.approx(row.gap, rel=1e-9)


def test_spend_per_child_from_pounds_and_children():
    table = whole("expenditure-per-child")
    real = table.assign(value=table["pounds"] / table["heads"] * table["price_factor"])
    held = real["value"].notna() & real["compared"].eq("yes")
    real = real.assign(key=real["key"] + "_real", compared=np.where(held, "yes", "no"))
    cash = table.assign(value=table["pounds"] / table["heads"])
    made = pd.concat([gaps(cash), gaps(real)])
    frame = shown("expenditure-per-child").dropna(subset=["gap"])
    assert {*frame["key"]} == {*made["key"]}
    for row in frame.itertuples():
        of = made[made["key"].eq(row.key) & made["year_end"].eq(row.year_end)]
        assert of["gap"].mean() == pytest.approx(row.gap, rel=1e-9)


def test_bands_and_their_differences():
    table = whole("robustness-bands")
    bands = table.set_index("group_code")["band"]
    made = chosen(gaps(table), "")
    of = made.groupby("group_code")["gap"].mean()
    means = of.groupby(bands[~bands.index.duplicated()].reindex(of.index)).mean()
    for row in shown("robustness-bands").itertuples():
        assert means[row.first_key] - means[row.second_key] == pytest.approx(row.estimate)
    rows = shown("robustness-pooled")
    for row in rows[rows["kind"].eq("band")].itertuples():
        assert means[row.code] == pytest.approx(row.own)


def test_resources_and_shares_of_lines():
    table = whole("resources-gaps").dropna(subset=["value", "comparator"])
    for row in shown("resources-gaps").dropna(subset=["gap"]).itertuples():
        of = table[table["key"].eq(row.key)]
        assert (of["value"] - of["comparator"]).mean() == pytest.approx(row.gap)
    pounds = whole("expenditure-composition")
    wide = pounds[pounds["code"].ne("E92000001")].pivot(
        index=["code", "year_end"], columns="line", values="value"
    )
    last = wide.xs(from_search("").last, level="year_end")
    shares = last.div(last["5.0.2"], axis=0).mean()
    for row in shown("expenditure-composition").itertuples():
        assert shares[row.line] == pytest.approx(row.pilots)
