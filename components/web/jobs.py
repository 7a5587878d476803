"""Where slow work runs, and how much of it at once.

In processes of this machine, with diskcache; on workers anywhere, where ``REDIS_URL`` is set.
"""

import logging
import os
import secrets
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

import psutil
from dash import DiskcacheManager
from dash.background_callback.managers import BaseBackgroundCallbackManager
from diskcache import Cache, JSONDisk
from typing_extensions import override

from analytics.publication.machines import redis_url

log = logging.getLogger(__name__)

ROOT: Final = Path(__file__).parents[2]
MOST_JOBS: Final = 2
RUNNING: Final = "running"
NOBODY: Final = 0  # the number of no process one could see or stop
BUSY: Final = {
    "words": "Too much slow work is running on this machine. Wait a moment and press Run again."
}

Job = Callable[[str, str, object, object], None]


class SettingError(ValueError):
    """A setting from the environment is missing."""


class FewJobs(DiskcacheManager):
    """Runs each job in a process of its own, as Dash does, but only a few at once.

    What it keeps is JSON: a pickle runs code when it is read (CVE-2025-69872).

    Args:
        folder: Where progress and results are kept while they are waited for; this user's alone.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        self._store = Cache(str(folder), disk=JSONDisk)
        super().__init__(self._store)

    @override
    def call_job_fn(self, key: str, job_fn: Job, args: object, context: object) -> int:
        """Start a job, or say at once, in place of its result, that there are too many.

        Args:
            key: Of its result.
            job_fn: What it does.
            args: What it is given.
            context: What Dash knows of the request.

        Returns:
            The number of its process; that of nobody where there is none.
        """
        if len(self._live()) >= MOST_JOBS:
            self._store.set(key, BUSY)
            return NOBODY
        process: int = super().call_job_fn(key, job_fn, args, context)
        with self._store.transact():
            self._store.set(RUNNING, [*self._live(), process])
        return process

    def _live(self) -> list[int]:
        held = self._store.get(RUNNING)
        return [one for one in (held if isinstance(held, list) else []) if self._lives(one)]

    def _lives(self, process: object) -> bool:
        return isinstance(process, int) and self.job_running(process)

    @override
    def job_running(self, job: int | str) -> bool:
        """Whether a process is at work; one that has just gone is not.

        Args:
            job: Its number.
        """
        try:
            return bool(super().job_running(job))
        except psutil.NoSuchProcess:
            return False


def manager() -> BaseBackgroundCallbackManager:
    """Return what runs slow work: processes of this machine, or workers that share its Redis."""
    if url := redis_url():
        # Imported here: one machine alone needs no Celery.
        from components.web.workers import workers  # noqa: PLC0415

        return workers(url)
    published = Path(os.environ.get("EXPLORER_CACHE", ROOT / ".cache" / "published"))
    try:
        return FewJobs(published.parent / f"{published.name}-jobs")
    except (OSError, sqlite3.Error) as fault:
        log.warning("jobs not kept beside the cache: %s", fault)
        return FewJobs(Path(tempfile.mkdtemp()) / "jobs")


def work() -> int:
    """Do the slow work that web processes ask for, until told to stop.

    Returns:
        The exit code.

    Raises:
        SettingError: ``REDIS_URL`` does not say where it is asked for.
    """
    url = redis_url()
    if not url:
        msg = "A worker takes its work from Redis: REDIS_URL must say where; it is not set."
        raise SettingError(msg)
    from components.web.workers import workers  # noqa: PLC0415 (as above)

    return workers(url).work()


def secret() -> str:
    """Return what signs the handles of jobs: the same on every machine that shares a Redis.

    Raises:
        SettingError: Machines share a Redis, and no secret was given to all of them.
    """
    found = os.environ.get("SECRET_KEY", "")
    if not found and redis_url():
        msg = (
            "REDIS_URL is set, so several processes share their work: SECRET_KEY must be set too, "
            "to the same long random text for all of them; it is not set."
        )
        raise SettingError(msg)
    return found or secrets.token_hex()
