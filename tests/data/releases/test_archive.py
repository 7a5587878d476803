"""A release is recorded with what it changed, and its tables can be had again."""

import shutil
from datetime import date

import pandas as pd
import pytest

from data.build.__main__ import _main
from data.load import TableStore, load
from data.releases.archive import ReleaseError, _as_promised, make, store_of
from data.releases.release import FOLDER, read, release_of, releases
from data.schema import SchemaError, checked
from data.sources.registry import AUTHORITIES, INDICATORS, SOURCES
from tests.another_release import MORE, changed_store


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """A copy of the archive with one more release, of a store with one changed cell."""
    folder = tmp_path_factory.mktemp("releases")
    shutil.copytree(FOLDER / "first", folder / "first")
    for file in (*FOLDER.glob("*.toml"), *FOLDER.glob("*.parquet")):
        shutil.copy(file, folder)
    store = changed_store(tmp_path_factory.mktemp("tables"))
    return folder, store, make("2030-01-31", store, folder)


def test_the_present_tables_are_released():
    present = release_of(TableStore())
    assert present.is_citable, "python -m data.build release DATE has not been run"
    assert present in releases()


def test_the_archive_holds_every_table_as_it_is(archive):
    folder, _, made = archive
    first = read(folder)[-1]
    (there,) = (one for one in releases() if one.id == first.id)
    assert there.checksums == first.checksums
    for key in SOURCES:
        held = pd.read_parquet(folder / "first" / f"{key}.parquet")
        if first.checksums[key] == load(SOURCES[key], TableStore()).digest:
            assert held.equals(load(SOURCES[key], TableStore()).frame), key
    assert made.changes.keys() == {"indicators"}


def test_a_release_counts_what_changed_and_stays_small(archive):
    folder, store, made = archive
    assert made.changes["indicators"].words == "1 cell revised"
    assert made.day == date(2030, 1, 31)
    assert made.tables != read(folder)[1].tables
    assert read(folder)[0] == made
    assert (folder / f"{made.id}.parquet").stat().st_size < 10_000
    assert release_of(store).digest == made.digest
    assert not release_of(store).is_citable  # the project has no record of it


def test_the_tables_of_a_release_can_be_had_again(archive):
    folder, store, made = archive
    again = load(INDICATORS, store_of(made, folder))
    assert again.frame.equals(load(INDICATORS, store).frame)
    assert again.digest == load(INDICATORS, store).digest
    before = load(INDICATORS, store_of(read(folder)[1], folder)).frame["value"]
    assert (again.frame["value"] - before).abs().sum() == pytest.approx(MORE)


@pytest.mark.parametrize(
    ("day", "fault"),
    [("2030-02-01", "expected a change to release"), ("2029-01-01", "expected one from")],
)
def test_a_release_that_says_nothing_new_is_refused(archive, day, fault):
    folder, store, _ = archive
    with pytest.raises(ReleaseError, match=fault):
        make(day, store if "change" in fault else TableStore(), folder)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (["release", releases()[0].day.isoformat()], "No release was made. found the tables and"),
        (["release", "tomorrow"], "No release was made. Invalid isoformat"),
        (["release"], "usage: python -m data.build"),
        (["no-such-folder"], "usage: python -m data.build"),
        (["publishers", "no-such-folder"], "No tables were made. no-such-folder: found no folder"),
    ],
)
def test_the_command_says_why_it_made_no_release(asked, words):
    with pytest.raises(SystemExit, match=words):
        _main(asked)


def test_an_archive_of_another_programme_is_left_alone(tmp_path):
    words = (FOLDER / "releases.toml").read_text(encoding="utf-8")
    other = words.replace('programme = "', 'programme = "Not ')
    (tmp_path / "releases.toml").write_text(other, encoding="utf-8")
    with pytest.raises(ReleaseError, match="another programme"):
        make("2030-01-31", TableStore(), tmp_path)
    assert read(tmp_path) == ()


def test_a_release_without_a_later_year_has_no_figures_of_it():
    table = load(AUTHORITIES, TableStore()).frame
    last = max(name for name in table.columns if name.startswith("pop_0_17_mid"))
    then = _as_promised(AUTHORITIES, table.drop(columns=last))
    assert then[last].isna().all()
    assert then.drop(columns=last).equals(table.drop(columns=last))
    added = _as_promised(AUTHORITIES, table.astype({last: object}))
    assert added[last].equals(table[last])
    with pytest.raises(SchemaError, match="column name is missing"):
        checked(
            _as_promised(AUTHORITIES, table.drop(columns="name")), AUTHORITIES.columns, of="then"
        )


def test_the_first_release_archives_every_table(tmp_path, monkeypatch):
    few = {key: SOURCES[key] for key in ("pilots", "gdp-deflator")}
    monkeypatch.setattr("data.releases.archive.SOURCES", few)
    made = make("2030-01-31", TableStore(), tmp_path)
    assert sorted(file.stem for file in (tmp_path / "first").iterdir()) == sorted(few)
    assert not made.changes
    assert [one.id for one in read(tmp_path)] == [made.id]
