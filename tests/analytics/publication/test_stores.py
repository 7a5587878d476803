"""Two stores of tables in one process: neither sees the other's."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from pandas.testing import assert_frame_equal

from analytics.findings.people import case_records_read
from analytics.publication.simulated import SIMULATED_WORDS
from analytics.selection.selection import Selection
from data.load import AlreadyStartedError, TableStore, built, load, start_with
from data.sources.simulated import SIMULATED
from data.sources.source import Kind
from tests.stand_in import use

SOURCE = SIMULATED["case_records"]
ONLY_SIMULATED = "On simulated records a test is evidence of nothing"


def store(every: int) -> TableStore:
    """A reader's own case records: every second, third … of the simulated ones."""
    table = built(SOURCE)
    own = replace(
        table,
        source=replace(SOURCE, kind=Kind.OWN, publication=f"mine-{every}.csv"),
        digest=f"{every:064}",
        frame=table.frame[::every].reset_index(drop=True),
    )
    return TableStore(user_tables={SOURCE.key: own})


@pytest.mark.usefixtures("fresh")
def test_the_same_finding_from_two_stores_side_by_side(forgetful):
    finding, stores = case_records_read.graded, (store(2), store(3), None)
    for _ in range(2):  # made, then read from the cache
        with ThreadPoolExecutor(6) as readers:
            found = list(readers.map(lambda one: finding.publish(Selection(), one), stores * 4))
        halves, thirds, project = found[:3]
        for at, published in enumerate(found):
            assert_frame_equal(published.frame, found[at % 3].frame)
        assert not halves.frame.equals(thirds.frame)
        assert not halves.frame.equals(project.frame)
        assert [one.kind for one in found[:3]] == [Kind.OWN, Kind.OWN, Kind.SIMULATED]
        assert [one.sources[0].publication for one in (halves, thirds)] == [
            "mine-2.csv", "mine-3.csv",
        ]  # fmt: skip
        assert [one.plain.startswith(SIMULATED_WORDS) for one in found[:3]] == [
            False,
            False,
            True,
        ]
        said = [any(ONLY_SIMULATED in note for note in one.notes) for one in found[:3]]
        assert said == [False, False, True]
        forgetful()


@pytest.mark.usefixtures("fresh")
def test_what_a_process_starts_with_is_read_where_no_store_is_named():
    try:
        use(store(2).user_tables)
        own = case_records_read.graded.publish(Selection())
        assert own.kind is Kind.OWN
        assert not any(ONLY_SIMULATED in note for note in own.notes)
        project = case_records_read.graded.publish(Selection(), TableStore())
        assert project.kind is Kind.SIMULATED
    finally:
        use({})


def test_a_process_starts_once():
    try:
        start_with(store(2))
        with pytest.raises(AlreadyStartedError, match="has its tables already"):
            start_with(store(3))
        assert load(SOURCE).source.publication == "mine-2.csv"
    finally:
        use({})


def test_a_store_cannot_be_changed():
    tables = dict(store(2).user_tables)
    one = TableStore(user_tables=tables)
    tables.clear()
    assert one.has_user_data
    with pytest.raises(TypeError):
        one.user_tables["another"] = built(SOURCE)
