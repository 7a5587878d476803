"""Slow work on Celery: asked for by any web process, done by any worker, told through Redis.

Everything on the way is JSON. While a job is wanted and someone is at it, its pulse is in Redis:
the asker sets it, the worker renews it, the one who cancels drops it. A job without a pulse is
lost, and whoever waits for it is told so. Imported only where ``REDIS_URL`` is set.
"""

import json
import logging
import os
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from functools import cache, wraps
from os import uname
from threading import Event, Thread
from typing import Final
from uuid import uuid4

from billiard.exceptions import SoftTimeLimitExceeded
from celery import current_task
from dash import CeleryManager
from kombu.exceptions import KombuError
from typing_extensions import override

from analytics.publication.machines import SharedGoneError
from analytics.publication.shared import Shared, shared
from components.web.queue import KEPT, UNTAKEN, celery

log = logging.getLogger(__name__)

PREFIX: Final = "explorer:job:"
MOST_WAITING: Final = 8  # jobs in the queue, besides those at work
PULSE: Final = 6  # seconds for which a worker vouches for its job
BEAT: Final = 1.0  # seconds between two of its vouchings
MOST_STARTS: Final = 2  # the first, and one retry

BUSY: Final = {"words": "Too much slow work is waiting. Wait a moment and press Run again."}
GONE: Final = {
    "words": "Slow work cannot be reached just now; everything else works. "
    "Wait a moment and press Run again."
}
LOST: Final = {
    "words": "The work was lost: no worker is at it any more, or none is running. "
    "Nothing was kept. Press Run to start it again."
}
TWICE: Final = {
    "words": "The work was lost twice with the process that did it, and is not tried again by "
    "itself. Nothing was kept. Press Run to start it again."
}
TOO_LONG: Final = {"words": "The work took too long and was stopped. Nothing was kept."}

#: A connection from before Redis was started again fails once.
AT_ONCE: Final = {"max_retries": 1, "interval_start": 0, "interval_max": 0}

NOBODY: Final = "nobody"
REFUSED: Final = "refused"

#: What the asker need not tell a worker: who the reader is.
PERSONAL: Final = ("cookies", "headers", "remote", "origin", "args")


