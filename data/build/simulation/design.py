"""What all simulated tables share: the seed, lettered pilots, and answers in given shares."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

SEED: Final = 20170706

#: Letters stand for no authority: four beginners, three of two years, three of more.
BAND_OF: Final = {
    letter: band
    for letters, band in (("ABCD", "beginner"), ("EFG", "two-years"), ("HIJ", "over-two"))
    for letter in letters
}
LETTERS: Final = np.array(list(BAND_OF))
_BANDS: Final = np.array(list(BAND_OF.values()))


def stream(name: str) -> Generator:
    """Return the random numbers of one table, so that no table moves when another changes."""
    return np.random.default_rng([SEED, *name.encode()])


def pilot_effects(rng: Generator) -> NDArray[np.float64]:
    """Draw one effect per pilot, centred in each band, so that no band differs from another.

    Returns:
        Shape (10,), mean 0 in each band, standard deviation 1.
    """
    effects = rng.standard_normal(len(LETTERS))
    for band in dict.fromkeys(_BANDS):
        effects[band == _BANDS] -= effects[band == _BANDS].mean()
    return effects / effects.std()


#: How far a pilot has come. It moves workers, families and profiles of a pilot together.
PRACTICE: Final = pilot_effects(stream("practice"))


def pilots_of(rng: Generator, people: int, least: int) -> NDArray[np.int64]:
    """Share people out among the pilots, unevenly.

    Args:
        rng: Source of randomness.
        people: How many there are.
        least: How many every pilot has at least.

    Returns:
        Number of the pilot of each person, shape (people,), sorted.
    """
    rest = rng.multinomial(people - least * len(LETTERS), np.full(len(LETTERS), 1 / len(LETTERS)))
    return np.repeat(np.arange(len(LETTERS)), rest + least)


def some(rng: Generator, among: NDArray[np.bool_], count: int) -> NDArray[np.bool_]:
    """Mark exactly ``count`` of the places marked in ``among``, at random."""
    marked = np.zeros(len(among), dtype=bool)
    marked[rng.choice(np.flatnonzero(among), size=count, replace=False)] = True
    return marked


def answered(rng: Generator, people: int, empty: float) -> NDArray[np.bool_]:
    """Mark who answered an item when a share ``empty`` did not."""
    return some(rng, np.ones(people, dtype=bool), people - round(empty * people))


def in_shares(latent: NDArray[np.float64], shares: Sequence[float]) -> NDArray[np.int64]:
    """Cut a leaning into answers so that each answer has exactly its share.

    Args:
        latent: How much each person leans towards the last answer, shape (n,).
        shares: Share of each answer, or how many give it; the first goes to the least leaning.

    Returns:
        Number of each person's answer, shape (n,).
    """
    ends = np.cumsum(shares) / np.sum(shares) * len(latent)
    place = np.empty(len(latent), dtype=np.int64)
    place[np.argsort(latent, kind="stable")] = np.arange(len(latent))
    return np.searchsorted(np.rint(ends), place, side="right")


def words(codes: NDArray[np.int64], answers: Sequence[str], given: NDArray[np.bool_]) -> pd.Series:
    """Turn numbers of answers into words, empty where none was given.

    Args:
        codes: Number of the answer of each person who gave one, shape (given.sum(),).
        answers: The answers.
        given: Who answered, shape (n,).
    """
    cells = np.full(len(given), None, dtype=object)
    cells[given] = np.array(answers, dtype=object)[codes]
    return pd.Series(cells, dtype="str")
