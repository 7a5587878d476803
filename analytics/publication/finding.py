"""The one door between an analysis and a reader.

Load, analyse, check, suppress, keep, put into words, seal: in that order, for every page.
"""

from contextlib import AbstractContextManager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, final

import numpy as np
import pandas as pd
from pandas.api.types import is_numeric_dtype

from analytics.methods.refusal import NotEstimableError
from analytics.publication.cache import (
    fingerprint,
    is_kept,
    kept,
    kept_names,
    kept_together,
    plain,
    typed,
)
from analytics.publication.declaration import Declaration, Hides, Tables, sources_of
from analytics.publication.lru_cache import LruCache
from analytics.publication.published import Published
from analytics.publication.seal import SEAL as _SEAL
from analytics.publication.simulated import marked, notes_beside
from analytics.publication.suppression import CELLS, Cells, Disclosed, suppress
from analytics.publication.withheld import (
    FEW_PEOPLE,
    NOT_RUN,
    TOO_FEW,
    all_withheld,
    nothing,
)
from analytics.selection.selection import HOME, Selection
from analytics.text.words import Words
from data.load import Table, TableStore, load
from data.releases.release import Release, release_of
from data.schema import Column, ColumnKind, checked_cells
from data.sources.registry import SOURCES
from data.sources.source import Kind

VERSION: Final = "2"

_REMEMBERED: Final = 200_000  # cells of frames, some 15 MB
_OVERHEAD: Final = 200  # cells that the words of a result weigh

_WORDS: Final = pd.StringDtype("python", na_value=np.nan)  # as pandas holds text in frames


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Finding(Declaration):
    """An analysis that is published through the one door, and in no other way."""

    def publish(self, selection: Selection, store: TableStore | None = None) -> Published:
        """Return this finding for ``selection``, from memory or the cache where it is there.

        A slow one that is in neither is not made: it is published as waiting, withheld.

        Args:
            selection: What the reader asked for.
            store: Where its tables come from; what the process started with unless given.
        """
        asked = self._asked(selection, store)
        if self.slow and _MEMORY.get(asked.key) is None and not is_kept(asked.key):
            waiting = WAITING.get()
            if waiting is not None:
                waiting.append(self.key)
            safe = nothing(self.columns_under(selection.programme), self.slow)
            words = self._words(safe, selection, self.kind)
            return self._seal(asked, _Content(safe, words, ()), waiting=True)
        return self._published(asked)

    def make(self, selection: Selection, store: TableStore | None = None) -> Published:
        """Return this finding for ``selection``, made here and now however long it takes."""
        return self._published(self._asked(selection, store))

    def weigh(self) -> None:
        """Find the cells of its tables that must be hidden, which no selection bears on."""
        self._hidden(Selection(), self.tables_under(HOME))

    def is_kept(self, selection: Selection, store: TableStore | None = None) -> bool:
        """Whether other processes can read this finding for ``selection`` from the cache."""
        return is_kept(self._asked(selection, store).key)

    def _asked(self, selection: Selection, store: TableStore | None) -> "_Asked":
        of, followed = selection.programme, selection.following(self.follows)
        tables = self.tables_under(of, store)
        digests = (table.digest for table in tables.values())
        return _Asked(
            selection=selection.unmarked,
            followed=followed,
            tables=tables,
            release=release_of(store),  # the tables of this finding are those of many releases
            key=fingerprint(self.key, VERSION, of.digest, followed.to_query(), *digests),
        )

    def _published(self, asked: "_Asked") -> Published:
        held, selection = _MEMORY.get(asked.key), asked.selection
        if held is None:
            content = self._content(asked)
        elif (held.selection, held.selection.said, held.release) == (
            selection,
            selection.said,
            asked.release,
        ):
            return held
        else:
            content = _Content.of(held)
        published = self._seal(asked, content)
        _MEMORY.put(asked.key, published)
        return published

    def _content(self, asked: "_Asked") -> "_Content":
        followed, loaded = asked.followed, sources_of(asked.tables)
        columns = self.columns_under(followed.programme)
        safe = kept(asked.key, columns, lambda: self._made(followed, asked.tables))
        words = self._words(safe, followed, self.kind_of(loaded))
        if safe.withheld:
            return _Content(safe, words, ())
        return _Content(safe, words, notes_beside(self.notes_for(safe.frame, followed), loaded))

    def _seal(self, asked: "_Asked", content: "_Content", *, waiting: bool = False) -> Published:
        selection, loaded = asked.selection, sources_of(asked.tables)
        return Published(
            key=self.key,
            title=self.title_for(selection),
            subtitle=self.subtitle_for(selection),
            quantity=self.quantity_for(selection),
            frame=content.safe.frame,
            columns=self.columns_under(selection.programme),
            sources=self.named_of(loaded, selection),
            selection=selection,
            words=content.words,
            notes=content.notes,
            method=self.method_for(selection),
            suppressed=content.safe.suppressed,
            withheld=content.safe.withheld,
            kind=self.kind_of(loaded),
            version=VERSION,
            release=asked.release,
            pinned=self.pinned,
            own_comparator=self.own_comparator,
            waiting=waiting,
            row_names=self.row_names(selection),
            seal=_SEAL,
        )

    def _words(self, safe: Disclosed, selection: Selection, kind: Kind) -> Words:
        if safe.withheld:
            known = {TOO_FEW: FEW_PEOPLE, self.slow: NOT_RUN}.get(safe.withheld)
            verdict = known or self.unanswered_for(selection)
            return Words(verdict=verdict, plain=(safe.withheld,))
        said = self.words(safe.frame, selection)
        return marked(said) if kind.is_simulated else said

    def _made(self, selection: Selection, tables: Tables) -> Disclosed:
        given = self.columns_under(selection.programme)
        try:
            frame = self.analyse(tables, selection)
        except NotEstimableError as refusal:
            return nothing(given, str(refusal))
        columns = given if self.hides is None else (*given, *CELLS)
        cells = checked_cells(frame, columns, of=self.key)
        alike = {column.name: _typed(cells[column.name], column) for column in columns}
        hidden = self._hidden(selection, tables)
        safe = suppress(alike, given, hidden=hidden)
        return replace(safe, withheld=self._why_nothing(safe.frame, selection))

    def _hidden(self, selection: Selection, tables: Tables) -> frozenset[str]:
        """Name the cells that must be hidden: weighed once for the same tables, and kept."""
        if not callable(self.hides):
            return self.hides or frozenset()
        return _weighed(self.key, self.hides, selection.programme.digest, tuple(tables.items()))

    def _why_nothing(self, frame: pd.DataFrame, selection: Selection) -> str:
        """Say why there is nothing to show, or nothing: no finding is empty without a reason."""
        if len(frame):
            return all_withheld(frame)
        said = self.words(frame, selection)
        return said.plain_text or f"{said.verdict}."


