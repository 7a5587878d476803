"""Which years and releases the official tables hold, read from the tables themselves.

The files are read without their checksums, which ``data.load`` compares before anything is shown:
whatever is imported needs the years before that.
"""

from datetime import date
from functools import cache
from pathlib import Path
from re import findall
from typing import Any, Final

ROOM: Final = Path(__file__).parent
INDICATORS: Final = "official/indicators.parquet"
SECTION251: Final = "official/section251.parquet"
AUTHORITIES: Final = "official/authorities.csv"

_YEAR: Final = "year_end"
_DETAIL: Final = "own_provision"  # is printed for lines of detail alone


class YearsError(ValueError):
    """A table is missing, or holds no years."""


@cache
def span(file: str) -> tuple[int, int]:
    """Return the first and the last year of a table.

    Args:
        file: Path below ``data/`` of a Parquet file with ``year_end``.

    Raises:
        YearsError: There is no such table, or it holds no years.
    """
    return _span(file, (_YEAR,))


@cache
def last_of_detail() -> int:
    """Return the last year in which lines of Section 251 are printed in detail.

    Raises:
        YearsError: There is no such table, or it holds no years.
    """
    return _span(SECTION251, (_YEAR, _DETAIL))[1]


@cache
def releases(pattern: str) -> tuple[str, ...]:
    """Return what a pattern finds in the names of releases that indicators were taken from.

    Args:
        pattern: A regular expression with one group.

    Returns:
        What the group matched, each once, in order.

    Raises:
        YearsError: There is no such table.
    """
    names = _columns(INDICATORS, ("edition",))["edition"].unique().to_pylist()
    return tuple(sorted({found for name in names for found in findall(pattern, str(name))}))


def days_words(days: tuple[str, ...]) -> tuple[str, ...]:
    """Write days as in a sentence: 8 April 2026.

    Args:
        days: Such as 2026-04-08.
    """
    read = [date.fromisoformat(day) for day in days]
    return tuple(f"{day.day} {day:%B %Y}" for day in read)


@cache
def years_of_children() -> tuple[int, ...]:
    """Return the years of estimates of children in the table of authorities.

    Raises:
        YearsError: There is no such table.
    """
    try:
        heading = (ROOM / AUTHORITIES).read_text(encoding="utf-8").partition("\n")[0]
    except OSError as fault:
        msg = f"{AUTHORITIES}: no such table; rebuild with python -m data.build"
        raise YearsError(msg) from fault
    return tuple(int(year) for year in findall(r"pop_0_17_mid(\d{4})", heading))


def _span(file: str, columns: tuple[str, ...]) -> tuple[int, int]:
    years = _columns(file, columns).drop_null()[_YEAR].unique().to_pylist()
    if not years:
        msg = f"{file}: found no years, expected some; rebuild with python -m data.build"
        raise YearsError(msg)
    return min(years), max(years)


def _columns(file: str, columns: tuple[str, ...]) -> Any:  # noqa: ANN401 (pyarrow has no types)
    # Whatever starts the explorer imports this module before it knows that there is memory enough.
    from pyarrow import ArrowException, parquet  # noqa: PLC0415

    try:
        return parquet.read_table(ROOM / file, columns=list(columns))
    except (OSError, ArrowException) as fault:
        msg = f"{file}: found no table with {', '.join(columns)}; rebuild with python -m data.build"
        raise YearsError(msg) from fault
