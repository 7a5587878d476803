"""The registry of parameters: every part of the selection, once.

The address, its canonical spelling, the selection bar, the browser's grammar, the README's list and
the description of the data addresses are made from these entries. Those of the cost card and of
plans come from ``assumptions``.
"""

from collections.abc import Callable, Iterable
from typing import Final, Protocol

from analytics.measures.indicators.registry import INDICATORS
from analytics.measures.ratios.registry import RATIOS
from analytics.selection.assumptions import ASSUMPTIONS
from analytics.selection.choices import (
    SURVEY_ITEMS,
    YEARS,
    Adjustment,
    Average,
    Comparator,
    Evidence,
    Margin,
    Outcome,
    Subject,
    Vintage,
    Weights,
    bases,
)
from analytics.selection.group import (
    read_group,
    read_named,
    read_start,
    spell_group,
    spell_named,
    spell_start,
)
from analytics.selection.marks import markable, read_mark
from analytics.selection.parameter import (
    Kind,
    Page,
    Parameter,
)
from analytics.selection.places import authorities, pilots
from analytics.selection.readers import (
    SUCH_A_YEAR,
    YES,
    key_of,
    one_of,
    read_area,
    read_bands,
    read_base,
    read_pilots,
    read_programme,
    read_release,
    read_with_pilots,
    read_years,
    spell_listed,
    spell_programme,
)
from analytics.selection.whole_number import whole_number
from analytics.text.wording import upper_first, year_label
from data.neighbour_lists import MOST_NEIGHBOURS, NEIGHBOUR_LISTS, WITH_CLOSENESS, many
from data.programmes.group import starts
from data.programmes.programme import Programme
from data.programmes.read import called, keys, programme
from data.releases.release import releases

_RECORDS: Final = frozenset(
    {Page.SOCIAL_WORKERS, Page.FAMILIES, Page.CASE_RECORDS, Page.SELF_PROFILE}
)
_SERIES: Final = frozenset({Page.INDICATOR, Page.PILOTS})
_FAMILIES: Final = frozenset(
    {Page.OVERVIEW, Page.INDICATORS, Page.CLAIMS, Page.OVER_TIME, Page.ROBUSTNESS}
)
_GAPS: Final = _FAMILIES | _SERIES | {Page.EXPENDITURE, Page.COSTS}
_ALL: Final = _GAPS | {Page.NEIGHBOURS, Page.COUNCIL}
_PLANNED: Final = frozenset({Page.PLAN})


class _Worded(Protocol):
    @property
    def label(self) -> str: ...


def _labels(choices: Iterable[_Worded]) -> Callable[[Programme], dict[str, str]]:
    return lambda _: {str(one): one.label for one in choices}


def _survey_items(of: Programme) -> dict[str, str]:
    """Return the items of the survey, which is of the programme that the process starts with."""
    return {name: one.label for name, one in SURVEY_ITEMS.items()} if of == programme() else {}


