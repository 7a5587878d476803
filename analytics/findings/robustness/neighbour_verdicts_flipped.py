"""What flips the verdicts: which depend on the choice of neighbours, and on which choice."""

from dataclasses import replace
from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd

from analytics.evaluation.measure_families import TABLES, family_of, unread
from analytics.evaluation.verdicts import KEY, NAME, SPOKEN
from analytics.findings.measures.neighbour_choices import (
    COUNTS,
    Tested,
    Verdict,
    choice_method,
    choice_notes,
    choices,
    tested_under,
)
from analytics.publication.finding import Finding, Tables, register
from analytics.selection.choices import Average, Comparator
from analytics.selection.selection import Selection
from analytics.text.wording import ALPHA, listed, lower_first, pluralise
from data.neighbour_lists import NEIGHBOUR_LISTS
from data.schema import Column, ColumnKind, hidden_key, text
from data.sources.source import Kind


class Depends(StrEnum):
    """What of a verdict depends on the choice of neighbours."""

    VERDICT = "verdict"
    SIGN = "sign"
    NOTHING = "nothing"

    @property
    def label(self) -> str:
        """The same as a cell says it."""
        return {
            Depends.VERDICT: "verdict",
            Depends.SIGN: "sign only",
            Depends.NOTHING: "no",
        }[self]


#: Sign and verdict.
Seen = tuple[float, Verdict]


def _count(name: str, label: str, about: str = "") -> Column:
    return Column(name=name, label=label, kind=ColumnKind.COUNT, decimals=0, about=about)


FLIP_COLUMNS: Final = (
    NAME,
    KEY,
    text("yours", "Verdict now", about="Under the options in the bar."),
    text(
        "depends",
        "Depends on the choice",
        about="verdict where p crosses 0.05, sign only where an undetected gap turns, or no.",
    ),
    text("flips", "What flips it", about="Single options that, changed alone, change it."),
    _count("choices", "Choices"),
    _count("lower", "Pilots lower", "Choices under which the mean gap is below nought."),
    _count("below", "p below 0.05", "Choices, unadjusted."),
    _count("below_adjusted", "p below 0.05, adjusted", "Choices, after the adjustment chosen."),
    Column(name="least", label="Smallest gap"),
    Column(name="most", label="Largest gap"),
    SPOKEN,
    hidden_key("depends_key", about="What depends on the choice."),
)


def what_flips(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Say for every series whether its verdict depends on the choice of neighbours, and on which.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose.
    """
    mine = replace(selection, compare=Comparator.NEIGHBOURS)
    every, single = choices(selection), _singles(mine)
    tested = tested_under(tables, selection, (*every, mine, *(one for _, one in single)))
    all_of, here, alone = tested[: len(every)], tested[len(every)], tested[len(every) + 1 :]
    rows = list[dict[str, object]]()
    for at, series in enumerate(family_of(selection).core()):
        now = _seen(here, at)
        flips = [
            words for (words, _), one in zip(single, alone, strict=True) if _seen(one, at) != now
        ]
        depends = _depends(now, [_seen(one, at) for one in (*all_of, *alone)])
        row = {
            "name": series.name,
            "key": series.key,
            "spoken": series.said,
            "yours": _seen_words(now),
            "depends": depends.label,
            "depends_key": depends.value,
        }
        several = "" if depends is Depends.NOTHING else "only several at once"
        rows.append({**row, "flips": "; ".join(flips) or several, **_tally(all_of, at)})
    return pd.DataFrame(rows)


def _tally(all_of: list[Tested], at: int) -> dict[str, object]:
    gaps = np.array([one.estimate[at] for one in all_of])
    held = gaps[np.isfinite(gaps)]
    return {
        "choices": len(all_of),
        "lower": int((held < 0).sum()),
        "below": sum(bool(one.p[at] < ALPHA) for one in all_of),
        "below_adjusted": sum(bool(one.adjusted[at] < ALPHA) for one in all_of),
        "least": held.min() if len(held) else np.nan,
        "most": held.max() if len(held) else np.nan,
    }


def _depends(now: Seen, seen: list[Seen]) -> Depends:
    if any(verdict != now[1] for _, verdict in seen):
        return Depends.VERDICT
    return Depends.SIGN if any(sign != now[0] for sign, _ in seen) else Depends.NOTHING


def _singles(selection: Selection) -> list[tuple[str, Selection]]:
    """Return the reader's options with one of them changed, each with words for the change."""
    average = selection.average
    changed = [
        (
            f"the {model.listed}",
            selection.with_neighbours(model=model, average=average),
        )
        for model in NEIGHBOUR_LISTS
        if model != selection.model
    ]
    changed += [(f"{k} neighbours", replace(selection, k=k)) for k in COUNTS if k != selection.k]
    other = Average.MEAN if average is Average.MEDIAN else Average.MEDIAN
    kept = "pilots left out" if selection.with_pilots else "pilots kept"
    changed += [
        (f"the {other}", selection.with_neighbours(model=selection.model, average=other)),
        (kept, replace(selection, with_pilots=not selection.with_pilots)),
    ]
    return changed


def _seen(tested: Tested, at: int) -> Seen:
    """Return what a reader would take away: the sign and the verdict."""
    verdict = tested.verdicts[at]
    return (0.0 if verdict is Verdict.WITHHELD else float(np.sign(tested.estimate[at]))), verdict


def _seen_words(seen: Seen) -> str:
    sign, verdict = seen
    if verdict is Verdict.WITHHELD:
        return verdict.label
    side = "pilots lower" if sign < 0 else "pilots higher" if sign > 0 else "level"
    p = "" if verdict is Verdict.SILENT else "p "
    return f"{side}, {p}{verdict.label}"


def _flips_say(frame: pd.DataFrame, selection: Selection) -> str:
    crossing = frame[frame["depends_key"] == Depends.VERDICT]
    turning = int((frame["depends_key"] == Depends.SIGN).sum())
    if not len(crossing) and not turning:
        return "No verdict depends on the choice of neighbours, among those tried."
    names = listed([lower_first(name) for name in crossing["spoken"]])
    words = (
        f"For {pluralise(len(crossing), family_of(selection).called)} of {len(frame)} whether p is "
        f"below {ALPHA} depends on the choice of neighbours{f': {names}' if len(crossing) else ''}"
    )
    if turning:
        words += (
            f"; for {turning} more only the sign of a gap that is not detected under any choice "
            "depends on it"
        )
    return f"{words}."


flips: Final = register(
    Finding(
        key="neighbours-flips",
        title="Which verdicts depend on the choice of neighbours, and on which",
        sources=TABLES,
        unread=unread,
        columns=FLIP_COLUMNS,
        analyse=what_flips,
        sentence=_flips_say,
        notes=choice_notes,
        method=choice_method,
        kind=Kind.OFFICIAL,
        whole="neighbours-verdicts",
        about="One row per measure: whether its verdict depends on the neighbours, what flips.",
    )
)
