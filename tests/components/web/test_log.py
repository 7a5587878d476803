import logging

import orjson
import pytest

from components.web import log
from components.web.log import FACTS, JsonLines


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
