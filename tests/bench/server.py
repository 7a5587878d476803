"""What a finding, and a whole answer, cost the server: made, read from disk, remembered."""

import time
from collections.abc import Callable
from typing import Final

from flask import Flask

from analytics.publication import cache
from analytics.publication.finding import _MEMORY, Finding
from analytics.publication.registry import offered
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME, Selection
from components.frame.update_cards import _ANSWERS
from tests.bench.questions import ADDRESS, CHARTED, SELECTIONS, body, cards_of, check
from tests.bench.report import Measure, middle, spread

UNCACHED: Final = 40.0
CACHED: Final = 2.0
NEW_SELECTION: Final = 10.0  # of a whole page
GROUP: Final = "server"


def forget(*, disk: bool) -> None:
    """Empty the memory of this process, and the cache of the benchmark."""
    _ANSWERS.clear()
    _MEMORY.clear()
    if disk:
        cache.store().clear()


def took(what: Callable[[], object]) -> float:
    """Milliseconds something took."""
    begun = time.perf_counter()
    what()
    return (time.perf_counter() - begun) * 1_000


def measure(server: Flask, *, quick: bool) -> list[Measure]:
    rounds = 1 if quick else 3
    selections = [from_search(query) for query in SELECTIONS]
    if noticed := [one.notices for one in selections if one.notices]:
        msg = f"the benchmark's own selections are not understood: {noticed}"
        raise ValueError(msg)
    found = [_finding(one, selections, rounds) for one in offered(HOME).values()]
    answers = [_answer(server, path, rounds) for path in CHARTED]
    return [one for group in (*found, *answers) for one in group]


def _finding(finding: Finding, selections: list[Selection], rounds: int) -> list[Measure]:
    forget(disk=True)
    first = took(lambda: finding.publish(selections[0]))
    made, kept, held = ([list[float]() for _ in selections] for _ in range(3))
    for _ in range(rounds):
        for at, selection in enumerate(selections):
            forget(disk=True)
            made[at].append(took(lambda one=selection: finding.publish(one)))
            forget(disk=False)
            kept[at].append(took(lambda one=selection: finding.publish(one)))
            held[at].append(took(lambda one=selection: finding.publish(one)))
    disk = middle([one for row in kept for one in row])
    parts = {"first_in_process_ms": round(first, 2), "from_disk_ms": round(disk, 2)}
    return [
        _line(f"{finding.key}, uncached", made, UNCACHED, **parts),
        _line(f"{finding.key}, cached", held, CACHED),
    ]


def _line(name: str, times: list[list[float]], target: float, **more: object) -> Measure:
    by_selection = [middle(one) for one in times]
    every = [one for row in times for one in row]
    slowest = max(range(len(times)), key=by_selection.__getitem__)
    more |= {"slowest_ms": round(by_selection[slowest], 2), "slowest_for": SELECTIONS[slowest]}
    return Measure(
        group=GROUP,
        name=name,
        value=middle(by_selection),
        unit="ms",
        target=target,
        n=len(every),
        more={**spread(every), **more},
    )


def _answer(server: Flask, path: str, rounds: int) -> list[Measure]:
    client, cards = server.test_client(), cards_of(path)
    sizes = list[float]()

    def ask(query: str) -> None:
        answered = client.post(
            ADDRESS,
            data=body(query, cards, "push:1"),
            content_type="application/json",
            headers={"Accept-Encoding": "identity"},
        )
        check(answered.data, query, cards, "push:1")
        sizes.append(len(answered.data) / 1e3)

    ask("")
    made, held = list[float](), list[float]()
    for query in SELECTIONS * rounds:
        forget(disk=True)
        made.append(took(lambda one=query: ask(one)))
        held.extend(took(lambda one=query: ask(one)) for _ in range(3))
    size = {"answer_kb": round(middle(sizes), 1)}
    name = f"answer for {path} ({len(cards)} cards)"
    return [
        _whole(f"{name}, uncached", made, NEW_SELECTION, size),
        _whole(f"{name}, cached", held, CACHED, size),
    ]


def _whole(name: str, times: list[float], target: float | None, size: dict[str, float]) -> Measure:
    return Measure(
        group=GROUP,
        name=name,
        value=middle(times),
        unit="ms",
        target=target,
        n=len(times),
        more={**spread(times), **size},
    )
