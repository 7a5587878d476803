"""What a check says of a claim. Pure rules: the same words for the same figures, always."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isnan
from typing import Final

from analytics.text.certainty import SURE, Certainty
from analytics.text.wording import ALPHA


class Status(StrEnum):
    """What became of a claim."""

    REPRODUCED = "reproduced"
    BEFORE = "before"
    PARTLY = "partly"
    NOT = "not"
    UNTESTABLE = "untestable"
    UNANSWERED = "unanswered"
    UNCHECKABLE = "uncheckable"
    CONTRADICTED = "contradicted"

    @property
    def label(self) -> str:
        """The status inside a sentence."""
        return {
            Status.REPRODUCED: "reproduced",
            Status.BEFORE: "already there before the project",
            Status.PARTLY: "partly reproduced",
            Status.NOT: "not reproduced",
            Status.UNTESTABLE: "cannot be judged with so few pilots",
            Status.UNANSWERED: "cannot be judged with this choice",
            Status.UNCHECKABLE: "cannot be checked from open data",
            Status.CONTRADICTED: "contradicted by later studies",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the tests gave for one measure, all measures of its family counted.

    Attributes:
        estimate: Gap or change of it, in the measure's unit; NaN where withheld.
        certain: How sure it is.
        n: Pilots compared; none where the measure has no figures in these years.
        p_small: p of the test that it is smaller than the margin; NaN where there is none.
    """

    estimate: float
    certain: Certainty
    n: int = 0
    p_small: float = float("nan")

    @property
    def silent(self) -> Status | None:
        """Why no answer is possible, or None where one is."""
        if self.certain is not Certainty.UNTESTABLE:
            return None
        return Status.UNTESTABLE if self.n else Status.UNANSWERED

    @property
    def clear(self) -> bool:
        """Whether it is clear of chance, and of the number of tests where they are counted."""
        return self.certain in SURE

    @property
    def is_small(self) -> bool:
        """Whether a difference of the margin or more is ruled out."""
        return not isnan(self.p_small) and self.p_small < ALPHA


RULES: Final = (
    (
        "Claim of a difference",
        (
            "Reproduced: the pilots differ in the direction claimed, clear of chance and of the "
            "number of tests. Partly reproduced: the same direction, clear of chance alone. Not "
            "reproduced: anything else."
        ),
    ),
    (
        "Difference of long standing",
        (
            "Already there before the project: the difference is reproduced, but the pilots stood "
            "apart in the same direction, clear of chance alone, in the years before the start: "
            "the number of tests is not counted there, so that what was there is not taken for "
            "new. By itself such a difference cannot be put down to the project; whether it "
            "changed is said beside it."
        ),
    ),
    (
        "Claim with two readings",
        (
            "Both readings must agree. Where they do not, and one is reproduced at least in part, "
            "the claim is partly reproduced; where both are reproduced and one was there before, "
            "it was already there before the project."
        ),
    ),
    (
        "Claim that spending did not change",
        (
            "Reproduced: changes of the margin or more are ruled out for every ratio. Partly "
            "reproduced: no change is clear, but changes of that size are ruled out for some "
            "ratios only, or for none. Not reproduced: the change of a ratio is clear of chance "
            "and of the number of tests. Not to find a change is not to rule it out."
        ),
    ),
    (
        "Too few pilots",
        (
            "A claim cannot be judged with so few pilots where no figures of theirs, however far "
            "apart, could be told from chance once the tests are counted. It cannot be judged with "
            "this choice where the years or the comparator leave nothing to compare."
        ),
    ),
    (
        "What a claim is judged on",
        (
            "On what the evaluators saw: all pilots, their statistical neighbours in the default "
            "list, the years of the evaluation, and tests counted by max-T. Where your choice "
            "differs, the status under your choice stands beside it, and does not replace it."
        ),
    ),
    (
        "No open data",
        (
            "Claims on families, records, self-profiles and social workers rest on data never "
            "published, and cannot be checked from open data. They stay listed, with what would be "
            "needed; simulated figures are never used here."
        ),
    ),
    (
        "Later studies",
        (
            "A claim is contradicted by later studies only where one of them says the contrary "
            "and the claim is not reproduced here, even in part. A study of change does not "
            "contradict a claim about level."
        ),
    ),
)


def of_difference(outcome: Outcome, *, lower: bool, before: Outcome | None = None) -> Status:
    """Judge a claim that pilots stand below, or above, their comparator.

    Args:
        outcome: What the test of the gap gave.
        lower: Whether the claim has them below; else above.
        before: What the same test gave for the years before the start; None where there are none.
    """
    if outcome.silent is not None:
        return outcome.silent
    if not _leans(outcome, lower=lower):
        return Status.NOT
    if outcome.clear:
        return Status.BEFORE if was_there(before, lower=lower) else Status.REPRODUCED
    return Status.PARTLY if outcome.certain is Certainty.ALONE else Status.NOT


def was_there(before: Outcome | None, *, lower: bool) -> bool:
    """Whether pilots stood apart before the start, in the direction claimed.

    Args:
        before: What the test of the gap gave for the years before the start, or None.
        lower: Whether the claim has them below; else above.
    """
    return before is not None and before.certain.stands_out and _leans(before, lower=lower)


def _leans(outcome: Outcome, *, lower: bool) -> bool:
    return outcome.estimate < 0 if lower else outcome.estimate > 0


def of_readings(statuses: Sequence[Status]) -> Status:
    """Judge a claim that is read on several measures: all must agree.

    Where one of them cannot be judged and none is reproduced, neither can the claim be judged.

    Args:
        statuses: What each reading gave, at least one.

    Raises:
        ValueError: There is no reading.
    """
    found = set(statuses)
    if not found:
        msg = "found no reading, expected at least one"
        raise ValueError(msg)
    if len(found) == 1:
        return statuses[0]
    if found == {Status.REPRODUCED, Status.BEFORE}:
        return Status.BEFORE
    if found & {Status.REPRODUCED, Status.BEFORE, Status.PARTLY}:
        return Status.PARTLY
    return Status.UNTESTABLE if Status.UNTESTABLE in found else Status.UNANSWERED


def of_no_change(outcomes: Sequence[Outcome]) -> Status:
    """Judge a claim that nothing changed: changes of the margin must be ruled out for all.

    Every ratio must pass its own test, so that several tests need no adjustment.

    Args:
        outcomes: What the tests of each ratio's change gave.

    Source:
        Berger (1982), Multiparameter hypothesis testing and acceptance sampling, Technometrics
        24(4), on tests that must all reject.
    """
    able = [one for one in outcomes if one.silent is None]
    if not able:
        few = any(one.silent is Status.UNTESTABLE for one in outcomes)
        return Status.UNTESTABLE if few else Status.UNANSWERED
    if any(one.clear for one in able):
        return Status.NOT
    return Status.REPRODUCED if all(one.is_small for one in outcomes) else Status.PARTLY


def with_later(status: Status, *, contrary: bool) -> Status:
    """Let a contrary later study speak where the check does not bear the claim out.

    Args:
        status: What the check gave, or that none can be made.
        contrary: Whether a later study says the contrary.
    """
    silent = status in {Status.NOT, Status.UNCHECKABLE}
    return Status.CONTRADICTED if contrary and silent else status
