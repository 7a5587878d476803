"""Whether a process lives, and whether it can do all that it is meant to."""

import os
import tomllib
from functools import cache
from pathlib import Path
from typing import Final

import orjson
from flask import Response

from analytics.publication.machines import redis_url

PROJECT: Final = Path(__file__).parents[2] / "pyproject.toml"
JSON: Final = "application/json"
OK: Final = 200
SILENT: Final = "does not answer"


def health() -> Response:
    """Say that this process lives; it does without Redis."""
    return _state(redis_state(), OK)


def ready() -> Response:
    """Say whether all that this process is meant to do can be done; not so while Redis is gone."""
    state = redis_state()
    return _state(state, 503 if state == SILENT else OK)


def _state(redis: str, status: int) -> Response:
    facts = {"status": "ok" if status == OK else "waiting", "version": version(), "redis": redis}
    response = Response(orjson.dumps(facts), status=status, mimetype=JSON)
    response.headers["Cache-Control"] = "no-store"
    return response


def redis_state() -> str:
    """Say whether the Redis that machines share answers."""
    url = redis_url()
    if not url:
        return "not used"
    from analytics.publication.shared import shared  # noqa: PLC0415 (one machine needs no Redis)

    return "answers" if shared(url, os.getpid()).answers() else SILENT


@cache
def version() -> str:
    """Return the version of the project, as ``pyproject.toml`` has it."""
    if not PROJECT.is_file():
        return "unknown"
    return str(tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["version"])
