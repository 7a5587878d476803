"""What programs of others say of a pack: Frictionless of its tables, csvw of its rows."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import orjson
from csvw import CSVW
from frictionless import Package, system

DESCRIPTION = "datapackage.json"
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


def faults(told: dict, folder: Path, *, files: Sequence[dict] = (), **limits: int) -> list[str]:
    """Return what Frictionless finds wrong in a data package.

    Args:
        told: Its description.
        folder: Where its files are.
        files: Those of its resources that are read; all unless given.
        limits: Of what is read of a file, such as ``limit_rows``.
    """
    with system.use_context(trusted=True):
        some = told | {"resources": list(files) or told["resources"]}
        package = Package.from_descriptor(some, basepath=str(folder))
        report = package.validate(**limits)
    found = [" ".join(map(str, fault)) for fault in report.flatten(["title", "message"])]
    return found + [str(error) for error in report.errors]


def is_csv_on_the_web(folder: Path) -> bool:
    """Whether the rows of a pack are as their description for CSV on the Web says.

    Args:
        folder: Where the pack was unpacked.
    """
    return CSVW(str(folder / METADATA), validate=True).is_valid
