"""Many readers at once: how many changes a second, and is every answer its own reader's."""

import gzip
import http.client
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from threading import Event
from typing import Final

import brotli

from tests.bench.questions import ADDRESS, CHARTED, body, cards_of, check
from tests.bench.report import Measure, middle, p95
from tests.bench.served import HOST, Served

GROUP: Final = "readers"
ENOUGH: Final = 700.0
TARGETED: Final = 8
MOST: Final = 20_000  # changes of one measurement, whatever it takes
ACCEPTED: Final = "gzip, br"  # what the standard library and ours can unpack
OPENERS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "br": brotli.decompress,
    "gzip": gzip.decompress,
    "": bytes,
}
#: Every reader asks all of them, in an order of their own.
QUERIES: Final = tuple(
    f"?k={k}&years=2013-{last}&compare={other}"
    for k, last, other in product((3, 7), (2016, 2019, 2024), ("neighbours", "england"))
)


class Reader:
    """One reader on one kept connection, who knows what each question should be answered.

    An answer is opened and read the first time; afterwards the same bytes are right, and any
    others are opened and read again. The steps name the reader, so no two are asked alike.
    """

    def __init__(self, server: Served, number: int, path: str) -> None:
        self._connection = http.client.HTTPConnection(HOST, server.port, timeout=30)
        self._cards = cards_of(path)
        self._number = number
        self._right: dict[str, bytes] = {}
        self.took: list[float] = []

    def ask(self, at: int) -> None:
        query = QUERIES[(at * (2 * self._number + 1)) % len(QUERIES)]
        step = f"push:{self._number}-{query}"
        begun = time.perf_counter()
        self._connection.request(
            "POST",
            ADDRESS,
            body(query, self._cards, step),
            {"Content-Type": "application/json", "Accept-Encoding": ACCEPTED},
        )
        answered = self._connection.getresponse()
        content = answered.read()
        self.took.append((time.perf_counter() - begun) * 1_000)
        if self._right.get(query) != content:
            opened = OPENERS[answered.getheader("Content-Encoding", "")](content)
            check(opened, query, self._cards, step)
            self._right[query] = content

    def read(self, go: Event, until: float, most: int) -> None:
        go.wait()
        at = 0
        while time.perf_counter() < until and at < most:
            self.ask(at)
            at += 1

    def close(self) -> None:
        self._connection.close()


def measure(server: Served, *, quick: bool) -> list[Measure]:
    seconds = 2.0 if quick else 5.0
    plans = [("/indicators", 8), ("/indicators", 16)]
    plans += [] if quick else [(path, TARGETED) for path in CHARTED if path != "/indicators"]
    measures = list[Measure]()
    for path, readers in plans:
        _fill(server, path)
        measures.append(_run(server, path, readers, seconds))
    return measures


def _fill(server: Served, path: str) -> None:
    """Let every worker meet every question, over connections enough to reach both."""
    for number in range(6):
        reader = Reader(server, number, path)
        for at in range(len(QUERIES)):
            reader.ask(at)
        reader.close()


def _run(server: Served, path: str, count: int, seconds: float) -> Measure:
    readers = [Reader(server, number, path) for number in range(count)]
    for reader in readers:
        for at in range(len(QUERIES)):
            reader.ask(at)
        reader.took.clear()
    go, until = Event(), time.perf_counter() + seconds
    before, begun = server.cpu(), time.perf_counter()
    with ThreadPoolExecutor(count) as pool:
        running = [pool.submit(one.read, go, until, MOST // count) for one in readers]
        go.set()
        for one in running:
            one.result()
    passed, used = time.perf_counter() - begun, server.cpu() - before
    for reader in readers:
        reader.close()
    took = [one for reader in readers for one in reader.took]
    return Measure(
        group=GROUP,
        name=f"{count} on {path}, cached, every answer checked",
        value=len(took) / passed,
        unit="changes/s",
        target=ENOUGH if count == TARGETED else None,
        at_least=True,
        n=len(took),
        more={
            "wait_p50_ms": round(middle(took), 2),
            "wait_p95_ms": round(p95(took), 2),
            "server_cpu_ms_per_change": round(used / len(took) * 1_000, 3),
        },
    )
