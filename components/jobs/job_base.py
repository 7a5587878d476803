"""What slow work has in common, in processes of this machine and on workers.

A job is asked after again and again by the page that started it. The page sends its question along
each time, so a job that was lost can be started again by whoever is asked, from nothing but that.
"""

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import ClassVar, Final

from dash import ctx
from dash.background_callback.managers import BaseBackgroundCallbackManager
from dash.exceptions import PreventUpdate
from typing_extensions import override

log = logging.getLogger(__name__)

MOST_STARTS: Final = 2  # the first, and one retry
PULSE: Final = 5  # seconds without a sign of life after which a job is lost
LATEST: Final = 60  # the same, where its process is seen to work or to wait for a processor
BEAT: Final = 1.0  # seconds between two signs of life
KEPT: Final = 600  # seconds that progress and results wait to be collected

NOBODY: Final = "nobody"  # stands for the number of a job that could not be handed over
REFUSED: Final = "refused"  # stands for that of a job too many

Words = Mapping[str, str]
Tell = Callable[[list[str]], None]
Slow = Callable[..., object]

LOST: Final[Words] = {
    "words": "The work was lost: no worker is at it any more, or none is running. "
    "Nothing was kept. Press Run to start it again."
}
TWICE: Final[Words] = {
    "words": "The work was lost twice with the process that did it, and is not tried again by "
    "itself. Nothing was kept. Press Run to start it again."
}
FAILED: Final[Words] = {
    "words": "The work failed; the reason is in the log of the server. Nothing was kept. "
    "Press Run to start it again."
}
#: The question that is asked after, where it comes from another address than Dash's.
_QUESTION: Final[ContextVar[object]] = ContextVar("question", default=None)
UNCHANGED: Final[Words] = {"_dash_no_update": "_dash_no_update"}


class Jobs(BaseBackgroundCallbackManager, ABC):
    """Starts slow callbacks for Dash, and tells what became of them.

    Attributes:
        busy: What is said where too many jobs are about.
        gone: What is said where no job can be started.
    """

    busy: ClassVar[Words]
    gone: ClassVar[Words]

    def __init__(self) -> None:
        super().__init__(None)

    @abstractmethod
    def find_result(self, key: str, job: str) -> object:
        """Return what a job has to say; undefined while it is at work or was cancelled.

        Args:
            key: Of its question.
            job: Its number.
        """

    @override
    def get_result(self, key: str, job: str) -> object:
        """Return what became of a job; undefined while it is at work or was cancelled."""
        if job == NOBODY:
            return self.gone
        return self.busy if job == REFUSED else self.find_result(key, job)

    @override
    def get_updated_props(self, key: str) -> dict[str, object]:
        """Return nothing: no slow callback sets other properties."""
        return {}

    @override
    def result_ready(self, key: str) -> bool:
        """Say no: results are found by their jobs, never by their questions."""
        return False

    @override
    def terminate_unhealthy_job(self, job: str) -> bool:
        """Do nothing: a job without a sign of life is noticed by whoever waits for it."""
        return False

    def asked_again(self, key: str) -> tuple[object, list[object]] | None:
        """Return the job and the arguments of the question a page is asking after.

        Args:
            key: Of the question, from a handle that this server has signed.

        Returns:
            None where the page does not repeat the question it had asked.
        """
        question = _QUESTION.get()
        args = [question] if question else _posted()
        for name, slow, _ in self.functions:
            if self.build_cache_key(slow, args, [], None) == key:
                return self.func_registry[name], args
        return None

    def start(self, question: object) -> str:
        """Start the one slow callback for a question that no page asked.

        Args:
            question: What the callback is given; plain JSON.

        Returns:
            The number of the job, as ``call_job_fn``.
        """
        [(name, slow, _)] = self.functions
        key = self.build_cache_key(slow, [question], [], None)
        return str(self.call_job_fn(key, self.func_registry[name], [question], None))

    def state(self, question: object, job: str) -> object:
        """Return what became of a job that ``start`` began; undefined while it is at work.

        Args:
            question: As for ``start``.
            job: Its number.
        """
        [(_, slow, _)] = self.functions
        with _asking(question):
            return self.get_result(self.build_cache_key(slow, [question], [], None), job)

    def share(self, question: object) -> str:
        """Return how much of a job that ``start`` began is done, in words; "" where not known.

        Args:
            question: As for ``start``.
        """
        [(_, slow, _)] = self.functions
        told = self.get_progress(self.build_cache_key(slow, [question], [], None))
        return str(told[-1]) if isinstance(told, list) and told else ""


@contextmanager
def _asking(question: object) -> Generator[None]:
    token = _QUESTION.set(question)
    try:
        yield
    finally:
        _QUESTION.reset(token)


def _posted() -> list[object]:
    return [one.get("value") for one in (*ctx.inputs_list, *ctx.states_list)]


def outcome(slow: Slow, tell: Tell, args: list[object]) -> object:
    """Do slow work; return what it has to say, or words where it fails.

    Args:
        slow: The callback.
        tell: Takes how far it is.
        args: What it is given.
    """
    try:
        return slow(tell, *args)
    except PreventUpdate:
        return UNCHANGED
    except Exception:
        log.exception("slow work failed")
        return FAILED
