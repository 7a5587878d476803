"""A log that machines read: one JSON object a line, nothing about persons in it."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Final

from typing_extensions import override

FACTS: Final = "facts"


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON, with the facts it was given and any traceback."""

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


def start(level: int = logging.INFO) -> None:
    """Send every log of this process to standard error as lines of JSON.

    Werkzeug's own line for a request is left out: it holds the reader's address and the query.

    Args:
        level: The least severe level to write.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
