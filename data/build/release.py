"""Make a release of the present tables: ``python -m data.build release 2026-11-26``."""

from data.load import TableStore, load_all
from data.releases.archive import make
from data.releases.release import FOLDER, Release


def release(day: str) -> Release:
    """Archive the tables, record their release, and say what it changed.

    Args:
        day: Its date, such as 2026-11-26.

    Raises:
        ReleaseError: There is nothing to release, or it cannot be archived.
        ValueError: The day is no date.
    """
    load_all()
    made = make(day, TableStore(), FOLDER)
    print(made.label)
    for key, one in made.changes.items():
        print(f"{key}: {one.words}")
    return made
