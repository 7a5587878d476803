"""Published figures of the evaluation and of the studies that followed it."""

import tomllib
from io import StringIO
from pathlib import Path
from typing import Final

import pandas as pd

from data.programmes.read import programme

CITATION: Final = f"({programme().name} in {len(programme().pilots)} pilots, 2017)"
HELD: Final = "\u241f"  # stands in for the citation's comma while the line is split

#: What was printed in plain words, written by hand: by name of the table.
PRINTED_WORDS: Final = Path(__file__).with_name("printed_words.toml")

#: Keys of what tables name in words, written by hand: by name of the table and of the column.
PRINTED_KEYS: Final = Path(__file__).with_name("printed_keys.toml")

#: What the file of plain words adds to a row, by table; areas of the self-profile have no picture.
_TOLD: Final = ("in_words", "told")
_DRAWN: Final = ("part", "named_share", "exactness", "base", "sign", "missing")

NOT_FOUND: Final = "NOT FOUND"  # looked for, and not in what could be read
NOT_REPORTED: Final = "not reported in the sources held"


def write(figures: Path, tables: Path) -> None:
    """Write the tables of what was printed.

    Args:
        figures: Folder of the figures as they were read from the publications.
        tables: Folder to write to; made if it is not there.
    """
    tables.mkdir(exist_ok=True)
    sizes, later = _read(figures / "evaluation_numbers.csv"), _read(figures / "eip2_findings.csv")
    _csv(_keyed(sizes, "sizes"), tables / "sizes.csv")
    _csv(_keyed(later, "later_studies"), tables / "later_studies.csv")
    results = _read(figures / "kpi_results.csv").rename(columns={"pilots_v_snn": "direction"})
    _csv(results, tables / "kpi_results.csv")
    _csv(_worded(_family_items(figures), "family_items"), tables / "family_items.csv")
    measures = _keyed(_measures(figures), "standardised_measures")
    _csv(measures, tables / "standardised_measures.csv")
    _csv(
        _worded(_case_record_items(figures), "case_record_items"), tables / "case_record_items.csv"
    )
    _csv(_worded(_survey_items(figures), "survey_items"), tables / "survey_items.csv")
    profile = _worded(_profile_items(figures), "profile_items")
    _csv(_keyed(profile, "profile_items"), tables / "profile_items.csv")


def _read(path: Path) -> pd.DataFrame:
    """Read a table in which one citation holds a comma and is not quoted."""
    held = path.read_text(encoding="utf-8").replace(CITATION, CITATION.replace(",", HELD))
    frame = pd.read_csv(StringIO(held), dtype="str", keep_default_na=False, index_col=False)
    return pd.DataFrame({name: frame[name].str.replace(HELD, ",") for name in frame.columns})


def _csv(frame: pd.DataFrame, path: Path) -> None:
    frame.to_csv(path, index=False, lineterminator="\n")


