"""What a finding declares: its words, tables, columns and analysis, before anything is computed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, ParamSpec, TypeVar

import pandas as pd

from analytics.measures.measure import Named
from analytics.publication.published import Facts
from analytics.publication.row_names import RowName, names_of_all
from analytics.publication.withheld import NOTHING
from analytics.selection.parameters import PARAMETERS
from analytics.selection.selection import HOME, Selection
from analytics.text.quantity import Quantity, Scale
from analytics.text.words import Words
from data.load import Table, TableStore, load
from data.programmes.programme import Programme
from data.schema import Column, visible
from data.sources.registry import held
from data.sources.source import Kind, Source

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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Declaration:
    """An analysis with everything needed to publish it, which ``Finding`` does.

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
        own_comparator: Whether it compares with what its subtitle names, whatever comparator the
            reader chose; it follows the other choices.
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
    own_comparator: bool = False
    unanswered: Text = NOTHING
    measure: Callable[[Selection], Named] | None = None
    of_council: bool = False

    def title_for(self, selection: Selection) -> str:
        """Return what is measured, for ``selection``."""
        return _resolved(self.title, selection)

    def subtitle_for(self, selection: Selection) -> str:
        """Return unit, places, years and comparator, for ``selection``."""
        return _resolved(self.subtitle, selection)

    def unit_for(self, selection: Selection) -> str:
        """Return the unit of the main values, for ``selection``."""
        return _resolved(self.unit, selection)

    def quantity_for(self, selection: Selection) -> Quantity:
        """Return what the main values measure, for ``selection``."""
        return Quantity(
            unit=self.unit_for(selection),
            scale=_resolved(self.scale, selection),
            is_change=self.is_change,
            programme=selection.programme,
        )

    def method_for(self, selection: Selection) -> Facts:
        """Return terms and descriptions for the method card, for ``selection``."""
        return _resolved(self.method, selection)

    def notes_for(self, frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
        """Return what a reader must know beside a frame."""
        return _resolved(self.notes, frame, selection)

    def unanswered_for(self, selection: Selection) -> str:
        """Return its verdict where it is withheld, for ``selection``."""
        return _resolved(self.unanswered, selection)

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

    def tables_under(self, of: Programme, store: TableStore | None = None) -> dict[str, Table]:
        """Load the tables it is made from under a programme, by key.

        Args:
            of: The programme.
            store: Where they come from; what the process started with unless given.
        """
        own = self.sources if of == HOME else held(*self.sources, of=of)
        return {one.key: load(one, store) for one in (*held(*self.optional, of=of), *own)}

    def loaded(self, of: Programme) -> tuple[Source, ...]:
        """Return the tables it is made from now: the reader's own in place of simulated ones."""
        return sources_of(self.tables_under(of))

    def kind_loaded(self, of: Programme) -> Kind:
        """Return simulated while any table of it is; the reader's own once all of those are."""
        return self.kind_of(self.loaded(of))

    def kind_of(self, loaded: tuple[Source, ...]) -> Kind:
        """Return the kind of number that tables give: the reader's own may be among them."""
        kinds = {source.kind for source in loaded}
        owned = Kind.OWN in kinds and Kind.SIMULATED not in kinds
        return self.kind.with_own if owned else self.kind

    def named_of(self, loaded: tuple[Source, ...], selection: Selection) -> tuple[Source, ...]:
        """Return those of the tables that something comes from under a selection."""
        unread = {source.key for source in _resolved(self.unread, selection)}
        return tuple(one for one in loaded if one.key not in unread)


def sources_of(tables: Tables) -> tuple[Source, ...]:
    """Return where tables come from, in their order."""
    return tuple(table.source for table in tables.values())
