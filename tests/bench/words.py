"""Scan every sentence of every finding under 500 selections: ``python -m tests.bench.words``.

The suite scans a share of the covering selections; this scans seeded random ones, and says how
many it read and what is wrong. About half an hour on two cores.
"""

import argparse
import json
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

import numpy as np

SEED = 20141101
SELECTIONS = 500


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


def scan(queries: list[str]) -> tuple[int, dict[str, int]]:
    """Return how many results were read, and how often each fault was found."""
    import analytics.findings  # noqa: F401, PLC0415 (lists every finding)
    from analytics.publication.finding import FINDINGS  # noqa: PLC0415
    from analytics.selection.parse import from_search  # noqa: PLC0415
    from tests.word_faults import faults  # noqa: PLC0415

    read, wrong = 0, Counter[str]()
    for query in queries:
        selection = from_search(query)
        for key, finding in FINDINGS.items():
            published = finding.publish(selection)
            if published.withheld:
                continue
            read += 1
            wrong.update(f"{key}: {fault} [{query}]" for fault in faults(published))
    return read, dict(wrong)


def main() -> None:
    """Scan with two processes and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--selections", type=int, default=SELECTIONS)
    asked = parser.parse_args()
    queries = random_queries(asked.selections)
    parts = [queries[at::8] for at in range(8)]
    read, wrong = 0, Counter[str]()
    with ProcessPoolExecutor(2, max_tasks_per_child=1) as pool:
        for count, found in pool.map(scan, parts):
            read += count
            wrong.update(found)
    print(json.dumps({"selections": len(queries), "results": read, "faults": len(wrong)}))
    for fault in sorted(wrong)[:100]:
        print(fault)


if __name__ == "__main__":
    main()
