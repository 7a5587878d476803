"""What lies in the shared Redis is read only if one of us has put it there, under that name."""

import json
import logging
import os
import pickle

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from analytics.publication import cache
from analytics.publication.machines import SettingError
from analytics.publication.shared import Shared
from analytics.publication.suppression import Disclosed
from components.jobs import agreement
from components.jobs.agreement import AGREED, agree, is_agreed
from components.jobs.ticket import Ticket
from data.schema import text
from tests.distributed.processes import Bomb

KEY = "explorer:kept:3:a-result"
COLUMNS = (text("name", "Name"),)


def frame(name):
    return pd.DataFrame({"name": cache.typed([name], COLUMNS[0])})


def ours():
    return Disclosed(frame=frame("ours"), suppressed=0, withheld="")


def forged():
    return cache._packed(Disclosed(frame=frame("forged"), suppressed=0, withheld=""))


@pytest.fixture
def own(house, monkeypatch):
    """Be a process of the explorer."""
    for name, value in house.environment.items():
        monkeypatch.setenv(name, value)
    with house.asked() as asked:
        asked.delete(KEY, AGREED)
    return house.shared()


def moved(house):
    """Return bytes that we have signed for another name."""
    shared = house.shared()
    shared.set("elsewhere", forged(), 60)
    with house.asked() as asked:
        return asked.get("elsewhere")


def of_another_key(house):
    Shared(house.redis.url, "another").set(KEY, forged(), 60)
    with house.asked() as asked:
        return asked.get(KEY)


@pytest.mark.parametrize(
    "made",
    [lambda _: forged(), lambda _: b"", lambda _: b"\0" * 32 + forged(), moved, of_another_key,
     lambda _: pickle.dumps(Bomb("never"))],
    ids=["unsigned", "empty", "signed with zeros", "moved", "signed by another", "pickle"],
)  # fmt: skip
@pytest.mark.usefixtures("own")
def test_a_forged_result_is_made_again_and_written_over(house, made, caplog):
    with house.asked() as asked:
        asked.set(KEY, made(house))
    own = house.shared()
    name = KEY.removeprefix(cache.SHELF)
    assert not cache.is_kept(name)
    with caplog.at_level(logging.WARNING):
        assert_frame_equal(cache.kept(name, COLUMNS, ours).frame, frame("ours"))
    assert json.loads(own.get(KEY))[0] == {"name": ["ours"]}
    assert cache.is_kept(name)
    unmade = cache.kept(name, COLUMNS, lambda: pytest.fail("made twice"))
    assert_frame_equal(unmade.frame, frame("ours"))


def test_a_forgery_is_logged_but_not_at_every_request(house, own, caplog):
    with house.asked() as asked:
        asked.set(KEY, b"forged")
    with caplog.at_level(logging.WARNING):
        assert [own.get(KEY) for _ in range(5)] == [None] * 5
    assert [KEY in one.getMessage() for one in caplog.records] == [True]


def test_a_forged_mark_counts_for_nothing(house, own):
    with house.asked() as asked:
        asked.set(KEY, b"forged")
        assert not own.has(KEY)
        assert not own.renew(KEY, 60)
        assert own.add(KEY, b"held", 60)
        assert own.get(KEY) == b"held"
        assert not own.add(KEY, b"other", 60)
        assert own.renew(KEY, 60)
        assert asked.ttl(KEY) > 50


@pytest.mark.parametrize("found", [None, 3, "", "é", "AAAA", "A" * 43, [], {"job": "x"}])
def test_a_ticket_that_we_did_not_sign_is_none(found):
    assert Ticket.read(found, "secret", "queue") is None


def test_a_ticket_is_worth_nothing_elsewhere():
    ticket = Ticket(job="1", question="q", args=[{"query": "?k=9"}])
    signed = ticket.signed("secret", "queue")
    assert Ticket.read(signed, "secret", "queue") == ticket
    assert Ticket.read(signed, "secret", "another queue") is None
    assert Ticket.read(signed, "another secret", "queue") is None


def test_another_secret_is_refused_at_start_until_its_mark_is_gone(house, own, monkeypatch):
    monkeypatch.setattr(agreement, "BEAT", 10**6)
    agree(house.redis.url)
    assert not own.is_foreign(AGREED)
    agree(house.redis.url)
    monkeypatch.setenv("SECRET_KEY", "another")
    with pytest.raises(SettingError, match="Another process at this Redis"):
        agree(house.redis.url)
    with house.asked() as asked:
        assert 0 < asked.ttl(AGREED) <= agreement.LIFE
        asked.delete(AGREED)
    agree(house.redis.url)
    monkeypatch.setenv("SECRET_KEY", house.environment["SECRET_KEY"])
    assert not is_agreed(house.redis.url)
    with house.asked() as asked:
        asked.delete(AGREED)


@pytest.mark.usefixtures("own")
def test_a_redis_that_is_silent_at_start_is_asked_later(monkeypatch, caplog):
    monkeypatch.setattr(agreement, "BEAT", 10**6)
    agree("redis://127.0.0.1:1/0")
    assert "checked later" in caplog.text


def test_the_mark_lives_while_a_process_does():
    assert 2 * agreement.BEAT < agreement.LIFE


def test_only_who_has_the_secret_shares(house):
    with pytest.raises(ValueError, match="SECRET_KEY"):
        Shared(house.redis.url, "")
    assert os.environ.get("SECRET_KEY") != house.environment["SECRET_KEY"]
