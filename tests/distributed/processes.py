"""Real processes on this machine: a Redis, two web processes, workers. None outlives its test."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import psutil
import pytest
import redis

from analytics.publication.shared import Shared

ROOT = Path(__file__).parents[2]
DRAWS = 1_000_000  # fewer than readers are given, to be done in seconds; the program is the same
LAUNCH = f"""
import runpy
from analytics.findings.robustness import placebo_many
from components.server import warmup
placebo_many.LONG_DRAWS = {DRAWS}
warmup.weigh = bool  # no page of records is looked at here
runpy.run_path("app.py", run_name="__main__")
"""
KEY = "robustness-placebos-long"
PATIENCE = 120  # seconds; as long as it takes on a machine that does other work too


class Bomb:
    """A pickle that leaves a file behind where it is read."""

    def __init__(self, path):
        self._path = str(path)

    def __reduce__(self):
        return os.mkdir, (self._path,)


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def until(found, words, patience=PATIENCE):
    """Return the first thing found that is something, or fail."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if value := found():
            return value
        time.sleep(0.1)
    return pytest.fail(f"not so within {patience} s: {words}")


class Redis:
    """A Redis on the loopback, keeping nothing on disk."""

    def __init__(self, folder):
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._folder = folder
        self.start()

    def start(self):
        self._process = subprocess.Popen(  # noqa: S603 (Debian's program)
            [shutil.which("redis-server"), "--port", str(self.port), "--bind", "127.0.0.1",
             "--save", "", "--appendonly", "no", "--dir", str(self._folder)],
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        until(self._accepts, "Redis answers")

    def _accepts(self):
        with socket.socket() as one:
            return one.connect_ex(("127.0.0.1", self.port)) == 0

    def stop(self):
        self._process.terminate()
        self._process.wait(10)


class Program:
    """One process of the explorer, in a session of its own, with its log."""

    def __init__(self, folder, name, environment, *options):
        self.log = folder / f"{name}.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(  # noqa: S603 (our own program)
                [sys.executable, "-c", LAUNCH, *options],
                cwd=ROOT, env={**os.environ, **environment}, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip

    @property
    def hand(self):
        """The one child of a worker that does its jobs."""
        return self.children()[0]

    def children(self):
        return psutil.Process(self.process.pid).children(recursive=True)

    def said(self, words):
        return words in self.log.read_text(errors="replace")

    def end(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.destroy()
        self._sweep()

    def destroy(self):
        """End it and its children as a power cut would."""
        self._sweep()
        self.process.wait(10)

    def _sweep(self):
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return


class Web(Program):
    """A web process, spoken to as the page speaks to it."""

    def __init__(self, folder, name, environment):
        port = free_port()
        super().__init__(folder, name, environment, "--port", str(port), "--workers", "1")
        self.base = f"http://127.0.0.1:{port}"

    def get(self, path):
        return self._ask(f"{self.base}{path}")

    def _ask(self, asked):
        try:
            with urlopen(asked, timeout=30) as reply:  # noqa: S310 (loopback)
                return reply.status, reply.read()
        except HTTPError as refusal:
            with refusal:
                return refusal.code, refusal.read()

    def facts(self, path):
        status, body = self.get(path)
        return status, json.loads(body)

    def is_up(self):
        if self.process.poll() is not None:
            pytest.fail(f"a web process did not start: {self.log.read_text()}")
        try:
            return self.get("/health")[0] == 200
        except (URLError, ConnectionError):
            return False

    def ask_job(self, query, handles=""):
        asked = {"query": query, "finding": KEY, "nth": 1}
        return self.post("job-done.data", "job-asked.data", asked, handles)

    def cancel(self, handles):
        """Press Cancel."""
        job = handles.partition("job=")[2]
        self.post("job-cancel.id", "job-cancel.n_clicks", 1, f"?cancelJob={job}")

    def post(self, output, changed, value, handles):
        (told, its), (asking, part) = output.split("."), changed.split(".")
        body = {
            "output": output,
            "outputs": {"id": told, "property": its},
            "inputs": [{"id": asking, "property": part, "value": value}],
            "changedPropIds": [changed],
        }
        request = Request(  # noqa: S310 (loopback)
            f"{self.base}/_dash-update-component{handles}",
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        status, reply = self._ask(request)
        assert status in {200, 204}, reply
        return json.loads(reply or "{}")

    def start_job(self, query):
        """Press Run; return the handles of the job."""
        made = self.ask_job(query)
        return f"?cacheKey={made['cacheKey']}&job={made['job']}"

    def hear(self, query, handles):
        """Ask once after a job; return its words, or None while it is at work."""
        said = self.ask_job(query, handles)
        if "response" not in said:
            return None
        return said["response"]["job-done"]["data"]["words"]

    def told(self, query, handles):
        """Wait for the words of a job."""
        return until(lambda: self.hear(query, handles), "the job has its say")

    def rows(self, query):
        return self.facts(f"/api/v1/findings/{KEY}.json{query}")[1]["rows"]


class House:
    """Everything that runs for these tests."""

    def __init__(self, folder):
        self._folder = folder
        self._programs = []
        self.redis = Redis(folder)
        self.environment = {
            "REDIS_URL": self.redis.url,
            "SECRET_KEY": "the same for all of this test",
            "EXPLORER_CACHE": str(folder / "unused"),
        }

    def web(self, name):
        self._programs.append(Web(self._folder, name, self.environment))
        return self._programs[-1]

    def shared(self):
        """Return a way to the Redis that signs as the explorer does."""
        return Shared(self.redis.url, self.environment["SECRET_KEY"])

    def worker(self):
        name = f"worker-{len(self._programs)}"
        made = Program(self._folder, name, self.environment, "--worker")
        self._programs.append(made)
        return made

    def starts(self, handles):
        """How often workers have begun the job of these handles."""
        job = handles.partition("job=")[2].partition("~")[0]
        with self.asked() as asked:
            return asked.exists(*(f"explorer:job:{job}:start:{at}" for at in (1, 2, 3)))

    def asked(self):
        """Return a way to the Redis, as anyone who reaches it has one."""
        return redis.Redis.from_url(self.redis.url)

    def close(self):
        for one in self._programs:
            one.end()
        self.redis.stop()
        left = [
            one.info["cmdline"]
            for one in psutil.process_iter(["cmdline", "environ"])
            if (one.info["environ"] or {}).get("REDIS_URL") == self.redis.url
            and one.pid != os.getpid()
        ]
        assert left == []
