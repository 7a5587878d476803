"""The three layers of words of a finding: verdict, plain sentences, technical line."""

from dataclasses import dataclass
from typing import Final

from analytics.text.naming import PlainName
from analytics.text.wording import MOST_WORDS

#: Between the parts of a technical line.
DOT: Final = " · "


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """The one number that the words of a finding are about.

    Attributes:
        of: What it is a number of, as a key: one size may be taken from another of the same.
        value: In the unit of the measure.
        name: How the measure is said aloud.
        is_level: Whether it is a count or an amount; else a difference, which has a sign.
    """

    of: str
    value: float
    name: PlainName
    is_level: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a finding says, from what a councillor says aloud to what a statistician asks.

    Attributes:
        verdict: What was found, in at most 12 words, without a full stop.
        plain: One or two sentences of at most 25 words: size, direction, range and the main
            caveat, without any test, letter or abbreviation.
        technical: One line for statisticians; empty where there is nothing to add.
        size: The one number they are about; None where there is none, or there are several.
    """

    verdict: str
    plain: tuple[str, ...] = ()
    technical: str = ""
    size: Size | None = None

    @property
    def plain_text(self) -> str:
        """The plain sentences, one after the other."""
        return " ".join(self.plain)

    @property
    def joined(self) -> str:
        """All three layers as one text."""
        technical = f"{self.technical}." if self.technical else ""
        return " ".join(part for part in (self.headline, technical) if part)

    @property
    def headline(self) -> str:
        """Verdict and plain sentences, as the head of a page says them."""
        ended = f"{self.verdict}." if self.verdict else ""
        return " ".join(part for part in (ended, *self.plain) if part)

    @property
    def brief(self) -> str:
        """Verdict, with the last plain sentence where both together are at most 25 words."""
        verdict = f"{self.verdict}."
        whole = " ".join((verdict, *self.plain[-1:]))
        return whole if len(whole.split()) <= MOST_WORDS else verdict


def technical_line(*parts: str) -> str:
    """Join the parts of a technical line; empty ones are left out.

    Args:
        parts: Each without a full stop.
    """
    return DOT.join(part for part in parts if part)
