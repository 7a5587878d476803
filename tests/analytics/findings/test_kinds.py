"""The kind of every finding follows from the tables it reads and from what is worked out."""

from collections.abc import Mapping

import pytest

import analytics.findings  # noqa: F401 (registers the findings)
from analytics.publication.registry import offered
from analytics.selection.selection import HOME, Selection
from data.load import load
from data.sources.registry import AUTHORITIES, DEFLATOR, NEIGHBOURS, PILOTS, SOURCES
from data.sources.source import Kind

#: Tables that say who is compared with whom, and in whose prices; their kind is not the result's.
FRAMES = {one.key for one in (AUTHORITIES, DEFLATOR, NEIGHBOURS, PILOTS)}
BY_ROW = {Kind.MIXED, Kind.PRINTED, Kind.PARTLY, Kind.PARTLY_OWN}
PARTS = {Kind.PRINTED: {Kind.PUBLISHED, Kind.LATER}}


#: Numbers of what was printed, in whichever column of the table they are.
COPIED = {"share", "count"}


class Read(Mapping):
    """Tables that note which of them are looked at."""

    def __init__(self, finding):
        self.tables = {source.key: load(source) for source in finding.sources}
        self.seen = set()

    def __getitem__(self, key):
        self.seen.add(key)
        return self.tables[key]

    def __iter__(self):
        self.seen.update(self.tables)
        return iter(self.tables)

    def __len__(self):
        return len(self.tables)


def made_of(finding) -> tuple[frozenset[Kind], bool]:
    """Return the kinds a finding is made of, and whether it has a number its tables have not."""
    tables = Read(finding)
    finding.analyse(tables, Selection(area="E08000035"))
    keys = tables.seen - FRAMES
    kinds = {part for key in keys for part in PARTS.get(SOURCES[key].kind, {SOURCES[key].kind})}
    held = {column.name for key in keys for column in SOURCES[key].columns}
    own = [
        one.name
        for one in finding.columns_under(HOME)
        if one.is_number and one.name not in held | COPIED
    ]
    return frozenset(kinds), bool(own)


EXPECTED = {
    frozenset(): {Kind.OFFICIAL, Kind.AS_ISSUED, Kind.ESTIMATE},
    frozenset({Kind.OFFICIAL}): {Kind.OFFICIAL, Kind.ESTIMATE},
    frozenset({Kind.AS_ISSUED}): {Kind.AS_ISSUED},
    frozenset({Kind.LATER}): {Kind.LATER},
    frozenset({Kind.PUBLISHED, Kind.LATER}): {Kind.PRINTED},
    frozenset({Kind.OFFICIAL, Kind.PUBLISHED, Kind.LATER}): {Kind.MIXED},
    frozenset({Kind.OFFICIAL, Kind.PUBLISHED}): {Kind.MIXED},
    frozenset({Kind.SIMULATED}): {Kind.SIMULATED},
    frozenset({Kind.SIMULATED, Kind.PUBLISHED}): {Kind.PARTLY},
}


@pytest.mark.parametrize("key", [key for key, one in offered(HOME).items() if not one.slow])
def test_a_kind_follows_from_the_tables_that_are_read(key):
    finding = offered(HOME)[key]
    kinds, computed = made_of(finding)
    if kinds == {Kind.PUBLISHED}:
        assert finding.kind is (Kind.COMPUTED if computed else Kind.PUBLISHED)
    else:
        assert finding.kind in EXPECTED[kinds]
    assert (finding.kind is Kind.ESTIMATE) == key.startswith(
        ("costs-", "plan-cost")
    ) or not kinds & {Kind.OFFICIAL}


def test_kinds_that_differ_from_row_to_row_are_said_in_every_row():
    found = [finding for finding in offered(HOME).values() if finding.kind in BY_ROW]
    assert found
    for finding in found:
        [column] = [one for one in finding.columns_under(HOME) if one.label == "Kind of number"]
        assert finding.publish(Selection()).frame[column.name].ne("").all(), finding.key


def test_every_kind_has_words_of_its_own():
    words = [kind.label for kind in Kind]
    assert len(set(words)) == len(words)


def test_simulated_rows_become_your_data_and_nothing_else_does():
    for kind in Kind:
        assert (kind.with_own is not kind) == kind.is_simulated
        assert not kind.with_own.is_simulated
