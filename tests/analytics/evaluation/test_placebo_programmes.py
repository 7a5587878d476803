"""What a planned programme would see, against programmes tested one by one from the raw table."""

from dataclasses import replace

import numpy as np
import pytest

from analytics.evaluation.measure_families import INDICATOR_FAMILY
from analytics.evaluation.placebo_pool import TINY
from analytics.evaluation.placebo_programmes import councils_of, design_of, programme_changes
from analytics.evaluation.planned import planned
from analytics.methods.gap import pilot_changes
from analytics.methods.placebo import TooFewToDrawError
from analytics.methods.refusal import NotEstimableError
from analytics.methods.signflip import sign_flips
from analytics.selection.choices import Comparator
from analytics.selection.places import ENGLAND, authorities, pilots
from analytics.selection.selection import HOME, Selection
from data.load import load
from data.sources.registry import INDICATORS, NEIGHBOURS
from data.symbols import NOT_COMPARED

KEY, COUNCILS, YEARS = "cpp_31mar_rate", 8, (2022, 2023, 2024, 2025)
BEFORE = np.array([True, True, False, False])
TABLES = {one.key: load(one) for one in INDICATOR_FAMILY.sources}
DESIGN = design_of(Selection())
PANEL = INDICATOR_FAMILY.panel(TABLES, Selection())


class Raw:
    """The rows of the table by place and year, and the lists of neighbours."""

    def __init__(self, key=KEY, years=YEARS):
        frame = TABLES[INDICATORS.key].frame
        rows = frame[frame["preferred"] & frame["indicator"].eq(key)]
        rows = rows[~rows["status"].astype(str).isin(map(str, NOT_COMPARED))]
        by_place = rows.pivot(index="code", columns="year_end", values="value")
        self.values = {code: row.to_numpy(float) for code, row in by_place[list(years)].iterrows()}
        lists = TABLES[NEIGHBOURS.key].frame
        lists = lists[lists["model"] == DESIGN.model.key].sort_values("rank")
        self.lists = {
            code: [*some["neighbour"]] for code, some in lists.groupby("code", observed=True)
        }
        left_out = {*pilots(HOME), *TINY}
        self.pool = sorted(code for code in self.lists if code not in left_out)

    def figure(self, code):
        return self.values.get(code, np.full(len(YEARS), np.nan))

    def gaps(self, members, own):
        """Figures of a programme's councils less the mean of their neighbours outside it."""
        against = []
        for code in members:
            others = [
                other
                for other in self.lists[code][:10]
                if other not in members and other not in pilots(HOME)
            ]
            held = np.array([self.figure(other) for other in others]).reshape(-1, len(YEARS))
            known = np.isfinite(held).sum(axis=0)
            with np.errstate(invalid="ignore", divide="ignore"):
                mean = np.where(np.isfinite(held), held, 0).sum(axis=0) / known
            against.append(np.where(known >= min(5, max(len(others), 1)), mean, np.nan))
        return pilot_changes(own[None], np.array(against)[None], pre=BEFORE, post=~BEFORE)


@pytest.fixture(scope="module")
def raw():
    return Raw()


def seen(raw, size, *, programmes, seed, councils=COUNCILS):
    """The share of programmes in which the explorer's whole test sees a change of this size."""
    rng = np.random.default_rng(seed)
    can = [
        code for code in raw.pool if np.isfinite(raw.gaps((code,), raw.figure(code)[None]))[0, 0]
    ]
    found = 0
    for nth in range(programmes):
        members = tuple(rng.choice(can, councils, replace=False))
        effect = size if nth % 2 else -size
        own = np.array([raw.figure(code) + np.where(BEFORE, 0, effect) for code in members])
        changes = raw.gaps(members, own)
        found += sign_flips(changes)[0] < 0.05 and np.nanmean(changes) * effect > 0
    return found / programmes


def test_programmes_tested_one_by_one_see_it_as_often_as_is_said(raw):
    measure = INDICATOR_FAMILY.measures[KEY]
    found = planned(TABLES, DESIGN, measure, councils=COUNCILS, in_question=True)
    assert (found.first, found.last) == (YEARS[0], YEARS[-1])
    share = seen(raw, found.size, programmes=2_000, seed=11)
    assert share == pytest.approx(0.8, abs=0.02)
    # It is no accident: a tenth more or less is seen clearly more or less often.
    assert seen(raw, 1.15 * found.size, programmes=500, seed=12) > 0.83
    assert seen(raw, 0.85 * found.size, programmes=500, seed=13) < 0.77


