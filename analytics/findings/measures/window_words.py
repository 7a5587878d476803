"""The change of the gap by window in words: whether it moved, over which of them."""

from enum import StrEnum
from typing import Final

import pandas as pd

from analytics.evaluation.family_words import untested_words
from analytics.evaluation.measure_families import measure_of
from analytics.evaluation.verdict_words import (
    TOO_FEW_TO_TELL,
    certainty_of,
    hidden_words,
    interval_words,
    placebo_words,
    size_in,
)
from analytics.selection.selection import Selection
from analytics.text.certainty import SURE, Certainty
from analytics.text.naming import PlainName
from analytics.text.wording import (
    fitting,
    listed,
    lower_first,
    p_words,
    signed,
    significant,
    some_of,
    upper_first,
    year_label,
)
from analytics.text.words import Words, technical_line
from data.programmes.programme import Programme

_WINDOWS_SAID: Final = 2  # whose sizes are said in sentences; the technical line has all
_MOST_PLAIN: Final = 4  # sentences


class Window(StrEnum):
    """Between which years a change of the gap is measured."""

    BEFORE = "before"
    SEEN = "seen"
    COVID = "before-covid"
    LATEST = "latest"

    def label_under(self, of: Programme) -> str:
        """Name the window as a row is called.

        Args:
            of: The programme; of some, evaluators have published nothing.
        """
        seen = "What the evaluators saw" if of.evaluation.is_published else "From the start on"
        return {
            Window.BEFORE: "Before the start",
            Window.SEEN: seen,
            Window.COVID: "To 2019/20, before COVID-19",
            Window.LATEST: "To the latest year",
        }[self]

    def end_under(self, of: Programme) -> str:
        """Say where it ends, inside a sentence.

        Args:
            of: The programme.
        """
        return {Window.COVID: "to 2019/20", Window.LATEST: "to the latest year"}.get(
            self, f"to {year_label(of.window[1])}"
        )


def windows_words(frame: pd.DataFrame, selection: Selection) -> Words:
    """Say over which windows the gap moved, in three layers.

    Args:
        frame: Rows of the finding ``change-windows``.
        selection: What the reader chose.
    """
    after = frame[(frame["window_key"] != Window.BEFORE) & (frame["withheld"] == "")]
    if not len(after):
        why = " ".join(dict.fromkeys(frame["withheld"][frame["withheld"] != ""]))
        return Words(verdict=TOO_FEW_TO_TELL, plain=(why,))
    name = measure_of(selection).plain
    rows = [after.iloc[at] for at in range(len(after))]
    seen = rows[0]
    alone = [row["after"] for row in rows if certainty_of(row) is Certainty.ALONE]
    plain = (
        *(
            sentence
            for row in _shown(rows)
            for sentence in name.moved(
                row["change"],
                row["low"],
                row["high"],
                against=selection.than,
                since=f"Over {row['after']}",
            )
        ),
        *([f"{upper_first(Certainty.ALONE.label)}: {listed(alone)}."] if alone else []),
        *untested_words(after, things="periods"),
    )
    return Words(
        verdict=_in_windows(rows, name),
        plain=plain[:_MOST_PLAIN],
        technical=technical_line(
            f"base {selection.base.label}", *(_window_words(row) for row in rows)
        ),
        size=size_in(
            seen.rename({"change": "gap"}), measure_of(selection), f"change {seen['window_key']}"
        ),
    )


def _shown(rows: list[pd.Series]) -> list[pd.Series]:
    """Return the first and the last window; in their place those that stand out, where they do."""
    out = [at for at, row in enumerate(rows) if certainty_of(row).stands_out]
    first = [*out, *(at for at in (0, len(rows) - 1) if at not in out)][:_WINDOWS_SAID]
    return [rows[at] for at in sorted(set(first))]


def _in_windows(rows: list[pd.Series], name: PlainName) -> str:
    """Say in which windows the gap moved, in words a councillor says aloud.

    Where no window is clear once the number of tests is counted, those that are by themselves are
    said as they are elsewhere: it may have moved.
    """
    sure = [certainty_of(row) for row in rows]
    if all(one is Certainty.UNTESTABLE for one in sure):
        return TOO_FEW_TO_TELL
    first = next((row for row, one in zip(rows, sure, strict=True) if one in SURE), None)
    if first is None:
        possible = [row for row, one in zip(rows, sure, strict=True) if one.stands_out]
        if possible:
            return _perhaps(possible, len(rows), name)
        return fitting(
            f"No clear change in {name.subject} over any period", "No clear change over any period"
        )
    verb, noun = ("fell", "fall") if first["change"] < 0 else ("rose", "rise")
    same = [row["change"] * first["change"] > 0 for row in rows]
    every = all(one in SURE and kept for one, kept in zip(sure, same, strict=True))
    rest = " over every period" if every else ", but not clearly over every period"
    return upper_first(fitting(f"{name.subject} {verb}{rest}", f"a clear {noun}{rest}"))


def _perhaps(possible: list[pd.Series], of: int, name: PlainName) -> str:
    """Say that the gap may have moved, and over which periods; the way of the first is said."""
    fell = possible[0]["change"] < 0
    same = [row for row in possible if (row["change"] < 0) == fell]
    over = f"over {same[0]['after']}"
    if len(same) > 1:
        over = f"over {some_of(len(same), of, 'period')}"
    verb, noun = ("fallen", "fall") if fell else ("risen", "rise")
    said = f"{name.subject} may have {verb}"
    return upper_first(fitting(f"{said} {over}", f"possibly a {noun} {over}"))


def _window_words(row: pd.Series) -> str:
    places = max(significant(row["change"]), 1)
    ends = interval_words(row["low"], row["high"], places)
    said = (p_words(row["p"]), placebo_words(row, "change"), hidden_words(row))
    return (
        f"{lower_first(row['window'])} {signed(row['change'], places)} ({ends}, n {int(row['n'])}, "
        f"{', '.join(part for part in said if part)})"
    )
