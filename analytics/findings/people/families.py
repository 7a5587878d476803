"""What families said at two interviews: answers, and how many are in each chart."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.disclosure.counts import Count, counts
from analytics.disclosure.crosstabs import AGREEING, BASE, EVERYBODY, view_of
from analytics.disclosure.moved import Said, moved_words
from analytics.disclosure.pairs import (
    OVERLAP,
    OVERLAP_COLUMNS,
    apart,
    no_overlap,
    overlap_of,
    overlap_words,
)
from analytics.disclosure.release import hides, must_be_real
from analytics.disclosure.shares import (
    APART,
    change_rows,
    no_change,
    share_rows,
)
from analytics.disclosure.words import HIDDEN, NOTES, SHARES, STATUS, N, bands_words, shown_count
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.follows import RECORDS
from analytics.selection.selection import Selection
from analytics.text.wording import lower_first
from analytics.text.words import Words, technical_line
from data.microdata.families import FAMILY_INTERVIEWS, HOW_FAR
from data.schema import hidden_key, key_text, number_in, records, text
from data.sources.simulated import SIMULATED
from data.sources.source import Kind

TABLE: Final = "family_interviews"
SOURCE: Final = SIMULATED[TABLE]
WHEN: Final = {1: "First interview", 2: "Second interview"}
CHANGE: Final = "Second minus first"
YES: Final = AGREEING[HOW_FAR][0]
ITEMS: Final = (
    "involved_planning",
    "goals_agreed",
    "told_criteria",
    "strengths_recognised",
    "satisfied_contact",
    "lives_improved",
    "goals_achieved",
)
ASKED_ONCE: Final = {"goals_achieved": (2,)}
ASKED_TWICE: Final = tuple(item for item in ITEMS if item not in ASKED_ONCE)
PAIRS: Final = (
    "Families are partly the same at both interviews, and the interval of a difference counts "
    "roughly how many are, so that it tells of no few families. The intervals drawn are of each "
    "interview alone: whether they overlap is not a test of change."
)
SAID: Final = Said(
    more="More families said yes",
    fewer="Fewer families said yes",
    none="No clear change in what families said",
    verb="said yes",
    when=("at the first interview", "at the second"),
    who="families",
)


ANSWER_COLUMNS: Final = (
    key_text("key", "Item", in_table=False),
    text("name", "Question"),
    text("when", "Interview"),
    text("answer", "Answer"),
    *SHARES,
    *APART,
    *OVERLAP_COLUMNS,
    hidden_key("point", about="Which interview: 1, 2, or empty for the difference."),
    hidden_key("agrees", about="yes where the answer is that of those who agree."),
)


def answers(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Count every answer at both interviews among families of the chosen bands.

    Args:
        tables: Interviews by key.
        selection: Which bands.
    """
    must_be_real(tables, selection)
    overlap = overlap_of(tables[SOURCE.key], ASKED_TWICE)
    given = list[tuple[Count, dict[str, str]]]()
    twice = list[tuple[list[Count], dict[str, str]]]()
    for item in ITEMS:
        field = FAMILY_INTERVIEWS.field(item)
        labels = {"key": item, "name": field.label}
        yes = list[Count]()
        for point in ASKED_ONCE.get(item, (1, 2)):
            view = view_of(TABLE, item, point=point)
            found = counts(tables[SOURCE.key], view, selection.bands)
            asked = {"when": WHEN[point], "point": str(point), **labels}
            given += [
                (found[one], {"answer": one, "agrees": "yes" if one == YES else "no", **asked})
                for one in field.allowed
            ]
            yes.append(found[YES])
        if len(yes) == len(WHEN):
            keyed = {"when": CHANGE, "point": "", "answer": YES, "agrees": "yes", **labels}
            twice.append((yes, keyed))
    rows = [{**row, **no_change(), **no_overlap()} for row in share_rows(given)]
    moved = change_rows(twice, apart([yes for yes, _ in twice], overlap))
    rows += [{**row, **overlap.columns} for row in moved]
    return pd.DataFrame(sorted(rows, key=lambda row: ITEMS.index(str(row["key"]))))


