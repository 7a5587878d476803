"""The reader's selection, and its one spelling in the address bar."""

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final, Literal
from urllib.parse import urlencode

from analytics.selection.choices import (
    Adjustment,
    Average,
    Base,
    Comparator,
    Evidence,
    Margin,
    Outcome,
    Subject,
    Vintage,
    Weights,
    bases,
)
from analytics.selection.cost_input import exact
from analytics.selection.cost_inputs import INPUTS, Costs
from analytics.selection.first_list import first_list
from analytics.selection.parameter import Fault, Kind, Page, Parameter
from analytics.selection.parameters import PARAMETERS
from analytics.selection.places import Band, Pilot, authorities, pilots
from analytics.selection.readers import NO
from analytics.text.wording import listed, pluralise, years_label
from analytics.text.words import DOT
from data.neighbour_lists import MOST_NEIGHBOURS, WITH_CLOSENESS, NeighbourList
from data.programmes.programme import Programme
from data.programmes.read import programme
from data.releases.release import release_of

#: The programme that a process starts with; an address may name another.
HOME: Final = programme()
#: Parameters that the path of a page may hold.
InPath = Literal["indicator", "area"]

DEFAULT_INDICATOR: Final = "icpc_rate"
DEFAULT_RATIO: Final = "cla_share"
DEFAULT_ITEM: Final = "confidence_framework"

