"""Slow work in processes of their own, few at once, kept as JSON."""

import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from components.web import jobs
from components.web.jobs import BUSY, FewJobs, SettingError, manager, secret, work

ROOT = Path(__file__).parents[3]


def wait(found, until=10):
    end = time.monotonic() + until
    while time.monotonic() < end:
        if (value := found()) is not None:
            return value
        time.sleep(0.02)
    return None


@pytest.fixture
def few(tmp_path):
    return FewJobs(tmp_path / "jobs")


def sleeping(_key, _progress, _args, _context):
    time.sleep(30)


def test_a_job_runs_in_a_process_of_its_own(few):
    def job(key, progress, args, _context):
        few.handle.set(progress, ["50"])
        few.handle.set(key, {"words": args[0]})

    process = few.call_job_fn("key", job, ["made"], {})
    assert wait(lambda: few.handle.get("key")) == {"words": "made"}
    assert few.get_progress("key") == ["50"]
    assert few.get_result("key", process) == {"words": "made"}
    assert not few.job_running(process)


def test_a_job_too_many_says_so_at_once(few):
    running = [few.call_job_fn(f"key{at}", sleeping, [], {}) for at in range(jobs.MOST_JOBS)]
    refused = few.call_job_fn("more", sleeping, [], {})
    assert wait(lambda: few.handle.get("more")) == BUSY
    for process in running:
        few.terminate_job(process)
    assert not any(few.job_running(process) for process in [*running, refused])
    again = few.call_job_fn("again", sleeping, [], {})
    assert few.job_running(again)
    assert few.handle.get("again") is None
    few.terminate_job(again)


def test_a_process_that_is_gone_is_not_running(few):
    assert not few.job_running(2**22 + 1)


def test_nothing_is_kept_as_a_pickle(few, tmp_path):
    with pytest.raises(TypeError):
        few.handle.set("key", object())
    assert (tmp_path / "jobs").stat().st_mode & 0o777 == 0o700
    few.handle.set("key", {"words": "x"})
    with sqlite3.connect(tmp_path / "jobs" / "cache.db") as held:
        assert held.execute("select count(*) from Cache where mode = 4").fetchone() == (0,)
    held.close()


def test_jobs_stand_beside_the_cache_or_elsewhere(tmp_path, monkeypatch):
    monkeypatch.setenv("EXPLORER_CACHE", str(tmp_path / "published"))
    manager()
    assert (tmp_path / "published-jobs").is_dir()
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("EXPLORER_CACHE", str(tmp_path / "file" / "published"))
    assert manager()


def test_machines_that_share_are_given_their_secret(monkeypatch):
    monkeypatch.delenv("REDIS_URL", raising=False)
    monkeypatch.delenv("SECRET_KEY", raising=False)
    assert secret() != secret()
    with pytest.raises(SettingError, match="REDIS_URL"):
        work()
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
    with pytest.raises(SettingError, match="SECRET_KEY"):
        secret()
    monkeypatch.setenv("SECRET_KEY", "given")
    assert secret() == "given"


def test_one_machine_alone_imports_neither_redis_nor_celery():
    code = "import app, sys; sys.exit(bool({'redis', 'celery', 'kombu'} & {*sys.modules}))"
    bare = {name: held for name, held in os.environ.items() if name != "REDIS_URL"}
    ended = subprocess.run(  # noqa: S603 (our own program)
        [sys.executable, "-c", code], cwd=ROOT, env=bare, timeout=60, check=False
    )
    assert ended.returncode == 0
