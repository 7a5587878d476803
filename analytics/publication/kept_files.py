"""Files that are slow to make, kept beside the results they are made from.

They are of one release: after a change of the code or the tables their names are others.
"""

import logging

from analytics.publication.cache import fingerprint, place
from analytics.publication.disk import Broken
from analytics.publication.finding import release

log = logging.getLogger(__name__)


def kept_file(name: str) -> bytes | None:
    """Return a file that was kept; None where it is not there or cannot be read.

    Args:
        name: Of the file, with all that it was made from beside the tables.
    """
    try:
        found = place().read(_key(name))
    except Broken as fault:
        log.warning("kept file not read: %s", fault)
        return None
    return found if isinstance(found, bytes) else None


def has_file(name: str) -> bool:
    """Whether a file is kept.

    Args:
        name: As for ``kept_file``.
    """
    try:
        return place().holds(_key(name))
    except Broken as fault:
        log.warning("kept file not found: %s", fault)
        return False


def keep_file(name: str, content: bytes) -> None:
    """Keep a file for every process; where that cannot be done, it is logged.

    Args:
        name: As for ``kept_file``.
        content: Its bytes.
    """
    try:
        place().write({_key(name): content})
    except Broken as fault:
        log.warning("file not kept: %s", fault)


def _key(name: str) -> str:
    return fingerprint("file", release(), name)
