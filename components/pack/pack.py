"""Packs: a finding with all it was made from, and every table of the project."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

import orjson

from analytics.programme import explorer_of
from analytics.publication.archive import Member, archive, archive_size, member
from analytics.publication.csvw import EXTENSION, to_csvw
from analytics.publication.published import Published
from analytics.publication.registry import FINDINGS
from components.pack import texts
from components.pack.csv_file import file_of, file_of_table
from components.pack.descriptions import (
    DATAPACKAGE,
    DICTIONARY,
    datapackage_json,
    dictionary_csv,
)
from components.pack.script_years import with_years
from components.pack.selection_file import NAME, selection_json
from data.load import load
from data.programmes.programme import Programme
from data.releases.release import release_of
from data.sources.registry import SOURCES, sources_of
from data.sources.source import Kind, Source

MIMETYPE: Final = "application/zip"
#: Where the pack of every table is.
EVERYTHING: Final = "/data/everything.zip"
ROWS: Final = "rows.csv"
WHOLE: Final = "whole.csv"
INPUTS: Final = "inputs"
TABLES: Final = "tables"

_SCRIPTS: Final = Path(__file__).with_name("scripts")
_COVERS: Final = "covers.json"
#: How the script of each language that ``covers.json`` speaks of is run.
_COMMANDS: Final = {"python": "python scripts/rerun.py", "r": "Rscript scripts/rerun.R"}
#: What of the folder of scripts is for those who work on them.
_APART: Final = {_COVERS, "README.md"}


def to_zip(published: Published) -> bytes:
    """Pack a finding with all it was made from, but a reader's own data.

    Args:
        published: The finding.
    """
    return archive(_members(published))


def zip_size(published: Published) -> int:
    """Return how many bytes the pack of a finding has, without joining it.

    Args:
        published: The finding.
    """
    return archive_size(_members(published))


def everything(of: Programme) -> bytes:
    """Pack every table that is there under a programme, in place of which a reader's own never is.

    Args:
        of: The programme.
    """
    sources = _given(load(one).source for one in sources_of(of).values())
    files = [file_of_table(one, TABLES) for one in sources]
    package = datapackage_json(
        "tables",
        f"{explorer_of(of)}: every table",
        texts.readme_of_all(files, of),
        files,
        version=release_of().id,
    )
    return archive(
        [
            _text("README.txt", texts.readme_of_all(files, of)),
            *(one.member for one in files),
            member(DICTIONARY, dictionary_csv(files)),
            member(DATAPACKAGE, package),
            _text("CITATION.txt", texts.citation_of_all(sources, of)),
            _text("LICENCE.txt", texts.licence(sources)),
        ]
    )


def pack_tables() -> None:
    """Compress every table of the project as packs hold it, so that no reader waits for it."""
    for source in SOURCES.values():
        file_of_table(source, INPUTS)


def _members(published: Published) -> list[Member]:
    rows = [file_of(published, ROWS)]
    behind = FINDINGS[published.key].whole
    if behind:
        rows.append(file_of(FINDINGS[behind].publish(published.selection), WHOLE))
    given = _given(published.sources)
    files = [*rows, *(file_of_table(source, INPUTS) for source in given)]
    again = _again(published.key)
    package = datapackage_json(
        published.key, published.title, published.summary, files, version=published.release.id
    )
    return [
        _text("README.txt", texts.readme(published, files, again)),
        *(one.member for one in rows),
        member(f"rows.{EXTENSION}", to_csvw(published, ROWS)),
        member(DICTIONARY, dictionary_csv(files)),
        member(DATAPACKAGE, package),
        member(NAME, selection_json(published)),
        _text("method.txt", texts.method(published)),
        _text("CITATION.txt", texts.citation(published)),
        _text("LICENCE.txt", texts.licence(published.sources)),
        *(one.member for one in files[len(rows) :]),
        *(_scripts() if again.commands else ()),
    ]


def _given(sources: Iterable[Source]) -> tuple[Source, ...]:
    return tuple(source for source in sources if source.kind is not Kind.OWN)


def _text(path: str, words: str) -> Member:
    return member(path, words.encode())


@cache
def _again(key: str) -> texts.Again:
    """Return how the rows of a finding are made again, and why they are not in some languages."""
    covers = orjson.loads((_SCRIPTS / _COVERS).read_bytes())
    return texts.Again(
        commands=tuple(one for language, one in _COMMANDS.items() if key in covers[language]),
        reasons={language: why[key] for language, why in covers["reasons"].items() if key in why},
    )


@cache
def _scripts() -> tuple[Member, ...]:
    """Return the scripts that make findings again."""
    files = [one for one in sorted(_SCRIPTS.rglob("*")) if one.is_file() and _is_sent(one)]
    return tuple(
        member(
            f"scripts/{one.relative_to(_SCRIPTS).as_posix()}",
            with_years(one.name, one.read_bytes()),
        )
        for one in files
    )


def _is_sent(file: Path) -> bool:
    return file.name not in _APART and file.parent.name != "__pycache__"
