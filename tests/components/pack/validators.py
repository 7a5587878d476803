"""What programs of others say of a pack: Frictionless of its tables, csvw of its rows."""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import orjson
from csvw import CSVW
from frictionless import Package, system

DESCRIPTION = "datapackage.json"
DICTIONARY = "dictionary.csv"
METADATA = "rows.csv-metadata.json"


def unpacked(pack: bytes, folder: Path) -> dict:
    """Unpack a pack and return its description.

    Args:
        pack: A ZIP file.
        folder: Where to.
    """
    with zipfile.ZipFile(io.BytesIO(pack)) as parts:
        parts.extractall(folder)
        return orjson.loads(parts.read(DESCRIPTION))


def faults(
    told: dict, folder: Path, *, files: Sequence[dict] = (), limit_rows: int | None = None
) -> list[str]:
    """Return what Frictionless finds wrong in a data package.

    Args:
        told: Its description.
        folder: Where its files are.
        files: Those of its resources that are read; all unless given.
        limit_rows: How many rows of a file are read; all unless given.
    """
    with system.use_context(trusted=True):
        some = told | {"resources": list(files) or told["resources"]}
        package = Package.from_descriptor(some, basepath=str(folder))
        report = package.validate(limit_rows=limit_rows)
    found = [" ".join(map(str, fault)) for fault in report.flatten(["title", "message"])]
    return found + [str(error) for error in report.errors]


def is_csv_on_the_web(folder: Path) -> bool:
    """Whether the rows of a pack are as their description for CSV on the Web says.

    Args:
        folder: Where the pack was unpacked.
    """
    return CSVW(str(folder / METADATA), validate=True).is_valid


def undescribed(told: dict, folder: Path) -> list[str]:
    """Return what a pack does not say of the columns of its files, as it is written in them.

    Every column has a line of the dictionary and a field of the data package that say what it
    means, in other words than its heading, and what a number is counted in, or "no unit".

    Args:
        told: Its description.
        folder: Where it was unpacked.
    """
    with (folder / DICTIONARY).open(encoding="utf-8-sig", newline="") as lines:
        said = {(one["file"], one["column"]): one for one in csv.DictReader(lines)}
    return [
        f"{one['path']}: {name}: {fault}"
        for one in told["resources"]
        for name, field in zip(_heading(folder / one["path"]), one["schema"]["fields"], strict=True)
        for fault in _unsaid(name, field, said.get((one["path"], name), {}))
    ]


def _unsaid(name: str, field: dict, line: dict) -> Iterator[str]:
    if field["name"] != name:
        yield f"is {field['name']} in the data package"
    if line.get("about") != field["description"] or line.get("unit") != field.get("unit", ""):
        yield "the dictionary and the data package do not say the same"
    if not field["description"] or field["description"].rstrip(".") == field["title"].rstrip("."):
        yield "has no description but its heading"
    if field["type"] == "number" and not field.get("unit"):
        yield "has no unit"


def _heading(file: Path) -> list[str]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return next(csv.reader(lines))
