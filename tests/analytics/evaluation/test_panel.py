import numpy as np
import pandas as pd
import pytest

from analytics.evaluation.panel import Panel, indicator_panel, panel, say_boundaries
from analytics.evaluation.spending import line_panel, ratio_panel
from analytics.evaluation.staffing import resource_panel
from analytics.selection.choices import YEARS, Vintage
from analytics.selection.places import authorities
from data.load import load
from data.sources.registry import DEFLATOR, INDICATORS, SECTION251
from data.symbols import Symbol

FLAGS = {Vintage.PREFERRED: "preferred", Vintage.FIRST: "first_published"}


@pytest.fixture(scope="module", params=Vintage)
def vintage(request):
    return request.param


CHANGED = {one.code for one in authorities().values() if one.predecessors or one.successors}
#: What is said in place of a symbol where a change of boundaries is the reason.
REASONS = ["not-then", "formed"]
#: What is said where the table has no row, of either vintage.
UNHELD = ["none", "not-first"]


@pytest.fixture(scope="module")
def rows(vintage):
    frame = pd.read_parquet(INDICATORS.path)
    rows = frame[frame[FLAGS[vintage]]].drop(columns="preferred")
    return rows.astype({"code": "str", "indicator": "str", "status": "object"})


def stayed(arranged):
    """Whether the boundaries of each place of a panel stayed as they were."""
    return np.array([code not in CHANGED for code in arranged.places])


@pytest.fixture(scope="module")
def arranged(vintage):
    return indicator_panel(load(INDICATORS), vintage)


def held_values(arranged):
    values, _ = arranged.block(tuple(arranged.series), arranged.years)
    return values


def test_every_cell_is_the_cell_of_the_table(arranged, rows):
    values, symbols = held_values(arranged), arranged.symbols
    for row in rows.sample(2_000, random_state=1).itertuples():
        at = (
            arranged.series[row.indicator],
            arranged.places[row.code],
            arranged.years.index(row.year_end),
        )
        np.testing.assert_equal(values[at], row.value)
        symbol = symbols[at]
        if row.code in CHANGED and symbol in REASONS:
            assert np.isnan(row.value)
        else:
            assert symbol == (row.status if isinstance(row.status, str) else "")


def test_nothing_is_in_the_panel_that_is_not_in_the_table(arranged, rows):
    assert np.isfinite(held_values(arranged)).sum() == rows["value"].notna().sum()
    there = rows[~rows["code"].isin(CHANGED)]
    assert (~np.isin(arranged.symbols[:, stayed(arranged)], UNHELD)).sum() == len(there)
    unheld = np.isin(arranged.symbols, [*UNHELD, *REASONS])
    assert np.isnan(held_values(arranged)[unheld]).all()
    assert held_values(arranged).shape == (len(arranged.series), len(arranged.places), len(YEARS))


def test_every_place_of_the_table_has_a_row_in_either_vintage(arranged):
    codes = pd.read_parquet(INDICATORS.path)["code"].astype(str).unique()
    assert list(arranged.places) == sorted(codes)


def test_every_symbol_is_kept_whole(arranged, rows):
    found, counts = np.unique(arranged.symbols[:, stayed(arranged)], return_counts=True)
    held = rows.loc[~rows["code"].isin(CHANGED), "status"].value_counts()
    for symbol, count in zip(found.tolist(), counts.tolist(), strict=True):
        if symbol not in {"", *UNHELD}:
            assert held[symbol] == count


def test_an_authority_that_was_formed_never_lacks_a_reason(tables_of_panels):
    formed = [one for one in authorities().values() if one.predecessors]
    for made in tables_of_panels:
        values, symbols = made.block(tuple(made.series), made.years)
        for one in formed:
            missing = np.isnan(values[:, made.places[one.code]])
            why = symbols[:, made.places[one.code]]
            assert "-" not in why[missing]
            before = [at for at, year in enumerate(made.years) if year < one.first_year - 1]
            assert set(why[:, before][missing[:, before]]) <= {"not-then", "no-line", "zero"}


def test_only_a_change_of_boundaries_is_given_as_such_a_reason(arranged):
    assert not np.isin(arranged.symbols[:, stayed(arranged)], REASONS).any()


@pytest.fixture(scope="module")
def tables_of_panels():
    held = [load(source) for source in (SECTION251, INDICATORS, DEFLATOR)]
    return [
        *(indicator_panel(held[1], vintage) for vintage in Vintage),
        line_panel(*held[:2]),
        ratio_panel(*held),
        resource_panel(held[1]),
    ]


def test_symbols_counted_in_some_places_are_those_of_the_block(arranged):
    years, places = (2015, 2013), [*range(0, len(arranged.places), 2)]
    for key in ("cpp_open_dur_pct_2yplus", "no such series"):
        _, symbols = arranged.block((key,), years)
        for symbol in Symbol:
            expected = (symbols[0, places] == symbol.value).sum()
            assert arranged.count_of(symbol, key, places, years) == expected


def test_partial_counts_are_shown_and_never_compared():
    arranged = indicator_panel(load(INDICATORS), Vintage.PREFERRED)
    keys = ("assessments_rate", "assess_days_median", "assess_within45d_pct", "icpc_rate")
    values, symbols = arranged.block(keys, (2013, 2014, 2015))
    compared = arranged.comparable(keys, (2013, 2014, 2015))
    partial = symbols == "partial-2014"
    assert np.isfinite(values[partial]).sum() > 300
    assert np.isnan(compared[partial]).all()
    np.testing.assert_array_equal(compared[~partial], values[~partial])
    assert not partial[:, :, [0, 2]].any()
    assert not partial[3].any()


