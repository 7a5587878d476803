"""Whoever reaches the Redis can spoil what is kept there, and can neither run code nor show words.

Everything that a page, a job, its progress, its result and Cancel leave in Redis is replaced.
"""

import base64
import json
import pickle
from uuid import uuid4

import pytest
from dash.background_callback.managers import BaseBackgroundCallbackManager
from kombu.exceptions import ContentDisallowed

from components.jobs.agreement import AGREED
from components.jobs.job_base import LOST
from components.jobs.job_keys import PRESENT
from components.jobs.queue import celery
from components.jobs.ticket import Ticket
from tests.distributed.processes import KEY, Bomb, until
from tests.distributed.test_distributed import DONE, begun

FINDING = "/api/v1/findings/kpis-gaps.json?k=6"


def spoil(asked, key, bomb):
    """Replace everything under a key by a pickle, and leave the key what it is."""
    kind = asked.type(key)
    if kind == b"string":
        asked.set(key, bomb, keepttl=True)
    elif kind == b"list":
        asked.lpush(key, bomb)
    elif kind == b"hash":
        asked.hset(key, mapping=dict.fromkeys([*asked.hkeys(key), bomb], bomb))
    elif kind == b"set":
        asked.sadd(key, bomb)
    elif kind == b"zset":
        asked.zadd(key, {bomb: 0})
    else:
        assert kind == b"none", kind  # it has expired
    return kind


def test_a_pickle_under_every_key_is_never_read(house, webs, worker, tmp_path):
    ran = tmp_path / "ran"
    bomb = pickle.dumps(Bomb(ran))
    with celery(house.redis.url) as app:
        queue = app.conf.task_default_queue
    query, other = "?k=9&compare=region", "?k=3&compare=region"
    before = webs[0].get(FINDING)
    job = begun(house, webs[0], query)
    until(lambda: house.shared().has(PRESENT + queue), "the worker is there")
    waiting = webs[0].start_job(other)
    names, words = set(), None
    with house.asked() as asked:

        def heard():
            for key in asked.scan_iter():
                names.add(key.decode(errors="replace"))
                spoil(asked, key, bomb)
            return webs[1].hear(query, job)

        words = until(heard, "the reader is told")
        assert words in {DONE, LOST["words"]}
        for kind in ("kept", "job", "workers", "secret", "queue"):
            assert any(name.startswith(f"explorer:{kind}") for name in names), kind
        webs[0].cancel(waiting)
        asked.lpush(queue, bomb)
        asked.lpush(f"{queue}\x06\x163", bomb)  # another priority
        for key in (*asked.scan_iter(), AGREED):
            spoil(asked, key, bomb)
        assert webs[1].get(FINDING) == before
        asked.flushdb()
    assert worker.process.poll() is None
    late = house.worker()
    again = begun(house, webs[0], query)
    assert webs[1].told(query, again) == DONE
    late.end()
    worker.end()  # what it had told of itself is gone
    assert not ran.exists()


def task():
    return f"background_callback_{BaseBackgroundCallbackManager.functions[0][0]}"


@pytest.mark.usefixtures("explorer")  # the pages register the task
def test_a_message_that_we_did_not_sign_is_dropped(house, worker, tmp_path):
    ran = tmp_path / "ran"
    args = [{"query": "?k=2", "finding": KEY, "nth": 1}]
    ticket = Ticket(job=str(uuid4()), question="0" * 64, args=args)
    with celery(house.redis.url) as app:
        queue = app.conf.task_default_queue
        house.shared().set(f"explorer:job:{ticket.job}:pulse", b"asked", 60)
        app.send_task(task(), args=[Bomb(ran)], serializer="pickle")
        app.send_task(task(), args=[ticket.signed("another", queue)])
        app.send_task(task(), args=[ticket.job, ticket.question, ticket.args])
        app.send_task(task(), args=[f"{base64.b64encode(b'0' * 32).decode()}"])
        app.send_task("celery.backend_cleanup")
        app.send_task("celery.map", args=[task(), [[1]]])
        app.send_task(task(), args=["x"], link=[app.signature("celery.group")], chain=[])
    with house.asked() as asked:
        for garbage in (b"garbage", b"\x80\x04", b"{}", b"[]", b"3", json.dumps({"body": 1}), b""):
            asked.lpush(queue, garbage)
        until(lambda: asked.llen(queue) == 0, "the worker has taken all")
        until(lambda: worker.log.read_text().count("not signed with our") == 3, "all are dropped")
        assert not asked.exists(f"explorer:job:{ticket.job}:start:1")
    assert worker.said(ContentDisallowed.__name__)
    assert worker.process.poll() is None
    assert not ran.exists()
