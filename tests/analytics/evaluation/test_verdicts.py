"""Rows of gaps and changes, on figures small enough to work out by hand."""

from dataclasses import dataclass

import numpy as np
import pytest
from pandas.testing import assert_frame_equal
from scipy import stats

from analytics.evaluation.comparison import Compared
from analytics.evaluation.differences import sure_of
from analytics.evaluation.outcomes import before_after
from analytics.evaluation.verdict_columns import COLUMNS
from analytics.evaluation.verdicts import AT_LENGTH, change_rows, gap_rows
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME, Selection
from analytics.text.certainty import Certainty
from analytics.text.quantity import Scale

NAN = np.nan
YEARS = (2013, 2014, 2015, 2016)
ALL = Selection()


@dataclass(frozen=True)
class Series:
    key: str
    name: str
    short_name: str
    unit: str = "%"
    scale: Scale = Scale.PERCENT

    @property
    def said(self) -> str:
        return self.name


def series(count: int) -> list[Series]:
    return [Series(key=f"s{n}", name=f"Series {n}", short_name=f"S{n}") for n in range(count)]


def compared(own, against, years=YEARS) -> Compared:
    own = np.array(own, dtype=float)
    against = np.broadcast_to(np.array(against, dtype=float), own.shape).copy()
    return Compared(
        keys=tuple(f"s{n}" for n in range(len(own))),
        codes=tuple(f"E{n}" for n in range(own.shape[1])),
        years=years,
        programme=HOME,
        own=own,
        comparator=against,
        found=np.isfinite(against).astype(np.intp),
        listed=np.ones(own.shape[1], dtype=np.intp),
    )


def only(frame):
    assert len(frame) == 1
    return frame.iloc[0]


def test_a_row_has_the_columns_promised_in_the_order_promised():
    promised = [
        "key", "name", "unit", "n", "pilots", "comparator", "gap", "low", "high", "p",
        "p_adjusted", "adjustment", "withheld",
    ]  # fmt: skip
    frame = gap_rows(compared([[[1] * 4] * 3], 0), series(1), ALL)
    assert [column.name for column in COLUMNS][: len(promised)] == promised
    assert list(frame.columns) == [column.name for column in COLUMNS]


@pytest.mark.parametrize("change", [False, True])
@pytest.mark.parametrize("pilots", [2, 8, 25])
def test_brief_rows_and_how_sure_they_are_say_the_same_as_rows_at_length(pilots, change):
    draw = np.random.default_rng(pilots)
    own, against = draw.normal(50, 9, (2, 6, pilots, 4))
    own[draw.random(own.shape) < 0.3] = NAN
    own[0] = own[1, 0] = NAN
    beside, rows = compared(own, against), change_rows if change else gap_rows
    whole, brief = (rows(beside, series(6), ALL, brief=one) for one in (False, True))
    assert_frame_equal(brief, whole.drop(columns=[one.name for one in AT_LENGTH]), check_exact=True)
    sure = sure_of(beside, ALL, change=change)
    assert sure.estimate.tolist() == pytest.approx(whole["gap"].tolist(), nan_ok=True)
    assert sure.n.tolist() == whole["n"].tolist()
    assert [one.value for one in sure.certain] == whole["certain"].tolist()


def test_a_gap_is_the_mean_over_pilots_of_their_own_means():
    own = [[[5, 7, NAN, 4], [2, 2, 2, 2], [1, NAN, NAN, NAN]]]
    against = [[[4, NAN, 3, 1], [1, 1, 1, 1], [4, 4, 4, 4]]]
    row = only(gap_rows(compared(own, against), series(1), ALL))
    # The pilots' own mean gaps are 2, 1 and -3.
    assert row["gap"] == pytest.approx(0)
    assert row["n"] == 3
    assert row["pilots"] == pytest.approx((4.5 + 2 + 1) / 3)
    assert row["comparator"] == pytest.approx((2.5 + 1 + 4) / 3)
    assert row["years"] == "2013-2016"
    assert row["withheld"] == ""
    assert row["smallest_p"] == 0.25


