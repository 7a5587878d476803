"""Goals that families achieved, by whether they were involved in planning them."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.disclosure.counts import counts
from analytics.disclosure.crosstabs import AGREE, AGREEING, view_of
from analytics.disclosure.release import hides, must_be_real
from analytics.disclosure.shares import percent_range, share_rows, share_technical
from analytics.disclosure.words import NOTES, SHARES, bands_words
from analytics.methods.proportions import share_difference
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.follows import RECORDS
from analytics.selection.selection import Selection
from analytics.text.certainty import Certainty
from analytics.text.wording import signed, upper_first
from analytics.text.words import Words, technical_line
from data.microdata.families import HOW_FAR
from data.schema import hidden_key, number_in, records, text
from data.sources.simulated import SIMULATED
from data.sources.source import Kind

TABLE: Final = "family_interviews"
SOURCE: Final = SIMULATED[TABLE]
YES: Final = AGREEING[HOW_FAR][0]
NO: Final = HOW_FAR[0]
INVOLVED: Final = "involved in planning"
LEFT_OUT: Final = "not involved"

GOAL_COLUMNS: Final = (
    text("involved", "Involved in planning the goals"),
    *SHARES,
    hidden_key("involved_key", about="Which answer on being involved."),
)


def goals(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Count who said goals were achieved among those involved in planning them or not.

    Args:
        tables: Interviews by key.
        selection: Which bands.
    """
    must_be_real(tables, selection)
    view = view_of(TABLE, "involved_planning", "goals_achieved", point=2)
    found = counts(tables[SOURCE.key], view, selection.bands)
    return pd.DataFrame(
        share_rows(
            [
                (found[f"{one}:{AGREE}"], {"involved": one, "involved_key": one})
                for one in reversed(HOW_FAR)
            ]
        )
    )


def _goals_words(frame: pd.DataFrame, _selection: Selection) -> Words:
    """Compare those involved in planning with those not involved, who are different families."""
    rows = {str(row["involved_key"]): row for row in records(frame)}
    involved, others = (rows[one] for one in (YES, NO))
    both = [number_in(row, "share") for row in (involved, others)]
    technical = [f"{row['involved']}: {share_technical(row)}" for row in rows.values()]
    if np.isnan(both).any():
        return Words(
            verdict="Goals by involvement in planning are hidden to protect families",
            plain=tuple(
                f"Of families {words}, {percent_range(row)} said goals were achieved."
                for words, row in ((INVOLVED, involved), (LEFT_OUT, others))
                if not np.isnan(number_in(row, "share"))
            ),
            technical=technical_line(*technical),
        )
    people, bases = (
        np.array([number_in(row, name) for row in (others, involved)]) for name in ("people", "n")
    )
    made = share_difference(people, bases)
    change, low, high = (100 * float(one) for one in (made.estimate, made.low, made.high))
    difference = f"difference {signed(change)} (95% CI {signed(low)} to {signed(high)}, Newcombe)"
    return Words(
        verdict=_goals_verdict(low, high),
        plain=(
            f"Of families {INVOLVED}, {percent_range(involved)} said goals were achieved.",
            f"Of those {LEFT_OUT} it was {percent_range(others)}.",
            f"{upper_first(_sure(low, high).label)}.",
        ),
        technical=technical_line(*technical, difference),
    )


def _sure(low: float, high: float) -> Certainty:
    return Certainty.UNCOUNTED if low > 0 or high < 0 else Certainty.NOT_CLEAR


def _goals_verdict(low: float, high: float) -> str:
    if _sure(low, high) is Certainty.NOT_CLEAR:
        return "No clear link between being involved and achieving goals"
    return f"Families involved in planning achieved goals {'more' if low > 0 else 'less'} often"


achieved: Final = register(
    Finding(
        key="families-goals",
        follows=RECORDS,
        title="Goals achieved, by involvement in planning them",
        subtitle=lambda selection: f"Second interview. {bands_words(selection)}",
        unit="% saying goals were achieved",
        sources=(SOURCE,),
        columns=GOAL_COLUMNS,
        analyse=goals,
        words=_goals_words,
        notes=(
            (
                "The published summary says the same of its own figures: numbers were too small "
                "for firm conclusions. Families were not assigned to be involved: what goes with "
                "involvement need not come of it."
            ),
            *NOTES,
        ),
        method=(
            ("What is estimated", "The share answering yes, of those who answered both questions."),
            ("Interval", "Wilson's score interval, 95%."),
        ),
        kind=Kind.SIMULATED,
        about="Goals achieved among families involved in planning or not.",
        hides=hides(TABLE),
    )
)
