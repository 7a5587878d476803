"""What flips the verdicts: which depend on the choice of neighbours, and on which choice."""

from dataclasses import replace
from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd

from analytics.evaluation.measure_families import TABLES, family_of, unread
from analytics.evaluation.verdict_columns import KEY, NAME, SPOKEN
from analytics.evaluation.verdict_words import TOO_FEW_TO_TELL
from analytics.findings.measures.neighbour_choices import (
    COUNTS,
    Tested,
    choice_method,
    choice_notes,
    choice_subtitle,
    choices,
    tested_under,
    untested_choices,
)
from analytics.findings.measures.together import bearing
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.choices import Average, Comparator
from analytics.selection.follows import GAPS, JUDGED
from analytics.selection.selection import Selection
from analytics.text.certainty import Certainty
from analytics.text.wording import ALPHA, counted, naming, upper_first
from analytics.text.words import Words, technical_line
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


#: Sign, none where no gap can be given, and how sure.
Seen = tuple[float, Certainty]


def _count(name: str, label: str, about: str = "") -> Column:
    return Column(name=name, label=label, kind=ColumnKind.COUNT, decimals=0, about=about)


FLIP_COLUMNS: Final = (
    NAME,
    KEY,
    text("yours", "Verdict now", about="Under the options in the bar."),
    text(
        "depends",
        "Depends on the choice",
        about="verdict where it is more or less sure, sign only where the gap alone turns, or no. "
        "A choice that cannot be tested changes no verdict.",
    ),
    text("flips", "What flips it", about="Single options that, changed alone, change it."),
    _count("choices", "Choices"),
    _count("lower", "Pilots lower", "Choices under which the mean gap is below 0."),
    _count("below", "p below 0.05", "Choices, unadjusted."),
    _count("below_adjusted", "p below 0.05, adjusted", "Choices, after the adjustment chosen."),
    Column(name="least", label="Smallest gap"),
    Column(name="most", label="Largest gap"),
    _count("untested", "Cannot be tested", "Choices of which so few pilots allow no test."),
    SPOKEN,
    hidden_key("depends_key", about="What depends on the choice."),
    hidden_key("yours_key", about="How sure it is under the options in the bar."),
)


