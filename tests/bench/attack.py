"""A running explorer under attack: broken, slow and silent requests, while its health is asked.

Everything goes to a server of our own on the loopback, is counted, and ends by itself.
"""

import http.client
import socket
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from statistics import quantiles
from threading import Event, Thread
from typing import Final
from urllib.parse import quote

from tests.bench.broken import BROKEN, GET, POST
from tests.bench.fuzz import KINDS, SERVER_ERROR, Chance, query
from tests.bench.questions import PAGES
from tests.bench.report import Measure, middle
from tests.bench.served import HOST, OK, Served

GROUP: Final = "attack"
REQUESTS: Final = 100_000
LONGEST: Final = 1_200.0  # seconds
HEALTHY: Final = 1.0  # second
EVERY: Final = 0.05  # seconds between two questions of health
PROCESSES: Final = 2
THREADS: Final = 4
SLOW_HEADERS: Final = 50
SLOW_BODIES: Final = 50
SILENT: Final = 100
DROP: Final = 1.0  # seconds between two bytes of a slow request
SHOWN: Final = 5
CLOSED: Final = "closed without an answer"


@dataclass(slots=True, kw_only=True)
class Heard:
    """What became of some requests."""

    counts: Counter[str] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)

    def add(self, sent: bytes, status: int) -> None:
        self.counts[f"{status // 100}xx" if status else CLOSED] += 1
        if status >= SERVER_ERROR and len(self.failed) < SHOWN:
            self.failed.append(f"{status} to {sent[:300]!r}")

    def join(self, other: "Heard") -> None:
        self.counts += other.counts
        self.failed = (self.failed + other.failed)[:SHOWN]


class Spelled:
    """Spells the requests of the fuzzer as bytes, where it would ask a Flask application."""

    def open(self, path: str, *, method: str = "GET", base_url: str = "") -> bytes:
        del base_url
        place, mark, rest = path.partition("?")
        spelled = quote(f"{quote(place, safe='/%')}{mark}{rest}", safe="/%?&=+,;:@!$'()*~[]#")
        return f"{method} {spelled or '/'} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()

    def get(self, path: str, *, base_url: str = "") -> bytes:
        return self.open(path, base_url=base_url)

    def post(self, path: str, *, data: bytes, content_type: str) -> bytes:
        head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {content_type}\r\n"
        return f"{head}Content-Length: {len(data)}\r\n\r\n".encode() + data


def _request(chance: Chance) -> bytes:
    kind = chance.upto(9)
    if kind < 5:
        return KINDS[chance.upto(len(KINDS) - 1)](Spelled(), chance)
    if kind < 8:
        return bytes(chance.one(BROKEN))
    if kind == 8:
        return Spelled().open(chance.word(PAGES) + query(chance))
    return _damaged(Spelled().open(chance.word(PAGES) + query(chance)), chance)


def _damaged(sent: bytes, chance: Chance) -> bytes:
    """Put some bytes of chance somewhere into a request."""
    at = chance.upto(len(sent))
    return sent[:at] + chance.raw() + sent[at + chance.upto(4) :]


def _ask(port: int, sent: bytes) -> int:
    """Status of the first answer to some bytes; 0 where the connection is closed without one."""
    try:
        with socket.create_connection((HOST, port), timeout=20) as one:
            one.sendall(sent)
            one.shutdown(socket.SHUT_WR)  # nothing more comes: what is not whole is left
            heard = http.client.HTTPResponse(one, method=sent[:4].strip().decode("latin-1"))
            heard.begin()
            heard.read()
            return heard.status
    except (OSError, http.client.HTTPException):
        return 0


def _attack(port: int, seed: int, many: int, until: float) -> Heard:
    """Send so many requests, on a connection each, and count what is answered."""
    chance, heard = Chance(seed), Heard()
    for _ in range(many):
        if time.time() > until:
            break
        sent = _request(chance)
        heard.add(sent, _ask(port, sent))
    return heard


