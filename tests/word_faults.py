"""What may be wrong with the words of a published finding, for tests and the long scan."""

import re
from collections.abc import Iterator

import numpy as np

from analytics.publication.finding import SIMULATED_MARK
from analytics.publication.published import Published
from analytics.text.certainty import Certainty
from analytics.text.wording import ALPHA, MOST_WORDS, VERDICT_WORDS
from analytics.text.words import Words
from tests.readability import TECHNICAL, sentences

#: A percentage with a space in it, as no text that is read may have it: "95 %".
SPACED_PERCENT = re.compile(r"[\d±]\s%|^\s%")

#: What no text may hold, whatever its layer.
NEVER = re.compile(
    r"\binf\b|\bnan\b|\d %|  |\.\.|\bpounds \d|\bnought\b|none remains|could detect|detectable"
    r"|expected by chance|\b(\d{4}/\d\d) to \1\b"
    r"|(?<![\d.])1 (pilots|councils|years|figures|measures)\b"
    r"|\ba ([aeiou])|\ban (fewer|lower|higher|more)\b|\bthe the\b|−0\.0\b(?!\d)"
    r"|\bin in\b|\bthan than\b| ,|\( | \)",
)


def plain_faults(said: Words) -> list[str]:
    """Say what is wrong with the layers that a reader without statistics sees."""
    found = list[str]()
    verdict = said.verdict.removeprefix(SIMULATED_MARK)
    if not verdict or verdict.endswith("."):
        found.append(f"verdict {said.verdict!r}")
    if len(verdict.split()) > VERDICT_WORDS:
        found.append(f"{len(verdict.split())} words: {verdict}")
    for sentence in said.plain:
        if not sentence.endswith((".", "?")):
            found.append(f"no full stop: {sentence}")
        found += [
            f"{len(one.split())} words: {one}"
            for one in sentences(sentence)
            if len(one.split()) > MOST_WORDS
        ]
    for text in (verdict, *said.plain):
        found += [f"{one.group()!r} in {text}" for one in TECHNICAL.finditer(text)]
    return found


def _beside(published: Published) -> Iterator[str]:
    """Return what is written around the words of a finding: its notes, method and columns."""
    yield from (published.title, published.subtitle, published.unit, *published.notes)
    yield from (words for _, words in published.method)
    for column in published.columns:
        yield from (column.label, column.unit, column.about)


def faults(published: Published) -> Iterator[str]:
    """Say everything that is wrong with the words of a finding, and with words against rows."""
    said = published.words
    yield from plain_faults(said)
    for text in (said.verdict, *said.plain, said.technical):
        for one in NEVER.finditer(text):
            yield f"{one.group()!r} in {text}"
    yield from (
        f"a space before % in {one}" for one in _beside(published) if SPACED_PERCENT.search(one)
    )
    frame = published.frame
    if {"low", "high", "p", "smallest_p", "t_low"} <= set(frame.columns):
        held = frame[frame["p"].notna()]
        bounded = held["low"].notna()
        if (bounded != (held["smallest_p"] < ALPHA)).any():
            yield "an interval is bounded where the test cannot reach 0.05, or the other way round"
        outside = (held["low"] > 0) | (held["high"] < 0)
        if (outside != (held["p"] < ALPHA)).any():
            yield "interval and test disagree"
    if {"certain", "smallest_adjusted"} <= set(frame.columns):
        held = frame[frame["p"].notna()]
        reached = held["smallest_adjusted"].to_numpy(np.float64) < ALPHA
        sure = held["certain"] != Certainty.UNTESTABLE
        if (sure & ~reached & (held["certain"] != Certainty.UNCOUNTED)).any():
            yield "a row is said to be tested where the adjustment cannot reach 0.05"
