"""Which rows of a finding are not the same under two releases of the tables."""

from dataclasses import replace

import pytest

import analytics.publication.published as room
from analytics.findings.indicators import kpis
from analytics.publication.changed_rows import changed_rows
from analytics.selection.selection import Selection
from tests.another_release import changed_store


@pytest.fixture(scope="module")
def now():
    return kpis.gaps.publish(Selection())


def remade(published, frame):
    return replace(published, frame=frame, seal=room._SEAL)


def test_the_same_tables_give_the_same_rows(now):
    assert changed_rows(now, kpis.gaps.publish(Selection())) == ()


def test_a_changed_cell_changes_the_rows_that_follow_it(now, tmp_path):
    before = kpis.gaps.publish(Selection(), changed_store(tmp_path))
    changes = {row.was["key"]: row for row in changed_rows(before, now)}
    assert changes["icpc_rate"].name == "Initial child protection conferences per 10,000 children"
    assert {"gap", "low", "high"} <= {one.name for one in changes["icpc_rate"].columns}
    assert "referrals_rate" not in changes


def test_rows_that_came_and_went_are_said(now):
    gone = remade(now, now.frame.iloc[1:])
    (added,) = changed_rows(gone, now)
    (removed,) = changed_rows(now, gone)
    assert not added.was
    assert not removed.now
    assert added.now["key"] == removed.was["key"] == now.frame["key"].iloc[0]
    assert added.name == removed.name


def test_the_order_of_rows_is_no_change(now):
    assert changed_rows(now, remade(now, now.frame.iloc[::-1])) == ()


def test_a_number_that_was_added_up_in_another_order_is_the_same(now):
    moved = now.frame.assign(gap=now.frame["gap"] * (1 + 1e-15))
    assert changed_rows(now, remade(now, moved)) == ()
    assert changed_rows(now, remade(now, now.frame.assign(gap=now.frame["gap"] * 1.001)))


def test_rows_that_nothing_tells_apart_are_named_by_their_place(now):
    twice = now.frame.iloc[[0, 0]].reset_index(drop=True)
    other = twice.assign(gap=[twice["gap"][0], 0.0])
    (row,) = changed_rows(remade(now, twice), remade(now, other))
    assert row.name == "Row 2"
    assert [one.name for one in row.columns] == ["gap"]


def test_a_value_that_is_missing_now_is_a_change(now):
    missing = now.frame.assign(gap=now.frame["gap"].where(now.frame["key"].ne("icpc_rate")))
    (row,) = changed_rows(now, remade(now, missing))
    assert row.was["key"] == "icpc_rate"
