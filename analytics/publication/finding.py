"""The one door between an analysis and a reader.

Load, analyse, check, suppress, keep, put into words, seal: in that order, for every page.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, ParamSpec, TypeVar, final

import numpy as np
import pandas as pd
from pandas.api.types import is_numeric_dtype

from analytics.measures.measure import Named
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
from analytics.publication.lru_cache import LruCache
from analytics.publication.published import Facts, Published
from analytics.publication.row_names import RowName, names_of_all
from analytics.publication.seal import SEAL as _SEAL
from analytics.publication.simulated import marked, notes_beside
from analytics.publication.suppression import CELLS, Cells, Disclosed, suppress
from analytics.publication.withheld import (
    FEW_PEOPLE,
    NOT_RUN,
    NOTHING,
    TOO_FEW,
    all_withheld,
    nothing,
)
from analytics.selection.parameters import PARAMETERS
from analytics.selection.selection import HOME, Selection
from analytics.text.quantity import Quantity, Scale
from analytics.text.words import Words
from data.load import Table, TableStore, load
from data.programmes.programme import Programme
from data.releases.release import Release, release_of
from data.schema import Column, ColumnKind, checked_cells, visible
from data.sources.registry import SOURCES, held
from data.sources.source import Kind, Source

VERSION: Final = "2"

Tables = Mapping[str, Table]
Analysis = Callable[[Tables, Selection], pd.DataFrame]
Say = Callable[[pd.DataFrame, Selection], Words]
Notes = Callable[[pd.DataFrame, Selection], tuple[str, ...]]
Text = str | Callable[[Selection], str]  # the same for every selection, or made for one
Columns = tuple[Column, ...] | Callable[[Programme], tuple[Column, ...]]
About = str | Callable[[Programme], str]  # the same for every programme, or made for one
Hides = Callable[[Tables], frozenset[str]]

Plain = TypeVar("Plain", bound=str | tuple[object, ...] | frozenset[str])
Asked = ParamSpec("Asked")

_REMEMBERED: Final = 200_000  # cells of frames, some 15 MB
_OVERHEAD: Final = 200  # cells that the words of a result weigh

_WORDS: Final = pd.StringDtype("python", na_value=np.nan)  # as pandas holds text in frames


#: Every parameter that changes a figure: all but what is marked or cited.
EVERY: Final = frozenset(PARAMETERS) - {"mark", "release"}


def _always(_: Programme) -> bool:
    return True


def _selection_words(selection: Selection) -> str:
    return selection.label


def _resolved(
    given: Plain | Callable[Asked, Plain], *asked: Asked.args, **named: Asked.kwargs
) -> Plain:
    """Return a field of a finding: as it is, or made for what is asked."""
    return given(*asked, **named) if callable(given) else given


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Finding:
    """An analysis with everything needed to publish it.

    What is the same for every selection is given as it is; what is not, as a function of it.

    Attributes:
        key: Name in addresses; once released it does not change meaning.
        title: What is measured, for a selection.
        subtitle: Unit, places, years, comparator and aggregator, for a selection; the selection in
            words unless given.
        unit: Unit of the main values, for a selection; empty where they have none.
        optional: Tables it reads where the programme has them; cited before the others.
        sources: Tables it reads; ``analyse`` is given them by their keys.
        columns: What its frame holds, under a programme where its pilots have columns.
        follows: Names of the parameters that its rows, words and notes follow, beside the
            programme; every one unless given. The analysis is given a selection in which all others
            are as first shown, so that it is made once for selections that differ in those alone.
        analyse: Makes the frame from the tables and the selection, as far as it follows that.
        words: Says what the frame shows, in three layers; likewise.
        notes: What a reader must know beside it; likewise.
        method: Terms and descriptions for the method card, for a selection.
        kind: Which kind of number, of the tables of the project.
        whole: Key of the finding that holds the whole table behind this one, or empty.
        about: One line for the list of findings, under a programme.
        hides: Names the cells of its tables that must be hidden; needed for records of people.
            Its frame then has ``cell`` and ``base`` beside its columns: the cells each row shows.
        slow: What is shown until someone has it made, for a finding that takes more than a
            second; empty for every other.
        unread: Which of its tables nothing comes from under a selection: they are not named.
        scale: What that unit measures on, for a selection.
        is_change: Whether the main values are changes over time; else levels.
        applies: Whether a programme has what it is about, where that is not a table.
        pinned: Whether its figures are of pilots, years and a comparator of its own, which its
            subtitle names, whatever the reader chose.
        unanswered: Its verdict where it is withheld, for a selection.
        measure: The one measure that all its rows are of, for a selection: files name it in every
            row. None where rows differ, or are of none.
        of_council: Whether all its rows are of the reader's own authority: files name that too.
    """

    key: str
    title: Text
    subtitle: Text = _selection_words
    unit: Text = ""
    optional: tuple[Source, ...] = ()
    sources: tuple[Source, ...]
    columns: Columns
    follows: frozenset[str] = EVERY
    analyse: Analysis
    words: Say
    notes: tuple[str, ...] | Notes = ()
    method: Facts | Callable[[Selection], Facts]
    kind: Kind
    whole: str = ""
    about: About
    hides: frozenset[str] | Hides | None = None
    slow: str = ""
    unread: tuple[Source, ...] | Callable[[Selection], tuple[Source, ...]] = ()
    scale: Scale | Callable[[Selection], Scale] = Scale.OTHER
    is_change: bool = False
    applies: Callable[[Programme], bool] = _always
    pinned: bool = False
    unanswered: Text = NOTHING
    measure: Callable[[Selection], Named] | None = None
    of_council: bool = False

    def title_for(self, selection: Selection) -> str:
        """Return what is measured, for ``selection``."""
        return _resolved(self.title, selection)

    def unit_for(self, selection: Selection) -> str:
        """Return the unit of the main values, for ``selection``."""
        return _resolved(self.unit, selection)

    def row_names(self, selection: Selection) -> tuple[RowName, ...]:
        """Return what files say in every row of the measure or place that all rows are of."""
        columns = self.columns_under(selection.programme)
        measure = None if self.measure is None else self.measure(selection)
        area = selection.area if self.of_council else None
        return names_of_all(visible(columns), measure, self.unit_for(selection), area=area)

    def columns_under(self, of: Programme) -> tuple[Column, ...]:
        """Return what its frame holds under a programme."""
        return _resolved(self.columns, of)

    def about_under(self, of: Programme) -> str:
        """Return its line in the list of findings of a programme."""
        return _resolved(self.about, of)

    def is_offered(self, of: Programme) -> bool:
        """Whether a programme has everything it is made from; else nothing of it is shown."""
        return self.applies(of) and len(held(*self.sources, of=of)) == len(self.sources)

    def loaded(self, of: Programme) -> tuple[Source, ...]:
        """Return the tables it is made from now: the reader's own in place of simulated ones."""
        return _sources(self._tables(of, None))

    def kind_loaded(self, of: Programme) -> Kind:
        """Return simulated while any table of it is; the reader's own once all of those are."""
        return self._kind(self.loaded(of))

    def _tables(self, of: Programme, store: TableStore | None) -> dict[str, Table]:
        own = self.sources if of == HOME else held(*self.sources, of=of)
        return {one.key: load(one, store) for one in (*held(*self.optional, of=of), *own)}

    def _kind(self, loaded: tuple[Source, ...]) -> Kind:
        kinds = {source.kind for source in loaded}
        owned = Kind.OWN in kinds and Kind.SIMULATED not in kinds
        return self.kind.with_own if owned else self.kind

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
        self._hidden(Selection(), self._tables(HOME, None))

    def is_kept(self, selection: Selection, store: TableStore | None = None) -> bool:
        """Whether other processes can read this finding for ``selection`` from the cache."""
        return is_kept(self._asked(selection, store).key)

    def _asked(self, selection: Selection, store: TableStore | None) -> "_Asked":
        of, followed = selection.programme, selection.following(self.follows)
        tables = self._tables(of, store)
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
        followed, loaded = asked.followed, _sources(asked.tables)
        columns = self.columns_under(followed.programme)
        safe = kept(asked.key, columns, lambda: self._made(followed, asked.tables))
        words = self._words(safe, followed, self._kind(loaded))
        notes = () if safe.withheld else self._notes(safe.frame, followed, loaded)
        return _Content(safe, words, notes)

    def _seal(self, asked: "_Asked", content: "_Content", *, waiting: bool = False) -> Published:
        selection, loaded = asked.selection, _sources(asked.tables)
        unread = {source.key for source in _resolved(self.unread, selection)}
        return Published(
            key=self.key,
            title=self.title_for(selection),
            subtitle=_resolved(self.subtitle, selection),
            quantity=Quantity(
                unit=self.unit_for(selection),
                scale=_resolved(self.scale, selection),
                is_change=self.is_change,
                programme=selection.programme,
            ),
            frame=content.safe.frame,
            columns=self.columns_under(selection.programme),
            sources=tuple(one for one in loaded if one.key not in unread),
            selection=selection,
            words=content.words,
            notes=content.notes,
            method=_resolved(self.method, selection),
            suppressed=content.safe.suppressed,
            withheld=content.safe.withheld,
            kind=self._kind(loaded),
            version=VERSION,
            release=asked.release,
            pinned=self.pinned,
            waiting=waiting,
            row_names=self.row_names(selection),
            seal=_SEAL,
        )

    def _words(self, safe: Disclosed, selection: Selection, kind: Kind) -> Words:
        if safe.withheld:
            known = {TOO_FEW: FEW_PEOPLE, self.slow: NOT_RUN}.get(safe.withheld)
            verdict = known or _resolved(self.unanswered, selection)
            return Words(verdict=verdict, plain=(safe.withheld,))
        said = self.words(safe.frame, selection)
        return marked(said) if kind.is_simulated else said

    def _notes(
        self, frame: pd.DataFrame, selection: Selection, loaded: tuple[Source, ...]
    ) -> tuple[str, ...]:
        return notes_beside(_resolved(self.notes, frame, selection), loaded)

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


def _sources(tables: Tables) -> tuple[Source, ...]:
    return tuple(table.source for table in tables.values())


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
