"""What may be wrong with the words of a published finding, for tests and the long scan."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from analytics.evaluation.measure_families import measure_of
from analytics.findings.indicators.change_windows import Window
from analytics.publication.published import Published
from analytics.publication.simulated import SIMULATED_MARK
from analytics.selection.places import pilots
from analytics.selection.selection import HOME, Selection
from analytics.text.certainty import Certainty
from analytics.text.wording import ALPHA, MOST_WORDS, VERDICT_WORDS
from analytics.text.words import Words
from tests.readability import TECHNICAL, sentences

#: A percentage with a space in it, as no text that is read may have it: "95 %".
SPACED_PERCENT = re.compile(r"[\d±]\s%|^\s%")

_THINGS = (
    "pilots|councils|years|figures|measures|places|claims|ratios|findings|scores|rows|ways|"
    "indicators|bands|areas|records|questions"
)
_SMALL = "one|two|three|four|five|six|seven|eight|nine"
_WAYS = {"fewer": -1, "lower": -1, "shorter": -1, "less": -1, "down": -1, "below": -1, "fell": -1,
         "more": 1, "higher": 1, "longer": 1, "up": 1, "above": 1, "rose": 1}  # fmt: skip

#: What no text may hold, whatever its layer, by the kind of fault.
NEVER = {
    "no number": re.compile(r"\binf\b|\b[Nn]a[Nn]\b|\bNone\b(?! (of|is)\b)|<NA>|\bTrue\b"),
    "spacing": re.compile(r"\d %|  | [,;.](?!\d)|\( | \)|\(\)"),
    "punctuation": re.compile(r"(?<=\w)\.\.|[?;,]\.|\.,|,,|“”"),
    "pounds": re.compile(r"\bpounds \d|\d pounds\b"),
    "old words": re.compile(r"\bnought\b|none remains|could detect|detectable|expected by chance"
                            r"|\b[Nn]ot at one\b"),
    "same twice": re.compile(r"\b(\d{4}/\d\d) to \1\b|(?<![\d.,])([−+]?£?[\d.,]*\d[%p]?) to \2"
                                  r"(?![\d,/]|\.\d| million)"
                             r"|\bbetween (£?[\d.,]*\d[%p]?) and \3(?![\d,/]|\.\d| million)"),
    "two styles": re.compile(rf"\b({_SMALL}|none|neither) of (the )?[1-9](?![\d,.^]*\d|[%n^])\b"
                             rf"|(?<![\d.,])[1-9] of (the )?({_SMALL})\b", re.IGNORECASE),
    "singular": re.compile(rf"(?<![\d.,/])1 ({_THINGS})\b|\b[Oo]ne ({_THINGS})\b|\b1 are\b"),
    "plural": re.compile(r"(?<![\d.])([2-9]|\d\d+) (pilot|council|year|figure|measure) (?!and)"),
    "article": re.compile(r"\ba ([aeiou]|8\b|11\b|18\b)|\ban (fewer|lower|higher|more)\b"
                          r"|\ban (?!8|11\b|18\b)\d"),
    "said twice": re.compile(r"\b([A-Za-z]+) \1\b", re.IGNORECASE),
    "zero": re.compile(r"−0(\.0+)?(?![\d.,])"),
    "pairs": re.compile(r"\b([Aa]ll|[Nn]one of)( the)? (one|two|1|2)\b"),
    "key": re.compile(r"\b(?!g_av\b)[a-z]+_[a-z_]+"),
}  # fmt: skip

#: What neither a verdict nor a plain sentence may hold.
NEVER_PLAIN = {
    "zero": re.compile(rf"(?<![\d.,£])0 (of \d|{_THINGS})|\b\d+ of 0\b"),
    "no direction": re.compile(
        rf"(?<![\d.,])£?0(\.0+)?[p%]?( [a-z ]*?points| working days)? ({'|'.join(_WAYS)})\b"
        r"|\bby (about )?£?0(\.0+)?([p%]| )"
    ),
    "all": re.compile(r"(?<![\d.,])(\d+) of \1(?![\d.,]) (?!\d)"),
    "short name": re.compile(r" : "),
    "abbreviation": re.compile(r"\b(?!COVID)[A-Z]{2,}\d?\b|\bSoS\b|\b[A-Z]\d\b"),
}

#: Findings whose sentences go beyond the period: to the latest year, or to what is held.
_BEYOND = {"answer", "area-years", "change-bands", "council-indicators", "council-ratios",
            "council-inspections", "change-windows", "change-years",
           "costs-estimate", "expenditure-checks"}  # fmt: skip
#: Findings that name pilots as neighbours of others, or as councils left out.
_NAMES_OTHERS = {"neighbours-lists", "neighbours-survival", "robustness-without"}

_RANGE = re.compile(r"\(between £?([\d,.]+)[p%]?(?: ([a-z]+))? and £?([\d,.]+)[p%]? ([a-z]+)\)")
_SIZE = re.compile(
    r"£?([\d,.]*\d)(?:p|%| [a-z ]*?points| working days)? "
    r"(fewer|more|lower|higher|shorter|longer|below|above)\b"
    r"|\b(fell|rose) by (?:about )?£?([\d,.]*\d)"
)
_WHO = re.compile(r"^(The|These) pilots('| had\b| were\b| spent\b| differed\b)")
_ON_MANY = re.compile(r"^No clear \w+ (?:against|from) .* on (\d+) ")
_SAYS_REACH = re.compile(
    r"[Tt]oo few|[Cc]annot be (tested|bounded)|too small|smallest (adjusted )?p(ossible)?\b"
)


class Fault(NamedTuple):
    """Something that is wrong.

    Attributes:
        kind: Which rule is broken.
        what: What breaks it, and where.
    """

    kind: str
    what: str

    def __str__(self) -> str:
        """Say both."""
        return f"{self.kind}: {self.what}"


def text_faults(text: str) -> Iterator[Fault]:
    """Say what no text may hold, whatever its layer."""
    for kind, rule in NEVER.items():
        for one in rule.finditer(text):
            yield Fault(kind, f"{one.group()!r} in {text}")
    for opening, closing in ("()", "“”"):
        if text.count(opening) != text.count(closing):
            yield Fault("punctuation", f"{opening}{closing} do not pair in {text}")


def plain_faults(said: Words) -> list[Fault]:
    """Say what is wrong with the layers that a reader without statistics sees."""
    found = [*_verdict_faults(said.verdict)]
    for text in said.plain:
        found += _sentence_faults(text)
    for text in (said.verdict.removeprefix(SIMULATED_MARK), *said.plain):
        rules = {"technical": TECHNICAL, **NEVER_PLAIN}
        found += [
            Fault(kind, f"{one.group()!r} in {text}")
            for kind, rule in rules.items()
            for one in rule.finditer(text)
        ]
        found += range_faults(text)
    return found


def _beside(published: Published) -> Iterator[str]:
    """Return what is written around the words of a finding: its notes, method and columns."""
    yield from (published.title, published.subtitle, published.unit, *published.notes)
    yield from (words for _, words in published.method)
    for column in published.columns:
        yield from (column.label, column.unit, column.about)


def _verdict_faults(whole: str) -> Iterator[Fault]:
    """Say what is wrong with a verdict, which is a title: it may begin with a number."""
    verdict = whole.removeprefix(SIMULATED_MARK)
    if not verdict or verdict.endswith("."):
        yield Fault("verdict", repr(whole))
    if verdict == whole and verdict[:1].islower():
        yield Fault("beginning", verdict)
    if len(verdict.split()) > VERDICT_WORDS:
        yield Fault("length", f"{len(verdict.split())} words: {verdict}")


def _sentence_faults(text: str) -> Iterator[Fault]:
    if not text.endswith((".", "?")):
        yield Fault("no full stop", text)
    for one in sentences(text):
        if len(one.split()) > MOST_WORDS:
            yield Fault("length", f"{len(one.split())} words: {one}")
        if not re.match(r"[A-Z“]", one):
            yield Fault("beginning", one)


def range_faults(text: str) -> Iterator[Fault]:
    """Say where a sentence gives a size that is outside the range behind it."""
    for ends in _RANGE.finditer(text):
        before = list(_SIZE.finditer(text[: ends.start()]))
        if not before or ends.group(4) not in _WAYS:
            continue
        size, way, verb, moved = before[-1].groups()
        written = size or moved
        value = _number(written) * _WAYS[way or verb]
        far = _WAYS[ends.group(4)]
        near = _WAYS.get(ends.group(2) or "", far)
        low, high = sorted((_number(ends.group(1)) * near, _number(ends.group(3)) * far))
        # All three are rounded alike.
        unit = 10.0 ** -len(written.partition(".")[2])
        if not low - unit < value < high + unit:
            yield Fault("direction", f"{before[-1].group()} outside {ends.group()} in {text}")


def _number(written: str) -> float:
    return float(written.replace(",", ""))


def selection_faults(key: str, said: Words, selection: Selection) -> Iterator[Fault]:
    """Say where words speak of years, places or pilots that are not in the selection.

    Args:
        key: Of the finding.
        said: Its words.
        selection: What the reader chose.
    """
    for text in (said.verdict, *said.plain):
        if key not in _BEYOND:
            for one in re.finditer(r"\b(\d{4})/\d\d\b", text):
                if int(one.group(1)) + 1 not in selection.years:
                    yield Fault("outside the window", f"{one.group()} in {text}")
        if key not in _NAMES_OTHERS:
            yield from _place_faults(text, selection)
        one = _WHO.search(text)
        if one and (len(selection.chosen) == 1 or one.group(1).lower() != selection.who.split()[0]):
            yield Fault("who", text)


def _place_faults(text: str, selection: Selection) -> Iterator[Fault]:
    codes = {*(one.code for one in selection.chosen), selection.area}
    for code, one in pilots(HOME).items():
        if code not in codes and re.search(rf"\b{re.escape(one.name)}\b", text):
            yield Fault("wrong place", f"{one.name} in {text}")


def interval_faults(frame: pd.DataFrame) -> Iterator[Fault]:
    """Say where intervals and tests of rows disagree.

    Args:
        frame: Of a published finding.
    """
    columns = set(frame.columns)
    if {"low", "high", "p", "smallest_p", "t_low"} <= columns:
        held = frame[frame["p"].notna()]
        bounded = held["low"].notna()
        if (bounded != (held["smallest_p"] < ALPHA)).any():
            yield Fault("interval", "bounded where the test cannot reach 0.05, or not where it can")
        outside = (held["low"] > 0) | (held["high"] < 0)
        if (outside != (held["p"] < ALPHA)).any():
            yield Fault("interval", "interval and test disagree")
    if {"certain", "smallest_adjusted", "p"} <= columns:
        held = frame[frame["p"].notna()]
        reached = held["smallest_adjusted"].to_numpy(np.float64) < ALPHA
        sure = held["certain"] != Certainty.UNTESTABLE
        if (sure & ~reached & (held["certain"] != Certainty.UNCOUNTED)).any():
            yield Fault("reach", "a row is called tested where the adjustment cannot reach 0.05")


def reach_faults(frame: pd.DataFrame, said: Words) -> Iterator[Fault]:
    """Say where rows cannot be tested and the words do not say so.

    Args:
        frame: Of a published finding.
        said: Its words.
    """
    if not {"certain", "withheld", "p"} <= set(frame.columns):
        return
    answered = frame[(frame["withheld"] == "") & frame["p"].notna()]
    tested = int((answered["certain"] != Certainty.UNTESTABLE).sum())
    texts = (said.verdict, *said.plain, said.technical)
    if tested < len(answered) and not any(map(_SAYS_REACH.search, texts)):
        yield Fault("reach unsaid", f"{tested} of {len(answered)} tested: {said.joined}")
    many = _ON_MANY.search(said.verdict)
    if many and int(many.group(1)) != tested:
        yield Fault("reach unsaid", f"{tested} of {len(answered)} tested: {said.verdict}")


def faults(published: Published) -> Iterator[Fault]:
    """Say everything that is wrong with the words of a finding, and with words against rows."""
    said, selection = published.words, published.selection
    yield from plain_faults(said)
    for text in (said.verdict, *said.plain, said.technical, published.subtitle, *published.notes):
        yield from text_faults(text)
    yield from (
        Fault("spacing", f"a space before % in {one}")
        for one in _beside(published)
        if SPACED_PERCENT.search(one)
    )
    for text in (published.title, published.own_words):
        yield from text_faults(text)
        if text[:1].islower():
            yield Fault("beginning", text)
    if not published.withheld:
        yield from selection_faults(published.key, said, selection)
        yield from interval_faults(published.frame)
        yield from reach_faults(_spoken_of(published), said)


def _spoken_of(published: Published) -> pd.DataFrame:
    """Return the rows that the words of a finding speak of."""
    frame = published.frame
    if published.key == "change-verdict":  # holds the family that its measure is tested in
        return frame[frame["key"] == measure_of(published.selection).key]
    if published.key == "change-windows":
        return frame[frame["window_key"] != Window.BEFORE]
    return frame
