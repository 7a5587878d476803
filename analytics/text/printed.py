"""What was printed in words: a verdict and plain sentences from the rows of a printed table."""

from collections.abc import Mapping
from math import isnan
from typing import Final

import pandas as pd

from analytics.text.wording import pluralise, upper_first
from analytics.text.words import Words, technical_line
from data.schema import number_in, records

#: Stands for the figure of a row in its plain words.
FIGURE: Final = "{figure}"
#: Most sentences that follow the verdict.
_MOST_TOLD: Final = 3


def in_words(row: Mapping[str, object]) -> str:
    """Return what a row says in plain words, with its figure in its place and no full stop.

    Args:
        row: With ``in_words`` and ``figure``.
    """
    return upper_first(str(row["in_words"]).replace(FIGURE, str(row["figure"])))


def printed_words(frame: pd.DataFrame) -> Words:
    """Say what was printed: the row told first is the verdict, the next few are sentences.

    Args:
        frame: With ``in_words``, ``figure``, ``told`` and ``reported``.
    """
    rows = [(number_in(row, "told"), row) for row in records(frame)]
    told = sorted((one for one in rows if not isnan(one[0])), key=lambda one: one[0])
    first, *others = (row for _, row in told)
    silent = frame["reported"].tolist().count("no")
    return Words(
        verdict=in_words(first),
        plain=tuple(f"{in_words(row)}." for row in others[:_MOST_TOLD]),
        technical=technical_line(
            f"{pluralise(len(frame), 'item')} printed",
            f"{silent} in words only, figures not reported in the sources held",
            "nothing recomputed",
        ),
    )
