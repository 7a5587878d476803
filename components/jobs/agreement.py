"""Whether all processes that share a Redis sign with the same ``SECRET_KEY``.

Each keeps one signed value alive there. Who finds that of another key could neither read the
others' results nor do their jobs, and says so.
"""

import logging
import os
from threading import Event, Thread
from typing import Final

from analytics.publication.machines import SettingError, SharedGoneError
from analytics.publication.shared import shared

log = logging.getLogger(__name__)

AGREED: Final = "explorer:secret"
LIFE: Final = 60  # seconds for which the value stays when the processes that renewed it are gone
BEAT: Final = 15.0  # seconds between two renewals

DIFFERENT: Final = (
    "Another process at this Redis has another SECRET_KEY, so they cannot read each other's "
    "results or do each other's jobs. Give all of them the same one. If you are changing it, stop "
    f"every process that has the old one and wait {LIFE} seconds, or delete the key {AGREED} from "
    "Redis."
)


def agree(url: str) -> None:
    """Refuse to start where others sign with another key; otherwise keep the value alive.

    Redis that does not answer is asked again later, and the difference is then logged.

    Args:
        url: Of the Redis.

    Raises:
        SettingError: Another process signs with another key.
    """
    try:
        if not is_agreed(url):
            raise SettingError(DIFFERENT)
    except SharedGoneError as fault:
        log.warning("whether all processes have the same SECRET_KEY is checked later: %s", fault)
    Thread(target=_keep, args=(url,), daemon=True, name="agreement").start()


def is_agreed(url: str) -> bool:
    """Whether the value is ours, or was not there until now; renew it if so.

    Args:
        url: Of the Redis.

    Raises:
        SharedGoneError: Redis does not answer.
    """
    asked = shared(url, os.getpid())
    if asked.is_foreign(AGREED):
        return False
    if not asked.renew(AGREED, LIFE):
        asked.add(AGREED, b"the same", LIFE)
    return True


def _keep(url: str) -> None:
    """Renew the value while this process lives; log another key once each time it turns up."""
    never, was_agreed = Event(), True
    while not never.wait(BEAT):
        try:
            agreed = is_agreed(url)
        except SharedGoneError:
            continue  # said by whoever wants something of Redis
        if was_agreed and not agreed:
            log.error(DIFFERENT)
        was_agreed = agreed
