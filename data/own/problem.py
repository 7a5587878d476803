"""What is wrong with a reader's data, one line for each thing, and the error that lists them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

MOST: Final = 50  # problems listed for one file
LONGEST: Final = 60  # characters of a cell that are shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong.

    Attributes:
        file: Name of the file.
        found: What is there, escaped and shortened where it is the reader's text.
        wanted: What should be.
        rows: Where, the headings being row 1; none where it is the whole file.
        columns: Names of the columns, or none.
    """

    file: str
    found: str
    wanted: str
    rows: tuple[int, ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The problem in one line."""
        where = [
            f"{one if len(parts) == 1 else one + 's'} {_joined(parts)}"
            for one, parts in (("row", self.rows), ("column", self.columns))
            if parts
        ]
        place = f" {', '.join(where)}:" if where else ""
        return f"{self.file}:{place} found {self.found}, wanted {self.wanted}"


def _joined(parts: Sequence[object]) -> str:
    *rest, last = (str(part) for part in parts)
    return f"{', '.join(rest)} and {last}" if rest else last


@dataclass(frozen=True, slots=True, kw_only=True)
class Problems:
    """The problems of one file: the first of each sort, and how many there are in all.

    Attributes:
        listed: Those that may be listed, in no order.
        count: All of them, listed or not.
    """

    listed: tuple[Problem, ...] = ()
    count: int = 0

    def __add__(self, other: "Problems") -> "Problems":
        return Problems(listed=self.listed + other.listed, count=self.count + other.count)

    @property
    def lines(self) -> tuple[str, ...]:
        """The first ``MOST`` by row, and how many more."""
        first = sorted(self.listed, key=lambda problem: problem.rows[:1])[:MOST]
        left = self.count - len(first)
        if not left:
            return tuple(problem.words for problem in first)
        more = f"{first[0].file}: and {left:,} more problem{'s' if left > 1 else ''}"
        return (*(problem.words for problem in first), more)


class OwnDataError(ValueError):
    """A reader's data cannot be used. The message lists everything that is wrong with it.

    Args:
        files: Problems of one file, or of the folder.

    Attributes:
        files: The same.
    """

    def __init__(self, files: Iterable[Problems]) -> None:
        self.files = tuple(files)
        super().__init__("\n".join(line for one in self.files for line in one.lines))


def one(
    file: str,
    found: str,
    wanted: str,
    *,
    rows: tuple[int, ...] = (),
    columns: tuple[str, ...] = (),
) -> Problems:
    """Return a single problem, to be added to others or raised alone; see ``Problem``."""
    problem = Problem(file=file, found=found, wanted=wanted, rows=rows, columns=columns)
    return Problems(listed=(problem,), count=1)


def shown(words: str) -> str:
    """Return a reader's text quoted, escaped and shortened, so that it is safe in a terminal."""
    short = words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
    return repr(short)
