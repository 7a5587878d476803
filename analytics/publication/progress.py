"""How far slow work has come, told to whoever listens."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

Listener = Callable[[float], None]


def _nobody(_share: float) -> None:
    """Hear nothing."""


_LISTENER: Final[ContextVar[Listener]] = ContextVar("listener", default=_nobody)


def report(share: float) -> None:
    """Say how much of the work is done.

    Args:
        share: From 0 to 1.
    """
    _LISTENER.get()(share)


@contextmanager
def heard_by(listener: Listener) -> Generator[None]:
    """Let someone hear the reports of the work done inside the block.

    Args:
        listener: Called with the share done, from 0 to 1.
    """
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)
