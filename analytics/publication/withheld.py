"""What is published where there is nothing to show: the reason, in place of rows."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.publication.suppression import STATUS, Disclosed
from data.schema import Column, ColumnKind
from data.symbols import Symbol

#: The column that says why a row has no figures.
WITHHELD: Final = "withheld"
NOTHING: Final = "Nothing to show with this choice"
NOT_RUN: Final = "Not run yet"
FEW_PEOPLE: Final = "Too few people to show"
TOO_FEW: Final = (
    "Every figure is of too few people to be shown, or would give such a figure away under this or "
    "another choice of bands."
)


def nothing(columns: tuple[Column, ...], words: str) -> Disclosed:
    """Return a frame without rows, and why.

    Args:
        columns: What the frame would hold.
        words: Why there are none, for the reader.
    """
    return Disclosed(frame=_no_rows(columns), suppressed=0, withheld=words)


def _no_rows(columns: tuple[Column, ...]) -> pd.DataFrame:
    words = {ColumnKind.TEXT, ColumnKind.FLAG}
    return pd.DataFrame(
        {c.name: np.array([], dtype=object if c.kind in words else float) for c in columns}
    )


def all_withheld(frame: pd.DataFrame) -> str:
    """Return the reasons, where every row of a finding is withheld; its rows stay in the files."""
    if STATUS in frame and len(frame) and {*frame[STATUS].tolist()} == {Symbol.SMALL.value}:
        return TOO_FEW
    if WITHHELD not in frame or not len(frame) or "" in frame[WITHHELD].tolist():
        return ""
    return " ".join(dict.fromkeys(frame[WITHHELD]))
