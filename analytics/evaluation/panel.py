"""The figures as arrays: series by place by year, prepared once from a table."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.selection.choices import YEARS, Vintage
from analytics.selection.places import authorities
from data.load import Table
from data.symbols import NOT_COMPARED, Symbol

Floats = NDArray[np.float64]
Cell = TypeVar("Cell", bound=np.generic)

UNQUALIFIED = ""
#: Every symbol a value can have, or none; panels hold their places in it.
WORDS: Final = np.array([UNQUALIFIED, *(one.value for one in Symbol)])
_MARKS: Final = {word: at for at, word in enumerate(WORDS.tolist())}
_NOT_COMPARED: Final = np.isin(WORDS, NOT_COMPARED)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Panel:
    """One vintage of every series, for every place and year.

    Attributes:
        values: Values in the unit of each series, NaN where missing, shape (series, places, years).
        marks: Place of each value's symbol in ``WORDS``, same shape: a byte, not the 48 of a word.
        series: Position of each series by its key.
        places: Position of each place by its GSS code.
        years: Year of each position on the last axis.
    """

    values: Floats
    marks: NDArray[np.uint8]
    series: dict[str, int]
    places: dict[str, int]
    years: tuple[int, ...]

    @classmethod
    def of(
        cls,
        values: Floats,
        symbols: NDArray[np.str_],
        *,
        series: dict[str, int],
        places: dict[str, int],
        years: tuple[int, ...],
    ) -> "Panel":
        """Make a panel of values and their symbols.

        Args:
            values: Shape (series, places, years).
            symbols: The publisher's symbol for each, or empty, same shape.
            series: Position of each series by its key.
            places: Position of each place by its GSS code.
            years: Year of each position on the last axis.

        Raises:
            ValueError: A symbol is not one of ``Symbol``.
        """
        marks = np.full(symbols.shape, len(WORDS), dtype=np.uint8)
        for word, at in _MARKS.items():
            marks[symbols == word] = at
        if (unknown := marks == len(WORDS)).any():
            raise ValueError(_unknown(str(symbols[unknown][0])))
        return cls(values=values, marks=marks, series=series, places=places, years=years)

    @property
    def symbols(self) -> NDArray[np.str_]:
        """The publisher's symbol for each value, or empty, in the shape of the values."""
        return WORDS[self.marks]

    def comparable(self, keys: tuple[str, ...], years: tuple[int, ...]) -> Floats:
        """Return the values that may enter a comparison.

        Partial counts of 2013/14 and rates marked as on an older population than their series are
        left out; every other value published is used. Rates of children in need of three former
        authorities are on an older population and not marked: ``OLDER_POPULATION`` of the method
        card says why they are compared.

        Args:
            keys: Series, in the order asked for.
            years: Years, in the order asked for.

        Returns:
            Shape (keys, places, years); NaN where missing, not comparable or not held.
        """
        return self._taken(_comparable(self), np.nan, keys, years)

    def figures(self, keys: tuple[str, ...], years: tuple[int, ...]) -> Floats:
        """Return a copy of the values for some series and years, every place.

        Args:
            keys: Series, in the order asked for; one that is not held is missing throughout.
            years: Years, in the order asked for; every one within the panel's.
        """
        return self._taken(self.values, np.nan, keys, years)

    def block(
        self, keys: tuple[str, ...], years: tuple[int, ...]
    ) -> tuple[Floats, NDArray[np.str_]]:
        """Return copies of values and symbols for some series and years, every place.

        Args:
            keys: Series, in the order asked for; one that is not held is missing throughout.
            years: Years, in the order asked for; every one within the panel's.
        """
        missing = _MARKS[Symbol.NOT_PUBLISHED]
        return (
            self.figures(keys, years),
            WORDS[self._taken(self.marks, missing, keys, years)],
        )

    def count_of(self, symbol: Symbol, key: str, places: list[int], years: tuple[int, ...]) -> int:
        """Count the values of one series that have a symbol, in some places and years.

        Args:
            symbol: The publisher's, or one of this project's own.
            key: The series; one that is not held is missing throughout.
            places: Positions of the places.
            years: Every one within the panel's.
        """
        if key not in self.series:
            return len(places) * len(years) if symbol is Symbol.NOT_PUBLISHED else 0
        at = [self.years.index(year) for year in years]
        marks = self.marks[self.series[key], places][:, at]
        return int(np.count_nonzero(marks == _MARKS[symbol]))

    def _taken(
        self, held: NDArray[Cell], missing: object, keys: tuple[str, ...], years: tuple[int, ...]
    ) -> NDArray[Cell]:
        """Return a copy of what is held for some series and years, every place."""
        at = [self.years.index(year) for year in years]
        taken = np.full((len(keys), len(self.places), len(years)), missing, dtype=held.dtype)
        for row, key in enumerate(keys):
            if key in self.series:
                taken[row] = held[self.series[key]][:, at]
        return taken


