"""Each pilot's neighbours in every list side by side, and what to keep in mind about the lists."""

from dataclasses import replace
from typing import Final

import pandas as pd

from analytics.evaluation.comparison import closeness, neighbours_of
from analytics.evaluation.method_card import Facts
from analytics.publication.declaration import Tables
from analytics.selection.choices import Comparator
from analytics.selection.places import authorities, pilots, place_name
from analytics.selection.selection import Selection
from data.load import Table
from data.neighbour_lists import (
    NEIGHBOUR_LISTS,
    WITH_CLOSENESS,
    NeighbourList,
    many,
)
from data.schema import Column, ColumnKind, key_text, text
from data.sources import registry as sources

TABLES: Final = (sources.NEIGHBOURS, sources.AUTHORITIES, sources.PILOTS)
#: Names of the columns that hold a neighbour's rank, list by list.
RANKS: Final = {one: f"rank_{one.column}" for one in NEIGHBOUR_LISTS}


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
                    "pilot": "yes" if code in pilots(selection.programme) else "no",
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


def list_notes(_frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    """Return what to keep in mind about the lists.

    Args:
        _frame: Not used: it is the same of every choice of rows.
        selection: How many of each list are used.
    """
    return (
        *(
            one.note.replace("{years}", selection.programme.years_words)
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
        f"Every list is cut at the {first_of(selection)} chosen in the bar.",
    )


def first_of(selection: Selection) -> str:
    """Say how many of each list are used: "first 10", "nearest one".

    Args:
        selection: What the reader chose.
    """
    return f"first {selection.k}" if selection.k > 1 else "nearest one"


def neighbour_words(selection: Selection) -> str:
    """Say what neighbours become, whatever else the bar compares with.

    Args:
        selection: What the reader chose.
    """
    return replace(selection, compare=Comparator.NEIGHBOURS).comparator_words


def list_method(selection: Selection) -> Facts:
    """Return what is shown of the lists, and of whom.

    Args:
        selection: What the reader chose.
    """
    return (
        ("What is shown", "The Department's lists of statistical neighbours, as published."),
        ("Pilots", selection.pilot_words),
        ("Comparator", neighbour_words(selection)),
        ("Shared", ("An authority in the lists of several pilots enters several gaps, so that the "
         "gaps of those pilots are not independent of each other.")),
    )  # fmt: skip
