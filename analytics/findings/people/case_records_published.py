"""What was printed of case records."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.follows import NOTHING
from analytics.selection.selection import Selection
from analytics.text.printed import in_words, printed_words
from analytics.text.printed_pictures import PICTURED, pictured
from analytics.text.wording import number
from analytics.text.words import Words
from data.schema import hidden_key, key_text, number_in, records, text
from data.sources.evaluation import CASE_RECORD_ITEMS, TOLD
from data.sources.source import Kind

NOT_REPORTED: Final = "not reported in the sources held"


def items(tables: Tables, _selection: Selection) -> pd.DataFrame:
    """List what was printed of case records, with what was looked for and not printed.

    Args:
        tables: Case record items by key.
        _selection: Not used: printed figures do not depend on a selection.
    """
    frame = pictured(tables[CASE_RECORD_ITEMS.key].frame, share="percentage")
    shares = [number_in(row, "percentage") for row in records(frame)]
    figures = [NOT_REPORTED if np.isnan(one) else f"{number(one, 0)}%" for one in shares]
    told = ["no" if np.isnan(one) else "yes" for one in shares]
    filled = frame.assign(figure=figures, reported=told).fillna(
        {"confidence": "", "source_url": "", "note": "", "in_words": ""}
    )
    return filled.assign(in_words=[in_words(row) for row in records(filled)])


def _items_words(frame: pd.DataFrame, _selection: Selection) -> Words:
    return printed_words(frame)


published: Final = register(
    Finding(
        key="records-published",
        follows=NOTHING,
        title="What case records showed, as published",
        subtitle=lambda s: f"All {s.programme.many} pilots",
        sources=(CASE_RECORD_ITEMS,),
        columns=(
            text("item", "Item"),
            text("result", "As printed"),
            text("figure", "Figure"),
            text("confidence", "How sure the reading is"),
            key_text("source_url", "Read at"),
            text("note", "Note"),
            text("in_words", "In plain words"),
            TOLD,
            hidden_key("reported", about="yes where the figure is reported in the sources held."),
            *PICTURED,
        ),
        analyse=items,
        words=_items_words,
        notes=(
            "Taken as printed: nothing here was recomputed, and no choice of bands changes it.",
        ),
        method=(("Reading", "Taken from public summaries, word for word."),),
        kind=Kind.PUBLISHED,
        about="Items on case records as printed, with what is not reported.",
    )
)
