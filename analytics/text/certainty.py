"""How sure a result is, in a closed set of phrases: one function says it for every page."""

from dataclasses import dataclass
from enum import StrEnum
from math import isnan
from typing import Final

from analytics.text.wording import ALPHA


class Certainty(StrEnum):
    """How far chance explains a result.

    The order is from the surest to the least sure.
    """

    CLEAR = "clear"
    ALONE = "alone"
    UNCOUNTED = "uncounted"
    NOT_CLEAR = "not-clear"
    UNTESTABLE = "untestable"

    @property
    def stands_out(self) -> bool:
        """Whether the test of this result by itself is below 0.05."""
        return self in {Certainty.CLEAR, Certainty.ALONE, Certainty.UNCOUNTED}

    @property
    def label(self) -> str:
        """The phrase in a table, without what it depends on."""
        return {
            Certainty.CLEAR: "clear of chance and of the number of tests",
            Certainty.ALONE: "clear of chance alone, not once the number of tests is counted",
            Certainty.UNCOUNTED: "clear of chance; the number of tests is not counted",
            Certainty.NOT_CLEAR: "not distinguishable from chance",
            Certainty.UNTESTABLE: "cannot be tested with this choice",
        }[self]


#: What counts as clear, the surest first: the number of tests is counted, or the reader chose that
#: it is not.
SURE: Final = (Certainty.CLEAR, Certainty.UNCOUNTED)

#: Beside a verdict that rests on a test which is not counted among the others.
NOT_COUNTED: Final = "The number of tests is not counted."

#: Why a result cannot be tested, where no adjustment is at fault.
TOO_FEW: Final = "too few pilots"
#: The same, where the test could reach 0.05 by itself.
TOO_MANY_TESTS: Final = "too few pilots for so many tests"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a test gave, and what it could have given.

    Attributes:
        p: p-value by itself; NaN where there is none.
        p_adjusted: The same once the number of tests is counted.
        smallest_p: The smallest p that so many pilots can give.
        smallest_adjusted: The smallest adjusted p that they can give in this family of tests.
        counted: Whether the number of tests is counted at all, by the reader's choice.
    """

    p: float
    p_adjusted: float
    smallest_p: float
    smallest_adjusted: float
    counted: bool = True

    @property
    def certainty(self) -> Certainty:
        """How sure the result is. What cannot fall below 0.05 cannot be tested, whatever its p."""
        if isnan(self.p) or self.smallest_p >= ALPHA:
            return Certainty.UNTESTABLE
        if not self.counted:
            return Certainty.UNCOUNTED if self.p < ALPHA else Certainty.NOT_CLEAR
        if not self.smallest_adjusted < ALPHA:
            return Certainty.UNTESTABLE
        if self.p >= ALPHA:
            return Certainty.NOT_CLEAR
        return Certainty.CLEAR if self.p_adjusted < ALPHA else Certainty.ALONE


def certainty_words(
    certainty: Certainty, *, ruled_out: str = "", why: str = "", what: str = "differences"
) -> str:
    """Return the phrase of the closed set, with what it depends on.

    Args:
        certainty: How sure the result is.
        ruled_out: A difference with its unit; larger ones are ruled out. Empty where none is.
        why: Why the result cannot be tested.
        what: What is ruled out: differences or changes.
    """
    if certainty is Certainty.NOT_CLEAR and ruled_out:
        return f"{certainty.label}; {ruled_out_words(what, ruled_out)}"
    if certainty is Certainty.UNTESTABLE and why:
        return f"{certainty.label} ({why})"
    return certainty.label


def ruled_out_words(what: str, size: str) -> str:
    """Say what is ruled out, and by which range: not the 95% one, which is printed beside it.

    Args:
        what: Differences or changes, as the sentence names them.
        size: A difference with its unit; larger ones are ruled out.
    """
    return f"{what} larger than {size} are ruled out (90% range)"
