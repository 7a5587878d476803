"""Build the project's tables from a folder of published figures: ``python -m data.build FOLDER``.

FOLDER holds ``official/figures`` and ``evaluation`` as their READMEs describe them. The command
writes ``data/official``, ``data/evaluation``, ``data/simulated`` and ``data/checksums.txt``, then
loads every table. ``python -m data.build release DATE`` makes a release of what was built.

``python -m data.build publishers FOLDER [DATE]`` makes the official tables of a folder of the
publishers' own files instead, checks them and says how they differ from the present ones. It
replaces nothing: ``python -m analytics.revision`` does. DATE is the day the tool was issued.
"""

import sys
from pathlib import Path

from data.build import evaluation, official, simulate
from data.build.publishers.refusal import RefusedError
from data.build.signing import sign
from data.build.update import prepared, report
from data.load import TableStore, load, load_all
from data.releases.archive import ReleaseError, make
from data.schema import SchemaError
from data.sources.evaluation import STANDARDISED_MEASURES
from data.sources.registry import SOURCES
from data.sources.source import CHECKSUMS, ROOM


def build(folder: Path) -> None:
    """Write every table and its checksum, and check that they load.

    Args:
        folder: Holds ``official/figures`` and ``evaluation``.
    """
    official.write(folder / "official" / "figures", ROOM / "official")
    evaluation.write(folder / "evaluation", ROOM / "evaluation")
    sign(CHECKSUMS)
    simulate.write(load(STANDARDISED_MEASURES).frame, ROOM / "simulated")
    sign(CHECKSUMS)
    load_all()


USAGE = (
    "usage: python -m data.build FOLDER | release DATE | publishers FILES [DATE] "
    "(FOLDER holds official/figures, evaluation; FILES are the publishers' own)"
)


def release(day: str) -> None:
    """Archive the tables that are there, record their release, and print what it changed.

    Args:
        day: Its date, such as 2026-11-26.

    Raises:
        ReleaseError: There is nothing to release, or it cannot be archived.
        ValueError: The day is no date.
    """
    load_all()
    made = make(day, TableStore())
    print(made.label)
    for key, one in made.changes.items():
        print(f"{key}: {one.words}")


def _main(asked: list[str]) -> None:
    match asked:
        case ["release", day]:
            try:
                release(day)
            except (ReleaseError, ValueError) as fault:
                sys.exit(f"No release was made. {fault}")
        case ["publishers", folder, *days] if len(days) <= 1:
            try:
                with prepared(Path(folder), TableStore(), "".join(days)) as update:
                    for line in report(update):
                        print(line)
            except (RefusedError, SchemaError) as fault:
                sys.exit(f"No tables were made. {fault}")
        case [folder] if Path(folder).is_dir():
            build(Path(folder))
            for built in SOURCES.values():
                print(f"{built.file:32} {built.size / 1000:8,.0f} kB")
        case _:
            sys.exit(USAGE)


if __name__ == "__main__":
    _main(sys.argv[1:])
