"""How answers moved between two points, in three layers of words: the same for every survey."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from analytics.disclosure.words import WHY_HIDDEN
from analytics.text.certainty import Certainty
from analytics.text.wording import number, pluralise, ranged, signed, upper_first
from analytics.text.words import Words, technical_line
from data.schema import number_in
from data.wording import count_words

Row = Mapping[str, object]

#: Columns of the rows that ``moved_words`` takes; shares in per cent.
FIRST: Final = "first"
SECOND: Final = "second"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What people of a survey do, in words.

    Attributes:
        more: That more of them agreed, as a verdict begins: "More families said yes".
        fewer: That fewer did.
        none: That there is no clear change, whole.
        verb: What those counted did: "said yes".
        when: The two points: "at the first interview" and "at the second".
        who: The people, in the plural.
    """

    more: str
    fewer: str
    none: str
    verb: str
    when: tuple[str, str]
    who: str


def moved_words(rows: Sequence[Row], said: Said, *, overlap: str) -> Words:
    """Say on how many questions answers moved, and on which most.

    Args:
        rows: One of each question asked twice, with ``name``, ``first``, ``second``, ``change``,
            ``low``, ``high``, ``n_first`` and ``n_second``, of a frame that has been through the
            door.
        said: What people of the survey do, in words.
        overlap: How many are in both, for the technical line; empty where it is not counted.
    """
    shown = [row for row in rows if not np.isnan(number_in(row, "change"))]
    gone = len(rows) - len(shown)
    hidden = f"{gone} of {len(rows)} questions hidden" if gone else ""
    if not shown:
        return Words(
            verdict=f"Changes in what {said.who} said are hidden to protect them",
            plain=(WHY_HIDDEN,),
        )
    up = [row for row in shown if number_in(row, "low") > 0]
    down = [row for row in shown if number_in(row, "high") < 0]
    clear = [*up, *down]
    widest = max(clear or shown, key=lambda row: abs(number_in(row, "change")))
    ordered = sorted(shown, key=lambda row: number_in(row, "change"))
    ends = [ordered[-1], ordered[0]] if len(ordered) > 1 else ordered
    return Words(
        verdict=_verdict(len(up), len(down), len(shown), said),
        plain=(*_plain(widest, said), _certainty(len(clear), len(shown))),
        technical=technical_line(
            *map(_technical, ends),
            f"{len(clear)} of {len(shown)} intervals leave out 0, not adjusted",
            overlap,
            hidden,
        ),
    )


def _verdict(up: int, down: int, of: int, said: Said) -> str:
    if up and down:
        return f"{said.more} on {_questions(up)}, fewer on {count_words(down)}"
    if up or down:
        return f"{said.more if up else said.fewer} on {up or down} of {pluralise(of, 'question')}"
    return said.none


def _questions(count: int) -> str:
    return f"{count_words(count)} question{'' if count == 1 else 's'}"


def _plain(row: Row, said: Said) -> tuple[str, ...]:
    first, second = (number(number_in(row, name), 0) for name in (FIRST, SECOND))
    name = upper_first(str(row["name"]))
    shares = f"“{name}”: {first}% {said.verb} {said.when[0]}, {second}% {said.when[1]}."
    moved = moved_range(*(number_in(row, name) for name in ("change", "low", "high")))
    return shares, f"That is {moved}."


def moved_range(change: float, low: float, high: float) -> str:
    """Write a difference of shares with its range: "up 7 percentage points (between 2 and 12 up)".

    Args:
        change: In percentage points.
        low: Lower end of its range.
        high: Upper end.
    """
    size = number(abs(change), 0)
    points = f"percentage point{'' if size == '1' else 's'}"
    return f"{'down' if change < 0 else 'up'} {size} {points} ({range_words(low, high, 0)})"


def range_words(low: float, high: float, decimals: int = 1) -> str:
    """Write the range of a change: "between 2 and 12 up", or "between 1 down and 8 up".

    Args:
        low: Lower end.
        high: Upper end.
        decimals: How many are shown.
    """
    near, far = (number(abs(one), decimals) for one in sorted((low, high), key=abs))
    if low < 0 < high:
        return f"between {number(-low, decimals)} down and {number(high, decimals)} up"
    return ranged(near, far, "down" if low + high < 0 else "up")


def _certainty(clear: int, of: int) -> str:
    """Say how sure that is: no test is made, and an interval counts no other."""
    sure = Certainty.UNCOUNTED if clear else Certainty.NOT_CLEAR
    if clear or of == 1:
        return f"{upper_first(sure.label)}."
    return f"The widest of {of} changes is {sure.label}."


def _technical(row: Row) -> str:
    change, low, high = (number_in(row, name) for name in ("change", "low", "high"))
    shares = " to ".join(f"{number(number_in(row, name))}%" for name in (FIRST, SECOND))
    sizes = [number_in(row, name) for name in ("n_first", "n_second")]
    n = " and ".join(number(one, 0) for one in sizes if not np.isnan(one))
    ends = f"95% CI {signed(low)} to {signed(high)}, n {n}"
    return f"{row['name']}: {shares}, {signed(change)} ({ends})"
