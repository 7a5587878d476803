"""Starting it anywhere: it works, or one clear sentence says why not."""

import http.client
import os
import resource
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HOST = "127.0.0.1"


def command(*words: str) -> list[str]:
    return [sys.executable, str(ROOT / "app.py"), *words]


def settings(folder: Path, **more: str) -> dict[str, str]:
    return {**os.environ, "EXPLORER_CACHE": str(folder / "published"), **more}


def refused(folder: Path, *words: str, most: int | None = None, **more: str) -> str:
    """What is said instead of a start: one line, and no traceback."""

    def limit() -> None:
        if most:
            resource.setrlimit(resource.RLIMIT_AS, (most, most))

    done = subprocess.run(  # noqa: S603 (our own program)
        command(*words), cwd=folder, env=settings(folder, **more), preexec_fn=limit,
        capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    said = done.stderr.decode(errors="backslashreplace")
    assert done.returncode
    assert "Traceback" not in said
    return said


@contextmanager
def started(folder: Path, *words: str, **more: str):
    """The port of a started explorer."""
    with socket.socket() as one:
        one.bind((HOST, 0))
        port = one.getsockname()[1]
    process = subprocess.Popen(  # noqa: S603 (our own program)
        command("--port", str(port), *words), cwd=folder, env=settings(folder, **more),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        until = time.monotonic() + 30
        while status(port, "/health") != 200:
            assert process.poll() is None, process.stdout.read()
            assert time.monotonic() < until
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.communicate(timeout=30)


def status(port: int, path: str, **headers: str) -> int:
    asking = http.client.HTTPConnection(HOST, port, timeout=10)
    try:
        asking.request("GET", path, headers=headers)
        return asking.getresponse().status
    except OSError:
        return 0
    finally:
        asking.close()


def test_a_taken_port_is_said_at_once(tmp_path):
    with socket.create_server((HOST, 0)) as taken:
        said = refused(tmp_path, "--port", str(taken.getsockname()[1]))
    assert said.count("\n") == 1
    assert "another program listens there" in said


@pytest.mark.parametrize("gigabytes", [0.3, 0.8])
def test_too_little_memory_is_said(tmp_path, gigabytes):
    said = refused(tmp_path, most=int(gigabytes * 1e9))
    assert said.count("\n") == 1
    assert "ulimit -v" in said


@pytest.mark.parametrize("words", [("--workers", "0"), ("--port", "x")])
def test_options_that_cannot_be_are_refused(tmp_path, words):
    assert words[0] in refused(tmp_path, *words)


def test_a_programme_that_the_command_line_names_is_explored(tmp_path):
    second = ROOT / "tests" / "second_programme" / "harbour_lights.toml"
    (tmp_path / "mine.toml").write_bytes(second.read_bytes())
    with started(tmp_path, "--programme", "mine.toml", EXPLORER_PROGRAMME="nothing") as port:
        asking = http.client.HTTPConnection(HOST, port, timeout=10)
        asking.request("GET", "/_dash-layout")
        assert b"Harbour Lights evaluation explorer" in asking.getresponse().read()
        asking.close()


@pytest.mark.parametrize("named", ["nothing", "nothing.toml"])
def test_a_programme_that_is_not_there_is_said(tmp_path, named):
    said = refused(tmp_path, "--programme", named)
    assert said.startswith("The explorer was not started.")
    assert named in said
    assert "--programme" in refused(tmp_path, "--programme")


def test_a_terminal_of_another_character_set_is_no_fault(tmp_path):
    said = refused(tmp_path, "--data", str(tmp_path / "Żółć"), PYTHONIOENCODING="latin-1")
    assert "Your data cannot be used" in said


def test_it_serves_under_an_old_locale_from_another_folder(tmp_path):
    odd = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    with started(tmp_path, PYTHONIOENCODING="latin-1", **odd) as port:
        assert status(port, "/") == 200
        assert status(port, "/", Cookie=f"a={'c' * 9_000}") == 200
        assert status(port, "/", Authorization=f"Negotiate {'c' * 12_000}") == 200