class Workers(CeleryManager):
    """Hands jobs to workers, and tells what became of them.

    Args:
        url: Of the Redis that the web processes and the workers share.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        super().__init__(celery(url))

    @property
    def _shared(self) -> Shared:
        return shared(self._url, os.getpid())

    @override
    def make_job_fn(
        self, fn: Callable[..., object], progress: object, key: str | None = None
    ) -> Callable[..., None]:
        """Return the task of a callback, with a pulse while it is at work.

        Args:
            fn: The callback.
            progress: Whether it tells how far it is.
            key: Its name.
        """

        @wraps(fn)
        def watched(*args: object, **named: object) -> object:
            job = str(getattr(current_task.request, "id"))  # noqa: B009 (Celery types it as a list)
            return self._watched(job, lambda: fn(*args, **named))

        return super().make_job_fn(watched, progress, key)

    def _watched(self, job: str, work: Callable[[], object]) -> object:
        if not self._shared.renew(_pulse(job), PULSE):
            return LOST  # whoever asked has been told so already, or has cancelled
        if self._shared.count(f"{PREFIX}{job}:starts", KEPT) > MOST_STARTS:
            return TWICE
        try:
            with self._beating(job):
                return work()
        except SoftTimeLimitExceeded:
            return TOO_LONG

    @contextmanager
    def _beating(self, job: str) -> Generator[None]:
        done = Event()

        def beat() -> None:
            while not done.wait(BEAT):
                try:
                    self._shared.renew(_pulse(job), PULSE)
                except SharedGoneError as fault:
                    log.warning("pulse of a job not renewed: %s", fault)

        heart = Thread(target=beat, daemon=True)
        heart.start()
        try:
            yield
        finally:
            done.set()
            heart.join()

    @override
    def call_job_fn(
        self, key: str, job_fn: object, args: object, context: Mapping[str, object]
    ) -> str:
        """Hand a job to the workers.

        Args:
            key: Of its question.
            job_fn: Its task.
            args: What it is given.
            context: What Dash knows of the request; of the reader, nothing goes on.

        Returns:
            Its number; ``refused`` where too many wait, ``nobody`` where Redis is gone.
        """
        told = {name: part for name, part in context.items() if name not in PERSONAL}
        job = str(uuid4())
        try:
            if self._shared.length(self.handle.conf.task_default_queue) >= MOST_WAITING:
                return REFUSED
            self._shared.set(_pulse(job), b"asked", UNTAKEN)
            progress = _progress(key)
            task = getattr(job_fn, "apply_async")  # noqa: B009 (Celery has no types)
            task(
                args=(_result(job), progress, args, told),
                task_id=job,
                expires=UNTAKEN,
                retry_policy=AT_ONCE,
            )
        except (SharedGoneError, KombuError, OSError) as fault:
            log.warning("job not handed to the workers: %s", fault)
            return NOBODY
        return job

    @override
    def get_progress(self, key: str) -> object:
        """Return how far the answer to a question is; None where nothing new is known."""
        name = _progress(key)
        try:
            told = self._shared.get(name)
            if told is None:
                return None
            self._shared.drop(name)
            return json.loads(told)
        except SharedGoneError:
            return None

    @override
    def get_result(self, key: str, job: str) -> object:
        """Return what a job has to say, or that it is lost; undefined while it is at work."""
        if job in {NOBODY, REFUSED}:
            return GONE if job == NOBODY else BUSY
        try:
            return self._result(key, job)
        except SharedGoneError as fault:
            log.warning("job not heard of: %s", fault)
            return GONE

    def _result(self, key: str, job: str) -> object:
        if self._shared.has(_over(job)):
            return self.UNDEFINED
        alive = self._shared.has(_pulse(job))  # asked first: a result may come in between
        found = self._shared.get(_result(job))
        if found is None and alive:
            return self.UNDEFINED
        self._shared.set(_over(job), b"told", KEPT)
        self._shared.drop(_pulse(job), _result(job), _progress(key))
        return LOST if found is None else json.loads(found)

    @override
    def get_updated_props(self, key: str) -> dict[str, object]:
        """Return nothing: no slow callback sets other properties."""
        return {}

    @override
    def job_running(self, job: str) -> bool:
        """Whether a job has neither been cancelled nor had its say, as far as is known."""
        if job in {NOBODY, REFUSED}:
            return False
        try:
            return not self._shared.has(_over(job))
        except SharedGoneError:
            return True

    @override
    def terminate_job(self, job: str | None) -> None:
        """Stop a job, at work or waiting.

        Args:
            job: Its number.
        """
        if job is None or job in {NOBODY, REFUSED}:
            return
        try:
            self._shared.set(_over(job), b"stopped", KEPT)
            self._shared.drop(_pulse(job))
            self.handle.control.revoke(job, terminate=True)
        except (SharedGoneError, KombuError, OSError) as fault:
            log.warning("job not stopped: %s", fault)

    def work(self) -> int:
        """Do jobs, one at a time, until told to stop; one at work is finished first.

        Returns:
            The exit code.
        """
        worker = self.handle.Worker(
            concurrency=1, pool="prefork", hostname=f"{os.getpid()}@{uname().nodename}",
            without_gossip=True, without_mingle=True, quiet=True,
        )  # fmt: skip
        worker.start()
        return int(worker.exitcode or 0)


def _progress(question: str) -> str:
    return f"{PREFIX}{question}:progress"


def _pulse(job: str) -> str:
    return f"{PREFIX}{job}:pulse"


def _over(job: str) -> str:
    return f"{PREFIX}{job}:over"


def _result(job: str) -> str:
    return f"{PREFIX}{job}:result"


@cache
def workers(url: str) -> Workers:
    """Return the one way of this process to the workers.

    Args:
        url: Of the Redis that is shared.
    """
    return Workers(url)
