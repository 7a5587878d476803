"""How a measure is said aloud: fewer of what, a lower share of what, and by how much."""

from dataclasses import dataclass
from enum import StrEnum
from math import isfinite, log10
from typing import Final

from analytics.text.wording import MINUS, MOST_WORDS, number, ranged, signed, upper_first

#: What follows a difference of percentages.
POINTS: Final = " percentage points"
#: The same in a list of several.
SHORT_POINTS: Final = " points"
#: What follows a percentage.
PERCENT: Final = "%"
_MOST_DECIMALS: Final = 2
NOT_DIFFERENT: Final = "no different"


class Contrast(StrEnum):
    """How more and less of a measure are said."""

    COUNT = "count"
    SHARE = "share"
    TIME = "time"
    AMOUNT = "amount"

    @property
    def less(self) -> str:
        """The word for less of it."""
        return {Contrast.COUNT: "fewer", Contrast.TIME: "shorter"}.get(self, "lower")

    @property
    def more(self) -> str:
        """The word for more of it."""
        return {Contrast.COUNT: "more", Contrast.TIME: "longer"}.get(self, "higher")

    def towards(self, value: float) -> str:
        """Return the word for a difference in the direction of its sign."""
        return self.less if value < 0 else self.more


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainName:
    """A measure in words that a councillor says aloud.

    Attributes:
        what: What is counted or measured, in lower case: in the plural for a count and a share.
        contrast: How more and less of it are said.
        suffix: What follows a number of it: " working days", "p"; empty where nothing does.
        of_level: What follows a level of it, where that is not what follows a difference: "%".
        short_suffix: The suffix in a list of several, where it is shorter: " points".
        prefix: What stands before a number of it: "£".
        per: What it is counted in relation to, such as "per 10,000 children"; else empty.
        times: What a value is multiplied by to be said: 100 where £1 is said in pence.
        article: Whether it is one thing with an article: "the vacancy rate".
    """

    what: str
    contrast: Contrast = Contrast.COUNT
    suffix: str = ""
    of_level: str = ""
    short_suffix: str = ""
    prefix: str = ""
    per: str = ""
    times: float = 1
    article: bool = False

    @property
    def subject(self) -> str:
        """It as the subject of a sentence, in lower case."""
        if self.contrast is Contrast.SHARE:
            return f"the share of {self.what}"
        return f"the {self.what}" if self.article else self.what

    def contrasted(self, value: float) -> str:
        """Return it with a difference's direction alone: "fewer new child protection plans".

        Args:
            value: The difference; its sign says the direction.
        """
        word = self.contrast.towards(value)
        if self.contrast is Contrast.SHARE:
            return f"a {word} share of {self.what}"
        return f"a {word} {self.what}" if self.article else f"{word} {self.what}"

    def size(self, value: float, decimals: int) -> str:
        """Return a number of it without direction: "9.8 working days", "£74".

        Args:
            value: In the unit of the measure; its sign is dropped.
            decimals: How many are shown.
        """
        return f"{self._bare(value, decimals)}{self.suffix}"

    def short_size(self, value: float, decimals: int) -> str:
        """Return a number of it as a list of several says it: percentage points are points.

        Args:
            value: In the unit of the measure; its sign is dropped.
            decimals: How many are shown.
        """
        return f"{self._bare(value, decimals)}{self.short_suffix or self.suffix}"

    @property
    def per_words(self) -> str:
        """What it is counted in relation to, after a space; empty where it is not."""
        return f" {self.per}" if self.per else ""

    def level(self, value: float, decimals: int) -> str:
        """Return a value of it, no difference: "39.8%", "£706", "9.8 working days".

        Args:
            value: In the unit of the measure.
            decimals: Those of the measure; fewer are shown where its values are multiplied.
        """
        shown = max(decimals - round(log10(self.times)), 0)
        sign = MINUS if value < 0 else ""
        return f"{sign}{self._bare(value, shown)}{self.of_level or self.suffix}"

    def beside(self, own: float, against: float, decimals: int, *, who: str, than: str) -> str:
        """Say a value of some beside that of others, as the end of a sentence.

        Args:
            own: Value of those in question, in the unit of the measure.
            against: Value of those they are compared with.
            decimals: Those of the measure.
            who: Those in question: "the pilots", or one by its name.
            than: The others: "similar councils".
        """
        one, other = self.level(own, decimals), self.level(against, decimals)
        if self.contrast is Contrast.COUNT:
            per = f" {self.per}" if self.per else ""
            return f"{who} had {one} {self.what}{per}, {than} {other}"
        return f"{self.subject} was {one} in {who} and {other} in {than}"

    def between(self, low: float, high: float, decimals: int) -> str:
        """Write the range of a difference: "between 7 and 20 fewer"; empty if it has no ends.

        Args:
            low: Lower end, in the unit of the measure; may be infinite or missing.
            high: Upper end.
            decimals: How many are shown.
        """
        words = (self.contrast.less, self.contrast.more)
        return self._between(low, high, decimals, words=words)

    def signed(self, value: float, decimals: int) -> str:
        """Return a difference of it with its sign and without its suffix: "−£74".

        Args:
            value: In the unit of the measure.
            decimals: How many are shown.
        """
        sign = signed(value * self.times, decimals)[:1]
        return f"{sign if sign in {'+', MINUS} else ''}{self._bare(value, decimals)}"

    def decimals(self, value: float) -> int:
        """Return how many decimals are said: none from 10 up, one from 1 up, else two.

        Pounds have none from £1 up: £9.4 is no amount.

        Args:
            value: An estimate; the ends of its range are said with as many.
        """
        size = abs(value) * self.times
        if self.prefix:
            return 0 if size >= 1 else 2
        return 0 if size >= 10 else 1 if size >= 1 else 2  # noqa: PLR2004 (the rule above)

    def directed(self, value: float, decimals: int) -> str:
        """Return a difference with its direction in words: "0.7 fewer", "no different".

        Args:
            value: In the unit of the measure.
            decimals: How many are shown.
        """
        if self._is_level(value, decimals):
            return NOT_DIFFERENT
        return f"{self.size(value, decimals)} {self.contrast.towards(value)}"

    def short_directed(
        self, value: float, decimals: int, *, words: tuple[str, str] = ("", "")
    ) -> str:
        """Return a difference with its direction as a list says it: "3 points lower".

        Args:
            value: In the unit of the measure.
            decimals: How many are shown.
            words: The words for less and more, if not those of the measure.
        """
        if self._is_level(value, decimals):
            return NOT_DIFFERENT
        word = words[0 if value < 0 else 1] or self.contrast.towards(value)
        return f"{self.short_size(value, decimals)} {word}"

    def shifted(self, value: float, decimals: int) -> str:
        """Return a change as a verb with its size: "fell by 7.0 per 10,000 children".

        Args:
            value: In the unit of the measure.
            decimals: How many are shown.
        """
        if self._is_level(value, decimals):
            return "neither rose nor fell"
        verb = "fell" if value < 0 else "rose"
        return f"{verb} by {self.size(value, decimals)}{self.per_words}"

    def decimals_of(self, *values: float) -> int:
        """Return how many decimals several differences are said with beside each other.

        As many as the largest has, more where another would be shown as none.

        Args:
            values: In the unit of the measure.
        """
        shown = self.decimals(max(values, key=abs))
        most = max(self.decimals(value) for value in values)
        while shown < most and any(value and self._is_level(value, shown) for value in values):
            shown += 1
        return shown

    def shown(self, value: float, low: float, high: float) -> int:
        """Return how many decimals an estimate and its range are said with.

        Two of an estimate below 1 only in a narrow range; more where an end would be shown as none.

        Args:
            value: The estimate, in the unit of the measure.
            low: Lower end of its range; may be infinite or missing.
            high: Upper end.
        """
        decimals = self.decimals(value)
        if not isfinite(high - low):
            return decimals
        if (high - low) * self.times >= 2:  # noqa: PLR2004 (1 each way)
            decimals = min(decimals, 1)
        ends = [end for end in (low, high) if end]
        while decimals < _MOST_DECIMALS and any(self._is_level(end, decimals) for end in ends):
            decimals += 1
        return decimals

    def apart(
        self, value: float, low: float, high: float, *, who: str, than: str
    ) -> tuple[str, ...]:
        """Say how far those in question are from what they are compared with, with the range.

        Args:
            value: The difference, in the unit of the measure.
            low: Lower end of its range; may be infinite.
            high: Upper end.
            who: Who is compared, in the plural with an s, in lower case: "the pilots".
            than: What with: "similar councils".
        """
        decimals = self.shown(value, low, high)
        less, more = self.contrast.less, self.contrast.more
        ends = self._between(low, high, decimals, words=(less, more))
        size, word = self.size(value, decimals), self.contrast.towards(value)
        level = self._is_level(value, decimals)
        if self.contrast is Contrast.COUNT:
            found = "as many" if level else f"{size} {word}"
            beside = "as" if level else "than"
            said = f"{who} had {found} {self.what}{self.per_words} {beside} {than}"
        else:
            of = f"share of {self.what}" if self.contrast is Contrast.SHARE else self.what
            found = "the same as" if level else f"{size} {word} than"
            said = f"{who}' {of} was {found} in {than}"
        return _sentences(upper_first(said), ends)

    def moved(
        self, value: float, low: float, high: float, *, against: str, since: str
    ) -> tuple[str, ...]:
        """Say how far it moved against what it is compared with, with the range.

        Args:
            value: The change of the difference, in the unit of the measure.
            low: Lower end of its range; may be infinite.
            high: Upper end.
            against: What it is compared with: "similar councils".
            since: When, as it opens a sentence: "After the start".
        """
        decimals = self.shown(value, low, high)
        ends = self._between(low, high, decimals, words=("down", "up"))
        said = f"{since}, {self.subject} {self.shifted(value, decimals)} against {against}"
        return _sentences(said, ends)

    def _between(self, low: float, high: float, decimals: int, *, words: tuple[str, str]) -> str:
        if not (isfinite(low) and isfinite(high)):
            return ""
        if low < 0 < high:
            ends = zip((low, high), words, strict=True)
            down, up = (
                NOT_DIFFERENT if self._is_level(end, decimals)
                else f"{self._bare(end, decimals)} {word}"
                for end, word in ends
            )  # fmt: skip
            return NOT_DIFFERENT if down == up else f"between {down} and {up}"
        near, far = (self._bare(end, decimals) for end in sorted((low, high), key=abs))
        return ranged(near, far, words[0 if low + high < 0 else 1])

    def _is_level(self, value: float, decimals: int) -> bool:
        """Whether a difference is shown as none."""
        return round(abs(value) * self.times, decimals) == 0

    def _bare(self, value: float, decimals: int) -> str:
        return f"{self.prefix}{number(abs(value) * self.times, decimals)}"


def _sentences(said: str, ends: str) -> tuple[str, ...]:
    """Put a range behind a sentence, or into one of its own where that would be long."""
    if not ends:
        return (f"{said}.",)
    whole = f"{said} ({ends})."
    return (whole,) if len(whole.split()) <= MOST_WORDS else (f"{said}.", f"That is {ends}.")
