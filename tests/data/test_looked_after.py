"""Rates of looked-after children: one population throughout, and what was printed beside it."""

import pandas as pd
import pytest

from data.load import load
from data.sources.registry import AUTHORITIES, INDICATORS

RATES = ("cla_31mar_rate", "cla_start_rate", "cla_cease_rate")
#: Abolished before the estimates were rebased: no rebased population is held of them.
WITHOUT_REBASED = {"E06000028", "E06000029", "E10000009"}
CAMDEN, TOWER_HAMLETS, LEICESTER, ENGLAND = "E09000007", "E09000030", "E06000016", "E92000001"


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    frame = load(INDICATORS).frame
    words = ("code", "indicator", "status", "edition", "basis")
    return frame.astype(dict.fromkeys(words, object))


@pytest.fixture(scope="module")
def rates(table) -> pd.DataFrame:
    """The preferred rates from 2013, each with its count and the children it is divided by."""
    preferred = table[table["preferred"]]
    values = preferred.set_index(["indicator", "code", "year_end"])["value"]
    chosen = preferred[preferred["indicator"].isin(RATES) & (preferred["year_end"] >= 2013)]
    keys = list(zip(chosen["indicator"], chosen["code"], chosen["year_end"], strict=True))
    return chosen.assign(
        count=[values.get((key[:-4] + "num", code, year)) for key, code, year in keys],
        children=[values.get(("pop_0_17_mid", code, year - 1)) for _, code, year in keys],
    ).astype({"count": float, "children": float})


def cell(table: pd.DataFrame, code: str, key: str, year: int, vintage: str) -> pd.Series:
    at = (table["code"] == code) & (table["indicator"] == key) & (table["year_end"] == year)
    rows = table[at & table[vintage]]
    assert len(rows) == 1
    return rows.iloc[0]


@pytest.mark.parametrize(
    ("code", "year", "rate"),
    [
        (CAMDEN, 2016, 47.2), (CAMDEN, 2017, 49.6), (CAMDEN, 2018, 50.8),
        (TOWER_HAMLETS, 2016, 50.1), (TOWER_HAMLETS, 2017, 54.1), (TOWER_HAMLETS, 2018, 45.8),
        (LEICESTER, 2015, 64.9),
    ],
)  # fmt: skip
def test_the_preferred_rate_is_on_the_rebased_population(table, code, year, rate):
    row = cell(table, code, "cla_31mar_rate", year, "preferred")
    assert round(row["value"], 1) == rate
    assert row["basis"] == "rebased-MYE"
    assert row["edition"] == "Derived: count ÷ ONS rebased MYE (mid Y-1)"


def test_every_preferred_rate_is_its_count_over_the_rebased_population(rates):
    known = rates[rates["count"].notna() & rates["children"].notna()]
    assert len(known) == 6_308
    assert set(known["year_end"]) == set(range(2013, 2026))
    assert known["value"].notna().all()
    apart = (known["value"] - 10_000 * known["count"] / known["children"]).abs()
    assert apart.max() < 1e-9
    assert known["status"].isna().all()
    assert set(known["basis"]) == {"rebased-MYE"}


def test_a_hidden_count_gives_no_rate(rates):
    hidden = rates[rates["count"].isna()]
    assert (hidden["status"] == "c").sum() == 4
    assert hidden["value"].isna().all()
    assert hidden["status"].notna().all()


def test_what_has_no_rebased_population_is_as_printed_and_marked(table):
    preferred = table[table["preferred"] & table["indicator"].isin(RATES)]
    marked = preferred["status"] == "older-pop"
    assert marked.equals(preferred["value"].notna() & (preferred["basis"] == "as-published"))
    late = preferred[marked & (preferred["year_end"] > 2012)]
    assert set(late["code"]) == WITHOUT_REBASED
    assert (preferred["year_end"].eq(2012) & preferred["value"].notna()).sum() == 164
    assert marked.sum() == 164 + 3 * 7 + 2 * 3 * 2


@pytest.mark.parametrize(
    ("code", "key", "year", "printed"),
    [
        (CAMDEN, "cla_31mar_rate", 2016, 41), (TOWER_HAMLETS, "cla_31mar_rate", 2018, 42),
        (ENGLAND, "cla_31mar_rate", 2016, 60), (ENGLAND, "cla_31mar_rate", 2018, 64),
        (CAMDEN, "cla_start_rate", 2018, 22), (CAMDEN, "cla_cease_rate", 2018, 21),
        ("E06000028", "cla_31mar_rate", 2016, 73),
    ],
)  # fmt: skip
def test_the_first_vintage_is_what_was_printed(table, code, key, year, printed):
    row = cell(table, code, key, year, "first_published")
    assert row["value"] == printed
    assert row["basis"] == "as-published"
    assert not row["preferred"]


def test_rates_printed_on_the_older_population_are_those_that_differ(table, rates):
    worked = rates.set_index(["indicator", "code", "year_end"])["value"]
    kept = table[table["indicator"].isin(RATES) & ~table["preferred"]]
    authorities = set(load(AUTHORITIES).frame["code"]) - WITHOUT_REBASED
    kept = kept[kept["code"].isin(authorities)].set_index(["indicator", "code", "year_end"])
    off = (kept["value"] - worked.reindex(kept.index)).abs()
    older = kept["first_published"]
    assert (off[older] > 0.51).mean() > 0.4
    assert off[~older].max() < 0.501  # whole numbers of counts that are printed to the child


def test_care_applications_are_not_called_rebased(table):
    assert set(table.loc[table["indicator"] == "care_applications_rate", "basis"]) == {
        "as-published"
    }


def test_every_rate_called_rebased_is_its_count_over_the_rebased_population(table):
    """Of any indicator, whoever worked it out: to the decimal it is printed with."""
    preferred = table[table["preferred"]]
    values = preferred.set_index(["indicator", "code", "year_end"])["value"]
    found = preferred[
        preferred["indicator"].str.endswith("_rate")
        & (preferred["basis"] == "rebased-MYE")
        & preferred["value"].notna()
    ]
    keys = list(zip(found["indicator"], found["code"], found["year_end"], strict=True))
    made = pd.Series(
        [
            1e4
            * values.get((f"{key.removesuffix('rate')}num", code, year), float("nan"))
            / values.get(("pop_0_17_mid", code, year - 1), float("nan"))
            for key, code, year in keys
        ],
        index=found.index,
    )
    unknown = found[made.isna()]
    assert set(unknown["indicator"]) == {"cpp_end_rate"}  # its counts are not held after 2022
    assert set(unknown["year_end"]) == {2023, 2024, 2025}
    assert (found["value"] - made).abs().max() < 0.0501