def _worded(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Add the plain words of each row, the order of the first few, and what a picture needs.

    Args:
        frame: A table as it was printed, with ``item``.
        name: The table, as the file of plain words calls it.

    Raises:
        LookupError: The words are of an item that is not in the table.
    """
    said = {
        str(one["item"]): one
        for one in tomllib.loads(PRINTED_WORDS.read_text(encoding="utf-8"))[name]
    }
    unknown = sorted(said.keys() - set(frame["item"]))
    if unknown:
        msg = f"{PRINTED_WORDS.name}: found {name} {', '.join(unknown)}, which nobody printed"
        raise LookupError(msg)
    more = {
        column: [str(said.get(item, {}).get(column, "")) for item in frame["item"]]
        for column in (_TOLD if name == "profile_items" else (*_TOLD, *_DRAWN))
    }
    return frame.assign(**more)


def _keyed(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Add a column of keys for each column of words that the table is looked up by.

    Args:
        frame: A table as it was printed.
        name: The table, as the file of keys calls it.

    Raises:
        LookupError: A wording has no key, or a key is of a wording that is not in the table.
    """
    columns: dict[str, dict[str, str]] = tomllib.loads(PRINTED_KEYS.read_text(encoding="utf-8"))[
        name
    ]
    for column, keys in columns.items():
        if amiss := sorted(keys.keys() ^ set(frame[column])):
            msg = f"{PRINTED_KEYS.name}: {name}, {column}: key or row missing of {', '.join(amiss)}"
            raise LookupError(msg)
    return frame.assign(
        **{f"{column}_key": frame[column].map(keys) for column, keys in columns.items()}
    )


def _noted(frame: pd.DataFrame, figures: list[str]) -> pd.DataFrame:
    """Say in ``reported`` whether a row has a figure, and empty the cells that only say it has not.

    Args:
        frame: A table as read; its notes speak of what was not found.
        figures: Columns that hold figures where there are any.
    """
    out = frame.copy()
    out[figures] = out[figures].replace(NOT_FOUND, "")
    out["note"] = out["note"].str.replace(NOT_FOUND, NOT_REPORTED)
    out["reported"] = (out[figures] != "").any(axis=1).map({True: "yes", False: "no"})
    return out


def _family_items(figures: Path) -> pd.DataFrame:
    frame = _read(figures / "family_items.csv").rename(columns={"published_result": "result"})
    frame["percentage"] = frame["result"].str.extract(r"(\d+)%")[0].fillna("")
    frame["families"] = frame["result"].str.extract(r"^(\d+) families")[0].fillna("")
    for time, name in (("t1", "first_interview"), ("t2", "second_interview")):
        frame[name] = frame[time].where(frame[time].str.isalpha(), "")
    columns = ["item", "result", "reported", "percentage", "families", "first_interview"]
    columns += ["second_interview", "confidence", "source_url", "note"]
    return _noted(frame, ["percentage", "families"])[columns]


def _measures(figures: Path) -> pd.DataFrame:
    """Part the means from the shares below a cut point, which the figures hold in one column."""
    frame = _read(figures / "standardised_measures.csv").rename(columns={"max_printed": "maximum"})
    share = frame["scale"].str.startswith("%")
    for time in ("t1", "t2"):
        frame[f"{time}_percentage"] = frame[f"{time}_mean"].where(share, "")
        frame[f"{time}_mean"] = frame[f"{time}_mean"].mask(share, "")
    parts = [
        f"{time}_{part}" for time in ("t1", "t2") for part in ("mean", "sd", "percentage", "n")
    ]
    columns = ["sample", "measure", "scale", "reported", "maximum", *parts, "source_url", "note"]
    return _noted(frame, parts)[columns]


def _case_record_items(figures: Path) -> pd.DataFrame:
    frame = _read(figures / "case_record_items.csv").rename(columns={"published_result": "result"})
    frame["percentage"] = frame["result"].str.extract(r"(\d+)%")[0].fillna("")
    columns = ["item", "result", "reported", "percentage", "confidence", "source_url", "note"]
    return _noted(frame, ["percentage"])[columns]


def _survey_items(figures: Path) -> pd.DataFrame:
    renamed = {
        "published_result": "result",
        "t1_pct": "t1_percentage",
        "t2_pct": "t2_percentage",
    }
    frame = _read(figures / "survey_items.csv").rename(columns=renamed)
    columns = ["item", "result", "reported", "t1_percentage", "t2_percentage", "confidence"]
    return _noted(frame, ["t1_percentage", "t2_percentage"])[[*columns, "source_url", "note"]]


def _profile_items(figures: Path) -> pd.DataFrame:
    frame = _noted(_read(figures / "profile_items.csv"), ["t1", "t2"])
    frame["scale"] = frame["scale"].replace(NOT_FOUND, "")
    return frame[["group", "item", "reported", "scale", "t1", "t2", "source_url", "note"]]
