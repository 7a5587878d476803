"""Was the gap moving before the start? Where there are years enough to tell."""

from math import isfinite, isnan
from typing import Final

import pandas as pd

from analytics.evaluation.measure_families import TABLES, family_of, measure_of, unread
from analytics.evaluation.method_card import Facts, facts
from analytics.evaluation.verdict_words import interval_words
from analytics.evaluation.years_before import enough_years_before
from analytics.findings.measures.pretrend import COLUMNS, moves_before
from analytics.measures.measure import unit_heading
from analytics.methods.smoothness import FEWEST_SPARE
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.selection import Selection
from analytics.text.wording import (
    ALPHA,
    flip_p_words,
    number,
    p_words,
    signed,
    significant,
    year_label,
)
from analytics.text.words import Words, technical_line
from data.sources.source import Kind
from data.wording import count_words


def _words(frame: pd.DataFrame, selection: Selection) -> Words:
    row = frame.iloc[0]
    before = int((frame["year_end"] <= selection.programme.last_before).sum())
    moving = row["p_joint"] < ALPHA
    verdict = (
        "The gap was already moving before the start"
        if moving
        else "No movement before the start is clear of chance"
    )
    return Words(
        verdict=verdict,
        plain=(
            *measure_of(selection).plain.moved(
                row["slope"],
                row["slope_low"],
                row["slope_high"],
                against=selection.than,
                since="In an average year before the start",
            ),
            "What came after the start may be the same movement going on."
            if moving
            else "That is no proof that nothing moved: such a test easily misses a drift.",
        ),
        technical=technical_line(
            f"{count_words(before)} years before",
            f"joint max-|t| {flip_p_words(row['p_joint'], row['p_error'])}",
            _slope_technical(row),
            _survives(row),
        ),
    )


def _slope_technical(row: pd.Series) -> str:
    places = max(significant(row["slope"]), 1)
    ends = interval_words(row["slope_low"], row["slope_high"], places)
    return f"slope {signed(row['slope'], places)} a year ({ends}, {p_words(row['slope_p'])})"


def _survives(row: pd.Series) -> str:
    if isnan(row["effect"]):
        return "no year after the start in the period"
    parts = [f"change {signed(row['effect'], max(significant(row['effect']), 1))}"]
    if row["breakdown"] > 0:
        parts.append(f"survives {number(row['breakdown'], 2)} times the drift before")
    if isfinite(row["straight"]):
        places = max(significant(row["straight"]), 1)
        ends = interval_words(row["straight_low"], row["straight_high"], places)
        parts.append(f"beyond the line before {signed(row['straight'], places)} ({ends})")
    if row["bend"] > 0:
        parts.append(f"survives a bend of {number(row['bend'], 2)} a year")
    return ", ".join(parts)


def _notes(frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    row = frame.iloc[0]
    bend = (
        ""
        if isfinite(row["straight"])
        else "How far trends may bend is not answered: that needs "
        f"{count_words(FEWEST_SPARE)} more pilots with figures in every year than there are years "
        "before, and years after that follow the start."
    )
    return (
        (
            "A test of the years before can miss a drift that matters, and to go on only where it "
            "finds nothing biases what follows (Roth, 2022). So it is shown beside how far "
            "trends may drift or bend before the change could be nothing else."
        ),
        *([bend] if bend else []),
        *family_of(selection).notes(frame, selection),
    )


def _subtitle(selection: Selection) -> str:
    return (
        f"{unit_heading(measure_of(selection))} · against {year_label(_last(selection))} · "
        f"{selection.pilot_words} · {selection.comparator_words}"
    )


def _last(selection: Selection) -> int:
    return selection.programme.last_before


def _method(selection: Selection) -> Facts:
    common = facts(
        selection,
        estimand="In each year, the mean over pilots of the pilot's gap minus its gap in "
        f"{year_label(_last(selection))}, the last year before the start.",
        unit=measure_of(selection).unit,
        test=False,
    )
    return (
        *common,
        (
            "Joint test",
            (
                "Each pilot is flipped in all years before at once; p is the share of flips in "
                "which the largest |t| of any year is as large (Westfall and Young, 1993). Every "
                "flip up to 20 pilots, 100,000 drawn above."
            ),
        ),
        (
            "Drift",
            (
                "Relative magnitudes: how many times the largest yearly move of the mean gap "
                "before, each year, the sign-flip interval of the change would survive (Rambachan "
                "and Roth, 2023, section 2.4). That move is taken as known."
            ),
        ),
        (
            "Bend",
            (
                "Smoothness: the slope of the trend may change by at most M from one year to the "
                "next; M = 0 carries the line before on. Shortest fixed-length interval, normal, "
                "from the covariance between pilots (Rambachan and Roth, 2023; Armstrong and "
                "Kolesár, 2020). The largest M for which it excludes zero is the bend the change "
                "would survive."
            ),
        ),
    )


pretrend: Final = register(
    Finding(
        key="change-pretrend",
        title=lambda s: f"{measure_of(s).name}: was the gap moving before the start?",
        subtitle=_subtitle,
        unit=lambda s: measure_of(s).unit,
        measure=measure_of,
        scale=lambda s: measure_of(s).scale,
        sources=TABLES,
        unread=unread,
        columns=COLUMNS,
        analyse=moves_before,
        words=_words,
        notes=_notes,
        method=_method,
        kind=Kind.OFFICIAL,
        whole="measure-neighbours",
        about="One measure: a joint test of the years before the start, and how far trends may "
        "drift or bend. Only for programmes with three years of figures before.",
        applies=enough_years_before,
    )
)
