"""What resampling costs, for a selection nobody has asked for: flips, placebo pilots, the curve."""

from typing import Final

from analytics.findings.indicators import kpis
from analytics.findings.robustness import placebo_each, placebo_many, specifications
from analytics.publication.finding import Finding
from analytics.selection.parse import from_search
from analytics.selection.selection import Selection
from tests.bench.questions import SELECTIONS
from tests.bench.report import Measure, middle, spread
from tests.bench.server import forget, took

GROUP: Final = "resampling"
FLIPS: Final = 50.0
DRAWS: Final = 1_000.0
CURVE: Final = 2_000.0
COMPARED: Final = tuple(one for one in SELECTIONS if "compare=" not in one)


def measure(*, quick: bool) -> list[Measure]:
    rounds = 1 if quick else 5
    longest = took(lambda: _made(placebo_many.many, "?k=9"))
    draws = f"{placebo_many.LONG_DRAWS:,} placebo draws over all indicators, in the background"
    return [
        _line("24 sign-flip tests with max-T", kpis.gaps, FLIPS, rounds, "adjust=max-t"),
        _line("10,000 placebo draws over all indicators", placebo_each.placebos, DRAWS, rounds),
        _line("specification curve of one indicator", specifications.specifications, CURVE, rounds),
        Measure(group=GROUP, name=draws, value=longest / 1_000, unit="s"),
    ]


def _made(finding: Finding, query: str) -> None:
    forget(disk=True)
    finding.make(from_search(query))


def _line(name: str, finding: Finding, target: float, rounds: int, more: str = "") -> Measure:
    times = [_cold(finding, from_search(_with(query, more))) for query in COMPARED * rounds]
    return Measure(
        group=GROUP,
        name=name,
        value=middle(times),
        unit="ms",
        target=target,
        n=len(times),
        more=spread(times),
    )


def _with(query: str, more: str) -> str:
    return f"{query}&{more}" if query and more and more not in query else query or f"?{more}"


def _cold(finding: Finding, selection: Selection) -> float:
    forget(disk=True)
    return took(lambda: finding.make(selection))
