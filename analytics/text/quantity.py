"""What values are, as far as words and charts depend on it: their scale, and whether they moved."""

from dataclasses import dataclass, field
from enum import StrEnum

from analytics.text.wording import MINUS
from data.programmes.programme import Programme
from data.programmes.read import programme


class Scale(StrEnum):
    """What a unit measures on: how its differences are named, and how finely it is shown."""

    PERCENT = "percent"
    RATE = "rate"  # per 10,000 children
    PER_POUND = "per-pound"  # of spend, per £1 of other spend
    SHARE = "share"  # of all spend, per £1 of it; charts show it in per cent
    POUNDS = "pounds"
    OTHER = "other"

    @property
    def decimals(self) -> int:
        """How many decimals a level on this scale is shown with in a chart."""
        return {Scale.PER_POUND: 3, Scale.SHARE: 3, Scale.POUNDS: 0}.get(self, 1)


def apart(unit: object, scale: object) -> str:
    """Return a unit as it follows a difference: percentages differ in percentage points.

    The sign of pounds, which no number may stand before, is spelled out.

    Args:
        unit: In words, as it follows a level.
        scale: A ``Scale``, or its value as a frame holds it.

    Raises:
        ValueError: There is no such scale.
    """
    spelled = str(unit).replace("£", "pounds", 1)
    short = {
        Scale.PERCENT: "percentage points", Scale.RATE: "per 10,000", Scale.POUNDS: spelled,
    }  # fmt: skip
    return short.get(Scale(str(scale)), str(unit))


def with_unit(shown: str, unit: object, scale: object) -> str:
    """Write a difference with its unit: "+£74 per child", "9.5 percentage points".

    Args:
        shown: The number, with its sign where it has one.
        unit: In words, as it follows a level.
        scale: A ``Scale``, or its value as a frame holds it.

    Raises:
        ValueError: There is no such scale.
    """
    said = str(unit)
    if not said.startswith("£"):
        return f"{shown} {apart(unit, scale)}"
    sign = shown[:1] if shown[:1] in {"+", MINUS} else ""
    return f"{sign}£{shown.removeprefix(sign)}{said.removeprefix('£')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """What the main values of a finding are, for the chart that draws them.

    Attributes:
        unit: Unit in words, as it titles an axis; no chart depends on what it says.
        scale: What it measures on.
        is_change: Whether values are changes over time, which rise and fall; else levels.
        programme: Whose they are: charts draw its start and colour its bands.
    """

    unit: str
    scale: Scale = Scale.OTHER
    is_change: bool = False
    programme: Programme = field(default_factory=programme)

    @property
    def apart(self) -> str:
        """The unit as it follows a difference."""
        return apart(self.unit, self.scale)

    @property
    def apart_title(self) -> str:
        """The unit of differences as it titles an axis, where no number stands before it."""
        return self.unit if self.scale is Scale.POUNDS else self.apart

    @property
    def decimals(self) -> int:
        """How many decimals a level is shown with."""
        return self.scale.decimals

    @property
    def sign(self) -> str:
        """What follows a level without a space: % or nothing."""
        return "%" if self.scale is Scale.PERCENT else ""
