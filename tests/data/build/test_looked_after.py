"""What the build makes of rates of looked-after children, cell by cell."""

import pandas as pd
import pytest

from data.build.looked_after import AS_PRINTED, COUNTS, DERIVED, on_rebased_population

LAIT = "DfE LAIT 2026-04-08"


def row(indicator: str, year: int, value: float | None, **more: object) -> dict[str, object]:
    plain = {
        "code": "E1", "status": None, "edition": LAIT, "basis": None, "preferred": True,
        "first_published": False,
    }  # fmt: skip
    return {**plain, "indicator": indicator, "year_end": year, "value": value, **more}


def made(*rows: dict[str, object]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows)).astype({"value": float})
    words = dict.fromkeys(("status", "edition", "basis", "indicator", "code"), "category")
    found = on_rebased_population(frame.astype(words)).astype(dict.fromkeys(words, object))
    return found[found["indicator"] == "cla_31mar_rate"].sort_values("preferred")


CHILDREN = row("pop_0_17_mid", 2015, 40_000)
PRINTED = row("cla_31mar_rate", 2016, 41, basis="rebased-MYE")


def test_a_printed_rate_on_the_older_population_becomes_the_first_vintage():
    first, preferred = made(PRINTED, CHILDREN, row("cla_31mar_num", 2016, 188)).to_dict("records")
    assert (preferred["value"], preferred["edition"]) == (47, DERIVED)
    assert (preferred["basis"], preferred["first_published"]) == ("rebased-MYE", False)
    assert (first["value"], first["edition"], first["basis"]) == (41, LAIT, "as-published")
    assert (first["first_published"], first["preferred"]) == (True, False)


def test_a_printed_rate_on_the_rebased_population_is_kept_and_is_not_the_first():
    kept, preferred = made(
        row("cla_31mar_rate", 2020, 47, basis="rebased-MYE"),
        row("pop_0_17_mid", 2019, 40_000),
        row("cla_31mar_num", 2020, 189),
    ).to_dict("records")
    assert preferred["value"] == 47.25
    assert (kept["value"], kept["basis"], kept["first_published"]) == (47, "rebased-MYE", False)


def test_a_rate_worked_out_from_other_counts_is_replaced():
    (only,) = made(
        row("cla_31mar_rate", 2015, 50, basis="rebased-MYE", edition=DERIVED),
        row("pop_0_17_mid", 2014, 40_000),
        row("cla_31mar_num", 2015, 188),
    ).to_dict("records")
    assert only["value"] == 47


@pytest.mark.parametrize("symbol", ["c", "-", "z"])
def test_no_rate_is_worked_out_from_a_hidden_count(symbol):
    hidden = row("cla_31mar_rate", 2016, None, basis="rebased-MYE", status=symbol)
    (only,) = made(hidden, CHILDREN, row("cla_31mar_num", 2016, None, status=symbol)).to_dict(
        "records"
    )
    assert pd.isna(only["value"])
    assert (only["status"], only["preferred"]) == (symbol, True)


def test_without_a_rebased_population_the_printed_rate_is_marked():
    first, preferred = made(PRINTED, row("cla_31mar_num", 2016, 188)).to_dict("records")
    assert (preferred["value"], preferred["status"]) == (41, "older-pop")
    assert preferred["basis"] == "as-published"
    assert pd.isna(first["status"])
    assert first["first_published"]


def test_the_years_on_the_older_population_are_named_for_each_rate():
    assert set(AS_PRINTED) == set(COUNTS)