PARAMETERS: Final[dict[str, Parameter]] = {
    one.name: one
    for one in (
        Parameter(  # first: all that follows is read under it
            name="programme",
            kind=Kind.NAME,
            fields=("programme",),
            allowed=lambda _: {"": programme().name, **{key: called(key).name for key in keys()}},
            read=read_programme,
            spell=spell_programme,
            label="Programme",
            help="Which programme is evaluated; its pilots, start and years follow.",
            pages=frozenset(),
        ),
        Parameter(
            name="group",
            kind=Kind.NAME,
            fields=("programme",),
            allowed=lambda _: {"": "None"},
            read=read_group,
            spell=spell_group,
            label="Your own group",
            help="Councils of your own choice in place of a programme's, by their GSS codes, with "
            "commas; bands as label:codes, with semicolons.",
            pages=frozenset(),
        ),
        Parameter(
            name="start",
            kind=Kind.NAME,
            fields=("programme",),
            allowed=lambda _: {"": "None", **{str(one): year_label(one) for one in starts()}},
            read=read_start,
            spell=spell_start,
            label="Start of your own group",
            help="First year with the programme of the group at work, by the year it ends in.",
            pages=frozenset(),
        ),
        Parameter(
            name="named",
            kind=Kind.NAME,
            fields=("programme",),
            allowed=lambda _: {"": "None"},
            read=read_named,
            spell=spell_named,
            label="Name of your own group",
            help="What you call the programme of the group.",
            pages=frozenset(),
        ),
        Parameter(
            name="band",
            kind=Kind.CHOICES,
            fields=("bands",),
            allowed=lambda of: {band.key: band.label for band in of.bands},
            read=read_bands,
            spell=spell_listed,
            label=lambda of: upper_first(of.band_words),
            help="Which pilots, by their experience at the start of the project.",
            pages=_ALL | _RECORDS,
            excludes="pilots",
        ),
        Parameter(
            name="pilots",
            kind=Kind.CHOICES,
            fields=("only",),
            allowed=lambda of: {code: pilot.name for code, pilot in pilots(of).items()},
            read=read_pilots,
            spell=spell_listed,
            label="Pilots",
            help="Which pilots, one by one, by their GSS codes.",
            pages=_ALL,
            excludes="band",
        ),
        Parameter(
            name="compare",
            fields=("compare",),
            allowed=_labels(Comparator),
            read=one_of(Comparator, "compare", what="a comparator"),
            label="Compare with",
            help="What pilots are compared with.",
            pages=_GAPS | _PLANNED,
        ),
        Parameter(
            name="model",
            fields=("model",),
            allowed=lambda _: {one.key: one.label for one in NEIGHBOUR_LISTS},
            read=one_of(NEIGHBOUR_LISTS, "model", what="a neighbour model"),
            label="Neighbour list",
            help="Which list of statistical neighbours.",
            pages=_ALL | _PLANNED,
        ),
        whole_number(
            "k",
            (1, MOST_NEIGHBOURS),
            label="How many neighbours",
            about="How many of the list, the closest first.",
            what="neighbours",
            pages=_ALL | _PLANNED,
        ),
        Parameter(
            name="average",
            fields=("average",),
            allowed=lambda _: {one.value: one.capitalize() for one in Average},
            read=one_of(Average, "average", what="an average"),
            label="Average of neighbours",
            help="How neighbours become one figure.",
            pages=_ALL,
        ),
        Parameter(
            name="weights",
            fields=("weights",),
            allowed=_labels(Weights),
            read=one_of(Weights, "weights", what="a choice of weights"),
            label="Neighbours count",
            help=f"How much each neighbour counts; closeness is known for "
            f"{many(WITH_CLOSENESS)} of the lists.",
            pages=_ALL,
        ),
        Parameter(
            name="with-pilots",
            kind=Kind.FLAG,
            fields=("with_pilots",),
            allowed=lambda _: {YES: "Keep other pilots among neighbours"},
            read=read_with_pilots,
            spell=lambda values: YES if values[0] else "",
            ticked=YES,
            label="Other pilots",
            help="Whether other pilots stay among the neighbours.",
            pages=_ALL,
        ),
        Parameter(
            name="years",
            kind=Kind.YEARS,
            fields=("first", "last"),
            allowed=lambda _: {str(year): year_label(year) for year in YEARS},
            read=read_years,
            spell=lambda values: f"{values[0]}-{values[1]}",
            label="Years",
            help=f"First and last year; {SUCH_A_YEAR}.",
            pages=_ALL,
        ),
        Parameter(
            name="vintage",
            fields=("vintage",),
            allowed=_labels(Vintage),
            read=one_of(Vintage, "vintage", what="a vintage"),
            label="Figures",
            help="Figures as they are now, or as they were first published.",
            pages=_FAMILIES | _SERIES | {Page.NEIGHBOURS, Page.COUNCIL},
        ),
        Parameter(
            name="adjust",
            fields=("adjust",),
            allowed=_labels(Adjustment),
            read=one_of(Adjustment, "adjust", what="an adjustment"),
            label="Adjust p for many tests",
            help="How p-values allow for the number of tests.",
            pages=_FAMILIES | {Page.NEIGHBOURS, Page.EXPENDITURE, Page.COSTS, Page.INDICATOR},
        ),
        Parameter(
            name="margin",
            fields=("margin",),
            allowed=_labels(Margin),
            read=one_of(Margin, "margin", what="a margin"),
            label="A difference that would matter",
            help="Smaller differences count as none, where the figures can rule larger ones out.",
            pages=_FAMILIES | {Page.EXPENDITURE, Page.COSTS},
        ),
        Parameter(
            name="evidence",
            fields=("evidence",),
            allowed=_labels(Evidence),
            read=one_of(Evidence, "evidence", what="an evidence setting"),
            ticked=Evidence.REAL.value,
            label="Simulated figures",
            help="Whether simulated figures are shown.",
            pages=_RECORDS,
        ),
        Parameter(
            name="area",
            fields=("area",),
            allowed=lambda _: {
                "": "None chosen",
                **{code: one.label for code, one in authorities().items()},
            },
            read=read_area,
            label="Your authority",
            help="An English authority to show beside the pilots, by its GSS code.",
            pages=_SERIES | {Page.OVERVIEW, Page.COUNCIL, Page.EXPENDITURE, Page.COSTS},
        ),
        Parameter(
            name="indicator",
            fields=("indicator",),
            allowed=lambda _: {one.key: one.name for one in INDICATORS.values()},
            read=key_of(INDICATORS, "indicator", what="the key of an indicator"),
            label="Indicator",
            help="The indicator of pages that show one.",
            pages=_SERIES | {Page.OVER_TIME, Page.ROBUSTNESS, Page.PLAN},
        ),
        Parameter(
            name="ratio",
            fields=("ratio",),
            allowed=lambda _: {one.key: one.name for one in RATIOS.values()},
            read=key_of(RATIOS, "ratio", what="the key of an expenditure ratio"),
            label="Ratio",
            help="The expenditure ratio of pages that show one.",
            pages=frozenset({Page.EXPENDITURE, Page.OVER_TIME, Page.ROBUSTNESS}),
        ),
        Parameter(
            name="item",
            fields=("item",),
            allowed=_survey_items,
            read=key_of(SURVEY_ITEMS, "item", what="an item of the survey of social workers"),
            label="Survey item",
            help="The item of the survey of social workers.",
            pages=frozenset({Page.SOCIAL_WORKERS}),
        ),
        Parameter(
            name="about",
            fields=("about",),
            allowed=_labels(Subject),
            read=one_of(Subject, "about", what="a subject"),
            label="Follow",
            help="Whether pages that take either are about the indicator or the ratio.",
            pages=frozenset({Page.NEIGHBOURS, Page.OVER_TIME, Page.ROBUSTNESS}),
        ),
        Parameter(
            name="base",
            fields=("base",),
            allowed=lambda of: {str(one): one.label for one in bases(of)},
            read=read_base,
            label="Measure change from",
            help="The years before the start that a change is measured from.",
            pages=frozenset({Page.OVER_TIME}),
        ),
        Parameter(
            name="outcome",
            fields=("outcome",),
            allowed=_labels(Outcome),
            read=one_of(Outcome, "outcome", what="an outcome"),
            label="Outcome",
            help="In what form figures are compared.",
            pages=frozenset({Page.ROBUSTNESS}),
        ),
        *ASSUMPTIONS,
        Parameter(
            name="release",
            kind=Kind.NAME,
            fields=("release",),
            allowed=lambda _: {"": "Not said", **{one.id: one.label for one in releases()}},
            read=read_release,
            label="Release cited",
            help="The release a link cites: pages compare with it, data addresses are of it.",
            pages=frozenset(),
        ),
        Parameter(  # the browser changes it too: it is last in its one spelling
            name="mark",
            fields=("mark",),
            allowed=lambda of: {"": "Nothing", **markable(of)},
            read=read_mark,
            label="Marked",
            help="What is marked in every chart that shows it; it changes no figure.",
            pages=frozenset(),
        ),
    )
}
