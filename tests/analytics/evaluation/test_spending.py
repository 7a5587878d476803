"""Spend as arrays, against the file read again and plain division."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from analytics.evaluation.spending import line_panel, ratio_panel, returned_panel, share_panel
from analytics.measures.ratios.lines import LINES
from analytics.measures.ratios.registry import RATIOS
from analytics.selection.choices import YEARS
from data.load import Table, load
from data.sources.registry import DEFLATOR, INDICATORS, SECTION251

ENGLAND = "E92000001"


@pytest.fixture(scope="module")
def tables():
    return load(SECTION251), load(INDICATORS), load(DEFLATOR)


@pytest.fixture(scope="module")
def pounds():
    frame = pd.read_parquet(SECTION251.path)
    frame = frame[frame["preferred"]]
    keys = zip(
        frame["line_code"].astype(str), frame["code"].astype(str), frame["year_end"], strict=True
    )
    return dict(zip(keys, frame["gross"].tolist(), strict=True))


@pytest.fixture(scope="module")
def children():
    frame = pd.read_parquet(INDICATORS.path)
    frame = frame[frame["preferred"]]
    keys = zip(
        frame["indicator"].astype(str), frame["code"].astype(str), frame["year_end"], strict=True
    )
    return dict(zip(keys, frame["value"].tolist(), strict=True))


@pytest.mark.parametrize(
    ("line", "total"),
    [("3.1.11", 3_941_586_826), ("3.3.4", 2_226_843_214), ("5.0.2", 9_012_317_385)],
)
def test_england_2015_16_is_right_to_the_pound(tables, line, total):
    panel = line_panel(*tables[:2])
    values, _ = panel.block((line,), (2016,))
    assert round(values[0, panel.places[ENGLAND], 0]) == total


def divided(ratio, code, year, pounds, children, deflator):
    """Work one ratio out from the files' own cells."""
    above = [pounds.get((line, code, year), np.nan) for line in ratio.numerator]
    if ratio.per:
        below = [children.get((ratio.per.series, code, year - ratio.per.lag), np.nan)]
    else:
        below = [pounds.get((line, code, year), np.nan) for line in ratio.denominator]
    cells = [*above, *below]
    if any(cell != cell or cell < 0 for cell in cells) or not sum(below):  # noqa: PLR0124
        return np.nan
    price = 100 / deflator.get(year, np.nan) if ratio.real else 1
    return sum(above) * price / sum(below)


@pytest.mark.parametrize("key", RATIOS)
def test_every_ratio_of_every_place_and_year_is_plain_division(tables, pounds, children, key):
    frame = pd.read_csv(DEFLATOR.path)
    deflator = dict(zip(frame["year_end"], frame["deflator"], strict=True))
    panel = ratio_panel(*tables)
    values, symbols = panel.block((key,), YEARS)
    for code, at in panel.places.items():
        for year, found, symbol in zip(YEARS, values[0, at], symbols[0, at], strict=True):
            expected = divided(RATIOS[key], code, year, pounds, children, deflator)
            assert found == pytest.approx(expected, rel=1e-12, nan_ok=True), (code, year)
            assert not np.isinf(found)
            assert (symbol in {"", "jump"}) == np.isfinite(found), (code, year, symbol)


def changed(table: Table, **cells) -> Table:
    """The table with some cells of one row rewritten, under another digest."""
    frame = table.frame.copy()
    row = cells.pop("row")
    for name, value in cells.items():
        frame.loc[row, name] = value
    return Table(source=table.source, digest=f"test-{row}-{cells}", frame=frame)


def row_of(table, code, year, line):
    frame = table.frame
    return frame.index[
        (frame["code"] == code) & (frame["year_end"] == year) & (frame["line_code"] == line)
        & frame["preferred"]
    ][0]  # fmt: skip


