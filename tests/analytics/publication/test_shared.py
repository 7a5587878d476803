"""Redis as machines share it: what it holds, and what is said where it does not answer."""

import pytest
import redis

from analytics.publication.machines import SharedGoneError
from analytics.publication.shared import RESTING, Shared


class Held:
    """A Redis in memory, or one that fails as it is told."""

    def __init__(self, fault=None):
        self.held, self.queues, self.fault = {}, {"jobs": [b"one", b"two"]}, fault

    def asked(self):
        if self.fault:
            raise self.fault

    def get(self, key):
        self.asked()
        return self.held.get(key)

    def set(self, key, held, ex):
        assert ex > 0
        self.held[key] = held

    def delete(self, *keys):
        for key in keys:
            self.held.pop(key, None)

    def llen(self, queue):
        return len(self.queues[queue])

    def ping(self):
        self.asked()
        return True


@pytest.fixture
def shared(monkeypatch):
    def made(fault=None):
        one = Shared("redis://127.0.0.1:1", "a secret of the tests")
        monkeypatch.setattr(one, "_redis", Held(fault))
        return one

    return made


def test_what_is_dropped_is_gone(shared):
    one = shared()
    one.set("kept", b"bytes", 60)
    one.set("dropped", b"bytes", 60)
    one.drop("dropped")
    assert one.get("kept") == b"bytes"
    assert not one.has("dropped")


def test_what_waits_is_counted(shared):
    assert shared().length("jobs") == 2


def test_whether_it_answers(shared):
    assert shared().answers() is True
    assert shared(redis.ConnectionError("away")).answers() is False


def test_after_silence_it_is_not_asked_again_at_once(shared):
    one = shared(redis.TimeoutError("slow"))
    with pytest.raises(SharedGoneError, match="slow"):
        one.get("key")
    with pytest.raises(SharedGoneError, match=RESTING):
        one.get("key")


def test_a_fault_of_redis_itself_is_said_and_it_is_asked_again(shared):
    one = shared(redis.ResponseError("out of memory"))
    for _ in range(2):
        with pytest.raises(SharedGoneError, match="out of memory"):
            one.get("key")
