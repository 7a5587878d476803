"""What a reader may set on the cost card, and what was set: each an assumption with its source."""

from dataclasses import dataclass
from typing import Final

from analytics.selection.cost_input import CostInput
from analytics.text.quantity import Scale

INPUTS: Final[dict[str, CostInput]] = {
    one.key: one
    for one in (
        CostInput(
            key="fte",
            label="People leading the work",
            short="People leading",
            unit="full-time equivalents",
            start=1,
            low=0,
            high=100,
            origin=lambda of: of.sentences.effort,
            example="1.5",
            each=True,
        ),
        CostInput(
            key="annual-cost",
            label="Cost of a person a year",
            short="Cost of a person",
            unit="£ a year",
            scale=Scale.POUNDS,
            start=50_000,
            low=0,
            high=500_000,
            example="50,000",
        ),
        CostInput(
            key="on-costs",
            label="On-costs added to it",
            short="On-costs",
            unit="%",
            scale=Scale.PERCENT,
            start=30,
            low=0,
            high=200,
            example="27.5",
        ),
        CostInput(
            key="cost-years",
            label="Years of the work",
            short="Years",
            unit="years",
            start=1,
            low=0.1,
            high=20,
            example="1.5",
        ),
        CostInput(
            key="social-workers",
            label="Social workers",
            short="Social workers",
            unit="full-time equivalents",
            start=None,
            low=0.1,
            high=20_000,
            origin="Official: children's social workers in post (FTE), until you set another.",
            blank="the official number of the council",
            example="169.7",
            each=True,
        ),
        CostInput(
            key="training-people",
            label="People trained",
            short="People trained",
            unit="people",
            start=None,
            low=0,
            high=20_000,
            origin="Official: as many as the social workers in post, until you set another.",
            blank="every social worker",
            example="150",
            each=True,
        ),
        CostInput(
            key="training-days",
            label="Days of training a person",
            short="Days of training",
            unit="days",
            start=5,
            low=0,
            high=250,
            example="2.5",
        ),
        CostInput(
            key="day-cost",
            label="Cost of a day of training a person, time and fee",
            short="Cost of a day",
            unit="£ a day",
            scale=Scale.POUNDS,
            start=250,
            low=0,
            high=10_000,
            example="187.50",
        ),
        CostInput(
            key="caseload",
            label="Caseload of a social worker",
            short="Caseload",
            unit="cases",
            start=None,
            low=0.1,
            high=200,
            origin="Official: average caseload of the authority, until you set another.",
            blank="the authority's average",
            example="16.5",
        ),
        CostInput(
            key="swing",
            label="How far each may be off, for the tornado",
            short="Swing",
            unit="±%",
            scale=Scale.PERCENT,
            start=25,
            low=1,
            high=99,
            example="25",
        ),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """What the reader set on the cost card.

    Attributes:
        given: Key and value of each input that differs from its start, in registry order.
    """

    given: tuple[tuple[str, float], ...] = ()

    def value(self, key: str) -> float | None:
        """Return the value in use; None where the field is empty and official figures are used."""
        return dict(self.given).get(key, INPUTS[key].start)

    def using(self, key: str) -> float:
        """Return the value in use of an input that always has one.

        Raises:
            LookupError: The input has no start value and the reader set none.
        """
        value = self.value(key)
        if value is None:
            msg = f"{key} is not set, and has no start value"
            raise LookupError(msg)
        return value

    def setting(self, key: str, value: float | None) -> "Costs":
        """Return these inputs with one set again; its start value, or None, takes it out."""
        values = dict(self.given)
        values.pop(key, None)
        if value is not None and value != INPUTS[key].start:
            values[key] = value
        return Costs(given=tuple((name, values[name]) for name in INPUTS if name in values))

    def spelled(self, key: str) -> str:
        """Return an input as an address spells it, "" at its start value."""
        given = dict(self.given)
        return INPUTS[key].written(given[key]).replace(",", "") if key in given else ""

    def shown(self, key: str) -> str:
        """Return what the field shows: the value in use, or nothing."""
        value = self.value(key)
        return "" if value is None else INPUTS[key].written(value)

    @property
    def label(self) -> str:
        """The inputs in words, for subtitles."""
        workers = self.shown("social-workers")
        return f"{self._label(self.shown('cost-years'))}{workers and f'; {workers} social workers'}"

    def label_for(self, years: int) -> str:
        """Return the inputs of a plan in words, which has its own number of years.

        Args:
            years: Of the work.
        """
        return self._label(str(years))

    def _label(self, years: str) -> str:
        trained = self.shown("training-people") or "every social worker"
        return (
            f"{self.shown('fte')} FTE at £{self.shown('annual-cost')} + {self.shown('on-costs')}% "
            f"for {years} {'year' if years == '1' else 'years'}"
            f"; {trained} trained for {self.shown('training-days')} days at "
            f"£{self.shown('day-cost')}"
        )
