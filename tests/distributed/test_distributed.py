"""Two web processes, workers and a Redis: what is whole, and what happens when a part is gone."""

import json
import os
import signal
import subprocess
import sys

import pytest
from dash import page_registry

from analytics.measures.indicators.registry import core
from components.jobs.job_base import LOST, TWICE
from components.jobs.queue import REDELIVERED, UNTAKEN
from components.jobs.workers import GONE
from tests.distributed.processes import KEY, ROOT, until

NOTICED = 10  # seconds within which a reader must know
DONE = "Done: the result is in the card."


def begun(house, web, query):
    """Press Run, and wait until a worker is at it."""
    handles = web.start_job(query)
    until(lambda: house.starts(handles) == 1, "a worker takes the job")
    return handles


def waited(house, web, query, handles):
    """Ask after a lost job as its page does, until it is started once more."""

    def again():
        assert web.hear(query, handles) is None
        return house.starts(handles) == 2

    until(again, "the job is started once more", NOTICED)


def test_a_job_asked_of_one_web_process_is_collected_through_the_other(webs, worker):
    one, other = webs
    query = "?k=9"
    assert one.rows(query) == []
    handles = one.start_job(query)
    assert other.told(query, handles) == DONE
    assert len(other.rows(query)) == len(one.rows(query)) == len(core())
    assert worker.process.poll() is None


def test_a_job_whose_process_is_killed_is_done_again(house, webs, worker):
    query = "?k=8"
    handles = begun(house, webs[0], query)
    worker.hand.kill()
    assert webs[1].told(query, handles) == DONE
    assert house.starts(handles) == 2
    assert len(webs[0].rows(query)) == len(core())
    worker.end()
    for one in (worker, webs[0]):  # every line is JSON, of the killed process and of the end too
        lines = one.log.read_text().splitlines()
        assert lines
        assert all("event" in json.loads(line) for line in lines)


def test_a_job_that_lost_its_process_twice_is_given_up(house, webs, worker):
    query = "?k=6"
    handles = begun(house, webs[0], query)
    worker.hand.kill()
    waited(house, webs[1], query, handles)
    worker.hand.kill()
    words = until(lambda: webs[1].hear(query, handles), "the reader is told", NOTICED)
    assert words == TWICE["words"]
    assert webs[0].rows(query) == []


def test_a_job_that_lost_its_worker_is_done_by_another(house, webs, worker):
    query = "?k=7"
    handles = begun(house, webs[0], query)
    other = house.worker()
    until(other.children, "the other worker is there")
    worker.destroy()
    waited(house, webs[1], query, handles)
    assert webs[1].told(query, handles) == DONE
    other.end()


def test_a_job_that_lost_the_only_worker_can_be_run_again(house, webs, worker):
    query = "?k=4&compare=region"
    handles = begun(house, webs[0], query)
    worker.destroy()
    assert until(lambda: webs[1].hear(query, handles), "it is told", NOTICED) == LOST["words"]
    assert webs[0].rows(query) == []
    other = house.worker()
    again = begun(house, webs[1], query)
    other.process.send_signal(signal.SIGTERM)  # it finishes what it has begun
    assert webs[0].told(query, again) == DONE
    assert other.process.wait(15) == 0


def test_a_job_cancelled_through_the_other_web_process_is_not_finished(house, webs, worker):
    query = "?k=5"
    handles = begun(house, webs[0], query)
    webs[1].cancel(handles)
    until(lambda: worker.said("a job was stopped"), "its work is ended")
    assert webs[1].rows(query) == []
    worker.end()  # the tests below stop its Redis


def test_another_secret_no_start(house, webs):
    assert webs[0].is_up()
    environment = {**os.environ, **house.environment, "SECRET_KEY": "another"}
    ended = subprocess.run(
        [sys.executable, "app.py", "--worker"],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert ended.returncode == 1
    assert "Another process at this Redis has another SECRET_KEY" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_an_orphan_has_expired_when_it_is_delivered_again():
    assert UNTAKEN < REDELIVERED


@pytest.mark.usefixtures("explorer")  # which knows the pages
def test_without_redis_every_page_works_and_slow_work_says_so(house, webs):
    from app import known_path  # noqa: PLC0415 (importing it builds the explorer)

    pages = [one["path"] for one in page_registry.values() if known_path(one["path"])]
    assert {"/", "/indicators", "/robustness", "/data"} <= {*pages}
    pages = [*pages, "/indicators/s47_rate"]
    house.redis.stop()
    try:
        for at, web in enumerate(webs):
            for path in pages[at::2]:
                assert web.get(path)[0] == 200, path
            assert web.get("/api/v1/findings/kpis-gaps.json?k=4")[0] == 200
            status, health = web.facts("/health")
            assert (status, health["redis"]) == (200, "does not answer")
            assert web.facts("/health/ready")[0] == 503
            assert "Press" in web.facts(f"/api/v1/findings/{KEY}.json?k=4")[1]["withheld"]
            handles = web.start_job("?k=4")
            assert web.told("?k=4", handles) == GONE["words"]
            assert web.log.read_text().count("cache not read") == 1
    finally:
        house.redis.start()
    until(lambda: webs[0].facts("/health/ready")[0] == 200, "Redis is found again")
    assert webs[0].hear("?k=4", webs[0].start_job("?k=4")) is None


def test_no_secret_no_start(house):
    environment = {**os.environ, **house.environment}
    del environment["SECRET_KEY"]
    ended = subprocess.run(
        [sys.executable, "app.py", "--port", "0"],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert ended.returncode == 1
    assert "SECRET_KEY must be set" in ended.stderr
