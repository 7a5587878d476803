"""What a briefing is made of, as its template lays it out."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One part of a briefing.

    Attributes:
        title: Its heading; empty where it has none.
        starts_page: Whether it begins a page.
    """

    title: str = ""
    starts_page: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsBlock(Block):
    """A verdict and plain sentences.

    Attributes:
        verdict: What was found; empty where the sentences stand alone.
        plain: The sentences.
    """

    kind: str = field(default="words", init=False)
    verdict: str = ""
    plain: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """One part of the answer, with a number or a word that stands large.

    Attributes:
        question: What is asked.
        large: The number or word.
        sentence: The answer in plain words.
        sure: How sure it is; empty where the large words say so.
    """

    question: str
    large: str
    sentence: str
    sure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NumbersBlock(Block):
    """Numbers in three columns."""

    kind: str = field(default="numbers", init=False)
    numbers: Sequence[Number]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartBlock(Block):
    """A drawing with the verdict above it and its sentences below.

    Attributes:
        verdict: What it shows.
        svg: The drawing.
        spoken: The drawing in words, for those who hear the page.
        plain: The sentences.
    """

    kind: str = field(default="chart", init=False)
    verdict: str
    svg: str
    spoken: str
    plain: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableBlock(Block):
    """A table.

    Attributes:
        verdict: What it shows; empty where nothing is said of it.
        heads: Names of the columns.
        rows: Cells, as they are printed.
        widths: Of each column, in shares of the width that is left; 0 for as wide as its words.
        numbers: Columns that are set to the right, from 0.
        note: Said below it; empty for nothing.
    """

    kind: str = field(default="table", init=False)
    verdict: str = ""
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]
    numbers: Sequence[int] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListBlock(Block):
    """Short sentences, one below the other."""

    kind: str = field(default="list", init=False)
    items: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """Two pages.

    Attributes:
        title: The heading.
        lede: What it is of: the selection or the council, in words.
        author: Who made it, for the properties of the file.
        foot: At the foot of each page: name, day and address.
        blocks: Its parts, in order.
        below: Small print below the last of them; empty for nothing.
    """

    title: str
    lede: str
    author: str
    foot: str
    blocks: Sequence[Block]
    below: str = ""
