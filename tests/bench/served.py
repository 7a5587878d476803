"""The explorer as it is run: Gunicorn with two workers in processes of their own."""

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

ROOT: Final = Path(__file__).parents[2]
HOST: Final = "127.0.0.1"
OK: Final = 200
LONGEST: Final = 60.0  # seconds to wait for a start, or for files to be packed
BROWSER_ACCEPTS: Final = "gzip, deflate, br, zstd"


class NotStartedError(RuntimeError):
    """The server did not answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A running explorer.

    Attributes:
        port: Where it listens, on this machine only.
        process: The first of its processes.
        started: Seconds from the start of the process to the first healthy answer.
    """

    port: int
    process: psutil.Process
    started: float

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    def workers(self) -> list[psutil.Process]:
        return self.process.children()

    def memory(self) -> tuple[list[float], list[float]]:
        """MB of their own (USS) and with a share of what is shared (PSS), by worker."""
        found = [worker.memory_full_info() for worker in self.workers()]
        return [one.uss / 1e6 for one in found], [one.pss / 1e6 for one in found]

    def cpu(self) -> float:
        """Seconds of processor the workers have used."""
        return sum(sum(worker.cpu_times()[:2]) for worker in self.workers())

    def size(self, path: str) -> int:
        """Bytes of a body as a browser gets it, over a connection of its own."""
        asking = http.client.HTTPConnection(HOST, self.port, timeout=30)
        try:
            asking.request("GET", path, headers={"Accept-Encoding": BROWSER_ACCEPTS})
            return len(asking.getresponse().read())
        finally:
            asking.close()


def free_port() -> int:
    with socket.socket() as one:
        one.bind((HOST, 0))
        return int(one.getsockname()[1])


def _healthy(port: int) -> bool:
    asking = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        asking.request("GET", "/health")
        return asking.getresponse().status == OK
    except OSError:
        return False
    finally:
        asking.close()


def _wait(process: subprocess.Popen[bytes], port: int, begun: float) -> float:
    while not _healthy(port):
        if process.poll() is not None or time.perf_counter() - begun > LONGEST:
            msg = f"no healthy answer; the process ended with {process.poll()}"
            raise NotStartedError(msg)
        time.sleep(0.01)
    return time.perf_counter() - begun


@contextmanager
def served() -> Generator[Served]:
    """Run the explorer with an empty cache of its own until the block ends."""
    port = free_port()
    with tempfile.TemporaryDirectory() as cache:
        begun = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "app.py", "--port", str(port)],
            cwd=ROOT,
            env={**os.environ, "EXPLORER_CACHE": f"{cache}/published"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            started = _wait(process, port, begun)
            yield Served(port=port, process=psutil.Process(process.pid), started=started)
        finally:
            process.terminate()
            process.wait(timeout=LONGEST)


def settle(server: Served, paths: list[str]) -> None:
    """Wait until every worker sends these files as small as they go."""
    until = time.monotonic() + LONGEST
    before: list[set[int]] = []
    while time.monotonic() < until:
        sizes = [{server.size(path) for _ in range(6)} for path in paths]
        if sizes == before and all(len(one) == 1 for one in sizes):
            return
        before = sizes
        time.sleep(1)
