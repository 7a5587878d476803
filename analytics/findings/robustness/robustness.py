"""How sure: the number in question, and what else could explain it."""

from math import isfinite
from typing import Final

import numpy as np
import pandas as pd

from analytics.evaluation.doubts import (
    BREAKDOWN,
    DRIFT,
    RETURN_COLUMNS,
    T_BREAKDOWN,
    beyond_return,
    drifted,
    hidden,
    placebo,
    small_enough,
)
from analytics.evaluation.in_question import (
    DETECTABLE,
    ESTIMATE,
    HIGH,
    LOW,
    SMALLEST_P,
    N,
    in_question,
    outcome_scale,
    outcome_unit,
    question_method,
    subtitle,
    tested,
    too_few,
)
from analytics.evaluation.measure_families import TABLES, family_of, measure_of, unread
from analytics.evaluation.outcome_words import (
    outcome_certainty,
    outcome_size,
    outcome_technical,
    outcome_verdict,
    per_cent,
    relative_move,
)
from analytics.evaluation.outcomes import scale_of, unit_of
from analytics.evaluation.verdict_columns import (
    CERTAIN,
    CERTAINTY,
    HIDDEN,
    KEY,
    MARGIN,
    NAME,
    P_ADJUSTED,
    P_EQUIVALENCE,
    P_ERROR,
    PLACEBO,
    REASON,
    RULED_OUT,
    SCALE,
    SMALLEST_ADJUSTED,
    SPOKEN,
    T_HIGH,
    T_LOW,
    UNIT,
    P,
)
from analytics.evaluation.verdict_words import SINCE, certainty_of, size_in, with_certainty
from analytics.evaluation.verdicts import bounded
from analytics.methods.detectable import smallest_detectable
from analytics.methods.gap import mean_gap
from analytics.programme import split
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.choices import Outcome
from analytics.selection.follows import GAPS, JUDGED, MEASURE
from analytics.selection.selection import Selection
from analytics.text.quantity import with_unit
from analytics.text.wording import ALPHA, number, p_words, pluralise, signed, significant
from analytics.text.words import Size, Words, technical_line
from data.schema import ColumnKind, text
from data.sources.source import Kind

#: What a change beyond regression to the mean is set against.
AS_FAR: Final = "councils that started as far out"
VIEW_COLUMNS: Final = (
    NAME, KEY, text("outcome", "Outcome"), UNIT, N, ESTIMATE, LOW, HIGH, P, SMALLEST_P, DETECTABLE,
    text("withheld", "Why not answered"), SCALE, SPOKEN,
    T_LOW, T_HIGH, P_ADJUSTED, SMALLEST_ADJUSTED, CERTAINTY, *PLACEBO, RULED_OUT, MARGIN,
    P_EQUIVALENCE, DRIFT, BREAKDOWN, T_BREAKDOWN, *RETURN_COLUMNS, *HIDDEN, CERTAIN, REASON,
    P_ERROR,
)  # fmt: skip
_TESTS: Final = (
    P.name, P_ERROR.name, SMALLEST_P.name, P_ADJUSTED.name, SMALLEST_ADJUSTED.name,
    CERTAINTY.name, CERTAIN.name,
)  # fmt: skip


