"""A file of child protection plans in its publisher's layout, written from the project's table."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from data.load import TableStore
from data.sources.registry import AUTHORITIES, INDICATORS

COLUMNS = {
    "cpp_start_num": "CPP_start",
    "cpp_second_num": "CPP_subsequent",
    "cpp_second_pct": "CPP_subsequent_percent",
}
LEVELS = {"E92": "National", "E12": "Regional", "E13": "Regional"}


def plans(folder: Path, changed: Mapping[tuple[str, int, str], str]) -> Path:
    """Write the file with some cells changed; say where it is.

    Args:
        folder: Where to; made if it is not there.
        changed: What stands in a cell instead, by code, year and indicator.
    """
    numbers = TableStore().load(AUTHORITIES).frame.set_index("code")["dfe_number"]
    table = TableStore().load(INDICATORS).frame
    table = table[table["preferred"] & table["indicator"].isin(list(COLUMNS))]
    table = table[table["edition"].astype(str).str.startswith("DfE CIN ")]
    table = table.astype({"code": object, "indicator": object, "status": object})
    keys = zip(table["code"], table["year_end"], table["indicator"], strict=True)
    cells = table["value"].map(repr).where(table["value"].notna(), table["status"])
    table["cell"] = [changed.get(key, cell) for key, cell in zip(keys, cells, strict=True)]
    wide = table.pivot(index=["code", "year_end"], columns="indicator", values="cell")
    wide = wide.rename(columns=COLUMNS).reset_index()
    level = wide["code"].str.slice(stop=3).map(LEVELS).fillna("Local authority")
    ours = level.eq("Local authority")
    made = pd.DataFrame(
        {
            "time_period": wide["year_end"],
            "time_identifier": "Reporting year",
            "geographic_level": level,
            "country_code": "E92000001",
            "country_name": "England",
            "region_code": wide["code"].where(level.eq("Regional"), ""),
            "region_name": "",
            "old_la_code": wide["code"].map(numbers).where(ours, ""),
            "new_la_code": wide["code"].where(ours, ""),
            "la_name": "",
            "category": "Imagined",
            **{name: wide[name] for name in COLUMNS.values()},
        }
    )
    folder.mkdir(exist_ok=True)
    first, last = wide["year_end"].min(), wide["year_end"].max()
    path = folder / f"d3_cpps_subsequent_plan_{first}_to_{last}.csv"
    made.to_csv(path, index=False)
    return path
