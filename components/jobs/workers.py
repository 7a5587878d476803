"""Slow work on Celery: asked for by any web process, done by any worker, told through Redis.

Everything on the way is JSON and signed. While a job is needed and someone is at it, its pulse is
in Redis: the asker sets it, the worker renews it, the one who cancels drops it. A job without a
pulse is lost; whoever waits for it hands it over once more. Imported only where ``REDIS_URL`` is
set.
"""

import json
import logging
import os
from functools import cache
from os import uname
from threading import Thread
from typing import Final
from uuid import uuid4

from celery.exceptions import Ignore
from kombu.exceptions import KombuError
from typing_extensions import override

from analytics.publication.machines import SharedGoneError, secret_key
from analytics.publication.shared import Shared, shared
from components.jobs import job_keys as keys
from components.jobs.job_base import (
    KEPT,
    LOST,
    MOST_STARTS,
    NOBODY,
    REFUSED,
    TWICE,
    Jobs,
    Slow,
    Words,
)
from components.jobs.queue import UNTAKEN, celery
from components.jobs.ticket import Ticket
from components.jobs.worker import be_present, do_job, write_lines

log = logging.getLogger(__name__)

MOST_WAITING: Final = 8  # jobs in the queue, besides those at work

BUSY: Final[Words] = {"words": "Too much slow work is waiting. Wait a moment and press Run again."}
GONE: Final[Words] = {
    "words": "Slow work cannot be reached just now; everything else works. "
    "Wait a moment and press Run again."
}

#: A connection from before Redis was started again fails once.
AT_ONCE: Final = {"max_retries": 1, "interval_start": 0, "interval_max": 0}


class Workers(Jobs):
    """Hands jobs to workers, and tells what became of them.

    Args:
        url: Of the Redis that the web processes and the workers share.
    """

    busy = BUSY
    gone = GONE

    def __init__(self, url: str) -> None:
        self._url = url
        self.handle = celery(url)
        super().__init__()

    @property
    def _shared(self) -> Shared:
        return shared(self._url, os.getpid())

    @property
    def _queue(self) -> str:
        return str(self.handle.conf.task_default_queue)

    @override
    def make_job_fn(self, fn: Slow, progress: object, key: str | None = None) -> object:
        """Return the task of a callback.

        Args:
            fn: The callback.
            progress: Whether it tells how far it is; all do.
            key: Its name.
        """

        def job(signed: object) -> None:
            ticket = Ticket.read(signed, secret_key(), self._queue)
            if ticket is None:
                log.warning("a job was dropped: it is not signed with our SECRET_KEY")
                raise Ignore
            do_job(fn, ticket, self._shared)

        return self.handle.task(name=f"background_callback_{key}")(job)

    @override
    def call_job_fn(self, key: str, job_fn: object, args: list[object], context: object) -> str:
        """Hand a job to the workers.

        Args:
            key: Of its question.
            job_fn: Its task.
            args: What it is given.
            context: What Dash knows of the request; a worker is told nothing of it.

        Returns:
            Its number; ``refused`` where too many wait, ``nobody`` where Redis is gone.
        """
        ticket = Ticket(job=str(uuid4()), question=key, args=args)
        try:
            if self._shared.length(self._queue) >= MOST_WAITING:
                return REFUSED
            self._shared.set(keys.pulse(ticket.job), b"asked", UNTAKEN)
            self._send(ticket, job_fn)
        except (SharedGoneError, KombuError, OSError) as fault:
            log.warning("job not handed to the workers: %s", fault)
            return NOBODY
        return ticket.job

    def _send(self, ticket: Ticket, task: object) -> None:
        send = getattr(task, "apply_async")  # noqa: B009 (Celery has no types)
        signed = ticket.signed(secret_key(), self._queue)
        send(args=(signed,), task_id=ticket.job, expires=UNTAKEN, retry_policy=AT_ONCE)

    @override
    def get_progress(self, key: str) -> object:
        """Return how far the answer to a question is; None where nothing new is known."""
        name = keys.progress(key)
        try:
            told = self._shared.get(name)
            if told is None:
                return None
            self._shared.drop(name)
            return json.loads(told)
        except SharedGoneError:
            return None

    @override
    def find_result(self, key: str, job: str) -> object:
        """Return what a job has to say; one that is lost is handed over once more."""
        try:
            return self._found(key, job)
        except (SharedGoneError, KombuError, OSError) as fault:
            log.warning("job not heard of: %s", fault)
            return GONE

    def _found(self, key: str, job: str) -> object:
        if self._shared.has(keys.over(job)):
            return self.UNDEFINED
        alive = self._shared.has(keys.pulse(job))  # asked first: a result may come in between
        found = self._shared.get(keys.result(job))
        if found is None and (alive or self._is_handed_again(key, job)):
            return self.UNDEFINED
        words = TWICE if self._shared.has(keys.start(job, MOST_STARTS)) else LOST
        self._shared.set(keys.over(job), b"told", KEPT)
        self._shared.drop(keys.pulse(job), keys.result(job), keys.progress(key))
        return words if found is None else json.loads(found)

    def _is_handed_again(self, key: str, job: str) -> bool:
        """Hand a job to another worker, if it was begun once and one is there to take it."""
        begun = self._shared.has(keys.start(job, 1)) and not self._shared.has(
            keys.start(job, MOST_STARTS)
        )
        if not begun or self._shared.has(keys.again(job)) or not self._shared.has(self._present):
            return False
        asked = self.asked_again(key)
        if asked is None:
            return False
        self._shared.set(keys.pulse(job), b"asked", UNTAKEN)
        if self._shared.add(keys.again(job), b"handed", KEPT):  # or another web process was quicker
            log.warning("a job lost its worker and is handed over once more")
            task, args = asked
            self._send(Ticket(job=job, question=key, args=args), task)
        return True

    @override
    def job_running(self, job: str) -> bool:
        """Whether a job has neither been cancelled nor told its result, as far as is known."""
        if job in {NOBODY, REFUSED}:
            return False
        try:
            return not self._shared.has(keys.over(job))
        except SharedGoneError:
            return True

    @override
    def terminate_job(self, job: str | None) -> None:
        """Stop a job, at work or waiting: its worker notices within a second.

        Args:
            job: Its number.
        """
        if job is None or job in {NOBODY, REFUSED}:
            return
        try:
            self._shared.set(keys.over(job), b"stopped", KEPT)
            self._shared.drop(keys.pulse(job))
        except SharedGoneError as fault:
            log.warning("job not stopped: %s", fault)

    def work(self) -> int:
        """Do jobs, one at a time, until told to stop; one at work is finished first.

        Returns:
            The exit code.
        """
        write_lines()
        worker = self.handle.Worker(
            concurrency=1, pool="prefork", hostname=f"{os.getpid()}@{uname().nodename}",
            without_gossip=True, without_mingle=True, without_heartbeat=True, quiet=True,
            loglevel="INFO",
        )  # fmt: skip
        Thread(target=be_present, args=(self._shared, self._present), daemon=True).start()
        worker.start()
        return int(worker.exitcode or 0)

    @property
    def _present(self) -> str:
        return f"{keys.PRESENT}{self._queue}"


@cache
def workers(url: str) -> Workers:
    """Return the one way of this process to the workers.

    Args:
        url: Of the Redis that is shared.
    """
    return Workers(url)
