"""What a check says of a claim. Pure rules: the same words for the same figures, always."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isnan
from typing import Final

from analytics.text.wording import ALPHA


class Status(StrEnum):
    """What became of a claim."""

    REPRODUCED = "reproduced"
    PARTLY = "partly"
    NOT = "not"
    UNTESTABLE = "untestable"
    UNCHECKABLE = "uncheckable"
    CONTRADICTED = "contradicted"

    @property
    def label(self) -> str:
        """The status inside a sentence."""
        return {
            Status.REPRODUCED: "reproduced",
            Status.PARTLY: "partly reproduced",
            Status.NOT: "not reproduced",
            Status.UNTESTABLE: "cannot be tested with this selection",
            Status.UNCHECKABLE: "cannot be checked from open data",
            Status.CONTRADICTED: "contradicted by later studies",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a test gave for one measure.

    Attributes:
        estimate: Gap or change of it, in the measure's unit; NaN where withheld.
        p: Unadjusted p-value; NaN where withheld.
        p_adjusted: The same after the reader's adjustment.
        smallest_p: The smallest p that so many pilots can give.
    """

    estimate: float
    p: float
    p_adjusted: float
    smallest_p: float

    @property
    def testable(self) -> bool:
        """Whether a result below 0.05 could have come out at all."""
        return not isnan(self.p) and self.smallest_p < ALPHA


RULES: Final = (
    (
        "Claim of a difference",
        (
            f"Reproduced: the gap has the direction claimed, and p after the chosen adjustment is "
            f"below {ALPHA}. Partly reproduced: the same direction, and p below {ALPHA} before "
            "adjustment only. Not reproduced: anything else; the gap, its interval and what this "
            "design could detect are shown."
        ),
    ),
    (
        "Claim with two readings",
        (
            "Both readings must agree; where they do not, and one is reproduced at least in part, "
            "the claim is partly reproduced."
        ),
    ),
    (
        "Claim that spending did not change",
        (
            f"Reproduced, as “no change detected”, where no ratio has a p below {ALPHA} after the "
            "chosen adjustment. That is not a change ruled out: the smallest change the design "
            "could detect is shown."
        ),
    ),
    (
        "Too few pilots",
        (
            f"Where so few pilots are chosen that no result could fall below {ALPHA}, the claim "
            "cannot be tested with this selection; the interval is shown."
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
            "and the claim is not reproduced here, even in part. Where it is, its status stands "
            "and the conflict is marked."
        ),
    ),
)


def of_difference(outcome: Outcome, *, lower: bool) -> Status:
    """Judge a claim that pilots stand below, or above, their comparator.

    Args:
        outcome: What the test of the gap gave.
        lower: Whether the claim has them below; else above.
    """
    if not outcome.testable:
        return Status.UNTESTABLE
    same = outcome.estimate < 0 if lower else outcome.estimate > 0
    if same and outcome.p_adjusted < ALPHA:
        return Status.REPRODUCED
    return Status.PARTLY if same and outcome.p < ALPHA else Status.NOT


def of_readings(statuses: Sequence[Status]) -> Status:
    """Judge a claim that is read on several measures: all must agree.

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
    in_part = {Status.REPRODUCED, Status.PARTLY}
    return Status.PARTLY if found & in_part else Status.NOT


def of_no_change(outcomes: Sequence[Outcome]) -> Status:
    """Judge a claim that nothing changed: reproduced as "no change detected".

    Args:
        outcomes: What the test of each ratio's change gave.
    """
    able = [one for one in outcomes if one.testable]
    if not able:
        return Status.UNTESTABLE
    return Status.NOT if any(one.p_adjusted < ALPHA for one in able) else Status.REPRODUCED


def with_later(status: Status, *, contrary: bool) -> Status:
    """Let a contrary later study speak where the check does not bear the claim out.

    Args:
        status: What the check gave, or that none can be made.
        contrary: Whether a later study says the contrary.
    """
    silent = status in {Status.NOT, Status.UNCHECKABLE}
    return Status.CONTRADICTED if contrary and silent else status