def _attacks(port: int, seed: int, many: int, until: float) -> Heard:
    """Do so in several threads of one process."""
    whole = Heard()
    with ThreadPoolExecutor(THREADS) as pool:
        each = [
            pool.submit(_attack, port, seed * THREADS + at, many // THREADS, until)
            for at in range(THREADS)
        ]
        for one in each:
            whole.join(one.result())
    return whole


@contextmanager
def _while_going_on(does: Callable[[Event], None]):
    """Do something beside the block, until it ends."""
    over = Event()
    thread = Thread(target=does, args=(over,))
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


class Slow:
    """Readers who keep a connection each and send a byte now and then; a dropped one comes again.

    Args:
        port: Of the server.
    """

    FIRST: Final = (
        *(GET + b"X-Slow: ",) * SLOW_HEADERS,
        *(POST + b"Content-Length: 60000\r\n\r\n",) * SLOW_BODIES,
        *(b"",) * SILENT,
    )

    def __init__(self, port: int) -> None:
        self._port = port
        self.opened = 0

    def __call__(self, over: Event) -> None:
        held = [self._open(first) for first in self.FIRST]
        while not over.wait(DROP):
            held = [self._kept(one, first) for one, first in zip(held, self.FIRST, strict=True)]
        for one in held:
            one.close()

    def _open(self, first: bytes) -> socket.socket:
        self.opened += 1
        one = socket.create_connection((HOST, self._port), timeout=20)
        one.sendall(first)
        one.settimeout(0)
        return one

    def _kept(self, one: socket.socket, first: bytes) -> socket.socket:
        try:
            if one.recv(1_000):  # an answer: it is not waited for any more
                raise ConnectionResetError
        except BlockingIOError:
            with suppress(OSError):
                one.send(b"a" if first else b"")
                return one
        except OSError:
            pass
        one.close()
        return self._open(first)


class Health:
    """Asks how the server is, again and again, on a connection of its own each time."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.took: list[float] = []
        self.bad = 0

    def __call__(self, over: Event) -> None:
        while not over.wait(EVERY):
            begun = time.perf_counter()
            status = _ask(self._port, b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
            self.took.append(time.perf_counter() - begun)
            self.bad += status != OK


def measure(server: Served, *, requests: int = REQUESTS) -> list[Measure]:
    """Attack a running explorer; half before and half while slow readers hold connections."""
    heard, slow, health = Heard(), Slow(server.port), Health(server.port)
    until = time.time() + LONGEST
    with _while_going_on(health), ProcessPoolExecutor(PROCESSES) as pool:
        for seed, beside in ((0, None), (PROCESSES, slow)):
            running = [
                pool.submit(
                    _attacks, server.port, seed + at, requests // 2 // PROCESSES, until
                )
                for at in range(PROCESSES)
            ]  # fmt: skip
            if beside is None:
                _collect(heard, running)
            else:
                with _while_going_on(beside):
                    _collect(heard, running)
    return _measures(heard, slow, health, lives=len(server.workers()))


def _collect(heard: Heard, running: Sequence[Future[Heard]]) -> None:
    for one in running:
        heard.join(one.result())


def _measures(heard: Heard, slow: Slow, health: Health, *, lives: int) -> list[Measure]:
    sent = sum(heard.counts.values())
    p99 = quantiles(health.took, n=100, method="inclusive")[-1]
    asked = len(health.took)
    facts = {"median_s": round(middle(health.took), 4), "highest_s": round(max(health.took), 3)}

    def line(name: str, value: float, target: float | None = None, **more: object) -> Measure:
        return Measure(group=GROUP, name=name, value=value, unit="", target=target, more=more)

    kinds = [line(f"answered {kind}", many) for kind, many in sorted(heard.counts.items())]
    return [
        line("requests sent", sent, slow_connections=slow.opened),
        *kinds,
        line(f"5xx among {sent:,} requests", heard.counts["5xx"], 0, failed=heard.failed),
        line(f"health not 200 among {asked:,} questions", health.bad, 0),
        line("health, p99 in seconds", p99, HEALTHY, **facts),
        line("workers at the end", lives),
    ]
