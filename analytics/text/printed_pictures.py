"""What a picture of a printed row is drawn from: its share, or its count, or what its words say."""

from enum import StrEnum
from typing import Final

import pandas as pd

from analytics.text.wording import upper_first
from data.schema import Column, ColumnKind, hidden_key


class Part(StrEnum):
    """Which part of what was printed a row belongs to.

    Attributes:
        FINDING: What was found.
        WHO: Who took part.
        LATER: What later studies say.
    """

    FINDING = ""
    WHO = "who"
    LATER = "later"


class Exactness(StrEnum):
    """How exactly a share is printed.

    Attributes:
        EXACT: As it is.
        ABOUT: About so large.
        OVER: Just over so large.
    """

    EXACT = ""
    ABOUT = "about"
    OVER = "over"


class Sign(StrEnum):
    """What words say that come without a figure.

    Attributes:
        NONE: Nothing that could be drawn.
        UP: More, or better.
        DOWN: Fewer, or less.
        AGREED: People said yes to it.
        COMMENT: Somebody remarked on it.
    """

    NONE = ""
    UP = "up"
    DOWN = "down"
    AGREED = "agreed"
    COMMENT = "comment"


def _hidden(name: str, label: str, unit: str) -> Column:
    return Column(
        name=name, label=label, unit=unit, kind=ColumnKind.NUMBER, decimals=0, hidden=True
    )


#: Columns that the view of what was printed reads; none is in a table or a file.
PICTURED: Final = (
    hidden_key("part", about="Who took part, or what later studies say; else empty."),
    _hidden("share", "Share to draw", "%"),
    hidden_key("exactness", about="over or about, where a share is printed so."),
    _hidden("count", "Count to draw", ""),
    _hidden("base", "Of how many", ""),
    hidden_key("sign", about="What words without a figure say."),
    hidden_key("missing", about="What of it is not reported, in plain words."),
)
_WORDS: Final = ("part", "exactness", "sign", "missing")


def pictured(frame: pd.DataFrame, *, share: str, count: str = "") -> pd.DataFrame:
    """Add what a picture of each row is drawn from.

    A share that is printed is drawn; else the one that the words name.

    Args:
        frame: Rows of a printed table with ``data.sources.evaluation.PICTURE``.
        share: Column of the share, in %.
        count: Column of the count, where the table has one.
    """
    words = frame[list(_WORDS)].fillna("")
    return frame.assign(
        **{name: words[name] for name in _WORDS if name != "missing"},
        missing=words["missing"].map(upper_first),
        share=frame[share].fillna(frame["named_share"]),
        count=frame[count] if count else float("nan"),
    )
