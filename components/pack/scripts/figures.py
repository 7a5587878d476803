"""Figures by place and year, and what each place is compared with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pack import EVERY_YEAR, Choice, NotAnsweredError, Pack, read_table

Floats = NDArray[np.float64]

FEWEST_NEIGHBOURS = 5  # that must have a figure; all of them where fewer are listed


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Figures:
    """Series by place by year.

    Attributes:
        values: Shape (series, places, years), NaN where missing.
        symbols: The publisher's symbol for each value, or empty, same shape.
        series: Position of each series by its key.
        places: Position of each place by its GSS code.
        years: Year of each position on the last axis.
    """

    values: Floats
    symbols: NDArray[np.str_]
    series: dict[str, int]
    places: dict[str, int]
    years: tuple[int, ...] = EVERY_YEAR

    def of(self, key: str) -> Floats:
        """Return one series, shape (places, years); missing throughout where it is not held."""
        if key not in self.series:
            return np.full(self.values.shape[1:], np.nan)
        return self.values[self.series[key]]

    def at(self, key: str, code: str) -> Floats:
        """Return one series of one place, shape (years,)."""
        if code not in self.places:
            return np.full(len(self.years), np.nan)
        return self.of(key)[self.places[code]]

    def marked(self, key: str, code: str, years: Iterable[int]) -> int:
        """Count the years in which the publisher hid a figure of a place (symbol "c")."""
        if key not in self.series or code not in self.places:
            return 0
        row = self.symbols[self.series[key], self.places[code]]
        return sum(row[self.years.index(year)] == "c" for year in years)

    def comparable(self, left_out: Sequence[str]) -> "Figures":
        """Return the figures without those that enter no comparison.

        Args:
            left_out: Symbols of such figures, as partial counts.
        """
        kept = np.where(np.isin(self.symbols, list(left_out)), np.nan, self.values)
        return replace(self, values=kept)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Compared:
    """Places beside their comparators.

    Attributes:
        own: Figures of the places, shape (series, places, years), NaN where missing.
        comparator: The average that each is compared with, same shape.
        found: Authorities with a figure behind each average, same shape.
        listed: Authorities listed for each place, shape (places,).
        years: Year of each position on the last axis.
    """

    own: Floats
    comparator: Floats
    found: Floats
    listed: Floats
    years: tuple[int, ...]

    @property
    def gaps(self) -> Floats:
        """Own figure minus comparator, shape (series, places, years)."""
        return self.own - self.comparator

    def over(self, years: Iterable[int]) -> "Compared":
        """Keep some years."""
        at = [self.years.index(year) for year in years]
        return Compared(
            own=self.own[..., at],
            comparator=self.comparator[..., at],
            found=self.found[..., at],
            listed=self.listed,
            years=tuple(self.years[one] for one in at),
        )


def mean(values: Floats) -> Floats:
    """Average the numbers that are there over the last axis; NaN where none is."""
    there = np.isfinite(values)
    count = there.sum(axis=-1)
    total = np.where(there, values, 0.0).sum(axis=-1)
    return np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)


def arranged(
    table: pd.DataFrame, *, series: str, value: str, keys: Sequence[str], codes: Sequence[str]
) -> Figures:
    """Arrange a table with one row per series, place and year.

    Args:
        table: With ``code``, ``year_end``, ``status`` and the two columns named.
        series: Column that names the series.
        value: Column of values.
        keys: Series to keep, in order.
        codes: Places to have, with figures or without.
    """
    at_key, at_code = ({one: at for at, one in enumerate(part)} for part in (keys, codes))
    rows = table[table[series].isin(at_key) & table["year_end"].isin(EVERY_YEAR)]
    at = (
        rows[series].map(at_key).to_numpy(np.intp),
        rows["code"].map(at_code).to_numpy(np.intp),
        rows["year_end"].to_numpy(np.intp) - EVERY_YEAR[0],
    )
    shape = (len(keys), len(codes), len(EVERY_YEAR))
    values, symbols = np.full(shape, np.nan), np.full(shape, "", dtype="<U12")
    values[at] = rows[value].to_numpy(np.float64)
    symbols[at] = rows["status"].fillna("").astype(str).to_numpy(str)
    return Figures(values=values, symbols=symbols, series=at_key, places=at_code)


def indicator_figures(pack: Pack, keys: Sequence[str] = (), *, column: str = "") -> Figures:
    """Return indicators for every place and year, as published.

    Args:
        pack: Holds the table ``indicators``.
        keys: Which are needed beside those of the registry.
        column: Which edition of a figure counts: "preferred" (as revised) or "first_published";
            the one chosen unless given.
    """
    known = dict.fromkeys((*pack.resolved["indicators"], *keys))
    column = column or str(pack.resolved["figures"]["column"])
    return _indicators(pack.path("indicators"), tuple(known), column)


@cache
def _indicators(path: Path, keys: tuple[str, ...], column: str) -> Figures:
    table = read_table(path)
    codes = sorted(table["code"].unique())
    chosen = table[table[column].astype(bool)]
    return arranged(chosen, series="indicator", value="value", keys=keys, codes=codes)


def neighbours_of(pack: Pack, code: str, choice: Choice) -> tuple[str, ...]:
    """Return the first neighbours of a place on the chosen list, nearest first.

    Other pilots among them are left out, and not replaced, unless they are kept.
    """
    first = _lists(pack, choice.model).get(code, ())[: choice.first]
    pilots = {*choice.pilots, *choice.other_pilots}
    return tuple(one for one in first if choice.pilots_kept or one not in pilots)


def others_of(pack: Pack, code: str, choice: Choice) -> tuple[str, ...]:
    """Return the places whose average a place is compared with.

    Raises:
        NotAnsweredError: Other pilots are asked for and every pilot is chosen.
    """
    if choice.compare == "neighbours":
        return neighbours_of(pack, code, choice)
    if choice.compare == "england":
        return (pack.resolved["england"],)
    if choice.compare == "region":
        table = pack.table("authorities")
        return tuple(table.loc[table["code"] == code, "region_code"])
    left = tuple(one for one in choice.other_pilots if one != code)
    if not left:
        msg = "every pilot is chosen, so no other pilots are left to compare with"
        raise NotAnsweredError(msg)
    return left


def compare(
    pack: Pack,
    figures: Figures,
    choice: Choice,
    keys: Sequence[str],
    codes: Sequence[str],
    *,
    without: str = "",
) -> Compared:
    """Put places beside the average of what each is compared with, in every year.

    The averages are made with a matrix that has one row a place and one column an authority: the
    weight of each authority in that place's average.

    Args:
        pack: Holds the lists of neighbours.
        figures: Those that may enter a comparison.
        choice: Comparator and its options.
        keys: Series to compare.
        codes: Places.
        without: An authority to leave out of every average, and not to replace.

    Source:
        Benton, Chamberlain, Wilson and Teeman (2007), The development of the children's services
        statistical neighbour benchmarking model, NFER, for the lists.
    """
    values = np.stack([figures.of(key) for key in keys])
    others = [
        tuple(one for one in others_of(pack, code, choice) if one != without) for code in codes
    ]
    weight = np.zeros((len(codes), values.shape[1]))
    for place, (code, listed) in enumerate(zip(codes, others, strict=True)):
        for other in listed:
            if other in figures.places:
                weight[place, figures.places[other]] = _weight(pack, code, other, choice)
    there = np.isfinite(values)
    found = (weight > 0).astype(float) @ there.astype(float)
    listed = np.array([len(one) for one in others], dtype=float)
    if choice.average == "median" and choice.compare in {"neighbours", "pilots"}:
        made = _medians(values, weight)
    else:
        total, below = weight @ np.where(there, values, 0.0), weight @ there.astype(float)
        made = np.divide(total, below, out=np.full(total.shape, np.nan), where=below > 0)
    enough = found >= np.clip(listed, 1, FEWEST_NEIGHBOURS)[None, :, None]
    own = np.stack([np.stack([figures.at(key, code) for code in codes]) for key in keys])
    return Compared(
        own=own,
        comparator=np.where(enough, made, np.nan),
        found=found,
        listed=listed,
        years=figures.years,
    )


def _weight(pack: Pack, code: str, other: str, choice: Choice) -> float:
    """Return how much a neighbour counts: all alike, or more the closer it is said to be."""
    if choice.weights == "equal" or choice.compare != "neighbours":
        return 1.0
    words = _closeness(pack, choice.model)[code, other].lower()
    return float(pack.resolved["closeness_weights"][words])


@cache
def _lists(pack: Pack, model: str) -> dict[str, tuple[str, ...]]:
    """Return the neighbours of every authority on one list, nearest first."""
    table = pack.table("neighbours")
    ordered = table[table["model"] == model].sort_values("rank")
    return {str(code): tuple(rows) for code, rows in ordered.groupby("code")["neighbour"]}


@cache
def _closeness(pack: Pack, model: str) -> dict[tuple[str, str], str]:
    """Return how close the neighbours of one list are, in the words of the Department."""
    table = pack.table("neighbours")
    rows = table[(table["model"] == model) & table["closeness"].notna()]
    return dict(
        zip(zip(rows["code"], rows["neighbour"], strict=True), rows["closeness"], strict=True)
    )


def _medians(values: Floats, weight: Floats) -> Floats:
    """Return the median over the authorities of each row of the matrix, where any has a figure."""
    made = np.full((values.shape[0], len(weight), values.shape[2]), np.nan)
    for place in np.flatnonzero((weight > 0).any(axis=1)).tolist():
        block = values[:, weight[place] > 0]
        some = np.sum(np.isfinite(block), axis=1) > 0
        held = np.where(some[:, None, :], block, 0.0)
        made[:, place] = np.where(some, np.nanmedian(held, axis=1), np.nan)
    return made
