"""Statistical disclosure control: what must not leave, whoever asks."""

from dataclasses import dataclass

import pandas as pd

from data.schema import Column
from data.symbols import Symbol

STATUS = "status"


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosed:
    """A table made safe.

    Attributes:
        frame: The table, without what had to be taken out.
        suppressed: Cells suppressed, by the publisher or here.
        withheld: Why there is no table at all, in words for the reader; empty if there is one.
    """

    frame: pd.DataFrame
    suppressed: int
    withheld: str = ""


def suppress(frame: pd.DataFrame, columns: tuple[Column, ...]) -> Disclosed:
    """Keep the publisher's suppression: a row marked confidential carries no value.

    Official tables are already controlled by their publisher, so nothing more is hidden here;
    what matters is that a hidden cell stays hidden, is counted, and is never worked out from
    others.

    Args:
        frame: One row per thing shown; a ``status`` column holds the publisher's symbols.
        columns: What the frame holds.
    """
    if STATUS not in frame:
        return Disclosed(frame=frame, suppressed=0)
    hidden = frame[STATUS].eq(Symbol.CONFIDENTIAL.value)
    if not bool(hidden.any()):
        return Disclosed(frame=frame, suppressed=0)
    safe = frame.copy()
    numbers = [column.name for column in columns if column.is_number and not column.beside]
    safe[numbers] = safe[numbers].mask(hidden, axis=0)
    return Disclosed(frame=safe, suppressed=int(hidden.sum()))
