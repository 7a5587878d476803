"""The later studies: what each found and by what design, in its table's words and in ours."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from analytics.claims.claim import NOT_REPORTED
from analytics.programme import Programme
from data.programmes.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """How a later finding came about.

    Attributes:
        topic: Key of its row in the table ``later-studies``.
        shown: What the topic is called here.
        says: What was found, in plain words.
        how: By what design, in plain words; empty where that is not reported.
        firm: How firm that is, in plain words; likewise.
        label: Its design, as the table tells it; empty where that is not reported.
        strength: How strong the evidence was said to be, likewise.
    """

    topic: str
    shown: str
    says: str
    how: str = ""
    firm: str = ""
    label: str = ""
    strength: str = ""

    @property
    def heard(self) -> str:
        """The study with its design, as it opens a sentence."""
        return f"{self.shown} ({self.how or f'design {NOT_REPORTED}'})"


@lru_cache(maxsize=64)
def designs_of(of: Programme) -> Mapping[str, Design]:
    """Return the designs of the later studies of a programme, by topic.

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
            says=one.text("says"),
            how=one.text("how", default=""),
            firm=one.text("firm", default=""),
            label=one.text("words", default=""),
            strength=one.text("strength", default=""),
        )
        one.none_left()
        found[made.topic] = made
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """What the later studies say together, in two layers of words.

    Attributes:
        verdict: In at most 12 words, without a full stop.
        plain: Sentences of at most 25 words.
    """

    verdict: str
    plain: tuple[str, ...]


@lru_cache(maxsize=64)
def together_of(of: Programme) -> Together:
    """Return what the later studies of a programme say together.

    Args:
        of: The programme; one whose file of claims does not say it has the sentence of its own.

    Raises:
        ProgrammeError: The verdict or the sentences are no words.
    """
    held: object = of.claims.get("studies", {})
    if not held:
        return Together(verdict="What later studies found", plain=(of.later.summary,))
    one = Settings(file=of.evaluation.claims, held=of.claims).table("studies")
    made = Together(verdict=one.text("verdict"), plain=one.texts("plain"))
    one.none_left()
    return made
