"""The official tables as the publishers' files make them, and what no file gives."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data.build.publishers import preferred, spending
from data.build.publishers.authorities import authorities
from data.build.publishers.folder import Read, read
from data.build.publishers.places import known
from data.load import TableStore
from data.sources.registry import AUTHORITIES, INDICATORS, SECTION251


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """Tables made of a folder of files, beside the present ones.

    Attributes:
        before: The present tables by their keys.
        after: Those tables as made.
        read: What the files gave.
    """

    before: dict[str, pd.DataFrame]
    after: dict[str, pd.DataFrame]
    read: Read

    @property
    def kept(self) -> pd.DataFrame:
        """Preferred cells of the present tables that no file gives, counted.

        Returns:
            ``indicator`` (or the line), ``year_end``, ``edition`` and ``cells``.
        """
        indicators = self.before[INDICATORS.key].astype(dict.fromkeys(preferred.WORDS, object))
        left = preferred.kept(self.read.indicators, indicators)
        counts = [left.groupby(["indicator", "year_end", "edition"]).size()]
        present = self.before[SECTION251.key].astype(dict.fromkeys(spending.WORDS, object))
        lines = spending.kept(self.read.lines, present) if len(self.read.lines) else present
        lines = lines.rename(columns={"line_code": "indicator"})
        counts.append(lines.groupby(["indicator", "year_end", "edition"]).size())
        return pd.concat(counts).rename("cells").reset_index()


def build(folder: Path, store: TableStore, issued: str = "") -> Built:
    """Make the official tables of a folder of the publishers' own files.

    Args:
        folder: The files, in folders or not.
        store: Of the present tables, which keep what no file gives.
        issued: The day the interactive tool was issued, where its name does not tell.

    Raises:
        RefusedError: A file is not as its layout says.
    """
    sources = (INDICATORS, SECTION251, AUTHORITIES)
    before = {source.key: store.load(source).frame for source in sources}
    found = read(folder, known(before[AUTHORITIES.key]), issued)
    made = preferred.indicators(found.indicators, before[INDICATORS.key])
    after = {
        INDICATORS.key: made,
        SECTION251.key: spending.section251(found.lines, before[SECTION251.key]),
        AUTHORITIES.key: authorities(made, before[AUTHORITIES.key]),
    }
    return Built(before=before, after=after, read=found)
