"""What leaves by the door: the one thing that cards, downloads and data addresses take."""

from collections.abc import Callable
from dataclasses import InitVar, dataclass, replace
from typing import Final, final

import pandas as pd

from analytics.programme import explorer_of
from analytics.publication.row_names import RowName
from analytics.publication.seal import SEAL as _SEAL
from analytics.publication.seal import require
from analytics.selection.selection import Selection
from analytics.text.quantity import Quantity
from analytics.text.wording import upper_first
from analytics.text.words import DOT, Words
from data.releases.release import Release
from data.schema import Column
from data.sources.source import Kind, Source

Facts = tuple[tuple[str, str], ...]

ADDRESSES: Final = frozenset({"address", "link"})  # columns of addresses that begin at "/"

_MANY: Final = 2  # publishers after the first that a line has no room to name


def _below(prefix: str) -> Callable[[object], object]:
    def below(address: object) -> object:
        here = isinstance(address, str) and address.startswith("/")
        return f"{prefix}{address}" if here else address

    return below


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Published:
    """A finding that may be shown: checked, suppressed, sourced and said.

    Cards, downloads and data addresses take this and nothing else.

    Attributes:
        key: Key of the finding.
        title: What is measured.
        subtitle: Unit, places, years, comparator and aggregator.
        quantity: What the main values are: their unit, as it titles an axis, and their scale.
        frame: The rows; never to be changed in place.
        columns: What the frame holds.
        sources: The tables it was made from, the reader's own among them.
        selection: What the reader asked for.
        words: What the frame shows, in three layers, written after suppression. Joined they are
            the text alternative of every chart of this finding.
        notes: What a reader must know beside it.
        method: Terms and descriptions for the method card.
        suppressed: Cells suppressed.
        withheld: Why there is nothing to show, or empty.
        kind: Which kind of number.
        version: Version of the method.
        release: The tables and the code it was made from.
        pinned: Whether its figures are of what the subtitle names, whatever the reader chose.
        own_comparator: Whether they are compared with what the subtitle names.
        waiting: Whether it is slow and has not been made yet, which may change at any moment.
        row_names: What files say in every row of the measure or place that all rows are of.
    """

    key: str
    title: str
    subtitle: str
    quantity: Quantity
    frame: pd.DataFrame
    columns: tuple[Column, ...]
    sources: tuple[Source, ...]
    selection: Selection
    words: Words
    notes: tuple[str, ...]
    method: Facts
    suppressed: int
    withheld: str
    kind: Kind
    version: str
    release: Release
    seal: InitVar[object]
    pinned: bool = False
    own_comparator: bool = False
    waiting: bool = False
    row_names: tuple[RowName, ...] = ()

    def __post_init__(self, seal: object) -> None:
        require(seal)

    @property
    def unit(self) -> str:
        """Unit of the main values, in words."""
        return self.quantity.unit

    @property
    def verdict(self) -> str:
        """What was found, in words a councillor says aloud."""
        return self.words.verdict

    @property
    def plain(self) -> str:
        """Size, direction, range and the main caveat, in plain sentences."""
        return self.words.plain_text

    @property
    def technical(self) -> str:
        """One line for statisticians, or empty."""
        return self.words.technical

    @property
    def summary(self) -> str:
        """Verdict, plain sentences and technical line as one text."""
        return self.withheld or self.words.joined

    @property
    def follows_selection(self) -> bool:
        """Whether figures of this kind follow the pilots, years and comparator of a selection."""
        follows = self.kind.is_official or self.kind in {Kind.ESTIMATE, Kind.MIXED}
        return follows and not self.pinned

    @property
    def author(self) -> str:
        """The explorer that publishes it, by its name."""
        return explorer_of(self.selection.programme)

    @property
    def scope(self) -> str:
        """What it covers, in words: the selection, as far as figures of this kind follow it."""
        follows = self.follows_selection and not self.own_comparator
        return self.selection.label if follows else self.subtitle

    @property
    def own_words(self) -> str:
        """The subtitle without what the selection bar says already, beginning with a capital."""
        said = frozenset(self.selection.parts_with(self.selection.period_words))
        parts = [one for one in self.subtitle.split(DOT) if one not in said]
        return upper_first(DOT.join(parts))

    @property
    def citation(self) -> str:
        """Every source, in one line."""
        return " ".join(source.citation for source in self.sources)

    @property
    def publishers(self) -> str:
        """Who published the figures, each once, the first by name where they are many.

        Who published some of them with somebody else is named once, with them.

        Empty where all are the reader's own: nobody published them, and their kind says whose
        they are.
        """
        published = (one.publisher for one in self.sources if one.kind is not Kind.OWN)
        names = list(dict.fromkeys(published))
        if len(names) > _MANY:
            return f"{names[0]} and {len(names) - 1} others"
        return "; ".join(
            one for one in names if not any(two.startswith(f"{one} and ") for two in names)
        )

    def under(self, prefix: str) -> "Published":
        """Return it with the addresses in its rows below a prefix.

        Args:
            prefix: Without a slash at its end; "" for none.
        """
        named = ADDRESSES & {column.name for column in self.columns}
        if not prefix or not named:
            return self
        changed = {name: self.frame[name].map(_below(prefix)) for name in named}
        return replace(self, frame=self.frame.assign(**changed), seal=_SEAL)
