"""Scan every sentence of every finding under 500 selections: ``python -m tests.bench.words``.

The suite scans a share of the covering selections; this scans seeded random ones. Faults are
printed as they are found, the first few of each kind; how often each kind was found is said every
25 selections and at the end. Ctrl-C ends it with what was found until then, and ``--from`` goes on
from there. About half an hour on two idle cores.
"""

import argparse
import json
import signal
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial
from multiprocessing import get_context
from typing import NamedTuple

import numpy as np

SEED = 20141101
SELECTIONS = 500
EXAMPLES = 5
#: Selections between two lines on how far the scan is.
STEP = 25


class Found(NamedTuple):
    """What one selection gave.

    Attributes:
        read: Results that were read.
        sentences: Sentences of the verdicts and the plain layer in them.
        words: Words in these sentences.
        syllables: Syllables in these words.
        wrong: Kind of each fault, and where it is.
    """

    read: int
    sentences: int
    words: int
    syllables: int
    wrong: list[tuple[str, str]]


def random_queries(count: int) -> list[str]:
    """Return so many different queries, each of random values of every parameter."""
    from tests.pairwise import parameters  # noqa: PLC0415 (imports the explorer)

    rng = np.random.default_rng(SEED)
    values = parameters()
    found = dict[str, None]()
    while len(found) < count:
        parts = list[str]()
        for name, choices in values.items():
            value = choices[int(rng.integers(len(choices)))]
            # Half of the parameters stay at their default, as readers leave them.
            if value and rng.random() < 0.5:
                parts.append(value if "=" in value else f"{name}={value}")
        found["?" + "&".join(parts)] = None
    return list(found)


def scan(query: str, only: frozenset[str]) -> Found:
    """Read the words of every finding, or of some by their keys, under one selection."""
    import analytics.findings  # noqa: F401, PLC0415 (lists every finding)
    from analytics.publication.registry import offered  # noqa: PLC0415
    from analytics.publication.simulated import SIMULATED_WORDS  # noqa: PLC0415
    from analytics.selection.parse import from_search  # noqa: PLC0415
    from analytics.selection.selection import HOME  # noqa: PLC0415
    from tests.readability import counted  # noqa: PLC0415
    from tests.word_faults import faults  # noqa: PLC0415

    selection = from_search(query)
    read, said, wrong = 0, list[str](), list[tuple[str, str]]()
    for key, finding in offered(HOME).items():
        if only and key not in only:
            continue
        published = finding.publish(selection)
        if published.waiting:
            continue
        read += 1
        wrong += [(one.kind, f"{key} [{query}] {one.what}") for one in faults(published)]
        if not published.withheld:
            said.append(f"{published.verdict}.")
        said += [one for one in published.words.plain if one != SIMULATED_WORDS]
    return Found(read, *counted(said), wrong)


def scanned(queries: list[str], only: frozenset[str], processes: int) -> Iterator[Found]:
    """Scan selections in several processes, and give what each found as it comes."""
    # ``ProcessPoolExecutor`` hangs where it replaces processes (CPython issue 115634); what a
    # process remembers would fill the memory if it were not replaced.
    with get_context("spawn").Pool(processes, maxtasksperchild=STEP) as pool:
        yield from pool.imap_unordered(partial(scan, only=only), queries)


def report(done: list[Found], kinds: Counter[str], seconds: float) -> str:
    """Say in one line how far the scan is and what it found."""
    from tests.readability import ease  # noqa: PLC0415

    sentences, words, syllables = (
        sum(getattr(one, name) for one in done) for name in ("sentences", "words", "syllables")
    )
    return json.dumps({
        "selections": len(done),
        "results": sum(one.read for one in done),
        "sentences": sentences,
        "reading_ease": round(ease(sentences, words, syllables), 1) if sentences else None,
        "seconds": round(seconds),
        "faults": dict(kinds.most_common()),
    })  # fmt: skip


def main() -> None:
    """Scan, and print faults as they are found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--from", dest="first", type=int, default=0, help="selections to leave out")
    parser.add_argument("--count", type=int, default=SELECTIONS, help="selections to scan")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--only", nargs="+", default=[], help="keys of findings to scan")
    asked = parser.parse_args()
    # A shell starts jobs in the background deaf to Ctrl-C; both signals end it alike.
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, signal.default_int_handler)
    queries = random_queries(asked.first + asked.count)[asked.first :]
    done, kinds, began = list[Found](), Counter[str](), time.monotonic()
    try:
        for found in scanned(queries, frozenset(asked.only), asked.processes):
            done.append(found._replace(wrong=[]))
            for kind, where in found.wrong:
                kinds[kind] += 1
                if kinds[kind] <= EXAMPLES:
                    print(f"{kind}: {where}", flush=True)
            if len(done) % STEP == 0 and len(done) < len(queries):
                print(report(done, kinds, time.monotonic() - began), flush=True)
    except KeyboardInterrupt:
        print("ended before its time")
    print(report(done, kinds, time.monotonic() - began))


if __name__ == "__main__":
    main()
