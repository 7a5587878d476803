"""Packs as folders: what the scripts of a pack read, without compressing it first."""

from pathlib import Path

import app  # noqa: F401 (registers every finding)
from analytics.publication.export import to_csv
from analytics.publication.published import Published
from analytics.publication.registry import FINDINGS, offered
from analytics.selection.parse import from_search
from components.pack.selection_file import selection_json
from components.pack.table_csv import table_csv, table_name
from data.sources.source import Kind

SCRIPTS = Path(__file__).parents[3] / "components/pack/scripts"
#: A group with years before its start, more councils than flips are enumerated for, and two bands
#: with more arrangements of their labels than are enumerated.
GROUP = (
    "?group=A:E06000001,E06000002,E06000003,E06000004,E06000005,E06000006,E06000007,E06000008,"
    "E06000009,E06000010;B:E08000003,E08000004,E08000005,E08000006,E08000007,E08000008,E08000009,"
    "E08000010,E08000011,E08000012;C:E09000002,E09000003&start=2019"
)
#: Every finding with numbers has some under one of them. The first is another choice than claims
#: are judged on, so that they have columns for it; the second is about a council of the reader's
#: own, formed of another, so that its own and the other's rows are there.
SEARCHES = ("?k=5", "?area=E06000059", GROUP)


def answered(key: str) -> Published:
    """Publish a finding under the first of ``SEARCHES`` that it answers.

    Raises:
        LookupError: It answers none.
    """
    for selection in map(from_search, SEARCHES):
        if key in offered(selection.programme):
            made = FINDINGS[key].make(selection)
            if len(made.frame) and not made.withheld:
                return made
    msg = f"{key} has no numbers under {SEARCHES}"
    raise LookupError(msg)


def write_pack(published: Published, folder: Path, tables: Path) -> Path:
    """Write a pack, its tables as links to files that are written once.

    Args:
        published: The finding.
        folder: Where the pack is to be.
        tables: Where the files of tables are kept.
    """
    inputs = folder / "inputs"
    inputs.mkdir(parents=True)
    tables.mkdir(exist_ok=True)
    (folder / "rows.csv").write_bytes(to_csv(published))
    (folder / "selection.json").write_bytes(selection_json(published))
    for source in published.sources:
        if source.kind is not Kind.OWN:
            held = tables / f"{table_name(source)}.csv"
            if not held.exists():
                held.write_bytes(table_csv(source))
            (inputs / held.name).symlink_to(held)
    return folder
