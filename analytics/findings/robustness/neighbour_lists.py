"""Who the neighbours are: which several pilots share, and which are pilots themselves."""

from typing import Final

import pandas as pd

from analytics.findings.measures.neighbour_table import (
    LIST_COLUMNS,
    RANKS,
    TABLES,
    every_neighbour,
    first_of,
    list_method,
    list_notes,
    neighbour_words,
)
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.follows import PILOTS
from analytics.selection.selection import Selection
from analytics.text.wording import pluralise
from analytics.text.words import Words, technical_line
from data.neighbour_lists import many
from data.sources.source import Kind
from data.wording import count_words

MOST_INSIDE: Final = 12  # pairs of a pilot and a neighbour that are named; more are counted


def _lists_words(frame: pd.DataFrame, selection: Selection) -> Words:
    """Say how many neighbours are shared, and which are pilots, in three layers."""
    now = frame[frame[RANKS[selection.model]].notna()]
    inside = now[now["pilot"] == "yes"]
    times = now.groupby("neighbour_code", sort=False)["code"].nunique()
    several = times[times > 1].sort_values(ascending=False, kind="stable")
    names, of = now.drop_duplicates("neighbour_code").set_index("neighbour_code"), len(times)
    verdict = "No similar council is shared by two pilots"
    plain = [f"The {selection.model.listed} names {pluralise(of, 'council')} {_firsts(selection)}."]
    if not of:
        plain = [f"None of the pilots is in the {selection.model.listed}."]
    if len(several):
        verb = "is" if len(several) == 1 else "are"
        verdict = f"{len(several)} of {of} similar councils {verb} shared by two pilots or more"
        plain.append(
            f"{names.loc[several.index[0], 'neighbour']} is shared most, by "
            f"{count_words(int(several.iloc[0]))} pilots."
        )
    fate = "kept" if selection.with_pilots else "left out"
    if len(inside):
        among = inside["neighbour_code"].nunique()
        many = "One is a pilot" if among == 1 else f"Of them, {among} are pilots"
        plain.append(f"{many} and {fate}.")
    return Words(
        verdict=verdict,
        plain=tuple(plain),
        technical=technical_line(
            *(f"{row['neighbour']} for {row['place']}: pilot, {fate}"
              for _, row in inside.head(MOST_INSIDE).iterrows()),
            f"{len(inside) - MOST_INSIDE} more such pairs" if len(inside) > MOST_INSIDE else "",
        ),
    )  # fmt: skip


def _firsts(selection: Selection) -> str:
    whose = "this pilot" if len(selection.chosen) == 1 else selection.who
    if selection.k == 1:
        return f"as nearest to {whose}"
    return f"among the {first_of(selection)} of {whose}"


lists: Final = register(
    Finding(
        key="neighbours-lists",
        follows=PILOTS | {"model", "k", "with-pilots"},
        title="Neighbours that several pilots share, and those that are pilots",
        subtitle=lambda s: f"{s.pilot_words} · first {s.k} of each list · {neighbour_words(s)}",
        own_comparator=True,
        unit="lists",
        sources=TABLES,
        columns=LIST_COLUMNS,
        analyse=every_neighbour,
        words=_lists_words,
        notes=list_notes,
        method=list_method,
        kind=Kind.AS_ISSUED,
        about=f"One row per pilot and neighbour: place in {many()} lists, closeness, who shares "
        "it.",
    )
)