@pytest.mark.parametrize(("gross", "symbol"), [(0.0, "zero"), (-5.0, "negative"), (np.nan, "none")])
def test_a_denominator_that_cannot_be_used_gives_a_reason(tables, gross, symbol):
    section251, indicators, deflator = tables
    row = row_of(section251, "E09000005", 2015, "3.1.2")
    panel = ratio_panel(changed(section251, row=row, gross=gross), indicators, deflator)
    values, symbols = panel.block(("residential_to_fostering",), (2015,))
    at = panel.places["E09000005"]
    assert np.isnan(values[0, at, 0])
    if symbol == "none":
        assert symbols[0, at, 0] not in {"", "jump"}
    else:
        assert symbols[0, at, 0] == symbol


def test_a_numerator_of_nothing_is_a_zero_and_not_missing(tables):
    section251, indicators, deflator = tables
    row = row_of(section251, "E09000005", 2015, "3.5.3")
    panel = ratio_panel(changed(section251, row=row, gross=0.0), indicators, deflator)
    values, _ = panel.block(("young_people_share",), (2015,))
    assert values[0, panel.places["E09000005"], 0] == 0


def test_negative_spend_is_real_and_is_not_used(tables):
    returned, used = returned_panel(*tables[:2]), line_panel(*tables[:2])
    below = np.argwhere(np.nan_to_num(returned.block(tuple(LINES), YEARS)[0]) < 0)
    assert len(below) == 1
    line, place, year = below[0]
    values, symbols = used.block(tuple(LINES), YEARS)
    assert np.isnan(values[line, place, year])
    assert symbols[line, place, year] == "negative"


def test_lines_of_detail_end_with_a_reason(tables):
    values, symbols = line_panel(*tables[:2]).block(("3.3.1",), (2019, 2020))
    assert np.isfinite(values[0, :, 0]).sum() == 164
    assert np.isnan(values[0, :, 1]).all()
    assert set(symbols[0, :, 1]) <= {"no-line", "not-then"}


@pytest.mark.parametrize(
    ("code", "year", "there"),
    [("E06000058", 2016, False), ("E06000058", 2022, True), ("E06000028", 2022, False),
     ("E06000028", 2016, True)],
)  # fmt: skip
def test_an_authority_that_did_not_exist_has_no_ratio(tables, code, year, there):
    panel = ratio_panel(*tables)
    values, symbols = panel.block(("cla_share",), (year,))
    at = panel.places[code]
    assert np.isfinite(values[0, at, 0]) == there
    if not there:
        assert symbols[0, at, 0] == "not-then"


def test_shares_of_categories_add_up_to_one(tables):
    panel = share_panel(*tables[:2])
    parts, _ = panel.block(LINES["5.0.2"].parts, YEARS)
    whole, _ = panel.block(("5.0.2",), YEARS)
    held = np.isfinite(parts).all(axis=0) & np.isfinite(whole[0])
    assert held.sum() > 2_000
    off = np.abs(parts.sum(axis=0)[held] - 1)
    assert (off > 1e-5).sum() == 2  # England and a region in 2022/23: the page says so
    assert off.max() < 0.05


def test_real_terms_are_cash_at_the_prices_of_2018_19(tables):
    panel = ratio_panel(*tables)
    both, _ = panel.block(("spend_per_child", "spend_per_child_real"), (2013, 2019))
    held = np.isfinite(both).all(axis=(0, 2))
    ratio = both[1, held] / both[0, held]
    assert ratio[:, 0] == pytest.approx(100 / 90.2542)
    assert ratio[:, 1] == pytest.approx(1)


def test_a_jump_in_a_line_marks_every_ratio_made_of_it(tables, pounds):
    panel = ratio_panel(*tables)
    _, symbols = panel.block(("safeguarding_to_cla",), YEARS)
    for code, at in panel.places.items():
        for before, year in pairwise(YEARS):
            pairs = [
                (pounds.get((line, code, before), np.nan), pounds.get((line, code, year), np.nan))
                for line in ("3.3.4", "3.1.11")
            ]
            moved = any(abs(b - a) > a / 2 for a, b in pairs)
            sound = all(b > 0 for _, b in pairs)
            assert (symbols[0, at, YEARS.index(year)] == "jump") == (moved and sound)