#: Fields that an address can spell.
_SPELT: Final = tuple({field: None for one in PARAMETERS.values() for field in one.fields})


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What the reader asked to see. The address bar is the only place it is kept.

    Attributes:
        programme: Whose pilots these are.
        bands: Experience bands to include; never empty.
        only: GSS codes of the pilots to include, or empty for every pilot of the bands.
        compare: What pilots are compared with.
        model: Which list of statistical neighbours.
        k: How many neighbours of the list, 1 to 10.
        average: How neighbours become one line.
        weights: How much each neighbour counts in their average.
        with_pilots: Whether other pilots stay among the neighbours.
        first: First year of the period (2013 is 2012/13).
        last: Last year of the period.
        vintage: Which figures.
        adjust: How p-values are adjusted.
        margin: Which difference would matter.
        evidence: Whether simulated figures may be shown.
        area: GSS code of the reader's own authority, or empty.
        indicator: Key of the indicator on pages that show one.
        ratio: Key of the expenditure ratio on pages that show one.
        item: Name of the item of the social workers' survey on pages that show one.
        costs: What is set on the cost card.
        about: Whether pages that take either are about the indicator or the ratio.
        base: Which years before the start a change is measured from, on pages that ask.
        outcome: In what form figures are compared, on pages that ask.
        plan_councils: How many councils a programme to come would have.
        plan_before: How many years before its start would be measured.
        plan_after: How many after it.
        release: Name of the release that the address cites, or empty. No card follows it.
        mark: Key of what is marked in charts, or empty. No figure follows it.
        notices: What in the address was not understood; no part of equality or of the cache key.
        faults: Fields whose value could not be used; likewise.
        remarks: What to say of the address though all of it was understood, such as a former code
            of a council; likewise.
    """

    programme: Programme = HOME
    bands: tuple[Band, ...] = HOME.bands
    only: tuple[str, ...] = ()
    compare: Comparator = Comparator.NEIGHBOURS
    model: NeighbourList = field(default_factory=lambda: first_list(HOME))
    k: int = MOST_NEIGHBOURS
    average: Average = Average.MEAN
    weights: Weights = Weights.EQUAL
    with_pilots: bool = False
    first: int = HOME.window[0]
    last: int = HOME.window[1]
    vintage: Vintage = Vintage.PREFERRED
    adjust: Adjustment = Adjustment.MAX_T
    margin: Margin = Margin.TEN
    evidence: Evidence = Evidence.ALL
    area: str = ""
    indicator: str = DEFAULT_INDICATOR
    ratio: str = DEFAULT_RATIO
    item: str = DEFAULT_ITEM
    costs: Costs = field(default_factory=Costs)
    about: Subject = Subject.INDICATOR
    base: Base = bases(HOME)[0]
    outcome: Outcome = Outcome.LEVEL
    plan_councils: int = 12
    plan_before: int = 2
    plan_after: int = 2
    release: str = ""
    mark: str = ""
    notices: tuple[str, ...] = field(default=(), compare=False)
    faults: tuple[Fault, ...] = field(default=(), compare=False)
    remarks: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def of(cls, programme: Programme) -> "Selection":
        """Return what a programme is first shown with.

        Args:
            programme: Whose pilots, years, bases and list of neighbours these are.
        """
        first, last = programme.window
        return cls(
            programme=programme,
            bands=programme.bands,
            model=first_list(programme),
            first=first,
            last=last,
            base=bases(programme)[0],
        )

    @property
    def said(self) -> tuple[str, ...]:
        """Every sentence a page says of how its address was read."""
        return (*self.remarks, *self.notices)

    @property
    def unmarked(self) -> "Selection":
        """The same selection with nothing marked or cited: what figures and files follow."""
        return replace(self, mark="", release="") if self.mark or self.release else self

    def following(self, names: frozenset[str]) -> "Selection":
        """Return what a programme is first shown with, but for some parameters of this selection.

        Args:
            names: Of the parameters.
        """
        fields = {field for name in names for field in PARAMETERS[name].fields}
        kept = {field: getattr(self, field) for field in fields}
        return replace(Selection.of(self.programme), **kept)

    @property
    def cited(self) -> "Selection":
        """The same selection with the present release named, unless that cannot be cited."""
        release = release_of()
        return replace(self, mark="", release=release.id if release.is_citable else "")

    @property
    def chosen(self) -> tuple[Pilot, ...]:
        """The pilots in the selection, in order of band and then name."""
        return _chosen(self.programme, self.bands, self.only)

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the period."""
        return tuple(range(self.first, self.last + 1))

    def to_pairs(self) -> dict[str, str]:
        """Return the parameters that differ from the default, in canonical order and spelling."""
        plain = _plain(self.programme)
        other = {field for field in _SPELT if getattr(self, field) != getattr(plain, field)}
        changed = [one for one in PARAMETERS.values() if not other.isdisjoint(one.fields)]
        pairs = {one.name: one.spell(one.values_of(self)) for one in changed}
        return {name: value for name, value in pairs.items() if value}

    def to_permalink(self, page: Page | None) -> str:
        """Write every parameter that a page follows as a query, defaults too, and the release.

        An address that spells them shows the same when a default is another one. What has no value
        is left out, and so is a release that cannot be cited.

        Args:
            page: Its parameters are spelled out; None for those alone that are not the default.
        """
        changed = self.cited.to_pairs()
        spelt = {name: self._spelt(one) for name, one in PARAMETERS.items() if page in one.pages}
        pairs = {name: value for name in PARAMETERS if (value := (spelt | changed).get(name))}
        return f"?{urlencode(pairs, safe=',')}" if pairs else ""

    def _spelt(self, one: Parameter) -> str:
        """Spell a parameter, at its default too."""
        words = one.spell(one.values_of(self))
        if one.kind is Kind.FLAG:
            return words or NO
        start = INPUTS[one.name].start if one.kind is Kind.AMOUNT else None
        return words or ("" if start is None else exact(start))

    def to_query(self, *, without: tuple[InPath, ...] = ()) -> str:
        """Write the selection as a query string, "" for the default.

        Args:
            without: Parameters that the path of the page already holds.
        """
        pairs = {name: value for name, value in self.to_pairs().items() if name not in without}
        return f"?{urlencode(pairs, safe=',')}" if pairs else ""

    @property
    def pilot_words(self) -> str:
        """Which pilots, in words."""
        chosen = self.chosen
        if len(chosen) == len(pilots(self.programme)):
            return f"All {len(chosen)} pilots"
        if self.only:
            return ", ".join(pilot.name for pilot in chosen)
        bands = " and ".join(band.short for band in self.bands)
        return f"{pluralise(len(chosen), 'pilot')} ({bands})"

    @property
    def pilots_in_sentence(self) -> str:
        """Which pilots, inside a sentence: their names keep their capitals."""
        chosen = self.chosen
        if len(chosen) == len(pilots(self.programme)):
            return f"all {len(chosen)} pilots"
        return listed([one.name for one in chosen]) if self.only else self.pilot_words

    @property
    def averaged(self) -> str:
        """What is made of the neighbours: their mean, their median or their weighted mean."""
        return "closeness-weighted mean" if self.weights is Weights.CLOSENESS else self.average

    @property
    def why_unweighted(self) -> str:
        """Why closeness cannot weight these neighbours, or empty where it can."""
        if not self.model.closeness:
            known = " or ".join(one.label for one in WITH_CLOSENESS)
            return (
                f"How close neighbours are is not known for the list {self.model.in_use}; all "
                f"count alike. Choose the list of {known} to weight them."
            )
        if self.average is Average.MEDIAN:
            return "Closeness weights a mean, not a median; all neighbours count alike."
        return ""

    def with_neighbours(self, *, model: NeighbourList, average: Average) -> "Selection":
        """Return the same selection under another list and average of neighbours.

        Weights by closeness are kept where the list and the average allow them.

        Args:
            model: Which list.
            average: How neighbours become one line.
        """
        made = replace(self, model=model, average=average)
        return replace(made, weights=Weights.EQUAL) if made.why_unweighted else made

    @property
    def comparator_words(self) -> str:
        """What with, which list, how many, which aggregator."""
        match self.compare:
            case Comparator.REGION:
                return "each against its region's published figure"
            case Comparator.ENGLAND:
                return "each against the published figure for England"
            case Comparator.PILOTS:
                return f"each against the {self.average} of the pilots not chosen"
            case Comparator.NEIGHBOURS:
                left = "other pilots kept" if self.with_pilots else "other pilots left out"
                return (
                    f"each against the {self.averaged} of its first {self.k} statistical "
                    f"{'neighbour' if self.k == 1 else 'neighbours'} "
                    f"(list {self.model.in_use}, {left})"
                )

    @property
    def period_words(self) -> str:
        """First to last year, as financial years."""
        return years_label(self.first, self.last)

    @property
    def who(self) -> str:
        """The pilots in question as the subject of a plain sentence."""
        return "the pilots" if len(self.chosen) == len(pilots(self.programme)) else "these pilots"

    @property
    def than(self) -> str:
        """What they are compared with, in a plain sentence."""
        return {
            Comparator.NEIGHBOURS: "similar councils",
            Comparator.REGION: "their regions",
            Comparator.ENGLAND: "England",
            Comparator.PILOTS: "the other pilots",
        }[self.compare]

    @property
    def label(self) -> str:
        """The selection in words, for captions, file headers and screen readers."""
        return self.label_with(self.period_words)

    def label_with(self, period: str) -> str:
        """Return the selection in words, its period written as the figures in hand need it.

        Args:
            period: First to last year.
        """
        return DOT.join(self.parts_with(period))

    def parts_with(self, period: str) -> tuple[str, ...]:
        """Return the parts of the selection in words: places, comparator, years and the rest.

        Args:
            period: First to last year.
        """
        parts = [self.pilot_words, self.comparator_words, period]
        if self.vintage is Vintage.FIRST:
            parts.append("figures as first published")
        if self.area:
            parts.append(f"with {authorities()[self.area].label}")
        return tuple(parts)


@lru_cache(maxsize=64)
def _plain(of: Programme) -> Selection:
    return replace(Selection.of(of), programme=HOME)


@lru_cache(maxsize=256)
def _chosen(of: Programme, bands: tuple[Band, ...], only: tuple[str, ...]) -> tuple[Pilot, ...]:
    return tuple(
        pilot
        for pilot in pilots(of).values()
        if pilot.band in bands and (not only or pilot.code in only)
    )
