"""Slow work in processes of this machine: few at once, each started once more if it is lost.

Web processes, and the processes of jobs, know of each other by a folder alone. It may be deleted at
any moment: a job at work writes itself down again within a second.
"""

import json
import logging
import multiprocessing
import os
import time
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Final
from uuid import uuid4

from diskcache import Cache
from typing_extensions import override

from analytics.publication.disk import Broken, Folder
from components.jobs.job_base import (
    BEAT,
    KEPT,
    LOST,
    MOST_STARTS,
    NOBODY,
    REFUSED,
    TWICE,
    Jobs,
    Slow,
    Words,
    outcome,
)
from components.jobs.job_entry import Entry, at_work, read_entry

log = logging.getLogger(__name__)

MOST_JOBS: Final = 2
RUNNING: Final = "running"
LARGEST: Final = 64 * 1024 * 1024
BUSY: Final[Words] = {
    "words": "Too much slow work is running on this machine. Wait a moment and press Run again."
}
GONE: Final[Words] = {
    "words": "Slow work cannot be started: its folder cannot be read or written. Everything else "
    "works. Press Run to try again."
}


class FewJobs(Jobs):
    """Runs each job in a process of its own, but only a few at once.

    Args:
        folder: Where progress and results are kept while they are waited for; this user's alone.

    Raises:
        OSError: The folder cannot be made or written.
        sqlite3.Error: The database there is full or locked.
    """

    busy = BUSY
    gone = GONE

    def __init__(self, folder: Path) -> None:
        self._folder = Folder(folder, size=LARGEST)
        self._folder.open()
        super().__init__()

    @override
    def make_job_fn(self, fn: Slow, progress: object, key: str | None = None) -> Slow:
        """Return a callback as it is: the process of a job calls it.

        Args:
            fn: The callback.
            progress: Whether it tells how far it is; all do.
            key: Its name.
        """
        return fn

    @override
    def call_job_fn(self, key: str, job_fn: Slow, args: list[object], context: object) -> str:
        """Start a job.

        Args:
            key: Of its question.
            job_fn: What it does.
            args: What it is given.
            context: What Dash knows of the request; a job is told nothing of it.

        Returns:
            Its number; ``refused`` where there are too many, ``nobody`` where none can be started.
        """
        job = str(uuid4())
        try:
            if not self._folder.mended(partial(self._is_admitted, job)):
                return REFUSED
            self._begin(job, key, job_fn, args, starts=1)
        except Broken as fault:
            log.warning("job not started: %s", fault)
            return NOBODY
        return job

    def _is_admitted(self, job: str) -> bool:
        """Write a new job down, unless there are too many."""
        with self._folder.open().transact():
            if len(self._live()) >= MOST_JOBS:
                return False
            self._enter(job, Entry(seen=time.monotonic()))
        return True

    def _begin(self, job: str, key: str, slow: Slow, args: list[object], *, starts: int) -> None:
        """Fork the process of a job, outside any transaction: handles must not cross a fork."""
        begun = multiprocessing.get_context("fork").Process(
            target=self._work, args=(job, key, slow, args, starts)
        )
        begun.start()
        self._folder.mended(partial(self._enter_begun, job, begun.pid or 0, starts))

    def _enter_begun(self, job: str, process: int, starts: int) -> None:
        with self._folder.open().transact():
            found = self._entry(job)
            if found is None or not found.is_over:  # or it is cancelled, and ends by itself
                self._enter(job, at_work(process, starts))

    def _work(self, job: str, key: str, slow: Slow, args: list[object], starts: int) -> None:
        """Do a job, in its own process."""
        Thread(target=self._beat, args=(job, starts), daemon=True).start()

        def tell(state: list[str]) -> None:
            try:
                self._folder.mended(lambda: self._put(_progress(key), state))
            except Broken as fault:
                log.warning("progress of a job not told: %s", fault)

        made = outcome(slow, tell, args)
        try:
            self._folder.mended(lambda: self._put(_result(job), made))
        except Broken as fault:
            log.warning("result of a job not told: %s", fault)

    def _beat(self, job: str, starts: int) -> None:
        """Give signs of life, and end this process once nobody waits for it."""
        while True:
            time.sleep(BEAT)
            try:
                self._folder.mended(partial(self._enter_alive, job, starts))
            except Broken as fault:
                log.warning("sign of life of a job not given: %s", fault)

    def _enter_alive(self, job: str, starts: int) -> None:
        with self._folder.open().transact():
            found = self._entry(job)
            if found and (found.is_over or found.process not in {0, os.getpid()}):
                os._exit(0)
            self._enter(job, at_work(os.getpid(), starts))

    @override
    def get_progress(self, key: str) -> object:
        """Return how far the answer to a question is; None where nothing new is known."""
        try:
            found = self._folder.mended(partial(self._taken, _progress(key)))
        except Broken:
            return None
        told = isinstance(found, list) and all(isinstance(one, str) for one in found)
        return found if told else None

    def _taken(self, name: str) -> object:
        found = self._got(name)
        if found is not None:
            self._folder.open().delete(name)
        return found

    @override
    def find_result(self, key: str, job: str) -> object:
        """Return what a job has to say; one that is lost is started once more."""
        try:
            return self._folder.mended(partial(self._found, key, job))
        except Broken as fault:
            log.warning("job not heard of: %s", fault)
            return GONE

    def _found(self, key: str, job: str) -> object:
        entry = self._entry(job)  # asked first: a result may come in between
        found = self._got(_result(job))
        if entry and entry.is_over:
            return self.UNDEFINED
        if found is None and self._is_awaited(key, job, entry):
            return self.UNDEFINED
        self.terminate_job(job)
        for name in (_result(job), _progress(key)):
            self._folder.open().delete(name)
        if found is None:
            return TWICE if entry and entry.starts >= MOST_STARTS else LOST
        return found

    def _is_awaited(self, key: str, job: str, entry: Entry | None) -> bool:
        """Whether a job is at work, or was started once more just now."""
        if entry is None:
            # The folder was deleted; a job at work writes itself down again in a moment.
            self._enter(job, Entry(seen=time.monotonic()))
            return True
        if entry.lives:
            return True
        asked = self.asked_again(key) if entry.starts < MOST_STARTS else None
        if asked is None:
            return False
        with self._folder.open().transact():
            if self._entry(job) != entry:
                return True  # another web process was quicker
            self._enter(job, Entry(starts=entry.starts + 1, seen=time.monotonic()))
        entry.end()
        log.warning("a job lost its process and is started once more")
        slow, args = asked
        if callable(slow):
            self._begin(job, key, slow, args, starts=entry.starts + 1)
        return True

    @override
    def job_running(self, job: str) -> bool:
        """Whether a job has neither been cancelled nor told its result, as far as is known.

        Dash takes a job that does not run for a cancelled one, and says nothing more of it. So one
        whose folder was lost just now is asked after again: ``find_result`` has words for it.
        """
        if job in {NOBODY, REFUSED}:
            return False
        try:
            entry = self._folder.mended(partial(self._entry, job))
        except Broken as fault:
            log.warning("job not heard of: %s", fault)
            return True
        return entry is None or not entry.is_over

    @override
    def terminate_job(self, job: str | None) -> None:
        """Stop a job.

        Args:
            job: Its number.
        """
        if job is None or job in {NOBODY, REFUSED}:
            return
        try:
            entry = self._folder.mended(partial(self._enter_over, job))
        except Broken as fault:
            log.warning("job not stopped: %s", fault)
            return
        entry.end()

    def _enter_over(self, job: str) -> Entry:
        """Write down that a job is over; return what was said of it before."""
        with self._folder.open().transact():
            entry = self._entry(job) or Entry()
            self._enter(job, replace(entry, is_over=True))
        return entry

    def _live(self) -> list[str]:
        held = self._got(RUNNING)
        jobs = [str(one) for one in held] if isinstance(held, list) else []
        entries = {job: self._entry(job) for job in jobs}
        return [job for job, entry in entries.items() if entry and entry.lives]

    def _enter(self, job: str, entry: Entry) -> None:
        """Write a job down, among those at work too unless it is over."""
        with self._folder.open().transact():
            self._put(_name(job), asdict(entry))
            if not entry.is_over:
                self._put(RUNNING, sorted({*self._live(), job}))

    def _entry(self, job: str) -> Entry | None:
        return read_entry(self._got(_name(job)))

    def _put(self, name: str, told: object) -> None:
        self._folder.open().set(name, json.dumps(told).encode(), expire=KEPT)

    def _got(self, name: str) -> object:
        store: Cache = self._folder.open()
        try:
            held = store.get(name)
            return json.loads(held) if isinstance(held, bytes) else None
        except ValueError as fault:  # not ours: it is as if it were not there, and written over
            log.warning("something in the folder of jobs is not used: %s", fault)
            return None


def _name(job: str) -> str:
    return f"{job}:entry"


def _result(job: str) -> str:
    return f"{job}:result"


def _progress(question: str) -> str:
    return f"{question}:progress"
