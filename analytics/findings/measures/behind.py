"""All that a comparison is made from: places, and what each is compared with, year by year."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.evaluation.comparison import CLOSENESS, closeness, compared_with
from analytics.evaluation.measure_families import MeasureFamily
from analytics.evaluation.verdict_columns import KEY, NAME, UNIT
from analytics.measures.measure import Measure
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.selection.choices import YEARS, Comparator, Weights
from analytics.selection.places import ENGLAND, authorities, pilots, place_name
from analytics.selection.selection import Selection
from analytics.text.wording import pluralise
from analytics.text.words import DOT, Words
from data.schema import Column, ColumnKind, key_text, text
from data.sources import registry as sources
from data.sources.source import Kind, Source
from data.symbols import NOT_COMPARED

FamilyChoice = Callable[[Selection], MeasureFamily]
Floats = NDArray[np.float64]

EVERY_YEAR: Final = "every year held"
IN_PERIOD: Final = key_text(
    "in_period", "In the period", about="yes where the year is in the period that was chosen."
)
COLUMNS: Final = (
    KEY,
    NAME,
    UNIT,
    key_text("group_code", "Code of the group", about="GSS code of the place compared."),
    text("group", "Compared", about="The pilot, or your authority, that the row stands with."),
    key_text("band", "Band"),
    key_text("role", "Role", about="pilot, yours, neighbour, region, england or other-pilot."),
    key_text("code", "GSS code"),
    text("place", "Place"),
    Column(
        name="weight",
        label="Weight",
        kind=ColumnKind.COUNT,
        unit="times",
        decimals=0,
        about="How often the place counts in the mean it is part of.",
    ),
    Column(name="year_end", label="Year ending", kind=ColumnKind.YEAR),
    IN_PERIOD,
    Column(name="value", label="Value"),
    key_text(
        "compared",
        "Compared",
        about="yes where the value may enter a comparison; a comparator needs five of them, or "
        "all where fewer are listed.",
    ),
    key_text("status", "Status symbol", about="Why a value is missing or qualified."),
)

_OF_PLACE: Final = ("group_code", "group", "band", "role", "code", "place", "weight")
_ROLES: Final = {
    Comparator.NEIGHBOURS: "neighbour",
    Comparator.REGION: "region",
    Comparator.ENGLAND: "england",
    Comparator.PILOTS: "other-pilot",
}


def compared_places(
    family: MeasureFamily,
    tables: Tables,
    selection: Selection,
    measures: tuple[Measure, ...],
    parts: Mapping[str, Callable[[Measure], Floats]],
) -> pd.DataFrame:
    """Return every chosen place, and all it is compared with, on some measures in every year.

    Args:
        family: The family of the measures.
        tables: The tables of the family by key.
        selection: What the reader chose.
        measures: What rows are of.
        parts: Further columns by name: figures of shape (places, years) of a measure.
    """
    panel = family.panel(tables, selection)
    values, symbols = panel.block(tuple(one.key for one in measures), YEARS)
    listed = [one for one in _listed(tables, selection) if one["code"] in panel.places]
    at = [panel.places[str(one["code"])] for one in listed]
    chosen = set(selection.years)
    m, n, years = len(measures), len(listed), len(YEARS)
    shown, marks = values[:, at].ravel(), symbols[:, at].ravel()
    comparable = np.isfinite(shown) & ~np.isin(marks, NOT_COMPARED)

    def of_measure(cells: Sequence[object]) -> NDArray[np.object_]:
        return np.repeat(np.array(cells, dtype=object), n * years)

    def of_year(cells: Sequence[object]) -> NDArray[np.object_]:
        return np.tile(np.array(cells, dtype=object), m * n)

    frame = {
        "key": of_measure([one.key for one in measures]),
        "name": of_measure([one.name for one in measures]),
        "unit": of_measure([one.unit for one in measures]),
        **{
            name: np.tile(np.repeat(np.array([one[name] for one in listed], object), years), m)
            for name in _OF_PLACE
        },
        "year_end": np.tile(np.array(YEARS, dtype=float), m * n),
        "in_period": of_year(["yes" if year in chosen else "no" for year in YEARS]),
        "value": shown,
        "compared": np.where(comparable, "yes", "no").astype(object),
        "status": marks.astype(object),
        **{
            name: np.stack([part(one)[at] for one in measures]).ravel()
            for name, part in parts.items()
        },
    }
    return pd.DataFrame(frame).astype({"weight": float})


def _listed(tables: Tables, selection: Selection) -> list[dict[str, object]]:
    """Return each chosen place, and after it what it is compared with."""
    neighbours, known = tables[sources.NEIGHBOURS.key], pilots(selection.programme)
    weighed = (selection.compare, selection.weights) == (Comparator.NEIGHBOURS, Weights.CLOSENESS)
    words = closeness(neighbours, selection.model) if weighed else {}
    role, chosen = _ROLES[selection.compare], dict.fromkeys([one.code for one in selection.chosen])
    listed = list[dict[str, object]]()
    for code in [*chosen, *([selection.area] if selection.area not in {"", *chosen} else [])]:
        group: dict[str, object] = {
            "group_code": code,
            "group": place_name(code),
            "band": known[code].band.key if code in known else "",
            "role": "pilot" if code in known else "yours",
        }
        listed.append(group | {"code": code, "place": place_name(code), "weight": 1})
        for other in compared_with(code, neighbours, selection):
            weight = CLOSENESS[words[code, other]] if words else 1
            place: dict[str, object] = {"code": other, "place": _name(other, code)}
            listed.append(group | place | {"role": role, "weight": weight})
    return listed


def _name(code: str, of: str) -> str:
    """Return the name of an authority, of England, or of the region of a place."""
    if code == ENGLAND:
        return "England"
    known = authorities()
    return place_name(code) if code in known else known[of].region


def _words(frame: pd.DataFrame, _selection: Selection) -> Words:
    held = pluralise(int(frame["value"].notna().sum()), "figure")
    places = pluralise(frame["code"].nunique(), "place")
    return Words(
        verdict="The figures that the comparison is made from",
        plain=(f"The table holds {held} of {places}, year by year.",),
    )


def places_behind(
    choose: FamilyChoice,
    *,
    tables: tuple[Source, ...],
    key: str,
    follows: frozenset[str],
    about: str,
    unread: tuple[Source, ...] | Callable[[Selection], tuple[Source, ...]] = (),
) -> Finding:
    """Make the finding that holds all that the comparison of one measure is made from.

    Args:
        choose: Returns the family of the measure under a selection.
        tables: The tables that any such family is made of.
        key: Name in addresses.
        follows: What its rows and words follow of a selection.
        about: One line for the list of findings.
        unread: Which of the tables nothing comes from under a selection.
    """

    def analyse(loaded: Tables, selection: Selection) -> pd.DataFrame:
        family = choose(selection)
        return compared_places(family, loaded, selection, (family.measure(selection),), {})

    return Finding(
        key=key,
        follows=follows,
        title=lambda s: f"{choose(s).measure(s).name}: what the comparison is made from",
        subtitle=lambda s: DOT.join(s.parts_with(EVERY_YEAR)),
        unit=lambda s: choose(s).measure(s).unit,
        scale=lambda s: choose(s).measure(s).scale,
        measure=lambda s: choose(s).measure(s),
        sources=tables,
        unread=unread,
        columns=COLUMNS,
        analyse=analyse,
        words=_words,
        notes=lambda frame, s: choose(s).notes(frame, s),
        method=lambda s: made_of(choose(s).measure(s).unit),
        kind=Kind.OFFICIAL,
        about=about,
    )


def made_of(unit: str) -> tuple[tuple[str, str], ...]:
    """Return the method card of a table that other cards are made from.

    Args:
        unit: Of its figures.
    """
    return (
        ("What is estimated", "Nothing: these are the figures that cards are made from."),
        ("Unit", f"{unit}."),
        ("Period", "Every year held; one column says which were chosen."),
    )