def test_the_change_of_each_council_is_that_of_the_raw_table(raw):
    councils = councils_of(PANEL, TABLES[NEIGHBOURS.key], DESIGN, KEY)
    assert councils.codes == tuple(raw.pool)
    expected = [raw.gaps((code,), raw.figure(code)[None])[0, 0] for code in raw.pool]
    np.testing.assert_allclose(councils.changes, expected, rtol=1e-9)
    assert 100 < councils.drawable < len(councils.codes)


def test_members_of_a_programme_are_not_compared_with_each_other(raw):
    councils = councils_of(PANEL, TABLES[NEIGHBOURS.key], DESIGN, KEY)
    every = councils.drawable
    changes = programme_changes(councils, DESIGN, every, draws=3)
    can = [councils.codes[at] for at in np.flatnonzero(np.isfinite(councils.changes))]
    own = np.array([raw.figure(code) for code in can])
    expected = raw.gaps(tuple(can), own)[0]
    for row in changes:  # all of them are in each programme, in another order
        np.testing.assert_allclose(np.sort(row), np.sort(expected), rtol=1e-9)
    assert np.isnan(changes).any(), "so many leave some without five neighbours"


def test_a_published_figure_stays_the_same_whoever_is_in_the_programme(raw):
    design = replace(DESIGN, compare=Comparator.ENGLAND)
    councils = councils_of(PANEL, TABLES[NEIGHBOURS.key], design, KEY)
    own = np.array([raw.figure(code) for code in councils.codes])[None]
    england = np.broadcast_to(raw.figure(ENGLAND), own.shape)
    expected = pilot_changes(own, england, pre=BEFORE, post=~BEFORE)[0]
    np.testing.assert_allclose(councils.changes, expected, rtol=1e-9)
    drawn = programme_changes(councils, design, 20, draws=50)
    assert drawn.shape == (50, 20)
    assert set(drawn.ravel()) <= set(councils.changes)
    assert all(len(set(row)) == 20 for row in drawn), "nobody is drawn twice"


def test_a_region_faces_its_own_figure(raw):
    design = replace(DESIGN, compare=Comparator.REGION)
    councils = councils_of(PANEL, TABLES[NEIGHBOURS.key], design, KEY)
    at = 30
    place = authorities()[councils.codes[at]]
    gap = raw.figure(place.code) - raw.figure(place.region_code)
    assert councils.changes[at] == pytest.approx(gap[~BEFORE].mean() - gap[BEFORE].mean())


def test_the_first_programmes_are_the_same_however_many_are_drawn():
    councils = councils_of(PANEL, TABLES[NEIGHBOURS.key], DESIGN, KEY)
    few, many = (programme_changes(councils, DESIGN, 6, draws=draws) for draws in (20, 200))
    np.testing.assert_array_equal(few, many[:20])


@pytest.mark.parametrize("key", ["assess_days_median", "cpp_31mar_rate", "cla_31mar_rate"])
def test_the_years_are_the_last_that_are_held(key):
    councils = councils_of(PANEL, TABLES[NEIGHBOURS.key], replace(DESIGN, before=1, after=3), key)
    last = councils.years[-1]
    assert councils.years == tuple(range(last - 3, last + 1))
    assert councils.before.tolist() == [True, False, False, False]
    held = np.isfinite(PANEL.comparable((key,), PANEL.years)[0]).sum(axis=0)
    later = held[PANEL.years.index(last) + 1 :]
    assert held[PANEL.years.index(last)] > 100 > later.max(initial=0)


def test_what_cannot_be_planned_says_why():
    measures = INDICATOR_FAMILY.measures
    neighbours = TABLES[NEIGHBOURS.key]
    long = replace(DESIGN, before=5, after=5)
    with pytest.raises(NotEstimableError, match="8 years in a row"):
        councils_of(PANEL, neighbours, long, "assess_days_median")
    with pytest.raises(NotEstimableError, match="no other pilots"):
        councils_of(PANEL, neighbours, replace(DESIGN, compare=Comparator.PILOTS), KEY)
    councils = councils_of(PANEL, neighbours, DESIGN, KEY)
    with pytest.raises(TooFewToDrawError):
        programme_changes(councils, DESIGN, councils.drawable + 1)
    reasons = {
        key: planned(TABLES, design, measures[key], councils=many, in_question=False).withheld
        for key, design, many in (
            ("assess_days_median", long, 12),
            (KEY, DESIGN, 5),
            (KEY, DESIGN, councils.drawable + 1),
            ("cpp_open_dur_pct_2yplus", DESIGN, 60),
        )
    }
    assert all(words.endswith(".") for words in reasons.values())
