"""New figures from the publishers' files: ``python -m analytics.revision FOLDER``.

Builds the official tables from FOLDER, checks them, and prints what differs from the present ones:
cells changed, added and removed, and verdicts that flip. With ``--release DATE`` it then puts the
tables in place and makes the release of that date. ``--lait DATE`` is the day the Local Authority
Interactive Tool was issued. ``--differences FILE`` writes every differing cell to a CSV file,
``--kept FILE`` how many rows no file gives, by indicator and year; ``--quick`` leaves out the
verdicts, which take a minute.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain
from pathlib import Path

from analytics.revision.verdicts import flips, made_from
from analytics.selection.selection import Selection
from data.build.publishers.refusal import RefusedError
from data.build.update import Update, prepared, put_in_place, report
from data.load import TableStore
from data.schema import SchemaError

_UNCHANGED = "The files give the tables as they are: there is nothing to release."
_ONLY_SHOWN = "Nothing was replaced. With the date of a release the tables are put in place."


def _asked(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m analytics.revision")
    parser.add_argument("folder", type=Path, help="the publishers' files")
    parser.add_argument("--lait", default="", metavar="DATE", help="day the tool was issued")
    parser.add_argument("--release", default="", metavar="DATE", help="put in place and release")
    parser.add_argument("--differences", type=Path, metavar="FILE", help="CSV of differing cells")
    parser.add_argument("--kept", type=Path, metavar="FILE", help="CSV of rows that no file gives")
    parser.add_argument("--quick", action="store_true", help="leave out the verdicts")
    return parser.parse_args(words)


def verdicts(update: Update) -> Iterator[str]:
    """Say which verdicts flip, line by line.

    Args:
        update: Tables that passed every check.
    """
    findings = made_from(update.differences.tables)
    found = flips(TableStore(), update.store, findings, Selection())
    yield f"Verdicts that flip: {len(found)}"
    yield from (f"  {one.words}" for one in found)


def main(words: Sequence[str]) -> int:
    """Carry out the command.

    Args:
        words: Its arguments.

    Returns:
        0, or 1 where the files or the tables were refused.
    """
    asked = _asked(words)
    try:
        for day in filter(None, (asked.lait, asked.release)):
            date.fromisoformat(day)
        with prepared(asked.folder, TableStore(), asked.lait) as update:
            said = [report(update)] if asked.quick else [report(update), verdicts(update)]
            for line in chain(*said):
                print(line, flush=True)
            if asked.differences:
                update.differences.cells.to_csv(asked.differences, index=False)
            if asked.kept:
                update.built.kept.to_csv(asked.kept, index=False)
            if not update.changed:
                print(_UNCHANGED)
            elif asked.release:
                print(put_in_place(update, asked.release).strip())
            else:
                print(_ONLY_SHOWN)
    except (RefusedError, SchemaError, ValueError) as fault:
        print(f"Nothing was replaced. {fault}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":  # not covered: the tests call what it calls
    sys.exit(main(sys.argv[1:]))
