"""Measures, the table they are printed in, and the file they are kept in."""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from math import isnan
from pathlib import Path
from statistics import median, quantiles
from typing import Final

import psutil

RESULTS: Final = Path(__file__).parent / "results.json"
HEADS: Final = ("measure", "value", "target", "met")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One number beside its target.

    Attributes:
        group: Part of the benchmark it belongs to.
        name: What was measured.
        value: The number; NaN where it could not be had.
        unit: Its unit.
        target: Bound it should keep, or None where it is there to explain another.
        at_least: Whether the bound is a lower one.
        n: How many times it was measured.
        more: What else is worth keeping: p95, slowest, parts.
    """

    group: str
    name: str
    value: float
    unit: str
    target: float | None = None
    at_least: bool = False
    n: int = 1
    more: dict[str, object] = field(default_factory=dict)

    @property
    def met(self) -> bool | None:
        if self.target is None:
            return None
        return self.value >= self.target if self.at_least else self.value <= self.target

    def listed(self, name: str) -> list[str]:
        """Return a list that is kept under a name of ``more``; none where there is none."""
        held = self.more.get(name)
        return [str(one) for one in held] if isinstance(held, list) else []


def middle(values: Sequence[float]) -> float:
    return median(values) if values else float("nan")


def p95(values: Sequence[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else middle(values)


def spread(values: Sequence[float]) -> dict[str, object]:
    if not values:
        return {}
    found = {"p95": p95(values), "lowest": min(values), "highest": max(values)}
    return {name: round(value, 3) for name, value in found.items()}


def machine(*, quick: bool) -> dict[str, object]:
    """What the numbers were had on; nothing that names the machine."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "quick": quick,
        "cores": os.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 1e9),
        "load_before": [round(one, 2) for one in os.getloadavg()],
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "dash": version("dash"),
        "plotly": version("plotly"),
        "gunicorn": version("gunicorn"),
        "chromium": "not run",
    }


def _number(value: float) -> str:
    if isnan(value):
        return "–"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _row(one: Measure) -> tuple[str, str, str, str]:
    sign = "≥" if one.at_least else "≤"
    target = "" if one.target is None else f"{sign} {_number(one.target)} {one.unit}"
    met = {None: "", True: "yes", False: "NO"}[one.met]
    return (f"{one.group}: {one.name}", f"{_number(one.value)} {one.unit}", target, met)


def table(measures: Sequence[Measure]) -> str:
    rows = [HEADS, *map(_row, measures)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(HEADS))]
    return "\n".join(
        f"{what:<{widths[0]}}  {value:>{widths[1]}}  {target:>{widths[2]}}  {met:>{widths[3]}}"
        for what, value, target, met in rows
    )


def _kept(one: Measure) -> dict[str, object]:
    return {
        "group": one.group,
        "measure": one.name,
        "value": None if isnan(one.value) else round(one.value, 3),
        "unit": one.unit,
        "target": one.target,
        "met": one.met,
        "n": one.n,
        **one.more,
    }


def write(measures: Sequence[Measure], facts: dict[str, object]) -> None:
    whole = {"machine": facts, "measures": [_kept(one) for one in measures]}
    words = json.dumps(whole, indent=1, ensure_ascii=False)
    RESULTS.write_text(f"{words}\n", encoding="utf-8")