def _answers_words(frame: pd.DataFrame, _selection: Selection) -> Words:
    """Say on how many questions the share answering yes moved between the interviews."""
    yes = {(str(row["key"]), row["point"]): row for row in records(frame) if row["agrees"] == "yes"}
    moved = {key: row for (key, point), row in yes.items() if not point}
    rows = [
        {
            "name": row["name"],
            "first": yes[key, "1"]["share"], "second": yes[key, "2"]["share"],
            "change": row["change"], "low": row["change_low"], "high": row["change_high"],
            "n_first": yes[key, "1"]["n"], "n_second": yes[key, "2"]["n"],
        }
        for key, row in sorted(moved.items())
    ]  # fmt: skip
    compared = [row for row in moved.values() if not np.isnan(number_in(row, "change"))]
    return moved_words(rows, SAID, overlap=overlap_words(compared[0]) if compared else "")


shares: Final = register(
    Finding(
        key="families-answers",
        follows=RECORDS,
        title="What families answered at both interviews",
        subtitle=bands_words,
        unit="% of families who answered",
        sources=(SOURCE,),
        columns=ANSWER_COLUMNS,
        analyse=answers,
        words=_answers_words,
        notes=(PAIRS, *NOTES),
        method=(
            (
                "What is estimated",
                "The share of families giving each answer, of those who gave one.",
            ),
            ("Interval", "Wilson's score interval, 95%."),
            OVERLAP,
        ),
        kind=Kind.SIMULATED,
        about="Answers of families by interview, with intervals.",
        hides=hides(TABLE),
    )
)

RIBBON_COLUMNS: Final = (text("step", "Step"), N, STATUS)


def ribbon(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Count families interviewed, and those in the charts, at each interview.

    Args:
        tables: Interviews by key.
        selection: Which bands.
    """
    must_be_real(tables, selection)
    return pd.DataFrame(
        [row for point in (1, 2) for row in _steps(tables, selection, point)],
    )


def _steps(tables: Tables, selection: Selection, point: int) -> list[dict[str, object]]:
    items = (EVERYBODY[TABLE], *(i for i in ITEMS if point in ASKED_ONCE.get(i, (1, 2))))
    found = [
        counts(tables[SOURCE.key], view_of(TABLE, item, point=point), selection.bands)[BASE]
        for item in items
    ]
    fewest = min(found[1:], key=lambda one: one.n)
    named = (("interviewed", found[0]), ("answered the question with fewest answers", fewest))
    return [
        {"step": f"{WHEN[point]}: {words}", "n": one.n, "status": "",
         "cell": one.cell, "base": one.base}
        for words, one in named
    ]  # fmt: skip


def _ribbon_words(frame: pd.DataFrame, _selection: Selection) -> Words:
    """Say how many families were interviewed, and how many answered the least answered question."""
    seen, fewest, again, fewest_again = map(shown_count, frame["n"])
    return Words(
        verdict=(
            "How many families were seen is hidden to protect them"
            if HIDDEN in {seen, again}
            else f"{seen} families at the first interview, {again} at the second"
        ),
        plain=(
            (
                f"Answers to the question with fewest: {fewest} at the first interview, "
                f"{fewest_again} at the second."
            ),
        ),
        technical=technical_line(
            *(f"{lower_first(str(row['step']))} {shown_count(row['n'])}" for row in records(frame))
        ),
    )


steps: Final = register(
    Finding(
        key="families-ribbon",
        follows=RECORDS,
        title="How many families are in these charts",
        subtitle=bands_words,
        unit="families",
        sources=(SOURCE,),
        columns=RIBBON_COLUMNS,
        analyse=ribbon,
        words=_ribbon_words,
        notes=NOTES,
        method=(
            ("What is counted", "Families with an interview, and with an answer to a question."),
        ),
        kind=Kind.SIMULATED,
        about="Families interviewed at each point and in the charts.",
        hides=hides(TABLE),
    )
)
