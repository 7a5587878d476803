"""Who the neighbours are: which survive from list to list, which are shared, which are pilots."""

from dataclasses import replace
from typing import Final

import pandas as pd

from analytics.evaluation.comparison import closeness, neighbours_of
from analytics.evaluation.method_card import Facts
from analytics.programme import PROGRAMME
from analytics.publication.finding import Finding, Tables, register
from analytics.selection.choices import MOST_NEIGHBOURS, Model
from analytics.selection.places import authorities, pilots, place_name
from analytics.selection.selection import Selection
from analytics.text.wording import counted, listed, number
from data.load import Table
from data.schema import Column, ColumnKind, key_text, text
from data.sources import registry as sources
from data.sources.source import Kind

TABLES: Final = (sources.NEIGHBOURS, sources.AUTHORITIES, sources.PILOTS)
#: Names of the columns that hold a neighbour's rank, list by list.
RANKS: Final = {
    Model.PRE_2021: "rank_pre_2021",
    Model.APRIL_2021: "rank_2021",
    Model.MAY_2025: "rank_2025",
}


def _rank(model: Model) -> Column:
    return Column(
        name=RANKS[model],
        label=f"Place in the list: {model.words.lower()}",
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
    *(_rank(model) for model in Model),
    text("closeness_2021", "Closeness, April 2021", about="In the Department's words."),
    text("closeness_2025", "Closeness, May 2025", about="In the Department's words."),
    Column(
        name="lists",
        label="Lists that hold it",
        kind=ColumnKind.COUNT,
        decimals=0,
        about="Of three, within the number of neighbours chosen.",
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
    """Set each pilot's neighbours in the three lists side by side.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose; k bounds every list.
    """
    table = tables[sources.NEIGHBOURS.key]
    ranks = {model: _ranks(table, selection, model) for model in Model}
    near = {model: closeness(table, model) for model in (Model.APRIL_2021, Model.MAY_2025)}
    known, rows = authorities(), list[dict[str, object]]()
    for pilot in selection.chosen:
        used = neighbours_of(pilot.code, table, selection)
        held = {model: ranks[model][pilot.code] for model in Model}
        for code in dict.fromkeys(code for one in held.values() for code in one):
            pair = (pilot.code, code)
            rows.append(
                {
                    "neighbour": place_name(code),
                    "neighbour_code": code,
                    "place": pilot.name,
                    "code": pilot.code,
                    "band": pilot.band.key,
                    **{RANKS[model]: held[model].get(code) for model in Model},
                    "closeness_2021": near[Model.APRIL_2021].get(pair, ""),
                    "closeness_2025": near[Model.MAY_2025].get(pair, ""),
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


def _ranks(table: Table, selection: Selection, model: Model) -> dict[str, dict[str, int]]:
    """Return the places of each pilot's first k neighbours in one list, pilots kept."""
    whole = replace(selection, model=model, with_pilots=True)
    return {
        pilot.code: {
            code: place
            for place, code in enumerate(neighbours_of(pilot.code, table, whole), start=1)
        }
        for pilot in selection.chosen
    }


def _lists_say(frame: pd.DataFrame, selection: Selection) -> str:
    column = RANKS[selection.model]
    now = frame[frame[column].notna()]
    inside = now[now["pilot"] == "yes"]
    several = now.groupby("alphabetical")["code"].nunique().sort_values(ascending=False)
    several = several[several > 1]
    words = (
        f"In the {_list_words(selection.model)} the chosen pilots name "
        f"{counted(now['neighbour_code'].nunique(), 'authority', 'authorities')} among their first "
        f"{selection.k}"
    )
    if len(several):
        most = now.loc[now["alphabetical"] == several.index[0], "neighbour"].iloc[0]
        words += (
            f"; {len(several)} are shared by two pilots or more, most by {int(several.iloc[0])} "
            f"({most})"
        )
    fate = "kept" if selection.with_pilots else "left out"
    if len(inside):
        pairs = [f"{row['neighbour']} for {row['place']}" for _, row in inside.iterrows()]
        words += (
            f". {counted(len(inside), 'place is a pilot', 'places are pilots')} and {fate}: "
            f"{listed(pairs)}"
        )
    else:
        words += ". No pilot is among them"
    return f"{words}."


def _list_words(model: Model) -> str:
    before = model is Model.PRE_2021
    return "list in use before April 2021" if before else f"list of {model.words}"


def _notes(_frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    return (
        (
            "The list in use before April 2021 is the one the Department's tool held in "
            "2018-19; it "
            "is believed, not known, to be the one in force in "
            f"{PROGRAMME.years_words}. How close its "
            "neighbours are "
            "is not known."
        ),
        (
            "Lists differ because the Department changed what it matches on, not because "
            "authorities "
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
        sentence=_lists_say,
        notes=_notes,
        method=_method,
        kind=Kind.AS_ISSUED,
        about="One row per pilot and neighbour: place in three lists, closeness, who shares it.",
    )
)


def _count(name: str, label: str) -> Column:
    return Column(name=name, label=label, kind=ColumnKind.COUNT, decimals=0)


SURVIVAL_COLUMNS: Final = (
    text("place", "Pilot"),
    key_text("code", "GSS code", in_table=False),
    key_text("band", "Band"),
    _count("named", "Neighbours in the list before April 2021"),
    _count("in_all", "In all three lists"),
    _count("in_2021", "In April 2021 too, not in May 2025"),
    _count("in_2025", "In May 2025 too, not in April 2021"),
    _count("in_neither", "In neither later list"),
    _count("pilots_among", "Pilots among them"),
    text("kept", "Who is in all three"),
    text("gone", "Who is in neither later list"),
)


def survival(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Count which of each pilot's first neighbours the later lists still hold.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose; k bounds every list.
    """
    frame = every_neighbour(tables, selection)
    first, second, third = (frame[RANKS[model]].notna() for model in Model)
    rows = [
        {
            "place": pilot.name,
            "code": pilot.code,
            "band": pilot.band.key,
            "named": int((mine & first).sum()),
            "in_all": int((mine & first & second & third).sum()),
            "in_2021": int((mine & first & second & ~third).sum()),
            "in_2025": int((mine & first & ~second & third).sum()),
            "in_neither": int((mine & first & ~second & ~third).sum()),
            "pilots_among": int((mine & first & (frame["pilot"] == "yes")).sum()),
            "kept": ", ".join(frame["neighbour"][mine & first & second & third]),
            "gone": ", ".join(frame["neighbour"][mine & first & ~second & ~third]),
        }
        for pilot in selection.chosen
        for mine in (frame["code"] == pilot.code,)
    ]
    return pd.DataFrame(rows)


def _survival_says(frame: pd.DataFrame, selection: Selection) -> str:
    named, kept = int(frame["named"].sum()), int(frame["in_all"].sum())
    gone = int(frame["in_neither"].sum())
    most = frame.sort_values("in_all", ascending=False).iloc[0]
    fewest = frame.sort_values("in_all").iloc[0]
    words = (
        f"Of {named} places among the first {selection.k} of the list before April 2021, {kept} "
        f"({number(100 * kept / named, 0)} %) are in both later lists and {gone} in neither"
    )
    if len(frame) == 1:
        return f"{words}."
    return (
        f"{words}. {most['place']} keeps {int(most['in_all'])} of {int(most['named'])}, "
        f"{fewest['place']} {int(fewest['in_all'])}."
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
        sentence=_survival_says,
        notes=_notes,
        method=_method,
        kind=Kind.OFFICIAL,
        whole="neighbours-lists",
        about="One row per pilot: how many of its neighbours the later lists still hold.",
    )
)
