"""What is said of a question of the answer that nothing answers, or that cannot be asked."""

import pandas as pd

from analytics.evaluation.reasons import Reason
from analytics.evaluation.verdict_columns import CERTAIN, CERTAINTY, KEY, NAME, REASON, UNIT
from analytics.findings.answer_words import Step
from analytics.selection.choices import Adjustment
from analytics.selection.selection import Selection
from analytics.text.certainty import SURE, TOO_FEW, TOO_MANY_TESTS, Certainty, certainty_words
from analytics.text.wording import ALPHA, upper_first


def unanswered(
    step: Step, level: pd.DataFrame, change: pd.DataFrame, selection: Selection
) -> dict[str, object]:
    """Return the row of a question without a measure, of its words alone: why, and how sure.

    What nobody tested is never called indistinguishable from chance.

    Args:
        step: The question.
        level: Verdicts on the differences of all measures.
        change: Verdicts on their changes.
        selection: What the reader chose.
    """
    asked = level if step in {Step.DIFFERED, Step.BEFORE} else change
    testable = any(one != Certainty.UNTESTABLE for one in asked["certain"].tolist())
    says, tested = (
        _nothing(step, level, change, selection)
        if testable
        else (_untestable(asked, selection), False)
    )
    sure = Certainty.NOT_CLEAR if tested else Certainty.UNTESTABLE
    return {
        "step": step.value,
        "question": step.label,
        "years": "",
        "says": says,
        KEY.name: "",
        NAME.name: "",
        UNIT.name: "",
        CERTAINTY.name: sure.label,
        CERTAIN.name: sure.value,
        "withheld": "",
        "rank": 0,
    }


def _nothing(
    step: Step, level: pd.DataFrame, change: pd.DataFrame, selection: Selection
) -> tuple[str, bool]:
    """Say that a question has no answer, and whether tests say so."""
    counted = selection.adjust is not Adjustment.NONE
    clear = Certainty.CLEAR.label if counted else "clear of chance"
    differed, changed = (
        any(one in SURE for one in frame["certain"].tolist()) for frame in (level, change)
    )
    no_difference, no_change = (
        f"No {what} in the indicators is" for what in ("difference", "change")
    )
    return {
        Step.DIFFERED: (f"{no_difference} {clear}.", True),
        Step.BEFORE: (
            ("The period has no year before the project.", False)
            if differed
            else (f"{no_difference} clear, so none is looked for before the project.", True)
        ),
        Step.CHANGED: (f"{no_change} {clear}.", True),
        Step.LASTED: (
            ("The period ends in the latest year, so nothing later can be shown.", False)
            if changed
            else (f"{no_change} clear, so none is followed to later years.", True)
        ),
        Step.RULED_OUT: (
            (
                "No size of change is ruled out for an indicator that differs or that the "
                "evaluation names."
            ),
            True,
        ),
    }[step]


def _untestable(asked: pd.DataFrame, selection: Selection) -> str:
    """Say why a question cannot be asked."""
    withheld = asked["withheld"].tolist()
    if withheld and all(withheld):
        one_side = asked[REASON.name].iloc[0] == Reason.ONE_SIDE
        return _elsewhere(selection) if one_side else withheld[0]
    row = asked.iloc[withheld.index("")]
    why = TOO_MANY_TESTS if row["smallest_p"] < ALPHA else TOO_FEW
    return f"{upper_first(certainty_words(Certainty.UNTESTABLE, why=why))}."


def _elsewhere(selection: Selection) -> str:
    """Say what the chosen period lacks, and which page compares the years that it lacks."""
    lacks, others = (
        ("before the project", "earlier")
        if selection.first > selection.programme.last_before
        else ("after the start", "later")
    )
    return f"The chosen period has no year {lacks}; “Over time” compares with {others} years."
