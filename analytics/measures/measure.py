"""What every measure is: an indicator and an expenditure ratio alike."""

from typing import Final, Protocol, runtime_checkable

from analytics.text.naming import PlainName
from analytics.text.quantity import Scale

#: What heads figures that are shares of all spend.
SHARE_OF_SPEND: Final = "Share of total spend"


@runtime_checkable
class Named(Protocol):
    """What a row of verdicts needs to know of what it is about: a measure, or a resource."""

    @property
    def key(self) -> str:
        """Name in tables and addresses."""
        ...

    @property
    def name(self) -> str:
        """What it is, in full, in sentence case."""
        ...

    @property
    def short_name(self) -> str:
        """What it is called on an axis."""
        ...

    @property
    def unit(self) -> str:
        """Unit of its values."""
        ...

    @property
    def scale(self) -> Scale:
        """What the unit measures on."""
        ...

    @property
    def said(self) -> str:
        """What a sentence calls it before a number with its unit."""
        ...

    @property
    def plain(self) -> PlainName:
        """How it is said aloud."""
        ...


@runtime_checkable
class Measure(Named, Protocol):
    """What findings need to know of a measure, whichever family it belongs to."""

    @property
    def decimals(self) -> int:
        """Decimals shown; values are held unrounded."""
        ...

    @property
    def core(self) -> bool:
        """Whether it is compared and tested together with the others of its family."""
        ...

    @property
    def definition(self) -> str:
        """Numerator over denominator, and for when."""
        ...

    @property
    def day(self) -> str:
        """Day of the year its figures are of, where their years are not financial; else empty."""
        ...

    @property
    def breaks(self) -> str:
        """Where the series is interrupted or redefined; empty if nowhere known."""
        ...

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know beside any of its figures."""
        ...


def unit_heading(measure: Named) -> str:
    """Head figures with their unit, as a line of its own.

    A share of spend is named without one: screens show it in per cent, files per £1.

    Args:
        measure: What the figures are of.
    """
    if measure.scale is Scale.SHARE:
        return SHARE_OF_SPEND
    return measure.unit.capitalize()