def number_in_question(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Make the one number that the rest of the page doubts.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose, the outcome among it.
    """
    series, asked = measure_of(selection), in_question(tables, selection)
    group = mean_gap(asked.own)
    reason, withheld = too_few(int(group.n[0]), selection)
    row: dict[str, object] = {
        "name": series.name,
        "key": series.key,
        "outcome": selection.outcome.label,
        "unit": unit_of(series.unit, selection.outcome),
        "n": group.n[0],
        "withheld": withheld,
        "reason": reason.value,
        "scale": scale_of(series.scale, selection.outcome).value,
        "spoken": series.said,
        **hidden(tables, selection),
    }
    if not withheld:
        row |= {
            "estimate": group.estimate[0],
            "low": bounded(group.low)[0],
            "high": bounded(group.high)[0],
            "t_low": group.t_low[0],
            "t_high": group.t_high[0],
            "detectable": smallest_detectable(group.sd, group.n)[0],
            **dict(zip(_TESTS, tested(asked, selection)[list(_TESTS)].tolist(), strict=True)),
            **small_enough(tables, selection, asked),
            **placebo(tables, selection),
            **drifted(tables, selection),
            **beyond_return(tables, selection),
        }
    empty = {c.name: "" if c.kind is ColumnKind.TEXT else np.nan for c in VIEW_COLUMNS}
    return pd.DataFrame([empty | row])


def _view_words(frame: pd.DataFrame, selection: Selection) -> Words:
    row = frame.iloc[0].rename({"estimate": "gap"})
    return Words(
        verdict=outcome_verdict(row, selection),
        plain=with_certainty(outcome_size(row, selection), outcome_certainty(row, selection)),
        technical=technical_line(
            outcome_technical(row, selection),
            _t_interval(row),
            _margin(row),
            _drift(row),
            _return(row),
        ),
        size=_in_its_unit(row, selection),
    )


def _in_its_unit(row: pd.Series, selection: Selection) -> Size | None:
    """Return the estimate, where it is in the unit of the measure."""
    if selection.outcome.is_log:
        return None
    return size_in(row, measure_of(selection), selection.outcome)


def survived(row: pd.Series) -> float:
    """Return how many times the earlier drift a change would survive by either interval, or 0."""
    least = min(float(row[BREAKDOWN.name]), float(row[T_BREAKDOWN.name]))
    return least if isfinite(least) and certainty_of(row).stands_out else 0.0


def _survival_note(row: pd.Series) -> tuple[str, ...]:
    times = number(survived(row), 2)
    if float(times) == 0:
        return ()
    said = "The change would survive if trends had drifted apart by up to"
    return (f"{said} {times} times the earlier difference.",)


def _return_note(row: pd.Series, selection: Selection) -> tuple[str, ...]:
    value, low, high = (float(row[f"beyond{end}"]) for end in ("", "_low", "_high"))
    if not isfinite(value):
        return ()
    measure = measure_of(selection)
    if selection.outcome.is_log:
        made = pd.Series({"gap": value, "low": low, "high": high})
        return (" ".join(relative_move(made, measure, against=AS_FAR)),)
    return (" ".join(measure.plain.moved(value, low, high, against=AS_FAR, since=SINCE)),)


def _t_interval(row: pd.Series) -> str:
    places = max(significant(row["gap"]), 1)
    return f"t interval {signed(row['t_low'], places)} to {signed(row['t_high'], places)}"


def _margin(row: pd.Series) -> str:
    if not isfinite(row["margin"]):
        return ""
    size = number(row["margin"], max(significant(row["margin"]), 1))
    return f"within ±{size} (two one-sided tests) {p_words(row['p_equivalence'])}"


def _drift(row: pd.Series) -> str:
    if not isfinite(row["drift"]):
        return ""
    places = max(significant(row["drift"]), 1)
    both = [
        f"{number(row[name], 2)} ({interval})"
        for name, interval in ((T_BREAKDOWN.name, "t"), (BREAKDOWN.name, "sign-flip"))
        if isfinite(row[name])
    ]
    broken = f", breakdown {' or '.join(both)}" if both else ""
    return f"drift before {number(row['drift'], places)}{broken}"


def _return(row: pd.Series) -> str:
    if not isfinite(row["beyond"]):
        return ""
    places = max(significant(row["beyond"]), 1)
    flips = ""
    if isfinite(row["beyond_low"]):
        ends = (signed(row[f"beyond_{end}"], places) for end in ("low", "high"))
        flips = f"95% CI {' to '.join(ends)}, "
    student = " to ".join(signed(row[f"beyond_t_{end}"], places) for end in ("low", "high"))
    value = signed(row["beyond"], places)
    return f"beyond regression to the mean {value} ({flips}t {student})"


def _view_notes(frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    row = frame.iloc[0].rename({"estimate": "gap"})
    first = {
        Outcome.LEVEL: "A level difference is not a change: pilots may have stood apart before.",
        Outcome.LOG: "A log ratio is a difference in level on a relative scale; −0.10 is about a "
        "tenth lower. It is not a change.",
        Outcome.CHANGE: f"{split(selection.programme)}, within the period.",
        Outcome.LOG_CHANGE: f"{split(selection.programme)}, within the period, in log units: −0.10 "
        "is about a tenth lower than before.",
    }[selection.outcome]
    return (
        first,
        *_margin_note(row, selection),
        *_drift_note(row, selection),
        *_survival_note(row),
        *_return_note(row, selection),
        *_hidden_note(row, selection),
        *family_of(selection).notes(frame, selection),
    )


def _margin_note(row: pd.Series, selection: Selection) -> tuple[str, ...]:
    if not isfinite(row["margin"]):
        return ()
    size = number(row["margin"], max(significant(row["margin"]), 1))
    size = _with_unit(size, selection)
    is_out = "is" if row["p_equivalence"] < ALPHA else "is not"
    return (
        (
            f"The difference that would matter is set at {selection.margin.label}, here "
            f"{size}. One as large as that {is_out} ruled out by these figures."
        ),
    )


def _with_unit(shown: str, selection: Selection) -> str:
    measure, outcome = measure_of(selection), selection.outcome
    return with_unit(shown, unit_of(measure.unit, outcome), scale_of(measure.scale, outcome))


def _drift_note(row: pd.Series, selection: Selection) -> tuple[str, ...]:
    if not isfinite(row["drift"]):
        return ()
    moved = _with_unit(number(row["drift"], max(significant(row["drift"]), 1)), selection)
    if selection.outcome.is_log:
        share = per_cent(row["drift"])
        moved = f"{number(share, 0 if share >= 1 else 2)}%"
    return (
        (
            f"Before the start the mean gap moved by {moved} from one year to the next. Drift is "
            "measured against that, and the change from the last year before the start (Rambachan "
            "and Roth, 2023). How far it moved is itself uncertain, with so few years to go by."
        ),
    )


def _hidden_note(row: pd.Series, selection: Selection) -> tuple[str, ...]:
    many = int(row["n_suppressed"])
    if not many:
        return ()
    said = (
        f"The publisher hid {many} of {pluralise(int(row['pilot_years']), 'yearly figure')} of "
        "these pilots."
    )
    if not isfinite(row["bound_low"]):
        return (f"{said} They are left out, and what they could make of it is not known.",)
    low, high = signed(row["bound_low"], 2), signed(row["bound_high"], 2)
    high = _with_unit(high, selection)
    return (
        (
            f"{said} If every hidden figure, theirs or a neighbour's, is of 0 to 5 children, the "
            f"estimate lies between {low} and {high} (Horowitz and Manski, 2000). That "
            "allows for what is hidden, not for chance. A figure hidden only to protect another "
            "may be larger."
        ),
    )


view: Final = register(
    Finding(
        key="robustness-view",
        follows=GAPS | JUDGED | MEASURE | {"outcome"},
        title=lambda s: f"The number in question: {measure_of(s).name}",
        subtitle=subtitle,
        unit=outcome_unit,
        measure=measure_of,
        scale=outcome_scale,
        sources=TABLES,
        unread=unread,
        columns=VIEW_COLUMNS,
        analyse=number_in_question,
        words=_view_words,
        notes=_view_notes,
        method=question_method,
        kind=Kind.OFFICIAL,
        whole="measure-neighbours",
        about="One measure, one outcome: the estimate, and what else could explain it.",
    )
)