def what_flips(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Say for every series whether its verdict depends on the choice of neighbours, and on which.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose.
    """
    mine = replace(selection, compare=Comparator.NEIGHBOURS)
    every, single = choices(selection), _singles(mine)
    all_of = tested_under(tables, selection, every)
    here, *alone = _tested(tables, selection, (mine, *(one for _, one in single)), all_of)
    rows = list[dict[str, object]]()
    for at, series in enumerate(family_of(selection).core()):
        now = _seen(here, at)
        flips = [
            words
            for (words, _), one in zip(single, alone, strict=True)
            if _turned(_seen(one, at), now)
        ]
        depends = _depends(now, [_seen(one, at) for one in (*all_of, *alone)])
        row = {
            "name": series.name,
            "key": series.key,
            "spoken": series.said,
            "yours": _seen_words(now),
            "yours_key": now[1].value,
            "depends": depends.label,
            "depends_key": depends.value,
        }
        several = "" if depends is Depends.NOTHING else "only several at once"
        rows.append({**row, "flips": "; ".join(flips) or several, **_tally(all_of, at)})
    return pd.DataFrame(rows)


def _tested(
    tables: Tables,
    selection: Selection,
    asked: tuple[Selection, ...],
    all_of: tuple[Tested, ...],
) -> list[Tested]:
    """Test under some choices, most of which are among those set side by side already."""
    found = dict(zip(map(bearing, choices(selection)), all_of, strict=True))
    others = tuple(one for one in asked if bearing(one) not in found)
    if others:
        alone = tested_under(tables, selection, others)
        found |= zip(map(bearing, others), alone, strict=True)
    return [found[bearing(one)] for one in asked]


def _tally(all_of: tuple[Tested, ...], at: int) -> dict[str, object]:
    gaps = np.array([one.estimate[at] for one in all_of])
    held = gaps[np.isfinite(gaps)]
    return {
        "choices": len(all_of),
        "lower": int((held < 0).sum()),
        "below": sum(bool(one.p[at] < ALPHA) for one in all_of),
        "below_adjusted": sum(bool(one.adjusted[at] < ALPHA) for one in all_of),
        "least": held.min() if len(held) else np.nan,
        "most": held.max() if len(held) else np.nan,
        "untested": sum(one.certain[at] is Certainty.UNTESTABLE for one in all_of),
    }


def _depends(now: Seen, seen: list[Seen]) -> Depends:
    """Say what is not the same under all choices; what cannot be tested flips no verdict."""
    if len({sure for _, sure in (now, *seen)} - {Certainty.UNTESTABLE}) > 1:
        return Depends.VERDICT
    signs = {sign for sign, _ in (now, *seen) if sign}
    return Depends.SIGN if len(signs) > 1 else Depends.NOTHING


def _turned(one: Seen, now: Seen) -> bool:
    """Whether a choice gives another verdict, where both can be tested, or another sign."""
    both = len({one[1], now[1]} - {Certainty.UNTESTABLE}) > 1
    return both or one[0] * now[0] < 0


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
    """Return what a reader would take away: the sign and how sure it is."""
    gap = float(tested.estimate[at])
    return (0.0 if np.isnan(gap) else float(np.sign(gap))), tested.certain[at]


def _seen_words(seen: Seen) -> str:
    sign, sure = seen
    if sure is Certainty.UNTESTABLE:
        return sure.label
    side = "pilots lower" if sign < 0 else "pilots higher" if sign > 0 else "level"
    return f"{side}, {sure.label}"


def _words(frame: pd.DataFrame, selection: Selection) -> Words:
    """Say how many verdicts depend on the choice of neighbours, in three layers."""
    crossing = frame[frame["depends_key"] == Depends.VERDICT]
    turning = int((frame["depends_key"] == Depends.SIGN).sum())
    measures, of = family_of(selection).measures, len(frame)
    technical = technical_line(
        f"{int(frame['choices'].max())} choices and each option changed alone",
        f"verdict changes for {len(crossing)} of {of}",
        f"sign alone for {turning}",
    )
    more = (
        *([_turned_words(turning, also=bool(len(crossing)))] if turning else []),
        *(f"{one}." for one in untested_choices(frame["untested"], int(frame["choices"].max()))),
    )
    if not len(crossing):
        everything = (frame["untested"] == frame["choices"]).all()
        verdict = "No verdict depends on the choice of neighbours"
        return Words(
            verdict=TOO_FEW_TO_TELL if everything else verdict,
            plain=(
                "No choice of similar councils lets any measure be tested."
                if everything
                else "How sure each difference is stays the same under every choice tried.",
                *([] if everything else more),
            ),
            technical=technical,
        )
    named = [measures[key].plain.subject for key in crossing["key"]]
    verb = "depends" if len(crossing) == 1 else "depend"
    many = f"{counted(len(crossing))} of {of}" if len(crossing) < of else f"all {of}"
    return Words(
        verdict=f"{upper_first(many)} verdicts {verb} on the choice of neighbours",
        plain=(naming("How sure a difference is depends on it for", named), *more),
        technical=technical,
    )


def _turned_words(turning: int, *, also: bool) -> str:
    return f"For {counted(turning)}{' more' if also else ''} only the direction changes."


flips: Final = register(
    Finding(
        key="neighbours-flips",
        follows=GAPS | JUDGED | {"about"},
        title="Which verdicts depend on the choice of neighbours, and on which",
        subtitle=choice_subtitle,
        own_comparator=True,
        sources=TABLES,
        unread=unread,
        columns=FLIP_COLUMNS,
        analyse=what_flips,
        words=_words,
        notes=choice_notes,
        method=choice_method,
        kind=Kind.OFFICIAL,
        whole="neighbours-verdicts",
        about="One row per measure: whether its verdict depends on the neighbours, what flips.",
    )
)
