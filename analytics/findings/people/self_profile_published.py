"""The areas of the self-profile that were printed as the strongest and the weakest."""

from math import isnan
from typing import Final

import pandas as pd

from analytics.programme import count_words
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.follows import NOTHING
from analytics.selection.selection import Selection
from analytics.text.wording import listed, number, pluralise, upper_first
from analytics.text.words import Words, technical_line
from data.microdata.self_profile import ITEMS, STRONGEST, WEAKEST
from data.schema import hidden_key, key_text, number_in, records, text
from data.sources import evaluation as printed
from data.sources.source import Kind

NOT_REPORTED: Final = "not reported in the sources held"
_MOST: Final = sum(item.strongest for item in ITEMS)
_AREAS: Final = (
    f"{upper_first(count_words(_MOST))} strongest and {count_words(len(ITEMS) - _MOST)} weakest"
)
PUBLISHED_COLUMNS: Final = (
    text("group", "Group", in_table=False),
    text("item", "Area as worded"),
    text("scale", "Scale"),
    text("first", "First score"),
    text("second", "Second score"),
    key_text("source_url", "Read at"),
    text("note", "Note"),
    text("in_words", "In plain words"),
    printed.TOLD,
    hidden_key("group_key", about="Which group."),
)


def profile_items(tables: Tables, _selection: Selection) -> pd.DataFrame:
    """List the areas printed as strongest and weakest, with the scores that were not.

    Args:
        tables: Profile items by key.
        _selection: Not used: printed words do not depend on a selection.
    """
    frame = tables[printed.PROFILE_ITEMS.key].frame
    frame = frame[frame["group_key"].isin([STRONGEST, WEAKEST])]
    scores = {
        name: [NOT_REPORTED if pd.isna(cell) else number(cell) for cell in frame[column]]
        for name, column in (("first", "t1"), ("second", "t2"))
    }
    filled = frame.assign(**scores).fillna(
        {"scale": NOT_REPORTED, "source_url": "", "note": "", "in_words": ""}
    )
    return filled.reset_index(drop=True)


def _published_words(frame: pd.DataFrame, _selection: Selection) -> Words:
    """Say how many areas progressed most and least, with the two of each that are told first."""
    rows = records(frame)
    strong, weak = (
        [row for row in rows if row["group_key"] == group] for group in (STRONGEST, WEAKEST)
    )
    many, few = count_words(len(strong)), count_words(len(weak))
    return Words(
        verdict=f"Pilots reported most progress on {many} areas, least on {few}",
        plain=(
            f"Among the {many} are {listed(_told(strong))}.",
            f"Among the {few} are {listed(_told(weak))}.",
            "The scores behind this were not printed in the sources held.",
        ),
        technical=technical_line(
            f"{pluralise(len(frame), 'area')} as worded in the summary",
            f"scale and scores {NOT_REPORTED}",
            "order inside each group not said to be a ranking",
        ),
    )


def _told(rows: list[dict[str, object]]) -> list[str]:
    told = [row for row in rows if not isnan(number_in(row, "told"))]
    return [str(row["in_words"]) for row in sorted(told, key=lambda row: number_in(row, "told"))]


published: Final = register(
    Finding(
        key="profile-published",
        follows=NOTHING,
        title="Self-profile: strongest and weakest areas, as published",
        subtitle=lambda s: (
            f"{s.programme.many.capitalize()} pilots, two points, in the summary's own words"
        ),
        sources=(printed.PROFILE_ITEMS,),
        columns=PUBLISHED_COLUMNS,
        analyse=profile_items,
        words=_published_words,
        notes=(
            "Taken as printed: nothing here was recomputed, and no choice of bands changes it.",
            "The order inside each group is that of the summary; it is not said to be a ranking.",
        ),
        method=(("Reading", "Taken from the public summary, word for word."),),
        kind=Kind.PUBLISHED,
        about=f"{_AREAS} areas of the self-profile as printed.",
    )
)
