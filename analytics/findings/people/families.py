"""What families said at two interviews: answers, goals, and how many are in each chart."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.disclosure.counts import Count, counts
from analytics.disclosure.crosstabs import AGREE, AGREEING, BASE, EVERYBODY, view_of
from analytics.disclosure.release import hidden_cells, must_be_real
from analytics.disclosure.shares import (
    APART,
    NEWCOMBE,
    change_row,
    change_words,
    no_change,
    share_row,
    share_words,
)
from analytics.disclosure.words import HIDDEN, NOTES, SHARES, STATUS, N, bands_words
from analytics.publication.finding import Finding, Tables, register
from analytics.selection.selection import Selection
from analytics.text.wording import lower_first, number
from data.microdata.families import FAMILY_INTERVIEWS, HOW_FAR
from data.schema import hidden_key, key_text, records, text
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
PAIRS: Final = (
    "The two interviews are of the same families as far as they were seen twice, and are compared "
    "as if they were of different ones: the interval of a difference is as a rule too wide. The "
    "intervals drawn are of each interview alone: whether they overlap is not a test of change."
)


def _hidden(tables: Tables) -> frozenset[str]:
    return hidden_cells(tables[SOURCE.key], TABLE)


ANSWER_COLUMNS: Final = (
    key_text("key", "Item", in_table=False),
    text("name", "Question"),
    text("when", "Interview"),
    text("answer", "Answer"),
    *SHARES,
    *APART,
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
    rows = list[dict[str, object]]()
    for item in ITEMS:
        field = FAMILY_INTERVIEWS.field(item)
        labels = {"key": item, "name": field.label}
        yes = list[Count]()
        for point in ASKED_ONCE.get(item, (1, 2)):
            view = view_of(TABLE, item, point=point)
            found = counts(tables[SOURCE.key], view, selection.bands)
            rows += [
                {
                    **share_row(
                        found[one],
                        when=WHEN[point],
                        point=str(point),
                        answer=one,
                        agrees="yes" if one == YES else "no",
                        **labels,
                    ),
                    **no_change(),
                }
                for one in field.allowed
            ]
            yes.append(found[YES])
        if len(yes) == len(WHEN):
            rows.append(change_row(*yes, when=CHANGE, point="", answer=YES, agrees="yes", **labels))
    return pd.DataFrame(rows)


def _answers_say(frame: pd.DataFrame, _selection: Selection) -> str:
    yes = frame[frame["agrees"] == "yes"]
    changes = yes[(yes["point"] == "") & yes["change"].notna()]
    asked = len(yes[yes["point"] == ""])
    if changes.empty:
        return f"Of {asked} questions asked at both interviews no difference is shown: hidden."
    ordered = changes.sort_values("change", key=abs, ascending=False)
    ends = dict.fromkeys([str(ordered["key"].iloc[0]), str(ordered["key"].iloc[-1])])
    said = [_item_words(yes[yes["key"] == item]) for item in ends]
    return (
        f"Share answering yes at the first interview and the second, the widest and the narrowest "
        f"difference of {len(changes)} questions shown of {asked} asked twice: {'; '.join(said)}."
    )


def _item_words(rows: pd.DataFrame) -> str:
    first, second, change = records(rows)
    return (
        f"“{lower_first(str(first['name']))}” {share_words(first)}, then {share_words(second)}, "
        f"{change_words(change)}"
    )


shares: Final = register(
    Finding(
        key="families-answers",
        title="What families answered at both interviews",
        subtitle=bands_words,
        unit="% of families who answered",
        sources=(SOURCE,),
        columns=ANSWER_COLUMNS,
        analyse=answers,
        sentence=_answers_say,
        notes=(PAIRS, *NOTES),
        method=(
            (
                "What is estimated",
                "The share of families giving each answer, of those who gave one.",
            ),
            ("Interval", "Wilson's score interval, 95 %."),
            NEWCOMBE,
        ),
        kind=Kind.SIMULATED,
        about="Answers of families by interview, with intervals.",
        hides=_hidden,
    )
)

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
        [
            share_row(found[f"{one}:{AGREE}"], involved=one, involved_key=one)
            for one in reversed(HOW_FAR)
        ]
    )


def _goals_say(frame: pd.DataFrame, _selection: Selection) -> str:
    said = [f"{row['involved']}, {share_words(row)}" for row in records(frame)]
    return (
        "Share saying at the second interview that goals were achieved, by whether the family was "
        f"involved in planning them: {'; '.join(said)}."
    )


achieved: Final = register(
    Finding(
        key="families-goals",
        title="Goals achieved, by involvement in planning them",
        subtitle=lambda selection: f"Second interview. {bands_words(selection)}",
        unit="% saying goals were achieved",
        sources=(SOURCE,),
        columns=GOAL_COLUMNS,
        analyse=goals,
        sentence=_goals_say,
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
            ("Interval", "Wilson's score interval, 95 %."),
        ),
        kind=Kind.SIMULATED,
        about="Goals achieved among families involved in planning or not.",
        hides=_hidden,
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


def _ribbon_summary(frame: pd.DataFrame, _selection: Selection) -> str:
    said = [
        f"{lower_first(str(row['step']))}, "
        + (HIDDEN if np.isnan(float(str(row["n"]))) else number(float(str(row["n"])), 0))
        for row in records(frame)
    ]
    return f"Families: {'; '.join(said)}."


steps: Final = register(
    Finding(
        key="families-ribbon",
        title="How many families are in these charts",
        subtitle=bands_words,
        unit="families",
        sources=(SOURCE,),
        columns=RIBBON_COLUMNS,
        analyse=ribbon,
        sentence=_ribbon_summary,
        notes=NOTES,
        method=(
            ("What is counted", "Families with an interview, and with an answer to a question."),
        ),
        kind=Kind.SIMULATED,
        about="Families interviewed at each point and in the charts.",
        hides=_hidden,
    )
)
