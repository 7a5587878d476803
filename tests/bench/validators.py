"""Validate every pack as programs of others do: ``python -m tests.bench.validators --processes 2``.

The pack of every finding is made, slow ones too, and Frictionless reads each of its files to the
last row; a file that several packs share byte for byte, with the same description, is read once.
csvw reads the rows of each pack. Every column of every file must be described, and every number
have a unit or "no unit". A line is printed for each fault; it exits with 1 where any is.
"""

import argparse
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import orjson

from tests.bench.words import random_queries
from tests.components.pack.validators import faults, is_csv_on_the_web, undescribed, unpacked

EVERYTHING = "everything"
INPUTS, TABLES = "inputs/", "tables/"

Files = set[tuple[str, bytes]]


def judge(asked: tuple[str, str]) -> tuple[int, Files, list[str]]:
    """Make a pack and return what is wrong in it.

    Args:
        asked: Key of a finding, or ``EVERYTHING`` for the pack of all tables, and the selection as
            an address spells it.

    Returns:
        Rows that were read; the tables that were left to the pack of all, with their description,
        or those that it holds; the faults.
    """
    key, query = asked
    with tempfile.TemporaryDirectory() as room, warnings.catch_warnings():
        warnings.simplefilter("always")  # csvw counts its own
        folder = Path(room)
        told = unpacked(_pack(key, query), folder)
        shared = [one for one in told["resources"] if one["path"].startswith(INPUTS)]
        files = [one for one in told["resources"] if one not in shared]
        wrong = [*faults(told, folder, files=files), *undescribed(told, folder)]
        if key != EVERYTHING and not is_csv_on_the_web(folder):
            wrong.append("rows.csv is not as rows.csv-metadata.json says")
        rows = sum(_lines(folder / one["path"]) - 1 for one in files)
    held = files if key == EVERYTHING else shared
    named = f"{key}{query}"
    return rows, set(map(_described, held)), [f"{named}: {words}" for words in wrong]


def _pack(key: str, query: str) -> bytes:
    import app  # noqa: F401, PLC0415 (registers every finding)
    from analytics.publication.registry import offered  # noqa: PLC0415
    from analytics.selection.parse import from_search  # noqa: PLC0415
    from analytics.selection.selection import HOME  # noqa: PLC0415
    from components.pack.pack import everything, to_zip  # noqa: PLC0415

    return (
        everything(HOME)
        if key == EVERYTHING
        else to_zip(offered(HOME)[key].make(from_search(query)))
    )


def _described(resource: dict[str, str]) -> tuple[str, bytes]:
    """Return the digest of a file and its description, but where it is in a pack."""
    apart = {"path", "name"}
    told = {name: value for name, value in resource.items() if name not in apart}
    return resource["hash"], orjson.dumps(told, option=orjson.OPT_SORT_KEYS)


def _lines(file: Path) -> int:
    with file.open("rb") as lines:
        return sum(1 for _ in lines)


def work(count: int) -> Iterator[tuple[str, str]]:
    """Return every pack: that of all tables, which takes longest, and those of findings.

    Args:
        count: Selections under which each finding is packed; the first is the start.
    """
    import app  # noqa: F401, PLC0415 (registers every finding)
    from analytics.publication.registry import offered  # noqa: PLC0415
    from analytics.selection.selection import HOME  # noqa: PLC0415

    yield EVERYTHING, ""
    for query in ["", *random_queries(count)][:count]:
        for key in sorted(offered(HOME), key=lambda one: not offered(HOME)[one].slow):
            yield key, query


def main() -> int:
    """Validate every pack."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1, help="selections")
    parser.add_argument("--processes", type=int, default=1)
    asked = parser.parse_args()
    start = time.monotonic()
    packs, rows, wrong = list(work(asked.count)), 0, list[str]()
    tables, shared = Files(), Files()
    with ProcessPoolExecutor(asked.processes, mp_context=get_context("spawn")) as pool:
        for (key, _), found in zip(packs, pool.map(judge, packs), strict=True):
            read, held, told = found
            rows += read
            (tables if key == EVERYTHING else shared).update(held)
            for line in told:
                print(line, flush=True)
            wrong += told
    for digest, _ in sorted(shared - tables):
        wrong.append(f"a pack holds a table that the pack of all does not describe alike: {digest}")
        print(wrong[-1])
    seconds = time.monotonic() - start
    print(f"{len(packs)} packs, {rows:,} rows read in {seconds:.0f} s; {len(wrong)} faults")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
