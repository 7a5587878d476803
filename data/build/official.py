"""Official figures: same values, one code for each place, only the columns the project uses."""

from pathlib import Path
from typing import Final

import pandas as pd

from data.build.days import first_and_last
from data.build.looked_after import on_rebased_population
from data.neighbour_lists import NEIGHBOUR_LISTS

MODELS: Final = {one.source: one.key for one in NEIGHBOUR_LISTS}


NO_OVERALL: Final = "no overall grade given"  # reports since the reform grade areas only


def write(figures: Path, tables: Path) -> None:
    """Write the six official tables.

    Args:
        figures: Folder of the figures as published and reconciled.
        tables: Folder to write to; made if it is not there.
    """
    tables.mkdir(exist_ok=True)
    write_large(_indicators(figures), tables / "indicators.parquet")
    write_large(_section251(figures), tables / "section251.parquet")
    write_csv(_authorities(figures), tables / "authorities.csv")
    write_csv(_neighbours(figures), tables / "neighbours.csv")
    write_csv(_inspections(figures), tables / "inspections.csv")
    write_csv(_deflator(figures), tables / "gdp_deflator.csv")


def write_large(frame: pd.DataFrame, path: Path) -> None:
    """Write a table that is held in Parquet.

    Args:
        frame: The table.
        path: File to write.
    """
    # Parquet files say how strings were held: as Arrow's, whatever the explorer itself reads into.
    with pd.option_context("mode.string_storage", "pyarrow"):
        made = frame.copy()
        for name, cells in frame.items():
            if isinstance(cells.dtype, pd.CategoricalDtype):
                words = pd.Series([str(one) for one in cells.cat.categories], dtype="str")
                kind = pd.CategoricalDtype(words)
                made[name] = pd.Categorical.from_codes(cells.cat.codes.tolist(), dtype=kind)
        made.to_parquet(path, compression="zstd", index=False)


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write a table that is held in CSV.

    Args:
        frame: The table.
        path: File to write.
    """
    frame.to_csv(path, index=False, lineterminator="\n")


def _indicators(figures: Path) -> pd.DataFrame:
    frame = pd.read_parquet(figures / "indicators.parquet")
    frame = frame.rename(columns={"la_code_new": "code"})
    frame = frame.drop(columns=["old_la_code", "la_name", "geography_level"])
    frame["basis"] = frame["basis"].cat.remove_categories("n/a")
    frame = on_rebased_population(frame)
    order = ["indicator", "code", "year_end", "edition"]
    columns = ["code", "year_end", "indicator", "value", "status", "edition", "basis"]
    flags = ["preferred", "first_published"]
    return frame.sort_values(order, kind="stable")[columns + flags].reset_index(drop=True)


def _section251(figures: Path) -> pd.DataFrame:
    frame = pd.read_parquet(figures / "section251.parquet").rename(columns={"la_code_new": "code"})
    dropped = ["old_la_code", "la_name", "geography_level", "line_name_orig"]
    frame = frame.drop(columns=dropped)
    for name in ("code", "line_code", "line_name", "status", "edition"):
        frame[name] = frame[name].astype("category")
    order = ["line_code", "code", "year_end", "edition"]
    return frame.sort_values(order, kind="stable").reset_index(drop=True)


def _authorities(figures: Path) -> pd.DataFrame:
    frame = pd.read_csv(figures / "authorities.csv", dtype={"old_la_code": "str"})
    renamed = {
        "old_la_code": "dfe_number",
        "new_la_code": "code",
        "la_name": "name",
        "region_name": "region",
        "first_year_in_CIN": "first_year",
        "last_year_in_CIN": "last_year",
        "old_gss": "former_code",
    }
    frame = frame.rename(columns=renamed).drop(columns="pilot")
    front = ["code", "dfe_number", "name", "region_code", "region", "first_year", "last_year"]
    back = ["former_code", "predecessor", "successor"]
    people = [name for name in frame.columns if name.startswith("pop_0_17")]
    frame[people] = frame[people].astype("Int64")
    return frame[front + back + people].sort_values("code").reset_index(drop=True)


def _neighbours(figures: Path) -> pd.DataFrame:
    frame = pd.read_csv(figures / "neighbours.csv", dtype={"closeness": "str"})
    frame["model"] = frame["model"].map(MODELS)
    renamed = {"la_code_new": "code", "neighbour_code_new": "neighbour"}
    frame = frame.rename(columns=renamed).sort_values(["model", "code", "rank"])
    return frame[["model", "code", "rank", "neighbour", "closeness"]].reset_index(drop=True)


def _inspections(figures: Path) -> pd.DataFrame:
    renamed = {"la_code_new": "code", "publication_date": "published"}
    frame = pd.read_csv(figures / "inspections.csv", dtype="str").rename(columns=renamed)
    days = [first_and_last(printed) for printed in frame["inspection_start"]]
    frame["started"], frame["ended"] = zip(*days, strict=True)
    columns = ["code", "framework", "inspection_type", "started", "published", "overall"]
    columns += ["leadership", "help_protection", "in_care", "care_leavers", "adoption", "source"]
    columns += ["ended"]
    frame["overall"] = frame["overall"].replace("not_reported_post_reform", NO_OVERALL)
    return frame.sort_values(["code", "published"])[columns].reset_index(drop=True)


def _deflator(figures: Path) -> pd.DataFrame:
    frame = pd.read_csv(figures / "gdp_deflator.csv")
    return frame.rename(columns={"gdp_deflator_2018_19_eq_100": "deflator"})