def test_pilots_minus_comparator_is_the_gap_whatever_is_missing():
    draw = np.random.default_rng(5)
    own, against = draw.normal(50, 9, (2, 6, 10, 4))
    own[draw.random(own.shape) < 0.4] = NAN
    against[draw.random(own.shape) < 0.4] = NAN
    for rows in (gap_rows, change_rows):
        frame = rows(compared(own, against), series(6), ALL)
        assert (frame["pilots"] - frame["comparator"]).to_numpy() == pytest.approx(
            frame["gap"].to_numpy(), nan_ok=True
        )


def test_the_years_are_the_first_and_last_with_a_gap():
    own = [[[NAN, 1, 2, NAN]] * 3, [[NAN, NAN, 3, NAN]] * 3, [[NAN] * 4] * 3]
    frame = gap_rows(compared(own, 0), series(3), ALL)
    assert frame["years"].tolist() == ["2014-2015", "2015-2015", ""]


def test_fewer_than_three_pilots_are_withheld_with_the_reason_and_out_of_the_family():
    own = [[[1] * 4, [2] * 4, [NAN] * 4], [[3] * 4, [4] * 4, [6] * 4]]
    frame = gap_rows(compared(own, 0), series(2), ALL)
    assert frame["n"].tolist() == [2, 3]
    assert "2" in frame["withheld"][0]
    assert "3 are needed" in frame["withheld"][0]
    blank = ["pilots", "comparator", "gap", "t_low", "t_high", "p", "p_adjusted", "standardised"]
    assert frame.loc[0, blank].isna().all()
    assert frame.loc[1, blank].notna().all()
    assert frame["p_adjusted"][1] == frame["p"][1]  # a family of one


def test_a_choice_of_two_pilots_says_that_two_are_too_few():
    chosen = from_search("?pilots=E06000023,E09000005")
    row = only(gap_rows(compared([[[1] * 4, [2] * 4]], 0), series(1), chosen))
    assert "2 pilots" in row["withheld"]


@pytest.mark.parametrize(
    ("own", "reason"),
    [
        ([[NAN, NAN, 5, 6]] * 3, "No figures before"),
        ([[5, 6, NAN, NAN]] * 3, "No figures after"),
        ([[1, NAN, NAN, 1], [1, NAN, NAN, 1], [1, NAN, NAN, NAN]], "Only 2 of the 10 pilots"),
    ],
)
def test_a_change_that_cannot_be_measured_is_withheld_with_the_reason(own, reason):
    row = only(change_rows(compared([own], 0), series(1), ALL))
    assert row["withheld"].startswith(reason)
    assert np.isnan(row["gap"])
    assert np.isnan(row["p"])


@pytest.mark.parametrize("years", [(2013, 2014), (2015, 2016), (2016,)])
def test_a_period_on_one_side_of_the_start_measures_no_change(years):
    own = [[[1.0] * len(years)] * 3]
    row = only(change_rows(compared(own, 0, years), series(1), ALL))
    assert "one side of November 2014" in row["withheld"]


def test_a_change_is_after_minus_before():
    own = [[[1, 3, 6, 8], [5, 5, 5, 5], [0, 2, NAN, 7]]]
    row = only(change_rows(compared(own, [[[1, 1, 2, 2]]]), series(1), ALL))
    # (4 + 6)/2 - (0 + 2)/2 = 4; 3 - 4 = -1; 5 - 0 = 5.
    assert row["gap"] == pytest.approx(8 / 3)
    assert row["p"] == pytest.approx(4 / 8)


def test_november_2014_lies_between_2014_and_2015():
    pre, post = before_after((2012, 2014, 2015, 2025), HOME)
    assert pre.tolist() == [True, True, False, False]
    assert post.tolist() == [False, False, True, True]


