"""The two families of measures: indicators, and ratios of spending."""

from dataclasses import dataclass

from figures import Figures, indicator_figures
from hidden import BASES
from pack import Pack
from spending import ratio_figures


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Family:
    """The measures that are compared and tested together.

    Attributes:
        published: Every figure of the family, also those that enter no comparison.
        figures: Those that may enter a comparison.
        core: Keys of the measures tested together, in order.
        key: The measure that some cards are about.
    """

    published: Figures
    figures: Figures
    core: tuple[str, ...]
    key: str

    @property
    def tested(self) -> tuple[str, ...]:
        """What the measure in hand is tested with: its family, or itself alone."""
        return self.core if self.key in self.core else (self.key,)


def indicators(pack: Pack) -> Family:
    """Return the family of indicators."""
    return _family(pack, "indicator", indicator_figures(pack, tuple(BASES.values())))


def ratios(pack: Pack) -> Family:
    """Return the family of ratios of spending."""
    return _family(pack, "ratio", ratio_figures(pack))


def in_hand(pack: Pack) -> Family:
    """Return the family of the measure that a card about either is about."""
    return ratios(pack) if pack.resolved["measure"]["family"] == "ratio" else indicators(pack)


def _family(pack: Pack, name: str, published: Figures) -> Family:
    return Family(
        published=published,
        figures=published.comparable(pack.resolved["symbols_not_compared"]),
        core=tuple(pack.resolved["compared"][name]),
        key=str(pack.parameters[name]),
    )