def test_rates_on_an_older_population_are_shown_and_never_compared():
    arranged = indicator_panel(load(INDICATORS), Vintage.PREFERRED)
    (values,), (symbols,) = arranged.block(("cla_31mar_rate",), YEARS)
    (compared,) = arranged.comparable(("cla_31mar_rate",), YEARS)
    older = symbols == "older-pop"
    assert np.isfinite(values[older]).all()
    assert np.isnan(compared[older]).all()
    np.testing.assert_array_equal(compared[~older], values[~older])
    assert np.isnan(compared[:, 0]).all()  # 31 March 2012
    former = [arranged.places[code] for code in ("E06000028", "E06000029", "E10000009")]
    assert np.isnan(compared[former]).all()
    assert np.isfinite(compared[arranged.places["E09000007"], 1:]).all()


@pytest.mark.parametrize("key", ["cla_20miles_outside_pct", "sw_vacancy_pct", "cla_31mar_rate"])
def test_no_figure_as_first_published_is_not_called_no_figure(key):
    first, preferred = (indicator_panel(load(INDICATORS), one) for one in reversed(Vintage))
    (values,), (symbols,) = first.block((key,), YEARS)
    (held,), _ = preferred.block((key,), YEARS)
    only_revised = np.isfinite(held) & np.isnan(values)
    assert only_revised.sum() > 1_000
    assert set(symbols[only_revised & stayed(first)[:, None]]) == {"not-first"}
    assert "none" not in symbols
    assert "not-first" not in preferred.symbols


def test_a_series_that_is_not_listed_is_refused():
    with pytest.raises(ValueError, match="the series b, expected only those listed"):
        panel(
            tidy(), series="line", codes=np.array(["E1", "E2"]), keys=np.array(["a"]), value="gross"
        )


def test_a_series_without_figures_is_missing_throughout():
    codes, keys = np.array(["E1", "E2"]), np.array(["c", "a", "b"])
    found = panel(tidy(), series="line", codes=codes, keys=keys, value="gross")
    assert found.series == {"a": 0, "b": 1, "c": 2}
    assert np.isnan(found.block(("c",), YEARS)[0]).all()


def test_series_and_years_come_in_the_order_asked_for(arranged):
    values, _ = arranged.block(("s47_rate", "icpc_rate"), (2016, 2013))
    again, _ = arranged.block(("icpc_rate", "s47_rate"), (2013, 2016))
    np.testing.assert_array_equal(values, again[::-1, :, ::-1])


def test_a_series_that_is_not_held_is_missing_throughout(arranged):
    values, symbols = arranged.block(("no_such_series", "icpc_rate"), (2015,))
    assert np.isnan(values[0]).all()
    assert (symbols[0] == "none").all()
    assert np.isfinite(values[1]).any()


def test_what_is_asked_for_is_a_copy(arranged):
    before = held_values(arranged)
    values, symbols = arranged.block(("icpc_rate",), YEARS)
    values[:] = 0
    symbols[:] = "c"
    arranged.comparable(("icpc_rate",), YEARS)[:] = 0
    np.testing.assert_array_equal(held_values(arranged), before)
    assert (arranged.block(("icpc_rate",), YEARS)[1] != "c").any()


def tidy(**changes: list[object]) -> pd.DataFrame:
    plain = {
        "code": ["E1", "E2", "E1"],
        "year_end": [2013, 2013, 2014],
        "line": ["a", "a", "b"],
        "status": [None, "c", "x"],
        "gross": [1.0, np.nan, np.nan],
    }
    return pd.DataFrame({**plain, **changes})


def test_any_tidy_frame_can_be_arranged():
    found = panel(tidy(), series="line", codes=np.array(["E3", "E2", "E1"]), value="gross")
    assert found.series == {"a": 0, "b": 1}
    assert found.places == {"E1": 0, "E2": 1, "E3": 2}
    values, symbols = found.block(("a", "b"), (2013, 2014))
    np.testing.assert_array_equal(values[0], [[1, np.nan]] + [[np.nan] * 2] * 2)
    assert symbols[0].tolist() == [["", "none"], ["c", "none"], ["none", "none"]]
    assert symbols[1, 0].tolist() == ["none", "x"]


def test_two_rows_for_one_cell_are_refused():
    frame = tidy(year_end=[2013, 2013, 2013], line=["a", "a", "a"])
    with pytest.raises(ValueError, match="1 rows that repeat a line, place and year"):
        panel(frame, series="line", codes=np.array(["E1", "E2"]), value="gross")


def test_a_symbol_that_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="found the symbol 'q', expected one of c, x"):
        panel(
            tidy(status=["q", "c", "x"]), series="line", codes=np.array(["E1", "E2"]), value="gross"
        )
    shape = {"series": {"a": 0}, "places": {"E1": 0}, "years": (2013,)}
    with pytest.raises(ValueError, match="found the symbol 'q'"):
        Panel.of(np.ones((1, 1, 1)), np.full((1, 1, 1), "q"), **shape)
    assert Panel.of(np.ones((1, 1, 1)), np.full((1, 1, 1), "c"), **shape).symbols.item() == "c"


def test_a_place_that_is_not_listed_is_refused_and_not_taken_for_another():
    with pytest.raises(ValueError, match="E2"):
        panel(tidy(), series="line", codes=np.array(["E1", "E3"]), value="gross")


def test_a_place_that_a_panel_does_not_hold_is_passed_over():
    changed = [one.code for one in authorities().values() if one.predecessors or one.successors]
    values, symbols = np.full((1, 1, 2), np.nan), np.full((1, 1, 2), "z", dtype="U16")
    say_boundaries(values, symbols, places={changed[0]: 0}, years=(1900, 2100))
    assert (symbols != "z").any()
    symbols[:] = "z"
    say_boundaries(values, symbols, places={"elsewhere": 0}, years=(1900, 2100))
    assert (symbols == "z").all()
