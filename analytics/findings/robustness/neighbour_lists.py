"""Who the neighbours are: which survive from list to list, which are shared, which are pilots."""

from dataclasses import replace
from typing import Final

import pandas as pd

from analytics.evaluation.comparison import closeness, neighbours_of
from analytics.evaluation.method_card import Facts
from analytics.programme import PROGRAMME
from analytics.publication.finding import Finding, Tables, register
from analytics.selection.places import authorities, pilots, place_name
from analytics.selection.selection import Selection
from analytics.text.wording import listed, number, pluralise, some_of, upper_first
from analytics.text.words import Words, technical_line
from data.load import Table
from data.neighbour_lists import (
    MOST_NEIGHBOURS,
    NEIGHBOUR_LISTS,
    WITH_CLOSENESS,
    NeighbourList,
    many,
)
from data.schema import Column, ColumnKind, key_text, text
from data.sources import registry as sources
from data.sources.source import Kind
from data.wording import count_words

TABLES: Final = (sources.NEIGHBOURS, sources.AUTHORITIES, sources.PILOTS)
#: Names of the columns that hold a neighbour's rank, list by list.
RANKS: Final = {one: f"rank_{one.column}" for one in NEIGHBOUR_LISTS}
FIRST, LATER = NEIGHBOUR_LISTS[0], NEIGHBOUR_LISTS[1:]
ALL: Final = f"all {many()}"
PAIR: Final = 2
NO: Final = "neither" if len(LATER) == PAIR else "no"


def _rank(model: NeighbourList) -> Column:
    return Column(
        name=RANKS[model],
        label=f"Place in the list: {model.label.lower()}",
        kind=ColumnKind.COUNT,
        decimals=0,
        about="1 is nearest; empty where it is not among the first ten of the list.",
    )


LIST_COLUMNS: Final = (
    text("neighbour", "Neighbour"),
    key_text("neighbour_code", "Neighbour's GSS code", in_table=False),
    text("place", "Pilot"),
    key_text("code", "GSS code", in_table=False),
    key_text("band", "Band"),
    *(_rank(model) for model in NEIGHBOUR_LISTS),
    *(
        text(
            f"closeness_{one.column}", f"Closeness, {one.label}", about="In the Department's words."
        )
        for one in WITH_CLOSENESS
    ),
    Column(
        name="lists",
        label="Lists that hold it",
        kind=ColumnKind.COUNT,
        decimals=0,
        about=f"Of {many()}, within the number of neighbours chosen.",
    ),
    key_text("pilot", "Is a pilot", about="yes or no."),
    key_text("used", "Compared with now", about="yes where the selection's options use it."),
    Column(
        name="shared_by",
        label="Pilots that share it",
        kind=ColumnKind.COUNT,
        decimals=0,
        about="Chosen pilots that hold it in any list, within the number of neighbours chosen.",
    ),
    text("changed", "Boundary change"),
    Column(
        name="alphabetical",
        label="alphabetical",
        kind=ColumnKind.COUNT,
        about="Place of the neighbour in alphabetical order.",
        hidden=True,
    ),
)


