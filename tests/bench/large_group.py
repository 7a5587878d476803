"""What the pages of a group of as many councils as one may have cost the server."""

import time
from typing import Final

from flask import Flask

from analytics.selection.group import MOST_COUNCILS
from analytics.selection.parse import from_search
from analytics.selection.places import authorities
from components.card.card import card_of
from tests.bench.questions import ADDRESS, CHARTED, body, cards_of, check
from tests.bench.report import Measure, spread
from tests.bench.server import forget
from tests.bench.sizes import GROUP, LIMIT

APART: Final = 4  # councils between the groups of two pages
START: Final = 2019
#: What is asked of the group beside the default: one of each kind of choice that costs most.
CHOICES: Final = (
    "",
    "&compare=england",
    "&k=5&years=2017-2023",
    "&adjust=max-t&indicator=cla_31mar_rate",
)


def measure(server: Flask) -> list[Measure]:
    """Ask each page about a group of its own, so that nothing of it is known."""
    lasting = [
        code for code, one in authorities().items() if not one.predecessors and not one.successors
    ]
    found = list[Measure]()
    for at, path in enumerate(CHARTED):
        codes = lasting[at * APART :][:MOST_COUNCILS]
        group = f"?group={','.join(codes)}&start={START}"
        of = from_search(group).programme
        cards = tuple(key for key in cards_of(path) if card_of(key, of))
        if cards:
            found.append(_slowest(server, path, cards, [group + one for one in CHOICES]))
    return found


def _slowest(server: Flask, path: str, cards: tuple[str, ...], queries: list[str]) -> Measure:
    client = server.test_client()

    def ask(query: str) -> None:
        answered = client.post(
            ADDRESS, data=body(query, cards, "push:1"), content_type="application/json"
        )
        check(answered.data, query, cards, "push:1")

    times = list[float]()
    for query in queries:
        forget(disk=True)
        begun = time.process_time()
        ask(query)
        times.append((time.process_time() - begun) * 1_000)
    return Measure(
        group=GROUP,
        name=f"n = {MOST_COUNCILS}: slowest answer for {path} ({len(cards)} cards), uncached",
        value=max(times),
        unit="ms CPU",
        target=LIMIT,
        n=len(times),
        more=spread(times),
    )
