"""Reading a selection from an address: whatever it holds, the nearest selection and a notice."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import StrEnum
from functools import partial
from typing import Final, TypeVar
from urllib.parse import parse_qsl

from analytics.measures.indicators.registry import INDICATORS
from analytics.measures.ratios.registry import RATIOS
from analytics.selection.choices import (
    SURVEY_ITEMS,
    Adjustment,
    Average,
    Base,
    Comparator,
    Evidence,
    Model,
    Outcome,
    Subject,
    Vintage,
    Weights,
)
from analytics.selection.cost_inputs import INPUTS, UnusableError
from analytics.selection.places import Band, authorities, pilots, renamed
from analytics.selection.repair import meant, repaired, untracked
from analytics.selection.selection import MOST_NEIGHBOURS, YEARS, Fault, Selection

LONGEST_QUERY: Final = 2_000
MOST_PARAMETERS: Final = 40
LONGEST_ECHO: Final = 32
LONGEST_TYPED: Final = 120

Choice = TypeVar("Choice", bound=StrEnum)


Reader = Callable[[Selection, str], Selection]


class _Refused(Exception):  # noqa: N818 (not an error: a parameter that is left out, with a reason)
    """Why a parameter is not used, in words for the reader."""


def from_search(search: str) -> Selection:
    """Read a selection from the ``?…`` part of an address. Never raises.

    Args:
        search: The raw query, with or without its question mark.
    """
    asked = untracked(search.removeprefix("?"))
    if len(asked) > LONGEST_QUERY:
        notice = f"The address is too long ({len(asked):,} characters); none of it was used."
        return Selection(notices=(notice,))
    pairs: dict[str, list[str]] = {}
    for name, value in parse_qsl(asked, keep_blank_values=True):
        pairs.setdefault(name, []).append(value)
    return from_query(pairs)


def from_query(query: Mapping[str, object]) -> Selection:
    """Read a selection from parsed parameters. Never raises.

    Args:
        query: Values by name; a value may be a string or a list of strings. Anything else, and
            anything unknown, repeated or damaged, is left out with a notice. What only follows
            readers about, as ``utm_source`` does, is left out without one.
    """
    asked = repaired(query, _READERS)
    selection, notices = Selection(), list[str]()
    for name, values in list(asked.items())[:MOST_PARAMETERS]:
        reader = _READERS.get(name)
        if reader is None:
            notices.append(f"“{_echo(name)}” is not a setting of this page and was ignored.")
            continue
        if len(values) > 1:
            notices.append(f"“{_echo(name)}” is given more than once; the first is used.")
        try:
            selection = _read(reader, selection, values[0])
        except _Refused as refusal:
            notices.append(str(refusal))
    if len(asked) > MOST_PARAMETERS:
        notices.append(f"Only the first {MOST_PARAMETERS} settings of the address were read.")
    if not selection.chosen:
        notices.append(
            "None of the chosen pilots is in the chosen bands; all of the bands' pilots are shown."
        )
        selection = replace(selection, only=())
    outside = [pilots()[code].name for code in selection.only if not _in_bands(selection, code)]
    if outside:
        notices.append(f"{', '.join(outside)}: not in the chosen bands, and left out.")
    selection = _weighted(selection)
    every = dict.fromkeys((*selection.notices, *notices))
    return replace(_canonical(selection), notices=tuple(every))


def _in_bands(selection: Selection, code: str) -> bool:
    return pilots()[code].band in selection.bands


def _weighted(selection: Selection) -> Selection:
    """Let all neighbours count alike, and say why, where closeness cannot weigh them."""
    reason = selection.why_unweighted
    if selection.weights is Weights.EQUAL or not reason:
        return selection
    notices = (*selection.notices, reason)
    return replace(selection, weights=Weights.EQUAL, notices=notices)


def _canonical(selection: Selection) -> Selection:
    """Leave out a choice of pilots that is the same as choosing their bands."""
    in_bands = tuple(code for code in pilots() if _in_bands(selection, code))
    only = tuple(code for code in in_bands if code in selection.only)
    return replace(selection, only=() if only == in_bands else only)


def _read(reader: Reader, selection: Selection, words: str) -> Selection:
    """Read a value as it stands; where that cannot be, as it was before its way here.

    Raises:
        _Refused: It cannot be used either way.
    """
    said = len(selection.notices) + len(selection.faults)
    refusal: _Refused | None = None
    accepted = list[Selection]()
    for one in dict.fromkeys((words, meant(words))):
        try:
            accepted.append(reader(selection, one))
        except _Refused as refused:
            refusal = refusal or refused
    if not accepted and refusal is not None:
        raise refusal
    return min(accepted, key=lambda one: len(one.notices) + len(one.faults) > said)


def _echo(words: str) -> str:
    plain = "".join(letter if letter.isprintable() else "·" for letter in words)
    return plain if len(plain) <= LONGEST_ECHO else f"{plain[:LONGEST_ECHO]}…"


def _parts(words: str) -> list[str]:
    return [part.strip() for part in words.split(",") if part.strip()]


def _choice(choices: type[Choice], words: str, *, what: str) -> Choice:
    if words in set(choices):
        return choices(words)
    known = ", ".join(choices)
    msg = f"“{_echo(words)}” is not {what}; choose from {known}."
    raise _Refused(msg)


def _bands(selection: Selection, words: str) -> Selection:
    asked = _parts(words)
    found = tuple(band for band in Band if band in asked)
    unknown = [part for part in asked if part not in set(Band)]
    if unknown or not found:
        shown = _echo(", ".join(unknown) or words)
        used = "the others are used" if found else "every band is shown"
        msg = f"“{shown}” is not an experience band; {used}."
        if not found:
            raise _Refused(msg)
        return replace(selection, bands=found, notices=(*selection.notices, msg))
    return replace(selection, bands=found)


def _held_code(selection: Selection, code: str) -> tuple[Selection, str]:
    """Return the code an authority is held under, and say so where another was asked for."""
    if code not in renamed():
        return selection, code
    place = authorities()[renamed()[code]]
    msg = (
        f"{code} was the code of {place.name} until {place.recoded}; it is shown under its code "
        f"{place.code}."
    )
    return replace(selection, notices=(*selection.notices, msg)), place.code


def _only(selection: Selection, words: str) -> Selection:
    asked = list[str]()
    for part in _parts(words):
        under, code = _held_code(selection, part)
        selection, code = (under, code) if code in pilots() else (selection, part)
        asked.append(code)
    unknown = [part for part in asked if part not in pilots()]
    found = tuple(code for code in pilots() if code in asked)
    if not found:
        msg = f"“{_echo(words)}” is not the code of a pilot; every pilot of the bands is shown."
        raise _Refused(msg)
    if unknown:
        shown = _echo(", ".join(unknown))
        msg = f"“{shown}” is not the code of a pilot; the others are used."
        selection = replace(selection, notices=(*selection.notices, msg))
    return replace(selection, only=found)


def _k(selection: Selection, words: str) -> Selection:
    if not re.fullmatch(r"[0-9]{1,2}", words) or not 1 <= int(words) <= MOST_NEIGHBOURS:
        msg = f"“{_echo(words)}” is not a number of neighbours from 1 to {MOST_NEIGHBOURS}."
        raise _Refused(msg)
    return replace(selection, k=int(words))


def _years(selection: Selection, words: str) -> Selection:
    found = re.fullmatch(r"([0-9]{4})-([0-9]{4})", words)
    first, last = (int(found[1]), int(found[2])) if found else (0, 0)
    if first not in YEARS or last not in YEARS or first > last:
        msg = (
            f"“{_echo(words)}” is not a period such as {YEARS[0]}-{YEARS[-1]} "
            "(2013 is the year 2012/13)."
        )
        raise _Refused(msg)
    return replace(selection, first=first, last=last)


def _with_pilots(selection: Selection, words: str) -> Selection:
    if words not in {"0", "1"}:
        msg = f"“with-pilots” is 0 or 1, not “{_echo(words)}”."
        raise _Refused(msg)
    return replace(selection, with_pilots=words == "1")


def _area(selection: Selection, words: str) -> Selection:
    selection, words = _held_code(selection, words)
    if words and words not in authorities():
        msg = f"“{_echo(words)}” is not the code of an English authority."
        raise _Refused(msg)
    return replace(selection, area=words)


def _indicator(selection: Selection, words: str) -> Selection:
    if words not in INDICATORS:
        msg = f"“{_echo(words)}” is not the key of an indicator."
        raise _Refused(msg)
    return replace(selection, indicator=words)


def _ratio(selection: Selection, words: str) -> Selection:
    if words not in RATIOS:
        msg = f"“{_echo(words)}” is not the key of an expenditure ratio."
        raise _Refused(msg)
    return replace(selection, ratio=words)


def _item(selection: Selection, words: str) -> Selection:
    if words not in SURVEY_ITEMS:
        msg = f"“{_echo(words)}” is not an item of the survey of social workers."
        raise _Refused(msg)
    return replace(selection, item=words)


def _cost(key: str, selection: Selection, words: str) -> Selection:
    try:
        value = INPUTS[key].read(words)
    except UnusableError as unusable:
        fault = Fault(name=key, typed=words[:LONGEST_TYPED], message=str(unusable))
        return replace(selection, faults=(*selection.faults, fault))
    return replace(selection, costs=selection.costs.setting(key, value))


_READERS: Final[dict[str, Reader]] = {
    "band": _bands,
    "pilots": _only,
    "compare": lambda s, w: replace(s, compare=_choice(Comparator, w, what="a comparator")),
    "model": lambda s, w: replace(s, model=_choice(Model, w, what="a neighbour model")),
    "k": _k,
    "average": lambda s, w: replace(s, average=_choice(Average, w, what="an average")),
    "weights": lambda s, w: replace(s, weights=_choice(Weights, w, what="a choice of weights")),
    "with-pilots": _with_pilots,
    "years": _years,
    "vintage": lambda s, w: replace(s, vintage=_choice(Vintage, w, what="a vintage")),
    "adjust": lambda s, w: replace(s, adjust=_choice(Adjustment, w, what="an adjustment")),
    "evidence": lambda s, w: replace(s, evidence=_choice(Evidence, w, what="an evidence setting")),
    "area": _area,
    "indicator": _indicator,
    "ratio": _ratio,
    "item": _item,
    **{key: partial(_cost, key) for key in INPUTS},
    "about": lambda s, w: replace(s, about=_choice(Subject, w, what="a subject")),
    "base": lambda s, w: replace(s, base=_choice(Base, w, what="a base period")),
    "outcome": lambda s, w: replace(s, outcome=_choice(Outcome, w, what="an outcome")),
}
