"""What a published aggregate is: where it was printed, how records give it, and when they agree."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Final

import pandas as pd

#: Key of the published table of sizes.
SIZES: Final = "evaluation-sizes"

#: Record tables by key.
Frames = Mapping[str, pd.DataFrame]


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregate:
    """A figure or a direction that was printed, and that records could contradict.

    Attributes:
        name: What it is of; names it among all aggregates.
        measure: Its value in record tables; a share is a percentage.
        source: Key of the published table that holds it; empty where only the summary says it.
        row: Cells that name its row there, by column.
        column: Where it stands there.
        decimals: Decimals it was printed with, or None where it was printed in words.
        above: Where in words: the value is above this.
        below: Where in words: the value is below this.
        reading: How the words, or what the figure is of, were read.
    """

    name: str
    measure: Callable[[Frames], float]
    source: str = ""
    row: Mapping[str, str]
    column: str = "result"
    decimals: int | None = None
    above: float = -inf
    below: float = inf
    reading: str = ""

    def printed(self, table: pd.DataFrame) -> str:
        """Return what stands in the published table.

        Args:
            table: The published table of ``source``.

        Raises:
            LookupError: There is not exactly one such row.
        """
        found = table
        for column, cell in self.row.items():
            found = found[found[column] == cell]
        if len(found) != 1:
            msg = f"{self.name}: found {len(found)} rows of {self.source}, expected one: {self.row}"
            raise LookupError(msg)
        return str(found.iloc[0][self.column])

    def agrees(self, frames: Frames, printed: str = "") -> bool:
        """Return whether records give what was printed, to the decimals of print.

        Args:
            frames: Record tables by key.
            printed: What stands in the published table, where it is a number.
        """
        value = self.measure(frames)
        if self.decimals is None:
            return self.above < value < self.below
        figure = float(printed.split(maxsplit=1)[0].strip("%"))
        return abs(value - figure) < 0.5 * 10.0**-self.decimals


def share(cells: pd.Series, answers: Sequence[str]) -> float:
    """Return the percentage of those who answered that gave one of ``answers``."""
    given = cells.dropna()
    return 100 * float(given.isin(list(answers)).mean())


def together(one: pd.Series, other: pd.Series) -> float:
    """Return the correlation of two values of the same pilots."""
    both = pd.DataFrame({"one": one, "other": other}).dropna()
    return float(both["one"].corr(both["other"]))


def size(
    name: str, fact: str, measure: Callable[[Frames], float], decimals: int | None, **bounds: float
) -> Aggregate:
    """Describe an aggregate that is printed among the sizes of the evaluation.

    Args:
        name: What it is of.
        fact: Key of its row there.
        measure: Its value in record tables.
        decimals: Decimals of print, or None where it is a period or words.
        **bounds: ``above`` and ``below``, where there are no decimals.
    """
    return Aggregate(
        name=name,
        measure=measure,
        source=SIZES,
        row={"fact_key": fact},
        column="value",
        decimals=decimals,
        above=bounds.get("above", float("-inf")),
        below=bounds.get("below", float("inf")),
        reading="as printed",
    )
