"""A pack as it lies on disk: what was chosen, the tables, and the rows that were published."""

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

import pandas as pd

FIRST_YEAR: Final = 2012  # years are the years they end in: 2013 is 2012/13
LAST_YEAR: Final = 2025
LAST_YEAR_OF_SPENDING: Final = 2025
#: Reads numbers to the last digit; later versions of pandas always do.
_EXACT: Final[dict[str, Any]] = (
    {"float_precision": "round_trip"} if pd.__version__.startswith(("2.", "3.0")) else {}
)
EVERY_YEAR: Final = tuple(range(FIRST_YEAR, LAST_YEAR + 1))


class NotAnsweredError(ValueError):
    """The choices leave nothing to compute: the published file then has no rows either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What decides how pilots are compared.

    Attributes:
        pilots: GSS codes of the chosen pilots, in order.
        other_pilots: Codes of the pilots not chosen.
        years: Years of the period, in order.
        before: Last year before the project started.
        base: Years before the start that changes over time are measured from.
        compare: "neighbours", "region", "england" or "pilots".
        model: Which list of statistical neighbours.
        first: How many neighbours of the list, the closest first.
        pilots_kept: Whether other pilots stay among the neighbours.
        average: "mean" or "median".
        weights: "equal", or "closeness" where close neighbours count more.
        outcome: "level", "log", "change" or "log-change".
        adjust: How p-values allow for many tests: "max-t", "holm", "bh" or "none".
        margin: Difference that would matter, as a share of the comparator's level.
        fewest: Pilots that an average needs.
    """

    pilots: tuple[str, ...]
    other_pilots: tuple[str, ...]
    years: tuple[int, ...]
    before: int
    base: tuple[int, ...]
    compare: str
    model: str
    first: int
    pilots_kept: bool
    average: str
    weights: str
    outcome: str
    adjust: str
    margin: float
    fewest: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pack:
    """One finding under one selection.

    Attributes:
        folder: Where the pack is.
        finding: Key of the finding.
        parameters: Every parameter by name, with the value in use.
        resolved: What follows from them and from no table.
        rows: The published rows, every cell as it is written.
    """

    folder: Path
    finding: str
    parameters: dict[str, Any]
    resolved: dict[str, Any]
    rows: pd.DataFrame = field(repr=False)

    @property
    def choice(self) -> Choice:
        """What decides how pilots are compared."""
        known, asked = self.resolved, self.parameters
        return Choice(
            pilots=tuple(known["pilots"]),
            other_pilots=tuple(known["other_pilots"]),
            years=tuple(known["years"]),
            before=known["programme"]["last_year_before"],
            base=tuple(known["base_years"]),
            compare=known["comparator"],
            model=known["neighbour_list"]["key"],
            first=known["neighbour_list"]["first"],
            pilots_kept=known["neighbour_list"]["pilots_kept"],
            average=known["aggregator"],
            weights=known["weights"],
            outcome=asked["outcome"],
            adjust=asked["adjust"],
            margin=known["margin_share"],
            fewest=known["fewest_pilots"],
        )

    @property
    def bands(self) -> dict[str, str]:
        """The band of every pilot by its GSS code, in the order of bands."""
        return {one["code"]: one["band"] for one in self.resolved["programme"]["pilots"]}

    @property
    def area(self) -> str:
        """GSS code of the reader's own authority, or empty."""
        return str(self.parameters["area"])

    def table(self, name: str) -> pd.DataFrame:
        """Return one of the tables the finding was made from.

        Args:
            name: As the file in ``inputs`` is called, without ".csv".
        """
        return read_table(self.path(name))

    def path(self, name: str) -> Path:
        """Return where one of the tables is."""
        return (self.folder / "inputs" / f"{name}.csv").resolve()


def read_pack(folder: Path) -> Pack:
    """Read a pack.

    Args:
        folder: Where it was unpacked.
    """
    told = json.loads((folder / "selection.json").read_text("utf-8"))
    rows = pd.read_csv(folder / "rows.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    return Pack(
        folder=folder,
        finding=told["finding"],
        parameters=told["parameters"],
        resolved=told["resolved"],
        rows=_once(rows, told["same_columns"]),
    )


def _once(rows: pd.DataFrame, same: dict[str, str]) -> pd.DataFrame:
    """Return rows without the columns that hold the same cells as others under a clearer name.

    Raises:
        ValueError: The cells of such a column are not the same.
    """
    for new, old in same.items():
        if not rows[new].equals(rows[old].rename(new)):
            msg = f"rows.csv: the columns {new} and {old} differ, expected the same cells"
            raise ValueError(msg)
    return rows.drop(columns=list(same))


@cache
def read_table(path: Path) -> pd.DataFrame:
    """Read a table once for all packs that hold the same file; only an empty cell is missing.

    Args:
        path: A file of ``inputs``.
    """
    return pd.read_csv(
        path,
        keep_default_na=False,
        na_values=[""],
        dtype={"model": str, "line_code": str},
        encoding="utf-8-sig",
        low_memory=False,
        **_EXACT,
    )
