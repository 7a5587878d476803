"""A copy of the project's tables in which one cell is another, with its own checksum."""

import shutil
from hashlib import sha256
from pathlib import Path

import pandas as pd

from data.load import Table, TableStore, load
from data.sources.registry import INDICATORS

#: The cell: conferences per 10,000 children in Wakefield, 2014/15, now and in the copy.
ROW = {"code": "E08000036", "year_end": 2015, "indicator": "icpc_rate"}
MORE = 10.0


def changed_store(folder: Path) -> TableStore:
    """Start a store on a copy of the indicators with one changed cell, in a folder."""
    copy = folder / Path(INDICATORS.file).name
    shutil.copy(INDICATORS.path, copy)
    frame = pd.read_parquet(copy)
    cell = frame["preferred"] & pd.concat(
        [frame[name].eq(value) for name, value in ROW.items()], axis=1
    ).all(axis=1)
    assert cell.sum() == 1
    frame.loc[cell, "value"] += MORE
    frame.to_parquet(copy, index=False)
    digest = sha256(copy.read_bytes()).hexdigest()
    (folder / "checksums.txt").write_text(f"{digest}  {INDICATORS.file}\n", encoding="utf-8")
    assert digest != load(INDICATORS, TableStore()).digest
    table = Table(source=INDICATORS, digest=digest, frame=frame)
    return TableStore(tables={INDICATORS.key: table})
