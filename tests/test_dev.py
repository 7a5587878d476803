"""``make dev``: Dash's debug pages, a new start at a change, and the loopback alone."""

import os
import shutil
import signal
import subprocess
import sys
import time

import psutil
import pytest

from tests.browser.places import ask, free_port
from tests.docs.recipe import ROOT, copy

PATIENCE = 60  # seconds


def until(true):
    ends = time.monotonic() + PATIENCE
    while not (found := true()):
        assert time.monotonic() < ends, "it did not come to that"
        time.sleep(0.2)
    return found


@pytest.fixture
def working(tmp_path):
    room = copy(tmp_path)
    (room / "tests").mkdir()
    shutil.copy(ROOT / "tests" / "dev.py", room / "tests" / "dev.py")
    port = free_port()
    kept = {name: str(tmp_path / name) for name in ("EXPLORER_CACHE", "EXPLORER_PACKED")}
    program = subprocess.Popen(  # noqa: S603 (our own program)
        [sys.executable, "-m", "tests.dev", str(port)],
        cwd=room, env={**os.environ, **kept, "HOST": "0.0.0.0"}, start_new_session=True,  # noqa: S104 (to be ignored)
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield room, port, program
    finally:
        os.killpg(program.pid, signal.SIGKILL)
        program.wait()


def test_it_starts_again_at_a_change_and_listens_on_the_loopback_alone(working):
    room, port, program = working
    base = f"http://127.0.0.1:{port}"

    def answered(path):
        try:
            return ask(f"{base}{path}")
        except OSError:
            return None

    first = until(lambda: answered("/_reload-hash"))
    assert first.status == 200
    assert '"reloadHash"' in first.text
    assert '"ui":true' in answered("/").text
    family = [psutil.Process(program.pid), *psutil.Process(program.pid).children(recursive=True)]
    ends = {
        one.laddr.ip
        for member in family
        for one in member.net_connections("inet")
        if one.status == psutil.CONN_LISTEN
    }
    assert ends == {"127.0.0.1"}

    page = room / "pages" / "pilots.py"
    page.write_text(page.read_text().replace('"Compare pilots",\n', '"Pilots compared",\n', 1))
    until(lambda: (now := answered("/_reload-hash")) and now.text != first.text)
    assert answered("/pilots").status == 200
