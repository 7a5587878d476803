"""Which similar councils the later lists still hold, pilot by pilot."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.findings.measures.neighbour_table import (
    RANKS,
    TABLES,
    every_neighbour,
    list_method,
    list_notes,
)
from analytics.methods.refusal import NotEstimableError
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.follows import PILOTS
from analytics.selection.selection import Selection
from analytics.text.wording import listed, naming, number, pluralise, some_of, upper_first
from analytics.text.words import Words
from data.neighbour_lists import (
    MOST_NEIGHBOURS,
    NEIGHBOUR_LISTS,
    NeighbourList,
    many,
)
from data.schema import Column, ColumnKind, key_text, text
from data.sources.source import Kind

FIRST, LATER = NEIGHBOUR_LISTS[0], NEIGHBOUR_LISTS[1:]
ALL: Final = f"all {many()}"
PAIR: Final = 2
NO: Final = "neither" if len(LATER) == PAIR else "no"


def _count(name: str, label: str) -> Column:
    return Column(name=name, label=label, kind=ColumnKind.COUNT, decimals=0)


def _alone(one: NeighbourList) -> str:
    others = listed([other.label for other in LATER if other != one])
    return f"In {one.label} too, not in {others}" if others else f"In {one.label} too"


SURVIVAL_COLUMNS: Final = (
    text("place", "Pilot"),
    key_text("code", "GSS code", in_table=False),
    key_text("band", "Band"),
    _count("named", f"Neighbours in the {FIRST.listed}"),
    _count("in_all", f"In {ALL} lists"),
    *(_count(f"in_{one.column}", _alone(one)) for one in LATER),
    *([_count("in_several", "In several later lists, not in all")] if LATER[PAIR:] else []),
    _count("in_neither", f"In {NO} later list"),
    _count("pilots_among", "Pilots among them"),
    text("kept", f"Who is in {ALL}"),
    text("gone", f"Who is in {NO} later list"),
)


def survival(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Count which of each pilot's first neighbours the later lists still hold.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose; k bounds every list.

    Raises:
        NotEstimableError: No pilot is in the first list.
    """
    frame = every_neighbour(tables, selection)
    codes, neighbours = (frame[name].to_numpy(object) for name in ("code", "neighbour"))
    is_pilot = frame["pilot"].eq("yes").to_numpy()
    held = {one: frame[RANKS[one]].notna().to_numpy() for one in NEIGHBOUR_LISTS}
    times = np.sum([held[one] for one in LATER], axis=0)
    rows = list[dict[str, object]]()
    for pilot in selection.chosen:
        mine = (codes == pilot.code) & held[FIRST]
        kept, gone = mine & (times == len(LATER)), mine & (times == 0)
        alone = mine & (times == 1) & (times < len(LATER))
        several = mine & (times > 1) & (times < len(LATER))
        row: dict[str, object] = {
            "place": pilot.name,
            "code": pilot.code,
            "band": pilot.band.key,
            "named": int(mine.sum()),
            "in_all": int(kept.sum()),
            **{f"in_{one.column}": int((alone & held[one]).sum()) for one in LATER},
            "in_several": int(several.sum()),
            "in_neither": int(gone.sum()),
            "pilots_among": int((mine & is_pilot).sum()),
            "kept": ", ".join(neighbours[kept]),
            "gone": ", ".join(neighbours[gone]),
        }
        rows.append(row)
    if not any(row["named"] for row in rows):
        msg = (
            f"None of these councils is in the {FIRST.listed}, so no list can keep its neighbours."
        )
        raise NotEstimableError(msg)
    return pd.DataFrame(rows)[[column.name for column in SURVIVAL_COLUMNS]]


def _survival_words(frame: pd.DataFrame, selection: Selection) -> Words:
    """Say how many neighbours the later lists still hold, in three layers."""
    without = frame["place"][frame["named"] == 0].tolist()
    frame = frame[frame["named"] > 0]
    named, kept = int(frame["named"].sum()), int(frame["in_all"].sum())
    gone = int(frame["in_neither"].sum())
    every = "both" if len(LATER) == PAIR else "all"
    none = "neither" if len(LATER) == PAIR else "none"
    share = number(100 * kept / named, 0)
    said = [f"that is {share}%"] if kept else []
    if gone:
        said.append(f"{pluralise(gone, 'is', 'are')} in {none} of the later lists")
    elif kept < named:
        said.append(f"{'the others are' if kept else 'each is'} in one or more of the later lists")
    begins = "" if kept or not gone else f"Of {pluralise(named, 'place')}, "
    plain = [f"{upper_first(begins + '; '.join(said))}."]
    plain += _extremes(frame)
    if without:
        plain.append(naming(f"Not in the {FIRST.listed}:", without))
    return Words(
        verdict=(
            f"{upper_first(some_of(kept, named, 'similar council'))} "
            f"{'is' if kept == 1 else 'are'} still in {every} later lists"
            if kept
            else f"No similar council is still in {every} later lists"
        ),
        plain=tuple(plain),
        technical=f"{FIRST.listed}, first {selection.k}",
    )


def _extremes(frame: pd.DataFrame) -> list[str]:
    """Name the pilot that keeps most of its neighbours and the one that keeps fewest."""
    order = frame.sort_values("in_all", ascending=False, kind="stable")
    most, fewest = order.iloc[0], order.iloc[-1]
    if most["in_all"] == fewest["in_all"]:
        return []
    if most["named"] == 1:
        return [f"{most['place']} keeps its one, {fewest['place']} does not."]
    kept_least = int(fewest["in_all"]) or "none"
    most_kept = f"{most['place']} keeps {int(most['in_all'])} of {int(most['named'])}"
    return [f"{most_kept}, {fewest['place']} {kept_least} of {int(fewest['named'])}."]


survivors: Final = register(
    Finding(
        key="neighbours-survival",
        follows=PILOTS | {"model", "k", "with-pilots"},
        title="Which neighbours survive from list to list",
        subtitle=lambda s: f"{s.pilot_words} · first {s.k} of each list",
        own_comparator=True,
        unit=lambda s: f"neighbours among the first {min(s.k, MOST_NEIGHBOURS)}",
        sources=TABLES,
        columns=SURVIVAL_COLUMNS,
        analyse=survival,
        words=_survival_words,
        notes=list_notes,
        method=list_method,
        kind=Kind.OFFICIAL,
        whole="neighbours-lists",
        about="One row per pilot: how many of its neighbours the later lists still hold.",
    )
)
