"""The parts in order: what runs in this process first, then what runs in Gunicorn's."""

from collections.abc import Iterable
from typing import Final

from app import server as flask
from tests.bench import (
    attack,
    browser,
    described,
    floor,
    fuzz,
    growth,
    large_group,
    own,
    readers,
    robustness,
    server,
    sizes,
    start,
    transfer,
)
from tests.bench.report import Measure, machine, table, write
from tests.bench.served import Served, served, settle

SUITES: Final = ("/assets/", "/_dash-component-suites/")


def run(parts: Iterable[str], *, quick: bool, keep: bool) -> None:
    """Measure the parts, print the table and, if it is whole, keep it.

    Args:
        parts: Names of parts.
        quick: Whether to take fewer rounds.
        keep: Whether to write the results.
    """
    expected, measures = set(parts), list[Measure]()
    facts = machine(quick=quick)
    if "start" in expected:
        measures += _said(start.measure(quick=quick))
    measures += _here(expected, quick=quick)
    if expected & {"start", "browser", "floor", "readers"}:
        measures += _served(expected, facts, quick=quick)
    if "growth" in expected:
        measures += _said(growth.measure(quick=quick))
    if "fuzz" in expected:
        measures += _said(fuzz.measure(flask))
    if "described" in expected:
        measures += _said(described.measure(flask))
    if "attack" in expected:
        with served() as running:
            measures += _said(attack.measure(running))
    print("\n", table(measures), sep="")
    _failures(measures)
    if keep:
        write(measures, facts)


def _here(expected: set[str], *, quick: bool) -> list[Measure]:
    measures = list[Measure]()
    if "server" in expected:
        measures += _said(server.measure(flask, quick=quick))
    if "robustness" in expected:
        measures += _said(robustness.measure(quick=quick))
    if "sizes" in expected:
        measures += _said(sizes.measure(quick=quick))
        measures += _said(large_group.measure(flask))
    if "own" in expected:
        measures += _said(own.measure(quick=quick))
    return measures


def _served(expected: set[str], facts: dict[str, object], *, quick: bool) -> list[Measure]:
    measures = list[Measure]()
    with served() as running:
        if "browser" in expected:
            measures += _browsed(running, facts, quick=quick)
        if "floor" in expected:
            with browser.chromium() as chromium:
                measures += _said(floor.measure(chromium, running, quick=quick))
        start.warm_up(running)
        measures += _said([start.memory(running, "after a warm-up")])
        if "readers" in expected:
            measures += _said(readers.measure(running, quick=quick))
            measures += _said([start.memory(running, "after many readers")])
    return measures


def _browsed(running: Served, facts: dict[str, object], *, quick: bool) -> list[Measure]:
    with browser.chromium() as chromium:
        facts["chromium"] = chromium.version
        first = transfer.earliest(chromium, running)
        settle(running, [path for path in first.listed("every") if path.startswith(SUITES)])
        first.more.pop("every")
        measures = _said([first, *transfer.measure(chromium, running)])
        measures += _said(browser.cold_loads(chromium, running, quick=quick))
        return [*measures, *_said(browser.changes(chromium, running, quick=quick))]


def _said(measures: list[Measure]) -> list[Measure]:
    """Show that something goes on."""
    print(".", end="", flush=True)
    return measures


def _failures(measures: list[Measure]) -> None:
    for one in measures:
        for failed in one.listed("failed"):
            print(f"answered {failed}")
