"""The later studies: by what design each found what it found, in their table's own words."""

from dataclasses import dataclass
from typing import Final

from analytics.claims.claim import NOT_REPORTED
from analytics.programme import PROGRAMME, Programme
from data.programmes.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """How a later finding came about.

    Attributes:
        topic: Topic of its row in the table ``later-studies``.
        shown: What the topic is called here.
        label: Its design, as the table tells it; empty where that is not reported.
        strength: How strong the evidence was said to be, likewise.
    """

    topic: str
    shown: str
    label: str = ""
    strength: str = ""

    @property
    def heard(self) -> str:
        """The study with its design, as it opens a sentence."""
        return f"{self.shown} ({self.label or f'design {NOT_REPORTED}'})"


def read_designs(of: Programme) -> dict[str, Design]:
    """Read the designs of the later studies of a programme, by topic.

    Args:
        of: The programme; one without later studies has none.

    Raises:
        ProgrammeError: A design lacks something.
    """
    file = Settings(file=of.evaluation.claims, held=of.claims)
    found = dict[str, Design]()
    for one in file.tables("designs"):
        made = Design(
            topic=one.text("topic"),
            shown=one.text("shown"),
            label=one.text("words", default=""),
            strength=one.text("strength", default=""),
        )
        one.none_left()
        found[made.topic] = made
    return found


DESIGNS: Final = read_designs(PROGRAMME)
