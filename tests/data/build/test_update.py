"""New tables replace the present ones only when every check holds; what differs is named."""

import re
import shutil
from dataclasses import replace

import pandas as pd
import pytest

from data.build.checks import expect_good
from data.build.differences import differences
from data.build.publishers.refusal import RefusedError
from data.build.update import prepared, put_in_place
from data.load import TableStore, load
from data.programmes.read import programme
from data.sources.registry import INDICATORS, SECTION251, SOURCES
from data.sources.source import CHECKSUMS, ROOM
from tests.imagined_release import plans

pytestmark = pytest.mark.slow

YEARS = (2014, 2015, 2016)
CHANGED = {
    (pilot.code, year, "cpp_second_pct"): "60.5" for pilot in programme().pilots for year in YEARS
}
HIDDEN = {("E09000005", 2016, "cpp_second_num"): "c"}


@pytest.fixture(scope="module")
def update(tmp_path_factory):
    """An update from a file with some cells changed."""
    folder = plans(tmp_path_factory.mktemp("files"), CHANGED | HIDDEN).parent
    with prepared(folder, TableStore()) as made:
        yield made


def test_the_differences_are_the_changed_cells_and_no_other(update):
    found = update.differences.cells
    values = found[found["column"].eq("value")]
    told = {(row.code, row.year_end, row.what): row.now for row in values.itertuples()}
    before = load(INDICATORS, TableStore()).frame
    had = before[before["preferred"] & before["indicator"].eq("cpp_second_pct")]
    held = {
        (row.code, row.year_end, row.indicator) for row in had.dropna(subset="value").itertuples()
    }
    assert told == dict.fromkeys(CHANGED, 60.5) | dict.fromkeys(HIDDEN)
    kinds = {(row.code, row.year_end, row.what): row.kind for row in values.itertuples()}
    assert all(kinds[cell] == ("revised" if cell in held else "added") for cell in CHANGED)
    assert [kinds[cell] for cell in HIDDEN] == ["removed"]
    symbols = found[found["column"].eq("status")]
    assert ("E09000005", "c") in set(zip(symbols["code"], symbols["now"], strict=True))
    assert update.differences.tables == ("indicators",)
    words = "\n".join(update.differences.words())
    assert "E09000005 cpp_second_num 2016 value" in words
    assert "-> 60.5" in words


def test_only_what_differs_is_written_over(update):
    assert [source.key for source in update.changed] == ["indicators"]
    assert update.store.load(INDICATORS).frame.equals(update.built.after[INDICATORS.key])
    assert update.store.load(SECTION251) == TableStore().load(SECTION251)
    same = (update.folder / SECTION251.file).read_bytes()
    assert same == SECTION251.path.read_bytes()


def test_tables_that_are_as_they_were_differ_in_nothing(update):
    found = differences(update.built.before, update.built.before)
    assert found.words() == ["No cell differs."]
    assert found.tables == ()


def _with(built, **cells):
    """Return what was built with cells of what was read changed."""
    read = built.read.indicators.copy()
    at = read["code"].eq(cells["code"]) & read["year_end"].eq(2025)
    at &= read["indicator"].eq("cpp_start_num")
    assert at.sum() == 1
    read.loc[at, "value"] = cells["value"]
    return replace(built, read=replace(built.read, indicators=read))


def _after(built, change):
    frame = built.after[INDICATORS.key].copy()
    for name in ("code", "indicator", "status"):
        frame[name] = frame[name].astype(object)
    return replace(built, after=built.after | {INDICATORS.key: change(frame)})


def _printed(frame):
    at = frame["code"].eq("E92000001") & frame["indicator"].eq("cpp_31mar_rate")
    frame.loc[at & frame["first_published"] & frame["year_end"].eq(2016), "value"] = 43.2
    return frame


def _symbol(frame):
    frame.loc[0, "status"] = "??"
    return frame


def _moved(frame):
    of_it = frame["indicator"].eq("cpp_start_num") & frame["preferred"]
    last = frame[of_it & frame["year_end"].eq(2024)].set_index("code")["value"]
    at = of_it & frame["year_end"].eq(2025)
    frame.loc[at, "value"] = frame.loc[at, "code"].map(last)
    return frame


def _lost(frame):
    at = frame["indicator"].eq("cpp_second_pct") & frame["year_end"].eq(2020)
    frame.loc[at & frame["code"].str.startswith("E06"), "value"] = None
    return frame


def _twice(frame):
    return pd.concat([frame, frame.iloc[[0]]], ignore_index=True)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_printed, "cpp_31mar_rate of E92000001 in 2016: found 43.2, expected 43.1"),
        (_symbol, "found '??', expected a symbol of data/symbols.py"),
        (_moved, "column cpp_start_num: found the figures of 2024 in 2025 for"),
        (_twice, "stands twice, expected once"),
    ],
)
def test_tables_that_cannot_be_true_are_refused(update, change, words):
    built = _after(update.built, change)
    with pytest.raises(ValueError, match=re.escape(words)):
        expect_good(built, update.differences)


def test_tables_that_lose_many_values_are_refused(update):
    built = _after(update.built, _lost)
    with pytest.raises(RefusedError, match=r"values of cpp_second_pct in 2020 gone, expected them"):
        expect_good(built, differences(built.before, built.after))


def test_authorities_that_do_not_add_up_are_refused(update):
    built = _with(update.built, code="E92000001", value=90_000.0)
    with pytest.raises(RefusedError, match="column cpp_start_num 2025: found authorities of"):
        expect_good(built, update.differences)


def test_a_new_year_without_an_authority_is_refused(update):
    frame = update.built.before[INDICATORS.key]
    before = update.built.before | {INDICATORS.key: frame[frame["year_end"].lt(2025)]}
    built = replace(update.built, before=before)

    def without(made):
        gone = made["code"].eq("E09000005") & made["year_end"].eq(2025)
        return made[~(gone & made["indicator"].eq("cpp_start_num"))]

    with pytest.raises(
        RefusedError, match="column cpp_start_num: found no row of E09000005 in 2025"
    ):
        expect_good(_after(built, without), update.differences)


def test_a_release_that_cannot_be_made_leaves_the_tables_as_they_were(update, tmp_path):
    room = tmp_path / "data"
    for name in ("official", "releases"):
        shutil.copytree(ROOM / name, room / name)
    shutil.copy(CHECKSUMS, room)

    def held():
        return {path: path.read_bytes() for path in room.rglob("*") if path.is_file()}

    before = held()
    with pytest.raises(RefusedError, match="expected a release; the tables are as they were"):
        put_in_place(update, "2030-01-01", room)  # beside a folder that is no project
    assert held() == before
    assert len(before) > len(SOURCES)
