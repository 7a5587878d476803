"""What was found on all measures of a family together, in three layers of words."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from analytics.evaluation.verdict_words import (
    TOO_FEW_TO_TELL,
    UNBOUNDED,
    bare_p,
    certainty_sentence,
    size_of,
    verdict_of,
)
from analytics.measures.measure import Named
from analytics.methods.drawn_flips import FLIPS
from analytics.selection.choices import Adjustment
from analytics.selection.selection import Selection
from analytics.text.certainty import NOT_COUNTED, SURE, Certainty
from analytics.text.naming import PlainName
from analytics.text.wording import ALPHA, counted, naming, upper_first
from analytics.text.words import Size, Words, technical_line

MOST_PLAIN: Final = 3  # sentences that one family is said in


def family_words(
    frame: pd.DataFrame,
    measures: Mapping[str, Named],
    selection: Selection,
    *,
    change: bool,
    things: str,
) -> Words:
    """Say what was found on all measures that are tested together, in three layers.

    Args:
        frame: With the columns of ``verdict_columns``.
        measures: What rows are about, by key.
        selection: What the reader chose.
        change: Whether rows are about changes; else about levels.
        things: What a row is called, in the plural: "measures".
    """
    answered = frame.iloc[[at for at, why in enumerate(frame["withheld"].tolist()) if not why]]
    sure = [Certainty(one) for one in answered["certain"].tolist()]
    testable = rows_tested(answered)
    technical = family_technical(answered, selection)
    if not len(testable):
        row = answered.iloc[0]
        unbounded = (UNBOUNDED,) if answered["low"].isna().all() else ()
        return Words(
            verdict=TOO_FEW_TO_TELL,
            plain=(
                certainty_sentence(row, measures[row["key"]], change=change),
                *unbounded,
            ),
            technical=technical,
        )
    out = [at for at in _surest_first(answered) if sure[at].stands_out]
    clear = answered.iloc[[at for at in out if sure[at] in SURE]]
    if len(clear):
        return Words(
            verdict=_clear_verdict(
                clear, measures, selection, change=change, of=len(testable), things=things
            ),
            plain=_with_untested(
                _clear_plain(clear, measures, selection, change=change), answered, things=things
            ),
            technical=technical,
            size=_count(len(clear), things, change=change),
        )
    doing = "change" if change else "difference"
    against = "against" if change else "from"
    verdict = f"No clear {doing} {against} {selection.than} on {len(testable)} {things}"
    if len(testable) == 1:
        row = testable.iloc[0]
        verdict = verdict_of(row, measures[row["key"]], selection, change=change)
    unclear = _unclear_plain(answered.iloc[out], measures, selection, change=change)
    plain = _with_untested(unclear, answered, things=things)
    return Words(
        verdict=verdict, plain=plain, technical=technical, size=_count(0, things, change=change)
    )


def rows_tested(frame: pd.DataFrame, certain: str = "certain") -> pd.DataFrame:
    """Return the rows that can be tested: every count of tests on a page is their number.

    Args:
        frame: Rows of verdicts.
        certain: The column of how sure each is.
    """
    return frame[frame[certain].ne(Certainty.UNTESTABLE)]


def compared_words(compared: int, testable: int, things: str = "") -> str:
    """Write how many measures have figures to compare, and how many of them can be tested.

    Args:
        compared: How many are answered.
        testable: How many of these can be tested.
        things: What they are called, in the plural, where a line is about several.

    Returns:
        "24 compared and tested", or "21 changes compared, 20 tested, 1 cannot be tested".
    """
    called = f" {things}" if things else ""
    if not compared:
        return f"no{called} compared" if things else "none compared"
    if testable == compared:
        return f"{compared}{called} compared and tested"
    some = f"{testable} tested, " if testable else ""
    return f"{compared}{called} compared, {some}{compared - testable} cannot be tested"


def _count(clear: int, things: str, *, change: bool) -> Size:
    """Return how many measures are clear, as the one number that words are about."""
    form = "change" if change else "difference"
    name = PlainName(what=f"{things} with a clear {form}")
    return Size(of=f"clear {form}", value=clear, name=name, is_level=True)


def untested_words(answered: pd.DataFrame, *, things: str) -> tuple[str, ...]:
    """Say how many of several cannot be tested, where others can.

    Args:
        answered: Rows that are answered.
        things: What a row is called, in the plural: "measures".
    """
    many = len(answered) - len(rows_tested(answered))
    if not 0 < many < len(answered):
        return ()
    count, of = upper_first(counted(many)), counted(len(answered))
    return (f"{count} of {of} {things} with figures cannot be tested with this choice.",)


def _with_untested(
    said: tuple[str, ...], answered: pd.DataFrame, *, things: str
) -> tuple[str, ...]:
    """Add what cannot be tested, where there is room; the technical line counts it always."""
    untested = untested_words(answered, things=things)
    return (*said, *untested) if len(said) < MOST_PLAIN else said


def _surest_first(frame: pd.DataFrame) -> list[int]:
    """Return the places of rows, the surest first; where p are equal, the most consistent."""
    size = np.nan_to_num(np.abs(frame["standardised"].to_numpy(np.float64)))
    p, adjusted = (frame[name].to_numpy(np.float64) for name in ("p", "p_adjusted"))
    return np.lexsort((-size, p, adjusted)).tolist()


def _clear_verdict(
    clear: pd.DataFrame,
    measures: Mapping[str, Named],
    selection: Selection,
    *,
    change: bool,
    of: int,
    things: str,
) -> str:
    first = clear.iloc[0]
    if len(clear) == 1:
        return verdict_of(first, measures[first["key"]], selection, change=change)
    many = f"{upper_first(counted(len(clear)))} of {counted(of)} {things}"
    if change:
        return f"{many} changed clearly against {selection.than}"
    return f"{many} differ clearly from {selection.than}"


def _clear_plain(
    clear: pd.DataFrame, measures: Mapping[str, Named], selection: Selection, *, change: bool
) -> tuple[str, ...]:
    first = clear.iloc[0]
    said = [*size_of(first, measures[first["key"]], selection, change=change)]
    if len(clear) > 1:
        rest = zip(clear["key"].tolist()[1:], clear["gap"].tolist()[1:], strict=True)
        others = [_moved(gap, measures[key], change=change) for key, gap in rest]
        said.append(naming("Also clear:", others, noun="measures"))
    if first["certain"] == Certainty.UNCOUNTED:
        said.append(NOT_COUNTED)
    return tuple(said)


def _moved(gap: float, measure: Named, *, change: bool) -> str:
    if not change:
        return measure.plain.contrasted(gap)
    return f"a {'fall' if gap < 0 else 'rise'} in {measure.plain.subject}"


def _unclear_plain(
    alone: pd.DataFrame, measures: Mapping[str, Named], selection: Selection, *, change: bool
) -> tuple[str, ...]:
    """Name what is clear of chance alone, and say how large the first of it is."""
    if not len(alone):
        return (f"No {'change' if change else 'difference'} is distinguishable from chance.",)
    first = alone.iloc[0]
    named = [measures[key].plain.subject for key in alone["key"]]
    return (
        naming(f"{upper_first(Certainty.ALONE.label)}:", named, noun="measures"),
        *size_of(first, measures[first["key"]], selection, change=change),
    )


def family_technical(answered: pd.DataFrame, selection: Selection) -> str:
    """Write a family of tests as a statistician reads it.

    Args:
        answered: Rows that are answered.
        selection: Holds the adjustment.
    """
    first, adjustment = answered.iloc[0], selection.adjust
    least = answered["smallest_p"].min()
    remaining = int((answered["p_adjusted"] < ALPHA).sum())
    counted = adjustment is not Adjustment.NONE
    reach = answered["smallest_adjusted"].min()
    drawn = ", drawn" if int(first["joint_flips"]) == FLIPS else ""
    hidden = int((answered["n_suppressed"] > 0).sum())
    return technical_line(
        compared_words(len(answered), len(rows_tested(answered))),
        f"{int(first['joint_below'])} with p < {ALPHA} alone",
        f"as many in {_share(first['joint_p'], int(first['joint_flips']))} joint sign flips{drawn}"
        if first["joint_below"]
        else "",
        f"{adjustment.label}: {remaining} below {ALPHA}" if counted else "not adjusted",
        f"smallest p possible {bare_p(least)}" if least >= ALPHA / 10 else "",
        f"smallest adjusted p possible {bare_p(reach)}" if counted and reach >= ALPHA / 10 else "",
        f"figures hidden on {hidden} of them" if hidden else "",
    )


def _share(share: float, flips: int) -> str:
    return f"{round(share * flips):,} of {flips:,}"
