"""One finding under two selections: what changes, by how much, and which choice changes it."""

import re
from dataclasses import dataclass, replace
from math import inf
from time import monotonic
from typing import Final

from analytics.evaluation.verdict_words import than_of, who_of
from analytics.publication.finding import Finding
from analytics.publication.published import Published
from analytics.selection.differences import Choice, with_choice
from analytics.selection.places import authorities
from analytics.selection.selection import Selection
from analytics.text.words import Size

#: Choices that are tried alone, so that a pair that differs in everything is not slow.
MOST_STEPS: Final = 8
_NAMED: Final = "…"  # in place of the names of those compared


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A finding as two selections show it.

    Attributes:
        one: Under the first selection.
        other: Under the other.
        alone: Choices each of which changes the verdict of the first by itself; none where the
            verdicts are the same.
        untried: Choices that were not tried alone, for want of time or because they are many.
    """

    one: Published
    other: Published
    alone: tuple[Choice, ...]
    untried: tuple[Choice, ...] = ()

    @property
    def waits(self) -> bool:
        """Whether either is slow and has not been made yet, so that nothing can be compared."""
        return self.one.waiting or self.other.waiting

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show under either."""
        return bool(self.one.withheld and self.other.withheld)

    @property
    def is_same(self) -> bool:
        """Whether the two say and show the same."""
        return (
            self.one.words == self.other.words
            and self.one.withheld == self.other.withheld
            and self.one.frame.equals(self.other.frame)
        )

    @property
    def flips(self) -> bool:
        """Whether the verdicts differ in more than the names of those that are compared."""
        return not self.waits and _found(self.one) != _found(self.other)

    @property
    def difference(self) -> str:
        """The number of the other less that of the first, with both; empty where it has none."""
        one, other = self.one.words.size, self.other.words.size
        if one is None or other is None or one.of != other.of:
            return ""
        return _less(one, other)


def publish_pair(finding: Finding, one: Selection, other: Selection) -> Pair:
    """Publish a finding for two selections.

    Args:
        finding: What is asked.
        one: The first selection.
        other: The other.
    """
    return Pair(one=finding.publish(one), other=finding.publish(other), alone=())


def with_steps(
    pair: Pair, finding: Finding, choices: tuple[Choice, ...], *, until: float = inf
) -> Pair:
    """Find the choices that change the verdict of the first selection by themselves.

    A step is the first selection with one choice as in the other. It is published like any other
    selection, and kept.

    Args:
        pair: From ``publish_pair``.
        finding: The same.
        choices: In which the two selections differ.
        until: When no further step is made, by ``time.monotonic``, but those that are kept are
            still read. So the next to ask comes further.
    """
    if not pair.flips:
        return pair
    if len(choices) == 1:
        return replace(pair, alone=choices)
    alone, tried = list[Choice](), list[Choice]()
    for choice in choices[:MOST_STEPS]:
        step = with_choice(pair.one.selection, pair.other.selection, choice)
        if monotonic() > until and not finding.is_kept(step):
            continue
        tried.append(choice)
        if _changes(pair.one, finding.publish(step)):
            alone.append(choice)
    untried = tuple(choice for choice in choices if choice not in tried)
    return replace(pair, alone=tuple(alone), untried=untried)


def _changes(one: Published, step: Published) -> bool:
    return not step.waiting and _found(step) != _found(one)


def _found(published: Published) -> str:
    """Return the verdict without the names of those compared: "… is below …"."""
    selection = published.selection
    names = {
        than_of(selection), selection.than, who_of(selection), selection.who,
        *([pilot.name for pilot in selection.chosen] if len(selection.chosen) == 1 else []),
        *([authorities()[selection.area].name] if selection.area else []),
    }  # fmt: skip
    longest = sorted(names, key=len, reverse=True)
    return re.sub("|".join(map(re.escape, longest)), _NAMED, published.verdict, flags=re.IGNORECASE)


def _less(one: Size, other: Size) -> str:
    name, gap = one.name, other.value - one.value
    # One decimal more than sentences have, so that the three agree; none of counts and pounds.
    places = 0 if one.is_level else name.decimals_of(one.value, other.value, gap) + 1
    sizes = [
        name.level(size.value, places) if size.is_level else name.signed(size.value, places)
        for size in (one, other)
    ]
    counted = f" {name.what}" if one.is_level and not name.prefix else ""
    what = "" if one.is_level else "Gap, "
    said = f"{name.signed(gap, places)}{name.suffix}{name.per_words}"
    return f"{what}B minus A: {said} (A {sizes[0]}, B {sizes[1]}{counted})"