@lru_cache(maxsize=16)
def _comparable(panel: Panel) -> Floats:
    """Return the values of a panel without those that are not compared: once for all choices."""
    return np.where(_NOT_COMPARED[panel.marks], np.nan, panel.values)


@lru_cache(maxsize=8)
def indicator_panel(table: Table, vintage: Vintage) -> Panel:
    """Arrange the indicator table as a panel.

    Args:
        table: One row per place, year, indicator and edition.
        vintage: Which rows: the preferred ones, or those first published.
    """
    column = "first_published" if vintage is Vintage.FIRST else "preferred"
    codes = table.frame["code"].astype(str).unique()
    made = panel(
        table.frame[table.frame[column]],
        series="indicator",
        codes=codes,
        keys=table.frame["indicator"].astype(str).unique(),
    )
    symbols = made.symbols
    if vintage is Vintage.FIRST:
        symbols[symbols == Symbol.NOT_PUBLISHED.value] = Symbol.NOT_FIRST.value
    say_boundaries(made.values, symbols, places=made.places, years=made.years)
    return Panel.of(made.values, symbols, series=made.series, places=made.places, years=made.years)


def say_boundaries(
    values: Floats, symbols: NDArray[np.str_], *, places: dict[str, int], years: tuple[int, ...]
) -> None:
    """Say in place of a missing value's symbol that a change of boundaries is the reason.

    Args:
        values: Shape (series, places, years).
        symbols: Same shape; changed in place.
        places: Position of each place by its GSS code.
        years: Year of each position on the last axis.
    """
    changed = [one for one in authorities().values() if one.predecessors or one.successors]
    for one in changed:
        if one.code not in places:
            continue
        missing, why = np.isnan(values[:, places[one.code]]), symbols[:, places[one.code]]
        there = np.array([one.exists(year) for year in years])
        why[missing & ~there] = Symbol.NOT_THEN.value
        if one.predecessors:
            why[missing & there & (why == Symbol.UNAVAILABLE.value)] = Symbol.FORMED.value


def panel(
    frame: pd.DataFrame,
    *,
    series: str,
    codes: NDArray[np.str_],
    keys: NDArray[np.str_] | None = None,
    value: str = "value",
) -> Panel:
    """Arrange a tidy frame as a panel.

    Args:
        frame: One row per place (``code``), year (``year_end``) and series, with ``status``.
        series: Column that names the series.
        codes: Every place the panel is to have, with figures or without.
        keys: Every series it is to have, with figures or without; by default those with figures.
        value: Column of values.

    Raises:
        ValueError: Two rows are for one series, place and year, a place is not in ``codes`` or a
            series not in ``keys``, or a symbol is not one of ``Symbol``.
    """
    names = np.sort(np.asarray(frame[series].unique() if keys is None else keys, dtype=str))
    key_at = pd.Index(names).get_indexer(pd.Index(frame[series].astype(str)))
    if (unlisted := key_at < 0).any():
        msg = f"found the series {frame[series][unlisted].iloc[0]}, expected only those listed"
        raise ValueError(msg)
    named_at, named = pd.factorize(frame["code"])
    codes = np.sort(np.asarray(codes, dtype=str))
    places = named.astype(str).to_numpy(str)
    at = np.searchsorted(codes, places).clip(max=len(codes) - 1)
    if (strange := codes[at] != places).any():
        msg = f"found figures for {places[strange][0]}, expected only places that are listed"
        raise ValueError(msg)
    year_at = frame["year_end"].to_numpy(np.intp) - YEARS[0]
    shape = (len(names), len(codes), len(YEARS))
    flat = np.ravel_multi_index((key_at, at[named_at], year_at), shape)
    taken = np.zeros(shape, dtype=np.bool_)
    taken.ravel()[flat] = True
    if (repeated := len(flat) - int(taken.sum())) > 0:
        msg = f"found {repeated} rows that repeat a {series}, place and year"
        raise ValueError(msg)
    values = np.full(shape, np.nan)
    values.ravel()[flat] = frame[value].to_numpy(np.float64)
    marks = np.full(shape, _MARKS[Symbol.NOT_PUBLISHED], dtype=np.uint8)
    marks.ravel()[flat] = _marks(frame["status"])
    return Panel(
        values=values,
        marks=marks,
        series={key: at for at, key in enumerate(names.tolist())},
        places={code: at for at, code in enumerate(codes.tolist())},
        years=YEARS,
    )


def _marks(status: pd.Series) -> NDArray[np.uint8]:
    at, found = pd.factorize(status)
    words = [str(symbol) for symbol in found]
    if unknown := [word for word in words if word not in _MARKS]:
        raise ValueError(_unknown(unknown[0]))
    # A missing status is -1, the last.
    return np.array([_MARKS[word] for word in (*words, UNQUALIFIED)], dtype=np.uint8)[at]


def _unknown(symbol: str) -> str:
    return f"found the symbol {symbol!r}, expected one of {', '.join(Symbol)}"
