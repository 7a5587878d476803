"""A log that machines read: one JSON object a line, nothing about persons in it."""

import json
import logging
import sys
import threading
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Final

from typing_extensions import override

FACTS: Final = "facts"

log = logging.getLogger("explorer")


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON, with the facts it was given and any traceback.

    Args:
        private: Whether the message of an exception is left out: while the explorer holds a
            reader's own data, it may quote a cell.
    """

    def __init__(self, *, private: bool = False) -> None:
        super().__init__()
        self._private = private

    @override
    def format(self, record: logging.LogRecord) -> str:
        facts = record.__dict__.get(FACTS)
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            **(facts if isinstance(facts, dict) else {}),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, default=repr, ensure_ascii=False).encode(errors="replace").decode()

    @override
    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        """Write an exception and where it came from; without its message where that is private."""
        kind, _, trace = ei
        if self._private and kind is not None:
            return f"{''.join(traceback.format_tb(trace))}{kind.__name__}"
        return super().formatException(ei)


def start(level: int = logging.INFO, *, private: bool = False) -> None:
    """Send every message of this process to standard error as lines of JSON.

    Warnings of Python and errors that nobody caught are among them. Werkzeug's own line for a
    request is left out: it holds the reader's address and the query. So is Waitress's line for
    every request that waits a moment for a thread.

    Args:
        level: The least severe level to write.
        private: Whether messages of exceptions are left out.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines(private=private))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        log.info("interrupted")
        return
    log.critical("an error nobody caught", exc_info=(kind, error, trace))


def _uncaught_in_thread(found: threading.ExceptHookArgs) -> None:
    if found.exc_value is not None:
        _uncaught(found.exc_type, found.exc_value, found.exc_traceback)


def tell(words: str) -> None:
    """Say something about the start: plainly to a person at a terminal, else as a line of the log.

    Args:
        words: A sentence.
    """
    if sys.stdout.isatty():
        sys.stdout.write(f"{words}\n")
        sys.stdout.flush()
    else:
        log.info(words)