@lru_cache(maxsize=64)
def _weighed(
    key: str, hides: Hides, programme: str, held: tuple[tuple[str, Table], ...]
) -> frozenset[str]:
    digests = (table.digest for _, table in held)
    name = fingerprint("hidden", key, VERSION, programme, *digests)
    return kept_names(name, lambda: hides(dict(held)))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Asked:
    """What a finding is asked for.

    Attributes:
        selection: What the reader chose, with nothing marked or cited.
        followed: The same, as far as the finding follows it.
        tables: Those it is made from, by their keys.
        release: The tables and the code at hand.
        key: Names its rows, wherever they are remembered or kept.
    """

    selection: Selection
    followed: Selection
    tables: Tables
    release: Release
    key: str


@dataclass(frozen=True, slots=True)
class _Content:
    """What of a finding is the same for all selections that are the same in what it follows."""

    safe: Disclosed
    words: Words
    notes: tuple[str, ...]

    @classmethod
    def of(cls, held: Published) -> "_Content":
        safe = Disclosed(frame=held.frame, suppressed=held.suppressed, withheld=held.withheld)
        return cls(safe, held.words, held.notes)


def _weight(published: Published) -> int:
    return published.frame.size + _OVERHEAD


# The results this process has sealed lately. Pure of inputs, so safe to share by readers.
_MEMORY: Final = LruCache[str, Published](_REMEMBERED, weight=_weight)

#: Whoever keeps what is made of findings sets a list: those published as waiting are added to it.
WAITING: Final[ContextVar[list[str] | None]] = ContextVar("WAITING", default=None)


def published_together() -> AbstractContextManager[None]:
    """Keep what is published inside at the end, all at once, for other processes to read."""
    return kept_together()


def release() -> str:
    """Name the code and the tables at hand: machines with the same name make the same numbers."""
    digests = (load(source).digest for source in SOURCES.values())
    return fingerprint("release", VERSION, HOME.digest, *digests)


def _typed(cells: pd.Series, column: Column) -> Cells:
    """Return cells as ``typed`` would; those that are as they should be, without a look at each."""
    if column.kind not in {ColumnKind.TEXT, ColumnKind.FLAG}:
        numbers = is_numeric_dtype(cells)
        return cells.to_numpy(np.float64) if numbers else typed(plain(cells), column)
    # Where the first cell is text, pandas would find that all are, or are missing.
    if cells.dtype == _WORDS and len(cells) and isinstance(cells.array[0], str):
        return cells.array
    return typed(plain(cells), column)
