import logging
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from components.server import log
from components.server.log import FACTS, JsonLines

ROOT = Path(__file__).parents[3]
CELL = "a cell of a family"


def record(message: str, **extra: object) -> logging.LogRecord:
    return logging.getLogger("explorer.test").makeRecord(
        "explorer.test", logging.WARNING, "", 0, message, (), None, extra=extra
    )


def test_a_record_is_one_line_of_json():
    line = JsonLines().format(record("two\nlines", **{FACTS: {"status": 404, "path": "/ü"}}))
    assert "\n" not in line
    found = orjson.loads(line)
    assert found["event"] == "two\nlines"
    assert found["level"] == "warning"
    assert found["status"] == 404
    assert found["path"] == "/ü"
    assert found["time"].endswith("+00:00")


def test_a_traceback_is_in_the_line():
    failed = record("failed")
    try:
        int("a cause")
    except ValueError as error:
        failed.exc_info = (type(error), error, error.__traceback__)
    assert "a cause" in orjson.loads(JsonLines().format(failed))["traceback"]


@pytest.mark.parametrize("facts", [None, "words", {"odd": object(), "half": "\ud800"}])
def test_no_facts_break_the_log(facts):
    assert orjson.loads(JsonLines().format(record("event", **{FACTS: facts})))["event"] == "event"


def test_werkzeug_says_no_addresses(monkeypatch):
    configured = []
    monkeypatch.setattr(logging, "basicConfig", lambda **settings: configured.append(settings))
    before = logging.getLogger("werkzeug").level
    try:
        log.start()
        assert not logging.getLogger("werkzeug").isEnabledFor(logging.INFO)
    finally:
        logging.getLogger("werkzeug").setLevel(before)
    assert isinstance(configured[0]["handlers"][0].formatter, JsonLines)


def test_while_own_data_is_held_an_exception_quotes_nothing():
    failed = record("failed")
    try:
        raise ValueError(CELL)  # noqa: TRY301
    except ValueError as error:
        failed.exc_info = (type(error), error, error.__traceback__)
    written = orjson.loads(JsonLines(private=True).format(failed))["traceback"]
    assert CELL not in written
    assert "ValueError" in written
    assert "test_log.py" in written


def in_a_process(code: str) -> list[dict[str, object]]:
    """The lines that a program of our own writes to its log."""
    done = subprocess.run(  # noqa: S603 (our own program)
        [sys.executable, "-c", f"from components.server import log; log.start()\n{code}"],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=30,
    )  # fmt: skip
    return [orjson.loads(line) for line in (done.stdout + done.stderr).splitlines()]


@pytest.mark.parametrize(
    ("code", "event"),
    [
        ("raise ValueError('two\\nlines')", "an error nobody caught"),
        ("import threading; threading.Thread(target=int, args=('x',)).start()", "an error"),
        ("import warnings; warnings.warn('careful')", "careful"),
        ("log.tell('a note')", "a note"),
        ("raise KeyboardInterrupt", "interrupted"),
    ],
)
def test_whatever_is_said_is_a_line_of_json(code, event):
    lines = in_a_process(code)
    assert len(lines) == 1
    assert event in str(lines[0]["event"])
