"""A publisher's file as text: CSV, spreadsheet or Parquet, with its rows numbered as printed."""

from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any, Final

import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook

from data.build.publishers.refusal import RefusedError

_SPREADSHEETS: Final = {".xlsx", ".ods"}
_TITLES: Final = 12  # rows of titles above the headings, at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A file as it was read.

    Attributes:
        file: Its name.
        frame: Its cells as text; the index is the row as a spreadsheet counts it.
    """

    file: str
    frame: pd.DataFrame

    def expect(self, expected: tuple[str, ...], known: tuple[str, ...] = ()) -> None:
        """Refuse the file unless the headings are there.

        Args:
            expected: Headings that must be there.
            known: Headings that may be there too; where there are none, any may.

        Raises:
            RefusedError: A heading is missing, there twice, or not known.
        """
        names = [str(name) for name in self.frame.columns]
        missing = [name for name in expected if name not in names]
        new = [name for name in names if name not in {*expected, *known}] if known else []
        if missing:
            found = f"no such heading, but {_listed(new)}" if new else "no such heading"
            raise RefusedError(
                self.file, row=1, column=missing[0], found=found, expected="this heading"
            )
        again = [name for name in expected if names.count(name) > 1]
        if again:
            raise RefusedError(
                self.file, row=1, column=again[0], found="it twice", expected="it once"
            )
        if new:
            fault = "an unknown heading"
            raise RefusedError(
                self.file, row=1, column=new[0], found=fault, expected="one of the layout"
            )


def read(path: Path, first: tuple[str, ...]) -> Sheet:
    """Read a file as text.

    Args:
        path: The file.
        first: Headings by which the row of headings is known in a spreadsheet, which may have
            titles above it.

    Raises:
        RefusedError: The file cannot be read, or has no row of headings.
    """
    kind = path.suffix.lower()
    try:
        if kind in _SPREADSHEETS:
            rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
            return _below_titles(path.name, rows, first)
        frame = pd.read_parquet(path) if kind == ".parquet" else _csv(path)
    except RefusedError:
        raise
    except (ValueError, OSError, CalamineError) as fault:
        said = str(fault).splitlines()[0] if str(fault) else type(fault).__name__
        raise RefusedError(path.name, found=f"no table ({said})", expected="one") from fault
    frame.index = pd.RangeIndex(2, len(frame) + 2)
    return Sheet(file=path.name, frame=frame)


def _csv(path: Path) -> pd.DataFrame:
    content = path.read_bytes()
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        words = content.decode("cp1252")
    frame = pd.read_csv(StringIO(words), dtype="str", keep_default_na=False, header=None)
    cells, names = frame.iloc[1:], frame.iloc[0].tolist()
    return cells.set_axis(names, axis="columns")


def _below_titles(file: str, rows: list[list[Any]], first: tuple[str, ...]) -> Sheet:
    for at, cells in enumerate(rows[:_TITLES]):
        if set(first) <= {str(cell) for cell in cells}:
            frame = pd.DataFrame(rows[at + 1 :], columns=[str(cell) for cell in cells])
            frame.index = pd.RangeIndex(at + 2, len(rows) + 1)
            return Sheet(file=file, frame=frame)
    found = f"no row of headings in the first {min(_TITLES, len(rows))}"
    raise RefusedError(file, found=found, expected=f"one with {_listed(list(first))}")


def _listed(names: list[str]) -> str:
    return ", ".join(names)
