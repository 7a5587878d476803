"""The command says what new figures change and which verdicts flip, and replaces nothing."""

import re
from contextlib import nullcontext
from dataclasses import replace

import pandas as pd
import pytest

from analytics.findings.indicators.kpis import gaps
from analytics.revision import __main__ as command
from analytics.revision.verdicts import flips, made_from
from analytics.selection.choices import Adjustment
from analytics.selection.selection import Selection
from data.build.differences import Differences
from data.build.update import prepared
from data.load import TableStore
from data.programmes.read import programme
from data.sources.registry import INDICATORS
from tests.imagined_release import plans

pytestmark = pytest.mark.slow

APART = {
    (pilot.code, year, "cpp_second_pct"): f"{60 + at}.5"
    for at, pilot in enumerate(programme().pilots)
    for year in range(2013, 2026)
}


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """A folder with plans of which all pilots have far more that are second or later ones."""
    return plans(tmp_path_factory.mktemp("files"), APART).parent


@pytest.fixture(scope="module")
def update(files):
    with prepared(files, TableStore()) as made:
        yield made


def test_verdicts_that_flip_are_those_of_what_changed(update):
    alone = replace(Selection(), adjust=Adjustment.NONE)  # no other measure's p counts for this one
    found = flips(TableStore(), update.store, (gaps,), alone)
    frames = [gaps.make(alone, one).frame.set_index("key") for one in (TableStore(), update.store)]
    differ = frames[0]["certainty"].ne(frames[1]["certainty"])
    rows = [one for one in found if one.of != gaps.make(alone, update.store).title]
    assert list(differ[differ].index) == ["cpp_second_pct"]
    assert [(one.of, one.was, one.now) for one in rows] == [
        (
            frames[1].loc["cpp_second_pct", "name"],
            frames[0].loc["cpp_second_pct", "certainty"],
            frames[1].loc["cpp_second_pct", "certainty"],
        )
    ]
    assert all(f"{one.was} -> {one.now}" in one.words for one in found)


def test_nothing_flips_where_nothing_changed():
    assert flips(TableStore(), TableStore(), (gaps,), Selection()) == ()


def test_findings_are_compared_that_are_made_from_what_changed():
    some = made_from([INDICATORS.key])
    assert gaps in some
    assert all(INDICATORS.key in [source.key for source in one.sources] for one in some)
    assert made_from([]) == ()


@pytest.fixture
def prepared_once(update, monkeypatch):
    """Releases that the command was asked for; it finds what was prepared already."""
    asked = []
    monkeypatch.setattr(command, "prepared", lambda *_: nullcontext(update))
    monkeypatch.setattr(command, "put_in_place", lambda _, day: asked.append(day) or "Release")
    return asked


def test_the_command_says_what_differs_and_replaces_nothing(files, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(command, "made_from", lambda _: (gaps,))
    cells = tmp_path / "differences.csv"
    before = INDICATORS.path.read_bytes()
    kept = tmp_path / "kept.csv"
    assert command.main([str(files), "--differences", str(cells), "--kept", str(kept)]) == 0
    said = capsys.readouterr().out
    assert re.search(r"No file gives [\d,]+ rows, which stay as they are:", said)
    assert "DfE CIN 2022 (EES): " in said
    assert re.search(r"Verdicts that flip: [1-9]", said)
    assert "Nothing was replaced." in said
    found = pd.read_csv(cells)
    assert set(found["what"]) == {"cpp_second_pct"}
    stays = pd.read_csv(kept)
    of_it = stays[stays["indicator"].eq("cpp_second_pct")]
    assert "DfE LAIT 2026-04-08" in set(of_it["edition"])
    assert not of_it["edition"].str.startswith("DfE CIN").any()
    assert INDICATORS.path.read_bytes() == before


def test_the_command_puts_in_place_what_has_the_date_of_a_release(prepared_once, files, capsys):
    assert command.main([str(files), "--quick", "--release", "2030-01-31"]) == 0
    assert prepared_once == ["2030-01-31"]
    assert capsys.readouterr().out.endswith("Release\n")


def test_the_command_releases_nothing_where_nothing_differs(
    prepared_once, update, files, capsys, monkeypatch
):
    none = Differences(
        cells=update.differences.cells.iloc[:0], editions=update.differences.editions.iloc[:0]
    )
    same = replace(update, differences=none)
    monkeypatch.setattr(command, "prepared", lambda *_: nullcontext(same))
    assert command.main([str(files), "--quick", "--release", "2030-01-31"]) == 0
    assert "there is nothing to release" in capsys.readouterr().out
    assert prepared_once == []


@pytest.mark.parametrize(
    ("more", "words"),
    [([], "found no file of figures"), (["--release", "soon"], "Invalid isoformat string: 'soon'")],
)
def test_the_command_says_why_it_was_refused(more, words, tmp_path, capsys):
    assert command.main([str(tmp_path), *more]) == 1
    assert f"Nothing was replaced. {words}" in capsys.readouterr().err.replace(f"{tmp_path}: ", "")
