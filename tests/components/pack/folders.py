"""Packs as folders: what the scripts of a pack read, without compressing it first."""

from pathlib import Path

from analytics.publication.export import to_csv
from analytics.publication.published import Published
from components.pack.selection_file import selection_json
from components.pack.table_csv import table_csv, table_name
from data.sources.source import Kind

SCRIPTS = Path(__file__).parents[3] / "components/pack/scripts"


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
