"""A real server of a small application: slow, silent and broken readers hold nobody else up."""

import http.client
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
HOST = "127.0.0.1"
POST = b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n"

#: Two of its limits are shortened, so that the tests need not wait for them.
PROGRAM = """
import sys, time
from flask import Flask, request
from components.server import buffered, log
from components.server.serve import bound, serve
buffered.HEADERS, buffered.WHOLE, buffered.MOST_CONNECTIONS = 1.5, 2.5, 400
server = Flask("small")
@server.get("/health")
def health(): return "ok"
@server.post("/echo")
def echo(): return request.get_data()
@server.get("/slow")
def slow():
    time.sleep(1)
    return "done"
@server.get("/large")
def large(): return "x" * 3_000_000
log.start()
listener = bound("127.0.0.1", 0)
print(listener.getsockname()[1], flush=True)
begins = lambda worker: print(type(worker).__name__, flush=True)
serve(server, listener, workers=int(sys.argv[1]), begins=begins)
"""


class Small:
    """The running server."""

    def __init__(self, workers: int) -> None:
        self.process = subprocess.Popen(  # noqa: S603 (our own program)
            [sys.executable, "-c", PROGRAM, str(workers)],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline())
        while not self.health():
            time.sleep(0.05)

    def connect(self) -> socket.socket:
        return socket.create_connection((HOST, self.port), timeout=10)

    def health(self) -> float:
        """Seconds that an answer took; 0 where there was none."""
        begun = time.perf_counter()
        asking = http.client.HTTPConnection(HOST, self.port, timeout=5)
        try:
            asking.request("GET", "/health")
            return time.perf_counter() - begun if asking.getresponse().status == 200 else 0.0
        except OSError:
            return 0.0
        finally:
            asking.close()

    def raw(self, sent: bytes) -> tuple[int, bytes]:
        """Status and body of what the server says to some bytes."""
        with self.connect() as one:
            one.sendall(sent)
            heard = http.client.HTTPResponse(one)
            heard.begin()
            return heard.status, heard.read()

    def stop(self) -> str:
        self.process.terminate()
        _, said = self.process.communicate(timeout=30)
        return said


@pytest.fixture(scope="module")
def small():
    running = Small(workers=1)
    yield running
    running.stop()


@pytest.mark.parametrize(
    ("first", "many"),
    [
        (b"GET /health HTTP/1.1\r\nX-Slow: ", 50),
        (POST + b"Content-Length: 5000\r\n\r\n", 50),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n5", 50),
        (b"", 100),
    ],
    ids=["slow headers", "slow bodies", "slow chunks", "silent"],
)
def test_others_are_answered_while_readers_are_slow(small, first, many):
    slow = [small.connect() for _ in range(many)]
    for one in slow:
        one.sendall(first)
    took = [small.health() for _ in range(5)]
    for one in slow:
        one.close()
    assert all(took)
    assert max(took) < 1


@pytest.mark.parametrize(
    ("first", "drop"),
    [(b"GET /health HTTP/1.1\r\nX-Slow: ", b"a"), (POST + b"Content-Length: 900\r\n\r\n", b"b")],
    ids=["headers", "body"],
)
def test_a_request_that_never_ends_is_ended(small, first, drop):
    """However steadily a byte comes now and then."""
    with small.connect() as one:
        one.sendall(first)
        begun = time.monotonic()
        while time.monotonic() - begun < 8:
            if select.select([one], [], [], 0.2)[0]:
                break
            one.sendall(drop)
        assert one.recv(100) == b""


def test_more_connections_than_there_is_room_for_push_out_the_silent_ones(small):
    silent = [small.connect() for _ in range(450)]
    time.sleep(0.3)
    assert small.health()
    gone = [one for one in silent if select.select([one], [], [], 0)[0]]
    for one in silent:
        one.close()
    assert gone
    assert silent[0] in gone


@pytest.mark.parametrize(
    "sent",
    [
        POST + b"Transfer-Encoding: chunked\r\n\r\nZZ\r\nhello\r\n0\r\n\r\n",
        POST + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhelloXX0\r\n\r\n",
        POST + b"Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n",
        POST + b"Transfer-Encoding: gzip\r\n\r\n",
        POST + b"Content-Length: x\r\n\r\n",
        POST + b"Content-Length: " + b"9" * 5_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nSCRIPT_NAME: /elsewhere\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nScript-Name: /elsewhere\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n",
        b"GET /" + b"a" * 9_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"nonsense\r\n\r\n",
    ],
)
def test_what_is_no_request_is_answered_400(small, sent):
    status, body = small.raw(sent)
    assert status == 400
    assert json.loads(body)["error"]
    assert b"waitress" not in body.lower()


def test_too_much_is_refused_as_such(small):
    assert small.raw(b"GET / HTTP/1.1\r\nX: " + b"a" * 40_000)[0] == 431
    sent = POST + b"Content-Length: 70000\r\n\r\n"
    assert small.raw(sent)[0] == 413


@pytest.mark.parametrize(
    "header", [b"Cookie: a=" + b"c" * 9_000, b"Authorization: Negotiate " + b"c" * 12_000]
)
def test_the_headers_of_single_sign_on_are_read(small, header):
    sent = b"GET /health HTTP/1.1\r\nHost: x\r\n" + header + b"\r\n\r\n"
    assert small.raw(sent) == (200, b"ok")


def test_a_whole_body_in_chunks_is_read(small):
    sent = POST + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
    assert small.raw(sent) == (200, b"hello")


def test_a_reader_who_does_not_take_the_answer_holds_no_thread(small):
    slow = [small.connect() for _ in range(12)]
    for one in slow:
        one.sendall(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
    assert small.health()
    for one in slow:
        one.close()


def answered(connection):
    """Return status and headers of one whole answer, in however many pieces it comes."""
    heard = http.client.HTTPResponse(connection)
    heard.begin()
    heard.read()
    return heard.status, heard.headers


def test_what_has_begun_is_finished_before_a_stop_and_every_line_of_the_log_is_json():
    running = Small(workers=2)
    with running.connect() as asking, running.connect() as later:
        later.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
        assert answered(later)[0] == 200
        asking.sendall(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(0.3)
        running.process.send_signal(signal.SIGTERM)
        time.sleep(0.7)
        later.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
        assert answered(asking)[0] == 200
        status, headers = answered(later)
    said = running.stop()
    assert status == 200
    assert headers["Connection"] == "close"
    assert running.process.returncode == 0
    lines = [json.loads(line) for line in said.splitlines()]
    assert lines
    assert HOST not in "".join(line["event"] for line in lines if "Listening" not in line["event"])


def test_each_worker_is_told_of_as_it_begins():
    running = Small(workers=2)
    assert running.process.stdout is not None
    said = [running.process.stdout.readline() for _ in range(2)]
    running.stop()
    assert said == ["BufferedWorker\n"] * 2
