"""The later studies: by what design each found what it found, in their table's own words."""

from dataclasses import dataclass
from typing import Final

from analytics.claims.claim import NOT_REPORTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """How a later finding came about.

    Attributes:
        topic: Topic of its row in the table ``later-studies``.
        shown: What the topic is called here.
        words: Its design, as the table tells it.
        strength: How strong the evidence was said to be, as the table tells it.
    """

    topic: str
    shown: str
    words: str = NOT_REPORTED
    strength: str = NOT_REPORTED

    @property
    def heard(self) -> str:
        """The study with its design, as it opens a sentence."""
        design = f"design {NOT_REPORTED}" if self.words == NOT_REPORTED else self.words
        return f"{self.shown} ({design})"


MATCHED: Final = "individual-level, matched difference-in-differences"

DESIGNS: Final[dict[str, Design]] = {
    one.topic: one
    for one in (
        Design(topic="Design", shown="Design", words=MATCHED),
        Design(topic="DiD outcome 1", shown="Matched comparison, outcome 1", words=MATCHED),
        Design(
            topic="DiD outcome 2",
            shown="Matched comparison, outcome 2",
            words=MATCHED,
            strength="no moderate/high-strength evidence",
        ),
        Design(
            topic="DiD outcome 3",
            shown="Matched comparison, outcome 3",
            words=MATCHED,
            strength="no moderate/high-strength evidence",
        ),
        Design(
            topic="DiD outcome 4",
            shown="Matched comparison, outcome 4",
            words=MATCHED,
            strength="moderate strength",
        ),
        Design(
            topic="LA-level outcomes (App 9)",
            shown="Authority level",
            words="pilots beside similar authorities, over time",
        ),
        Design(topic="Case files", shown="Case files"),
        Design(
            topic="Observation",
            shown="Observation",
            words="2 SofS v 2 non-SofS authorities",
        ),
        Design(topic="Workforce", shown="Workforce"),
        Design(
            topic="Ofsted",
            shown="Ofsted",
            words="two inspections of each authority over five years",
        ),
        Design(topic="Prescription", shown="Prescription"),
    )
}
