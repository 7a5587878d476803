"""What leaves by the door: the one thing that cards, downloads and data addresses take."""

from collections.abc import Callable
from dataclasses import InitVar, dataclass, replace
from typing import Final, final

import pandas as pd

from analytics.publication.seal import SEAL as _SEAL
from analytics.publication.seal import require
from analytics.selection.selection import Selection
from analytics.text.quantity import Quantity
from data.schema import Column
from data.sources.source import Kind, Source

Facts = tuple[tuple[str, str], ...]

ADDRESSES: Final = frozenset({"address", "link"})  # columns of addresses that begin at "/"


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
        summary: What the frame shows, in a sentence, written after suppression. It is the text
            alternative of every chart of this finding.
        headline: The same in one sentence for the head of a page, or empty.
        notes: What a reader must know beside it.
        method: Terms and descriptions for the method card.
        suppressed: Cells suppressed.
        withheld: Why there is nothing to show, or empty.
        kind: Which kind of number.
        version: Version of the method.
        waiting: Whether it is slow and has not been made yet, which may change at any moment.
    """

    key: str
    title: str
    subtitle: str
    quantity: Quantity
    frame: pd.DataFrame
    columns: tuple[Column, ...]
    sources: tuple[Source, ...]
    selection: Selection
    summary: str
    headline: str
    notes: tuple[str, ...]
    method: Facts
    suppressed: int
    withheld: str
    kind: Kind
    version: str
    seal: InitVar[object]
    waiting: bool = False

    def __post_init__(self, seal: object) -> None:
        require(seal)

    @property
    def unit(self) -> str:
        """Unit of the main values, in words."""
        return self.quantity.unit

    @property
    def scope(self) -> str:
        """What it covers, in words: the selection, as far as figures of this kind follow it."""
        follows = self.kind.is_official or self.kind in {Kind.ESTIMATE, Kind.MIXED}
        return self.selection.label if follows else self.subtitle

    @property
    def citation(self) -> str:
        """Every source, in one line."""
        return " ".join(source.citation for source in self.sources)

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
