"""What the folder of jobs says of one, and the process it names."""

import logging
import time
from dataclasses import asdict, dataclass

import psutil

from components.jobs.job_base import LATEST, PULSE

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the folder says of a job.

    Attributes:
        process: The number of its process; 0 where that is not known (yet, or any more).
        born: When that process began, seconds since 1970: numbers are given out again.
        starts: How often it has been started.
        seen: Its last sign of life, on the clock that all processes of a machine share.
        is_over: Whether it has been cancelled or has told its result.
    """

    process: int = 0
    born: float = 0.0
    starts: int = 1
    seen: float = 0.0
    is_over: bool = False

    @property
    def lives(self) -> bool:
        """Whether it is at work, or about to be, as far as can be seen.

        On a machine with too much to do, a sign of life comes late from a process that is well.
        """
        silent = time.monotonic() - self.seen
        if self.is_over or not 0 <= silent < LATEST:
            return False
        if self.process == 0:
            return silent < PULSE
        process = self.running
        return process is not None and (silent < PULSE or _is_busy(process))

    @property
    def running(self) -> psutil.Process | None:
        """Return its process, unless that has ended or the number is another's by now."""
        if not self.process:
            return None
        try:
            found = psutil.Process(self.process)
            same = abs(found.create_time() - self.born) < 1
            return found if same and found.status() != psutil.STATUS_ZOMBIE else None
        except (psutil.NoSuchProcess, ValueError):
            return None

    def end(self) -> None:
        """End the process of the job, and wait until it is gone."""
        process = self.running
        if process is None:
            return
        try:
            process.kill()
            process.wait(1)
        except (psutil.NoSuchProcess, psutil.TimeoutExpired) as fault:
            log.info("the process of a job is ending by itself: %s", fault)


def _is_busy(process: psutil.Process) -> bool:
    """Whether a process works or waits for a processor: one that is stuck or stopped does not."""
    try:
        return process.status() == psutil.STATUS_RUNNING
    except psutil.NoSuchProcess:
        return False


def at_work(process: int, starts: int) -> Entry:
    """Return the entry of a job that gives a sign of life now.

    Args:
        process: The number of its process.
        starts: How often it has been started.
    """
    try:
        born = psutil.Process(process).create_time()
    except psutil.NoSuchProcess:
        born = 0.0
    return Entry(process=process, born=born, starts=starts, seen=time.monotonic())


def read_entry(held: object) -> Entry | None:
    """Return the entry that was written; None where there is none, or something else.

    Args:
        held: From JSON that anyone may have written.
    """
    if not isinstance(held, dict) or held.keys() != asdict(Entry()).keys():
        return None
    process, starts, born, seen = (held[one] for one in ("process", "starts", "born", "seen"))
    if not (isinstance(process, int) and isinstance(starts, int)):
        return None
    if not (isinstance(born, int | float) and isinstance(seen, int | float)):
        return None
    over = held["is_over"] is True
    return Entry(process=process, born=float(born), starts=starts, seen=float(seen), is_over=over)