def every_neighbour(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Set each pilot's neighbours in every list side by side.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose; k bounds every list.
    """
    table = tables[sources.NEIGHBOURS.key]
    ranks = {model: _ranks(table, selection, model) for model in NEIGHBOUR_LISTS}
    near = {model: closeness(table, model) for model in WITH_CLOSENESS}
    known, rows = authorities(), list[dict[str, object]]()
    for pilot in selection.chosen:
        used = neighbours_of(pilot.code, table, selection)
        held = {model: ranks[model][pilot.code] for model in NEIGHBOUR_LISTS}
        for code in dict.fromkeys(code for one in held.values() for code in one):
            pair = (pilot.code, code)
            rows.append(
                {
                    "neighbour": place_name(code),
                    "neighbour_code": code,
                    "place": pilot.name,
                    "code": pilot.code,
                    "band": pilot.band.key,
                    **{RANKS[model]: held[model].get(code) for model in NEIGHBOUR_LISTS},
                    **{f"closeness_{one.column}": near[one].get(pair, "") for one in near},
                    "lists": sum(code in one for one in held.values()),
                    "pilot": "yes" if code in pilots() else "no",
                    "used": "yes" if code in used else "no",
                    "changed": known[code].changed if code in known else "",
                }
            )
    frame = pd.DataFrame(rows).astype(dict.fromkeys(RANKS.values(), "float64"))
    shared = frame.groupby("neighbour_code")["code"].transform("nunique")
    order = {code: place for place, code in enumerate(known)}
    alphabetical = frame["neighbour_code"].map(order)
    return frame.assign(shared_by=shared, alphabetical=alphabetical)[
        [column.name for column in LIST_COLUMNS]
    ]


def _ranks(table: Table, selection: Selection, model: NeighbourList) -> dict[str, dict[str, int]]:
    """Return the places of each pilot's first k neighbours in one list, pilots kept."""
    whole = replace(selection, model=model, with_pilots=True)
    return {
        pilot.code: {
            code: place
            for place, code in enumerate(neighbours_of(pilot.code, table, whole), start=1)
        }
        for pilot in selection.chosen
    }


def _lists_words(frame: pd.DataFrame, selection: Selection) -> Words:
    """Say how many neighbours are shared, and which are pilots, in three layers."""
    now = frame[frame[RANKS[selection.model]].notna()]
    inside = now[now["pilot"] == "yes"]
    times = now.groupby("neighbour_code", sort=False)["code"].nunique()
    several = times[times > 1].sort_values(ascending=False, kind="stable")
    names, of = now.drop_duplicates("neighbour_code").set_index("neighbour_code"), len(times)
    verdict = "No similar council is shared by two pilots"
    plain = [f"The {selection.model.listed} names {pluralise(of, 'council')} {_firsts(selection)}."]
    if len(several):
        verb = "is" if len(several) == 1 else "are"
        verdict = f"{len(several)} of {of} similar councils {verb} shared by two pilots or more"
        plain.append(
            f"{names.loc[several.index[0], 'neighbour']} is shared most, by "
            f"{count_words(int(several.iloc[0]))} pilots."
        )
    fate = "kept" if selection.with_pilots else "left out"
    if len(inside):
        many = "One is a pilot" if len(inside) == 1 else f"Of them, {len(inside)} are pilots"
        plain.append(f"{many} and {fate}.")
    return Words(
        verdict=verdict,
        plain=tuple(plain),
        technical=technical_line(
            *(f"{row['neighbour']} for {row['place']}: pilot, {fate}"
              for _, row in inside.iterrows())
        ),
    )  # fmt: skip


def _firsts(selection: Selection) -> str:
    whose = "this pilot" if len(selection.chosen) == 1 else selection.who
    if selection.k == 1:
        return f"as nearest to {whose}"
    return f"among the {_first(selection)} of {whose}"


def _notes(_frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    return (
        *(
            one.note.replace("{years}", PROGRAMME.years_words)
            for one in NEIGHBOUR_LISTS
            if one.note
        ),
        (
            "Lists differ because the Department changed what it matches on, not because councils "
            "changed places."
        ),
        (
            "Authorities formed since have no figures for the years before, and those abolished "
            "none "
            "after."
        ),
        f"Every list is cut at the {_first(selection)} chosen in the bar.",
    )


def _first(selection: Selection) -> str:
    return f"first {selection.k}" if selection.k > 1 else "nearest one"


def _method(selection: Selection) -> Facts:
    return (
        ("What is shown", "The Department's lists of statistical neighbours, as published."),
        ("Pilots", selection.pilot_words),
        ("Comparator", selection.comparator_words),
        ("Shared", ("An authority in the lists of several pilots enters several gaps, so that the "
         "gaps of those pilots are not independent of each other.")),
    )  # fmt: skip


lists: Final = register(
    Finding(
        key="neighbours-lists",
        title="Neighbours that several pilots share, and those that are pilots",
        subtitle=lambda s: f"{s.pilot_words} · first {s.k} of each list · {s.comparator_words}",
        unit="lists",
        sources=TABLES,
        columns=LIST_COLUMNS,
        analyse=every_neighbour,
        words=_lists_words,
        notes=_notes,
        method=_method,
        kind=Kind.AS_ISSUED,
        about=f"One row per pilot and neighbour: place in {many()} lists, closeness, who shares "
        "it.",
    )
)


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
    """
    frame = every_neighbour(tables, selection)
    held = {one: frame[RANKS[one]].notna() for one in NEIGHBOUR_LISTS}
    times = sum((held[one].astype(int) for one in LATER), start=pd.Series(0, index=frame.index))
    rows = list[dict[str, object]]()
    for pilot in selection.chosen:
        mine = (frame["code"] == pilot.code) & held[FIRST]
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
            "pilots_among": int((mine & (frame["pilot"] == "yes")).sum()),
            "kept": ", ".join(frame["neighbour"][kept]),
            "gone": ", ".join(frame["neighbour"][gone]),
        }
        rows.append(row)
    return pd.DataFrame(rows)[[column.name for column in SURVIVAL_COLUMNS]]


def _survival_words(frame: pd.DataFrame, selection: Selection) -> Words:
    """Say how many neighbours the later lists still hold, in three layers."""
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
    order = frame.sort_values("in_all", ascending=False, kind="stable")
    most, fewest = order.iloc[0], order.iloc[-1]
    if len(frame) > 1 and most["in_all"] > fewest["in_all"]:
        kept_least = int(fewest["in_all"]) or "none"
        plain.append(
            f"{most['place']} keeps its one, {fewest['place']} does not."
            if most["named"] == 1
            else f"{most['place']} keeps {int(most['in_all'])} of {int(most['named'])}, "
            f"{fewest['place']} {kept_least} of {int(fewest['named'])}."
        )
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


survivors: Final = register(
    Finding(
        key="neighbours-survival",
        title="Which neighbours survive from list to list",
        subtitle=lambda s: f"{s.pilot_words} · first {s.k} of each list",
        unit=lambda s: f"neighbours among the first {min(s.k, MOST_NEIGHBOURS)}",
        sources=TABLES,
        columns=SURVIVAL_COLUMNS,
        analyse=survival,
        words=_survival_words,
        notes=_notes,
        method=_method,
        kind=Kind.OFFICIAL,
        whole="neighbours-lists",
        about="One row per pilot: how many of its neighbours the later lists still hold.",
    )
)
