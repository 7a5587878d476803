"""Published figures of the evaluation and of the studies that followed it."""

from io import StringIO
from pathlib import Path
from typing import Final

import pandas as pd

CITATION: Final = "(Signs of Safety in 10 pilots, 2017)"
HELD: Final = "\u241f"  # stands in for the citation's comma while the line is split

BANDS: Final = {"new": "beginner", "2 year": "two-years", "2+ years": "over-two"}


def write(figures: Path, tables: Path) -> None:
    """Write the tables of what was printed.

    Args:
        figures: Folder of the figures as they were read from the publications.
        tables: Folder to write to; made if it is not there.
    """
    tables.mkdir(exist_ok=True)
    _csv(_pilots(figures), tables / "pilots.csv")
    _csv(_read(figures / "evaluation_numbers.csv"), tables / "sizes.csv")
    _csv(_read(figures / "eip2_findings.csv"), tables / "later_studies.csv")
    results = _read(figures / "kpi_results.csv").rename(columns={"pilots_v_snn": "direction"})
    _csv(results, tables / "kpi_results.csv")


def _read(path: Path) -> pd.DataFrame:
    """Read a table in which one citation holds a comma and is not quoted."""
    held = path.read_text(encoding="utf-8").replace(CITATION, CITATION.replace(",", HELD))
    frame = pd.read_csv(StringIO(held), dtype="str", keep_default_na=False, index_col=False)
    return pd.DataFrame({name: frame[name].str.replace(HELD, ",") for name in frame.columns})


def _csv(frame: pd.DataFrame, path: Path) -> None:
    frame.to_csv(path, index=False, lineterminator="\n")


def _pilots(figures: Path) -> pd.DataFrame:
    renamed = {
        "pilot": "name",
        "ons_code": "code",
        "la_type": "authority_type",
        "experience_at_autumn_2014": "experience",
        "in_eip2": "in_second_programme",
    }
    frame = _read(figures / "pilots.csv").rename(columns=renamed)
    frame["band"] = frame["group_label"].map(BANDS)
    columns = ["code", "name", "band", "authority_type", "experience", "in_second_programme"]
    return frame.sort_values("code")[columns].reset_index(drop=True)
