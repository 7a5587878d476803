"""The registry of parameters: every part of the selection and of the cost card, once.

The address, its canonical spelling, the selection bar, the browser's grammar, the README's list and
the description of the data addresses are made from these entries.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import partial
from typing import Final, Protocol

from analytics.measures.indicators.registry import INDICATORS
from analytics.measures.ratios.registry import RATIOS
from analytics.selection.choices import (
    BASES,
    MOST_NEIGHBOURS,
    SURVEY_ITEMS,
    YEARS,
    Adjustment,
    Average,
    Comparator,
    Evidence,
    Model,
    Outcome,
    Subject,
    Vintage,
    Weights,
)
from analytics.selection.cost_inputs import INPUTS, CostInput, Costs, UnusableError
from analytics.selection.parameter import (
    Fault,
    Kind,
    Page,
    Parameter,
    Reading,
    Refused,
    echo,
    parts,
)
from analytics.selection.places import Band, authorities, pilots, renamed
from analytics.text.wording import year_label
from data.programmes.read import programme

LONGEST_TYPED: Final = 120
YES: Final = "1"
_EXAMPLE: Final = programme().window[0]  # how a year is spelled

_RECORDS: Final = frozenset(
    {Page.SOCIAL_WORKERS, Page.FAMILIES, Page.CASE_RECORDS, Page.SELF_PROFILE}
)
_SERIES: Final = frozenset({Page.INDICATOR, Page.PILOTS})
_FAMILIES: Final = frozenset(
    {Page.OVERVIEW, Page.INDICATORS, Page.CLAIMS, Page.OVER_TIME, Page.ROBUSTNESS}
)
_GAPS: Final = _FAMILIES | _SERIES | {Page.EXPENDITURE, Page.COSTS}
_ALL: Final = _GAPS | {Page.NEIGHBOURS}


class _Worded(Protocol):
    @property
    def value(self) -> str: ...
    @property
    def words(self) -> str: ...


def _labels(choices: Iterable[_Worded]) -> Callable[[], dict[str, str]]:
    return lambda: {one.value: one.words for one in choices}


def _base(words: str) -> Reading:
    for base in BASES:
        if words == str(base):
            return Reading(values={"base": base})
    msg = f"“{echo(words)}” is not a base period; choose from {', '.join(map(str, BASES))}."
    raise Refused(msg)


def _band_keys(values: Sequence[object]) -> str:
    [found] = values
    bands = found if isinstance(found, tuple) else ()
    return ",".join(band.key for band in bands if isinstance(band, Band))


def _listed(values: Sequence[object]) -> str:
    [found] = values
    return ",".join(found) if isinstance(found, tuple) else ""


def _one_of(choices: type[StrEnum], field: str, *, what: str) -> Callable[[str], Reading]:
    def read(words: str) -> Reading:
        if words not in set(choices):
            known = ", ".join(choices)
            msg = f"“{echo(words)}” is not {what}; choose from {known}."
            raise Refused(msg)
        return Reading(values={field: choices(words)})

    return read


def _key_of(known: Mapping[str, object], field: str, *, what: str) -> Callable[[str], Reading]:
    def read(words: str) -> Reading:
        if words not in known:
            msg = f"“{echo(words)}” is not {what}."
            raise Refused(msg)
        return Reading(values={field: words})

    return read


def _bands(words: str) -> Reading:
    asked = parts(words)
    found = tuple(band for band in programme().bands if band.key in asked)
    unknown = [part for part in asked if part not in programme().band_keys]
    if found and not unknown:
        return Reading(values={"bands": found})
    shown = echo(", ".join(unknown) or words)
    used = "the others are used" if found else "every band is shown"
    msg = f"“{shown}” is not an experience band; {used}."
    if not found:
        raise Refused(msg)
    return Reading(values={"bands": found}, notices=(msg,))


def _held_code(code: str) -> tuple[str, tuple[str, ...]]:
    """Return the code an authority is held under, and what to say where another was asked for."""
    if code not in renamed():
        return code, ()
    place = authorities()[renamed()[code]]
    msg = (
        f"{code} was the code of {place.name} until {place.recoded}; it is shown under its code "
        f"{place.code}."
    )
    return place.code, (msg,)


def _only(words: str) -> Reading:
    asked, notices = list[str](), list[str]()
    for part in parts(words):
        code, said = _held_code(part)
        if code in pilots():
            notices += said
        asked.append(code if code in pilots() else part)
    unknown = [part for part in asked if part not in pilots()]
    found = tuple(code for code in pilots() if code in asked)
    if not found:
        msg = f"“{echo(words)}” is not the code of a pilot; every pilot of the bands is shown."
        raise Refused(msg)
    if unknown:
        notices.append(
            f"“{echo(', '.join(unknown))}” is not the code of a pilot; the others are used."
        )
    return Reading(values={"only": found}, notices=tuple(notices))


def _k(words: str) -> Reading:
    if not re.fullmatch(r"[0-9]{1,2}", words) or not 1 <= int(words) <= MOST_NEIGHBOURS:
        msg = f"“{echo(words)}” is not a number of neighbours from 1 to {MOST_NEIGHBOURS}."
        raise Refused(msg)
    return Reading(values={"k": int(words)})


def _years(words: str) -> Reading:
    found = re.fullmatch(r"([0-9]{4})-([0-9]{4})", words)
    first, last = (int(found[1]), int(found[2])) if found else (0, 0)
    if first not in YEARS or last not in YEARS or first > last:
        msg = (
            f"“{echo(words)}” is not a period such as {YEARS[0]}-{YEARS[-1]} "
            f"({_EXAMPLE} is the year {year_label(_EXAMPLE)})."
        )
        raise Refused(msg)
    return Reading(values={"first": first, "last": last})


def _with_pilots(words: str) -> Reading:
    if words not in {"0", YES}:
        msg = f"“with-pilots” is 0 or 1, not “{echo(words)}”."
        raise Refused(msg)
    return Reading(values={"with_pilots": words == YES})


def _area(words: str) -> Reading:
    code, notices = _held_code(words)
    if code and code not in authorities():
        msg = f"“{echo(words)}” is not the code of an English authority."
        raise Refused(msg)
    return Reading(values={"area": code}, notices=notices)


def _cost(key: str, words: str) -> Reading:
    try:
        return Reading(values={key: INPUTS[key].read(words)})
    except UnusableError as unusable:
        fault = Fault(name=key, typed=words[:LONGEST_TYPED], message=str(unusable))
        return Reading(values={}, fault=fault)


def _cost_spelled(key: str, values: Sequence[object]) -> str:
    [costs] = values
    return costs.to_pairs().get(key, "") if isinstance(costs, Costs) else ""


def _amount(one: CostInput) -> Parameter:
    return Parameter(
        name=one.key,
        kind=Kind.AMOUNT,
        fields=("costs",),
        allowed=dict,
        read=partial(_cost, one.key),
        spell=partial(_cost_spelled, one.key),
        label=one.field,
        help=f"{one.unit}: {one.wanted}. {one.source}",
        pages=frozenset({Page.COSTS}),
    )


PARAMETERS: Final[dict[str, Parameter]] = {
    one.name: one
    for one in (
        Parameter(
            name="band",
            kind=Kind.CHOICES,
            fields=("bands",),
            allowed=lambda: {band.key: band.label for band in programme().bands},
            read=_bands,
            spell=_band_keys,
            label="Experience band",
            help="Which pilots, by their experience at the start of the project.",
            pages=_ALL | _RECORDS,
            excludes="pilots",
        ),
        Parameter(
            name="pilots",
            kind=Kind.CHOICES,
            fields=("only",),
            allowed=lambda: {code: pilot.name for code, pilot in pilots().items()},
            read=_only,
            spell=_listed,
            label="Pilots",
            help="Which pilots, one by one, by their GSS codes.",
            pages=_ALL,
            excludes="band",
        ),
        Parameter(
            name="compare",
            fields=("compare",),
            allowed=_labels(Comparator),
            read=_one_of(Comparator, "compare", what="a comparator"),
            label="Compare with",
            help="What pilots are compared with.",
            pages=_GAPS,
        ),
        Parameter(
            name="model",
            fields=("model",),
            allowed=_labels(Model),
            read=_one_of(Model, "model", what="a neighbour model"),
            label="Neighbour list",
            help="Which list of statistical neighbours.",
            pages=_ALL,
        ),
        Parameter(
            name="k",
            kind=Kind.NUMBER,
            fields=("k",),
            allowed=lambda: {str(k): str(k) for k in range(1, MOST_NEIGHBOURS + 1)},
            read=_k,
            label="How many neighbours",
            help="How many of the list, the closest first.",
            pages=_ALL,
        ),
        Parameter(
            name="average",
            fields=("average",),
            allowed=lambda: {one.value: one.capitalize() for one in Average},
            read=_one_of(Average, "average", what="an average"),
            label="Average of neighbours",
            help="How neighbours become one figure.",
            pages=_ALL,
        ),
        Parameter(
            name="weights",
            fields=("weights",),
            allowed=_labels(Weights),
            read=_one_of(Weights, "weights", what="a choice of weights"),
            label="Neighbours count",
            help="How much each neighbour counts; closeness is known for two of the lists.",
            pages=_ALL,
        ),
        Parameter(
            name="with-pilots",
            kind=Kind.FLAG,
            fields=("with_pilots",),
            allowed=lambda: {YES: "Keep other pilots among neighbours"},
            read=_with_pilots,
            spell=lambda values: YES if values[0] else "",
            label="Other pilots",
            help="Whether other pilots stay among the neighbours.",
            pages=_ALL,
        ),
        Parameter(
            name="years",
            kind=Kind.YEARS,
            fields=("first", "last"),
            allowed=lambda: {str(year): year_label(year) for year in YEARS},
            read=_years,
            spell=lambda values: f"{values[0]}-{values[1]}",
            label="Years",
            help=f"First and last year; {_EXAMPLE} is the year {year_label(_EXAMPLE)}.",
            pages=_ALL,
        ),
        Parameter(
            name="vintage",
            fields=("vintage",),
            allowed=_labels(Vintage),
            read=_one_of(Vintage, "vintage", what="a vintage"),
            label="Figures",
            help="Figures as they are now, or as they were first published.",
            pages=_FAMILIES | _SERIES | {Page.NEIGHBOURS},
        ),
        Parameter(
            name="adjust",
            fields=("adjust",),
            allowed=_labels(Adjustment),
            read=_one_of(Adjustment, "adjust", what="an adjustment"),
            label="Adjust p for many tests",
            help="How p-values allow for the number of tests.",
            pages=_FAMILIES | {Page.NEIGHBOURS, Page.EXPENDITURE, Page.COSTS},
        ),
        Parameter(
            name="evidence",
            fields=("evidence",),
            allowed=_labels(Evidence),
            read=_one_of(Evidence, "evidence", what="an evidence setting"),
            label="Simulated figures",
            help="Whether simulated figures are shown.",
            pages=_RECORDS,
        ),
        Parameter(
            name="area",
            fields=("area",),
            allowed=lambda: {
                "": "None chosen",
                **{code: one.label for code, one in authorities().items()},
            },
            read=_area,
            label="Your authority",
            help="An English authority to show beside the pilots, by its GSS code.",
            pages=_SERIES | {Page.EXPENDITURE, Page.COSTS},
        ),
        Parameter(
            name="indicator",
            fields=("indicator",),
            allowed=lambda: {one.key: one.name for one in INDICATORS.values()},
            read=_key_of(INDICATORS, "indicator", what="the key of an indicator"),
            label="Indicator",
            help="The indicator of pages that show one.",
            pages=_SERIES | {Page.OVER_TIME, Page.ROBUSTNESS},
        ),
        Parameter(
            name="ratio",
            fields=("ratio",),
            allowed=lambda: {one.key: one.name for one in RATIOS.values()},
            read=_key_of(RATIOS, "ratio", what="the key of an expenditure ratio"),
            label="Ratio",
            help="The expenditure ratio of pages that show one.",
            pages=frozenset({Page.EXPENDITURE, Page.OVER_TIME, Page.ROBUSTNESS}),
        ),
        Parameter(
            name="item",
            fields=("item",),
            allowed=lambda: {name: field.label for name, field in SURVEY_ITEMS.items()},
            read=_key_of(SURVEY_ITEMS, "item", what="an item of the survey of social workers"),
            label="Survey item",
            help="The item of the survey of social workers.",
            pages=frozenset({Page.SOCIAL_WORKERS}),
        ),
        Parameter(
            name="about",
            fields=("about",),
            allowed=_labels(Subject),
            read=_one_of(Subject, "about", what="a subject"),
            label="Follow",
            help="Whether pages that take either are about the indicator or the ratio.",
            pages=frozenset({Page.NEIGHBOURS, Page.OVER_TIME, Page.ROBUSTNESS}),
        ),
        Parameter(
            name="base",
            fields=("base",),
            allowed=lambda: {str(base): base.words for base in BASES},
            read=_base,
            label="Measure change from",
            help="The years before the start that a change is measured from.",
            pages=frozenset({Page.OVER_TIME}),
        ),
        Parameter(
            name="outcome",
            fields=("outcome",),
            allowed=_labels(Outcome),
            read=_one_of(Outcome, "outcome", what="an outcome"),
            label="Outcome",
            help="In what form figures are compared.",
            pages=frozenset({Page.ROBUSTNESS}),
        ),
        *(_amount(one) for one in INPUTS.values()),
    )
}
