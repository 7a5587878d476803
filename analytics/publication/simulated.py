"""How a result that is made of simulated records says so, in its words, notes and files."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from analytics.text.words import Words
from data.sources.source import Kind, Source

#: Before the verdict, and the plain sentences, of whatever is made of simulated records.
SIMULATED_MARK: Final = "Simulated: "
SIMULATED_WORDS: Final = "These figures are made up to try the analysis: they are no evidence."
MARK: Final = "kind"  # the column of files that says which rows are simulated


class OnSimulated(str):
    """A note that is left out once no table is simulated: the reader's own stand in for all."""

    __slots__ = ()


def marked(words: Words) -> Words:
    """Return what a simulated result shows, said to be no evidence.

    Args:
        words: What it shows.
    """
    verdict = f"{SIMULATED_MARK}{words.verdict}"
    return replace(words, verdict=verdict, plain=(SIMULATED_WORDS, *words.plain))


def notes_beside(notes: Iterable[str], loaded: Iterable[Source]) -> tuple[str, ...]:
    """Return the notes of a result, without those on simulated records where it has none.

    Args:
        notes: All that the finding has.
        loaded: The tables the result is made of.
    """
    if any(source.kind is Kind.SIMULATED for source in loaded):
        return tuple(map(str, notes))
    return tuple(note for note in notes if not isinstance(note, OnSimulated))
