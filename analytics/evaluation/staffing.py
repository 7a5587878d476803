"""Social workers and what they carry, as arrays: the official workforce beside activity."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.evaluation.panel import UNQUALIFIED, Floats, Panel, indicator_panel
from analytics.selection.choices import YEARS, Vintage
from analytics.text.name_kinds import percentage, rate
from analytics.text.naming import Contrast, PlainName
from analytics.text.quantity import Scale
from data.load import Table
from data.symbols import NOT_COMPARED, Symbol

Symbols = NDArray[np.str_]

CHILDREN: Final = "pop_0_17_mid"
WORKERS: Final = "sw_fte_num"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """A measure of resources or of what is done with them.

    Attributes:
        key: Name in tables.
        name: What it is, in full.
        short_name: What it is called on an axis.
        plain: How it is said aloud.
        unit: Unit of its values.
        scale: What the unit measures on.
        spoken: The name without the unit in it; empty where the name holds none.
        series: Key of the indicator above the stroke.
        base: Key of the indicator below it; empty for an indicator as it stands.
        times: What the quotient is multiplied by.
        lag: Years by which the base precedes.
    """

    key: str
    name: str
    short_name: str
    plain: PlainName
    unit: str
    series: str
    scale: Scale = Scale.OTHER
    spoken: str = ""
    base: str = ""
    times: float = 1
    lag: int = 0

    @property
    def said(self) -> str:
        """What a sentence calls it before a number with its unit."""
        return self.spoken or self.name


def _each(key: str, what: str, short: str, series: str, plain: str) -> Resource:
    return Resource(
        key=key,
        name=f"{what} per social worker",
        short_name=short,
        plain=PlainName(what=f"{plain} per social worker", per="a year"),
        unit="per social worker (FTE) a year",
        series=series,
        base=WORKERS,
    )


RESOURCES: Final = (
    Resource(
        key="sw_rate",
        name="Children's social workers per 10,000 children",
        spoken="Children's social workers",
        short_name="Social workers",
        plain=rate("social workers"),
        unit="FTE per 10,000 children",
        series=WORKERS,
        base=CHILDREN,
        times=10_000,
        lag=1,
    ),
    Resource(key="sw_vacancy_pct", name="Vacancy rate", short_name="Vacancies",
             plain=percentage("vacancy rate of social workers"), unit="%",
             scale=Scale.PERCENT, series="sw_vacancy_pct"),
    Resource(key="sw_agency_pct", name="Agency rate", short_name="Agency",
             plain=percentage("share of agency social workers"), unit="%",
             scale=Scale.PERCENT, series="sw_agency_pct"),
    Resource(key="sw_turnover_pct", name="Turnover rate", short_name="Turnover",
             plain=percentage("turnover of social workers"), unit="%",
             scale=Scale.PERCENT, series="sw_turnover_pct"),
    Resource(key="sw_caseload", name="Average caseload", short_name="Caseload",
             plain=PlainName(what="average caseload", article=True, contrast=Contrast.AMOUNT,
                             suffix=" cases"), unit="cases",
             series="sw_caseload"),
    _each("assessments_per_sw", "Assessments", "Assessments", "assessments_num",
          "assessments"),
    _each("conferences_per_sw", "Initial child protection conferences", "Conferences", "icpc_num",
          "child protection conferences"),
    _each("plans_per_sw", "Child protection plans started", "New plans", "cpp_start_num",
          "new child protection plans"),
)  # fmt: skip


@lru_cache(maxsize=4)
def resource_panel(indicators: Table) -> Panel:
    """Work every measure out for every place and year; missing with a reason.

    Args:
        indicators: One row per place, year, indicator and edition.
    """
    held = indicator_panel(indicators, Vintage.PREFERRED)
    made = [_worked(resource, held) for resource in RESOURCES]
    return Panel.of(
        np.stack([values for values, _ in made]),
        np.stack([symbols for _, symbols in made]),
        series={one.key: at for at, one in enumerate(RESOURCES)},
        places=held.places,
        years=held.years,
    )


def in_post(indicators: Table, years: tuple[int, ...]) -> Floats:
    """Return the social workers in post, FTE at 30 September, NaN where not held.

    Args:
        indicators: One row per place, year, indicator and edition.
        years: Years, in the order asked for.

    Returns:
        Shape (places of the panel, years).
    """
    return indicator_panel(indicators, Vintage.PREFERRED).comparable((WORKERS,), years)[0]


def _worked(resource: Resource, held: Panel) -> tuple[Floats, Symbols]:
    (above,), (why,) = held.block((resource.series,), YEARS)
    above = np.where(np.isin(why, NOT_COMPARED), np.nan, above)
    if not resource.base:
        return above, why
    (below,), (why_below,) = held.block((resource.base,), YEARS)
    if resource.lag:
        below, why_below = (_later(part, resource.lag) for part in (below, why_below))
    sound = np.isfinite(above) & np.isfinite(below) & (below > 0)
    values = np.divide(resource.times * above, below, out=np.full(above.shape, np.nan), where=sound)
    reason = np.where(np.isnan(above), why, np.where(np.isnan(below), why_below, Symbol.ZERO.value))
    return values, np.where(sound, UNQUALIFIED, reason)


def _later(part: np.ndarray, lag: int) -> np.ndarray:
    moved = np.roll(part, lag, axis=1)
    missing = np.nan if part.dtype.kind == "f" else Symbol.NOT_PUBLISHED.value
    moved[:, :lag] = missing
    return moved
