"""What runs slow work, by the settings at hand."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from components.jobs.backend import SettingError, manager, secret, work

ROOT = Path(__file__).parents[3]


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
