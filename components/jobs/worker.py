"""What a worker does: a job, with signs of life while it is at it, and lines in our log alone."""

import json
import logging
import os
from collections.abc import Generator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Final

from billiard.exceptions import SoftTimeLimitExceeded
from celery.apps import worker as celery_worker
from celery.signals import setup_logging
from celery.utils.log import get_multiprocessing_logger

from analytics.publication.machines import SharedGoneError
from analytics.publication.shared import Shared
from components.jobs import job_keys as keys
from components.jobs.job_base import BEAT, KEPT, MOST_STARTS, PULSE, Slow, Words, outcome
from components.jobs.ticket import Ticket

log = logging.getLogger(__name__)

PRESENCE: Final = 3  # seconds for which a worker is there without a further sign: below PULSE
GRACE: Final = 3  # seconds in which a job that nobody wants any more may end by itself

TOO_LONG: Final[Words] = {"words": "The work took too long and was stopped. Nothing was kept."}


class UnwantedError(Exception):
    """Nobody waits for this job any more."""


def do_job(slow: Slow, ticket: Ticket, shared: Shared) -> None:
    """Do a job and keep what it has to say, unless nobody waits for it.

    Args:
        slow: The callback.
        ticket: The job.
        shared: Where its pulse is and its result goes.
    """
    if not shared.renew(keys.pulse(ticket.job), PULSE) or not _is_begun(shared, ticket.job):
        log.info("a job was dropped: nobody waits for it, or it is delivered once too often")
        return
    with _beating(shared, ticket.job) as unwanted:

        def tell(state: list[str]) -> None:
            if unwanted.is_set():
                raise UnwantedError
            _tell(shared, ticket.question, state)

        made = outcome(lambda *args: _in_time(slow, *args), tell, ticket.args)
    if made is not None:
        shared.set(keys.result(ticket.job), json.dumps(made).encode(), KEPT)


def _tell(shared: Shared, question: str, state: list[str]) -> None:
    try:
        shared.set(keys.progress(question), json.dumps(state).encode(), KEPT)
    except SharedGoneError as fault:
        log.warning("progress of a job not told: %s", fault)


def _is_begun(shared: Shared, job: str) -> bool:
    """Count this start of a job; say whether there may be one more."""
    return any(shared.add(keys.start(job, at), b"begun", KEPT) for at in range(1, MOST_STARTS + 1))


@contextmanager
def _beating(shared: Shared, job: str) -> Generator[Event]:
    """Give signs of life; what is yielded is set once nobody wants the job any more."""
    done, unwanted = Event(), Event()

    def beat() -> None:
        while not done.wait(BEAT):
            try:
                if not shared.renew(keys.pulse(job), PULSE):
                    break
            except SharedGoneError as fault:
                log.warning("pulse of a job not renewed: %s", fault)
        unwanted.set()
        if not done.wait(GRACE):
            log.warning("a job that nobody wants any more is ended with its process")
            os._exit(1)

    heart = Thread(target=beat, daemon=True)
    heart.start()
    try:
        yield unwanted
    finally:
        done.set()
        heart.join()


def _in_time(slow: Slow, *args: object) -> object:
    """Return what slow work has to say; None where nobody waits for it any more."""
    try:
        return slow(*args)
    except SoftTimeLimitExceeded:
        return TOO_LONG
    except UnwantedError:
        log.info("a job was stopped: nobody waits for it any more")
        return None


def write_lines() -> None:
    """Let Celery write to the log of this process, and nowhere else: every line there is JSON."""
    setup_logging.connect(_keep_our_log, weak=False)
    setattr(celery_worker, "safe_say", _say)  # noqa: B010 (it writes past every log)


def _keep_our_log(**_named: object) -> None:
    """Set up no other log, which Celery leaves to whoever answers this signal."""
    processes = get_multiprocessing_logger()
    if processes is not None:
        processes.handlers.clear()
        processes.propagate = True


def _say(words: str, *_where: object) -> None:
    log.info(words)


def be_present(shared: Shared, name: str) -> None:
    """Tell again and again, for as long as this process lives, that a worker is there.

    Args:
        shared: Where it is told.
        name: What it is told by.
    """
    never = Event()
    while not never.wait(BEAT):
        try:
            shared.set(name, b"here", PRESENCE)
        except SharedGoneError as fault:
            if fault.is_news:
                log.warning("presence of a worker not told: %s", fault)