def test_the_standardised_interval_is_that_of_the_noncentral_t():
    draw = np.random.default_rng(8)
    gaps = draw.normal(1, 2, (4, 10))
    frame = gap_rows(compared(np.repeat(gaps[..., None], 4, axis=2), 0), series(4), ALL)
    for at, row in enumerate(gaps):
        t = row.mean() / (row.std(ddof=1) / np.sqrt(10))
        scale = frame["standardised"][at] / t  # the correction over the root of n
        low, high = frame["standardised_low"][at] / scale, frame["standardised_high"][at] / scale
        assert stats.nct.cdf(t, 9, low) == pytest.approx(0.975, abs=1e-6)
        assert stats.nct.cdf(t, 9, high) == pytest.approx(0.025, abs=1e-6)


def test_interval_and_test_never_disagree():
    draw = np.random.default_rng(21)
    for n in (6, 8, 10):
        own = draw.normal(0.6, 1, (40, n, 1)).repeat(4, axis=2)
        frame = gap_rows(compared(own, 0), series(40), ALL)
        outside = (frame["low"] > 0) | (frame["high"] < 0)
        assert (outside == (frame["p"] < 0.05)).all()
        assert outside.any()
        assert not outside.all()


def test_so_few_pilots_have_no_interval_and_are_never_clear():
    own = np.full((1, 5, 4), 3.0) + np.arange(5)[None, :, None]
    row = gap_rows(compared(own, 0), series(1), ALL).iloc[0]
    assert np.isnan([row["low"], row["high"]]).all()
    assert np.isfinite([row["t_low"], row["t_high"], row["ruled_out"]]).all()
    assert row["certain"] == Certainty.UNTESTABLE


@pytest.mark.parametrize(("n", "adjustment"), [(9, "holm"), (10, "none"), (5, "max-t"), (6, "bh")])
def test_what_cannot_reach_the_level_is_said_to_be_untestable(n, adjustment):
    own = np.full((24, n, 4), 3.0) + np.arange(n)[None, :, None]
    frame = gap_rows(compared(own, 0), series(24), from_search(f"?adjust={adjustment}"))
    reached = frame["smallest_adjusted"] < 0.05
    assert (frame["certain"].ne(Certainty.UNTESTABLE) == reached).all()
    if adjustment == "holm":
        assert frame["smallest_adjusted"].to_numpy() == pytest.approx(24 * 2 / 2**n)


def test_a_margin_is_a_share_of_the_comparators_level():
    own = np.full((1, 10, 4), 50.5) + np.linspace(-0.5, 0.5, 10)[None, :, None]
    for margin, held in (("10", True), ("5", True)):
        row = gap_rows(compared(own, 50), series(1), from_search(f"?margin={margin}")).iloc[0]
        assert row["margin"] == pytest.approx(50 * int(margin) / 100)
        assert (row["p_equivalence"] < 0.05) == held
        assert row["ruled_out"] < row["margin"]


@pytest.mark.parametrize("adjustment", ["none", "holm", "bh", "max-t"])
def test_the_adjustment_is_the_one_asked_for(adjustment):
    draw = np.random.default_rng(9)
    made = compared(draw.normal(1, 2, (8, 10, 4)), 0)
    frame = gap_rows(made, series(8), from_search(f"?adjust={adjustment}"))
    assert set(frame["adjustment"]) == {adjustment}
    same = frame["p_adjusted"] == frame["p"]
    assert same.all() == (adjustment == "none")
    assert (frame["p_adjusted"] >= frame["p"] - 1e-12).all()


def test_a_relative_gap_is_a_share_of_the_comparators_level_with_its_range():
    own = np.full((1, 10, 4), 45.0) + np.linspace(-2, 2, 10)[None, :, None]
    row = gap_rows(compared(own, 50), series(1), ALL).iloc[0]
    assert row["relative"] == pytest.approx(-10)
    assert row["relative_low"] == pytest.approx(100 * row["low"] / 50)
    assert row["relative_high"] == pytest.approx(100 * row["high"] / 50)
    nothing = gap_rows(compared(own, 0), series(1), ALL).iloc[0]
    assert nothing["gap"] == pytest.approx(45)
    assert np.isnan(nothing["relative"])
