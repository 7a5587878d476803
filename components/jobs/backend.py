"""Where slow work runs, and how much of it at once.

In processes of this machine, with diskcache; on workers anywhere, where ``REDIS_URL`` is set.
"""

import logging
import os
import secrets
import tempfile
from pathlib import Path
from typing import Final

from analytics.publication.disk import Broken
from analytics.publication.machines import SettingError, redis_url, secret_key
from components.jobs.job_base import Jobs
from components.jobs.local_jobs import FewJobs

log = logging.getLogger(__name__)

ROOT: Final = Path(__file__).parents[2]


def manager() -> Jobs:
    """Return what runs slow work: processes of this machine, or workers that share its Redis.

    Raises:
        SettingError: Another process at this Redis has another ``SECRET_KEY``.
    """
    if url := redis_url():
        # Imported here: one machine alone needs neither Redis nor Celery.
        from components.jobs.agreement import agree  # noqa: PLC0415
        from components.jobs.workers import workers  # noqa: PLC0415

        agree(url)
        return workers(url)
    published = Path(os.environ.get("EXPLORER_CACHE", ROOT / ".cache" / "published"))
    try:
        return FewJobs(published.parent / f"{published.name}-jobs")
    except Broken as fault:
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
    from components.jobs.workers import workers  # noqa: PLC0415 (as above)

    return workers(url).work()


def secret() -> str:
    """Return what signs the handles of jobs, and all that is shared: the same for every process.

    Raises:
        SettingError: Machines share a Redis, and no secret was given to all of them.
    """
    found = secret_key()
    if not found and redis_url():
        msg = (
            "REDIS_URL is set, so several processes share their work: SECRET_KEY must be set too, "
            "to the same long random text for all of them; it is not set."
        )
        raise SettingError(msg)
    return found or secrets.token_hex()
