"""What was printed of families: what they said, and standardised measures at two interviews."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.methods.summaries import Summary, hedges, welch
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.follows import NOTHING
from analytics.selection.selection import Selection
from analytics.text.certainty import Certainty
from analytics.text.printed import in_words, printed_words
from analytics.text.printed_pictures import PICTURED, pictured
from analytics.text.wording import ALPHA, number, p_words, pluralise, signed, upper_first
from analytics.text.words import Words, technical_line
from data.schema import Column, ColumnKind, hidden_key, key_text, number_in, records, text
from data.sources.evaluation import FAMILY_ITEMS, STANDARDISED_MEASURES, TOLD
from data.sources.source import Kind

NOT_REPORTED: Final = "not reported in the sources held"
#: Nearer to 0 than this is 0: what is left where means differ by just what rounding allows.
NOISE: Final = 1e-9
STILL: Final = "No clear change in parents' scores between the two interviews"
NOT_A_MEAN: Final = "a share and not a mean: no standardised difference"

ITEM_COLUMNS: Final = (
    text("item", "Item"),
    text("result", "As printed"),
    text("figure", "Figure"),
    text("first_interview", "First interview"),
    text("second_interview", "Second interview"),
    text("confidence", "How sure the reading is"),
    key_text("source_url", "Read at"),
    text("note", "Note"),
    text("in_words", "In plain words"),
    TOLD,
    hidden_key("reported", about="yes where the figure is reported in the sources held."),
    *PICTURED,
)


def family_items(tables: Tables, _selection: Selection) -> pd.DataFrame:
    """List what was printed of families' answers, with what was looked for and not printed.

    Args:
        tables: Family items by key.
        _selection: Not used: printed figures do not depend on a selection.
    """
    frame = pictured(tables[FAMILY_ITEMS.key].frame, share="percentage", count="families")
    told = frame[["percentage", "families"]].notna().any(axis=1)
    figures = [_figure(row) for row in records(frame)]
    words = [one.name for one in FAMILY_ITEMS.columns if one.name in frame and not one.is_number]
    filled = frame.assign(figure=figures, reported=np.where(told, "yes", "no")).fillna(
        dict.fromkeys(words, "")
    )
    return filled.assign(in_words=[in_words(row) for row in records(filled)])


def _figure(row: dict[str, object]) -> str:
    share, families = (number_in(row, name) for name in ("percentage", "families"))
    if not np.isnan(share):
        return f"{number(share, 0)}%"
    return NOT_REPORTED if np.isnan(families) else pluralise(int(families), "family", "families")


def _items_words(frame: pd.DataFrame, _selection: Selection) -> Words:
    return printed_words(frame)


published: Final = register(
    Finding(
        key="families-published",
        follows=NOTHING,
        title="What families said, as published",
        subtitle=lambda s: f"Two interviews about six months apart, all {s.programme.many} pilots",
        sources=(FAMILY_ITEMS,),
        columns=ITEM_COLUMNS,
        analyse=family_items,
        words=_items_words,
        notes=(
            "Taken as printed: nothing here was recomputed, and no choice of bands changes it.",
        ),
        method=(("Reading", "Taken from public summaries, word for word."),),
        kind=Kind.PUBLISHED,
        about="Items on families as printed, with what is not reported.",
    )
)


def _points(name: str, label: str) -> Column:
    return Column(name=name, label=label, unit="points")


def _deviations(name: str, label: str) -> Column:
    return Column(name=name, label=label, unit="standard deviations", decimals=2)


def _parents(name: str, label: str) -> Column:
    return Column(name=name, label=label, kind=ColumnKind.COUNT, decimals=0)


MEASURE_COLUMNS: Final = (
    text("sample", "Sample"),
    text("measure", "Measure"),
    text("scale", "Scale"),
    _points("t1_mean", "Mean, first interview"),
    _points("t1_sd", "SD, first"),
    Column(name="t1_percentage", label="Share, first interview", unit="%", decimals=0),
    _parents("t1_n", "n, first"),
    _points("t2_mean", "Mean, second interview"),
    _points("t2_sd", "SD, second"),
    Column(name="t2_percentage", label="Share, second interview", unit="%", decimals=0),
    _parents("t2_n", "n, second"),
    _deviations("g", "Hedges' g"),
    _deviations("low", "95% interval, low"),
    _deviations("high", "95% interval, high"),
    _deviations("least", "Smallest g that rounding allows"),
    _deviations("most", "Largest g that rounding allows"),
    Column(name="t", label="Welch's t", decimals=2),
    Column(name="df", label="df"),
    Column(name="p", label="p", decimals=3),
    text("withheld", "Why there is no g"),
    hidden_key("sample_key", about="Which sample."),
    hidden_key("row_key", about="Which measure and scale."),
)


def measures(tables: Tables, _selection: Selection) -> pd.DataFrame:
    """Compare the printed means of the two interviews, as if of different parents.

    Args:
        tables: Standardised measures by key.
        _selection: Not used: printed figures do not depend on a selection.
    """
    frame = tables[STANDARDISED_MEASURES.key].frame
    rows = records(frame)
    return pd.DataFrame([
        {**row, "row_key": f"{row['measure_key']} {row['scale_key']}", **_compared(row)}
        for row in rows
    ])  # fmt: skip


def _compared(row: dict[str, object]) -> dict[str, object]:
    nothing = dict.fromkeys(("g", "low", "high", "least", "most", "t", "df", "p"), np.nan)
    if row["reported"] != "yes":
        return {**nothing, "withheld": NOT_REPORTED}
    mean = number_in(row, "t1_mean")
    if np.isnan(mean):
        return {**nothing, "withheld": NOT_A_MEAN}
    first, second = (
        Summary(
            mean=number_in(row, f"{at}_mean"),
            sd=number_in(row, f"{at}_sd"),
            n=int(number_in(row, f"{at}_n")),
        )
        for at in ("t1", "t2")
    )
    made, test = hedges(first, second), welch(first, second)
    return {
        "g": made.g, "low": made.low, "high": made.high, "least": made.least, "most": made.most,
        "t": test.t, "df": test.df, "p": test.p, "withheld": "",
    }  # fmt: skip


def _measures_words(frame: pd.DataFrame, _selection: Selection) -> Words:
    """Say whether any printed mean moved by more than chance and rounding allow."""
    answered = frame[frame["withheld"] == ""]
    open_to = (answered["least"] <= NOISE) & (answered["most"] >= -NOISE)
    below = answered["p"] < ALPHA
    moved = answered[below & ~open_to]
    named = moved if len(moved) else answered
    row = named.iloc[int(named["g"].abs().to_numpy().argmax())]
    points = (answered["t2_mean"] - answered["t1_mean"]).abs().max()
    return Words(
        verdict=_measures_verdict(len(moved), len(answered)),
        plain=(
            (
                f"No average moved by more than {pluralise(int(points), 'point')} from the first "
                "interview to the second, and averages were printed in whole numbers."
            ),
            (
                f"Rounding alone could explain {int(open_to.sum())} of the "
                f"{pluralise(len(answered), 'difference')}."
            ),
            *((f"{upper_first(Certainty.UNCOUNTED.label)}.",) if len(moved) else ()),
        ),
        technical=technical_line(
            f"widest: {row['measure']}, {row['scale']} ({row['sample']})",
            f"n {number(row['t1_n'], 0)} and {number(row['t2_n'], 0)}, as if unpaired",
            f"Hedges' g {signed(row['g'], 2)}",
            f"95% CI {signed(row['low'], 2)} to {signed(row['high'], 2)}",
            f"rounding alone allows {signed(row['least'], 2)} to {signed(row['most'], 2)}",
            f"Welch {p_words(row['p'])}, not adjusted",
            (
                f"{int(below.sum())} of {len(answered)} with p < {ALPHA}, {len(moved)} of them "
                "whatever the rounding"
            ),
        ),
    )


def _measures_verdict(moved: int, of: int) -> str:
    if not moved:
        return STILL
    return f"{moved} of {pluralise(of, 'printed score')} moved more than rounding explains"


standardised: Final = register(
    Finding(
        key="families-measures",
        follows=NOTHING,
        title="Standardised measures at both interviews, recomputed from print",
        subtitle=lambda s: (
            f"Second minus first interview, 95% intervals, all {s.programme.many} pilots"
        ),
        unit="standard deviations (Hedges' g)",
        sources=(STANDARDISED_MEASURES,),
        columns=MEASURE_COLUMNS,
        analyse=measures,
        words=_measures_words,
        notes=(
            (
                "The n of the two interviews differ even among parents interviewed twice, and how "
                "scores of the same parent go together is not printed: every row is treated as "
                "two unpaired groups. If they go together, the intervals are too wide."
            ),
            (
                "Means are printed in whole numbers. The wide mark is the range of g when both "
                "means move by half a point; deviations are taken as printed."
            ),
            (
                "The largest scores printed for the four parts of the engagement scale do not add "
                "up to that printed for its total; nothing is drawn against them."
            ),
            (
                "The two samples share parents, and parts add up to totals: rows are not "
                "independent, and p is not adjusted. There is no comparator: a change between "
                "interviews is not an effect of the approach."
            ),
            "Scores of the Strengths and Difficulties Questionnaire are not reported.",
        ),
        method=(
            (
                "What is estimated",
                "The difference of the printed means over their pooled deviation.",
            ),
            ("Hedges' g", "With the exact small-sample correction; normal interval."),
            ("Test", "Welch's t-test of unpaired groups, two-sided."),
            ("Rounding", "Smallest and largest g with both means moved by half a point."),
        ),
        kind=Kind.COMPUTED,
        about="Printed means at both interviews with Hedges' g and what rounding leaves open.",
    )
)
