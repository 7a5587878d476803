"""How long a start takes, and what a worker holds of its own."""

import http.client
from typing import Final

from tests.bench.questions import ADDRESS, CHARTED, PAGES, SELECTIONS, body, cards_of
from tests.bench.report import Measure, middle, spread
from tests.bench.served import HOST, Served, served

START: Final = 2.0
MEMORY: Final = 130.0


def measure(*, quick: bool) -> list[Measure]:
    """Start the explorer several times, each with an empty cache."""
    times = list[float]()
    for _ in range(3 if quick else 5):
        with served() as server:
            times.append(server.started)
    return [
        Measure(
            group="start",
            name="process start → first healthy answer",
            value=middle(times),
            unit="s",
            target=START,
            n=len(times),
            more=spread(times),
        )
    ]


def memory(server: Served, when: str) -> Measure:
    own, shared = server.memory()
    return Measure(
        group="memory",
        name=f"largest worker's own, {when}",
        value=max(own),
        unit="MB",
        target=MEMORY,
        n=len(own),
        more={"uss_mb": [round(one) for one in own], "pss_mb": [round(one) for one in shared]},
    )


def warm_up(server: Served) -> None:
    """Ask every page for several selections, over connections enough to reach every worker."""
    for _ in range(6):
        asking = http.client.HTTPConnection(HOST, server.port, timeout=30)
        for path in PAGES:
            asking.request("GET", path)
            asking.getresponse().read()
        for path in CHARTED:
            for query in SELECTIONS:
                sent = body(query, cards_of(path), "push:1")
                asking.request("POST", ADDRESS, sent, {"Content-Type": "application/json"})
                asking.getresponse().read()
        asking.close()
