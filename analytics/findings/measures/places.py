"""One measure by place: each pilot beside its own neighbours, and their average."""

from collections.abc import Callable
from functools import partial
from math import isnan
from operator import itemgetter
from typing import Final

import numpy as np
import pandas as pd

from analytics.evaluation.comparison import neighbours_of
from analytics.evaluation.measure_families import MeasureFamily
from analytics.evaluation.method_card import Facts, facts
from analytics.evaluation.verdict_words import than_each
from analytics.findings.measures.together import beside
from analytics.measures.measure import unit_heading
from analytics.methods.averages import mean_of_present
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.selection.choices import Comparator
from analytics.selection.places import pilots, place_name
from analytics.selection.selection import Selection
from analytics.text.naming import PlainName
from analytics.text.wording import MOST_WORDS, fitting, in_sentences, some_of, upper_first
from analytics.text.words import Words, technical_line
from data.load import Table
from data.schema import Column, ColumnKind, key_text, number_in, records, text
from data.sources.registry import NEIGHBOURS
from data.sources.source import Kind, Source

FamilyChoice = Callable[[Selection], MeasureFamily]

PLACE_COLUMNS: Final = (
    text(
        "group",
        "Compared",
        about="The pilot (or your authority) the row stands with.",
        in_table=False,
    ),
    text("band", "Band"),
    key_text("role", "Role", about="pilot, yours, neighbour, region, england or average."),
    key_text("code", "GSS code", in_table=False),
    text("place", "Place"),
    Column(name="value", label="Mean over the period"),
    Column(name="gap", label="Gap", about="On the pilot's own row: the mean of its yearly gaps."),
    Column(name="years", label="Years with figures", kind=ColumnKind.COUNT, decimals=0),
    key_text("symbols", "Symbols", about="The publisher's symbols in the years of the period."),
    key_text(
        "group_code",
        "Code of the group",
        about="GSS code of the place the row stands with.",
        in_table=False,
    ),
    key_text(
        "band_key",
        "Band, as a key",
        about="The band; empty for your authority, which has none.",
        in_table=False,
    ),
)


def places_beside(family: MeasureFamily, tables: Tables, selection: Selection) -> pd.DataFrame:
    """Put every pilot, and the reader's own authority, beside what it is compared with.

    Args:
        family: The family of the measure.
        tables: The tables of the family by key.
        selection: What the reader chose.
    """
    single = partial(_single, *_figures(family, tables, selection))
    average = {"role": "average", "code": "", "place": _average_name(selection), "symbols": ""}
    compared = beside(family, tables, selection)
    gaps = (compared.own - compared.comparator)[0]
    both = np.isfinite(gaps)
    gap, own, against = (
        mean_of_present(np.where(both, part, np.nan))
        for part in (gaps, compared.own[0], compared.comparator[0])
    )
    rows = list[dict[str, object]]()
    for at, code in enumerate(compared.codes):
        group = {"group": place_name(code), "group_code": code, **_band(code, selection)}
        row = {**group, **single(code), "role": _role(code, selection), "gap": gap[at]}
        rows.append({**row, "value": own[at]} if both[at].any() else row)
        rows.extend(
            {**group, **single(other), "role": "neighbour"}
            for other in _listed(code, tables[NEIGHBOURS.key], selection)
        )
        rows.append({**group, **average, "value": against[at], "years": int(both[at].sum())})
    return pd.DataFrame(rows, columns=[column.name for column in PLACE_COLUMNS])


def _role(code: str, selection: Selection) -> str:
    return "pilot" if code in pilots(selection.programme) else "yours"


def _listed(code: str, neighbours: Table, selection: Selection) -> tuple[str, ...]:
    if selection.compare is not Comparator.NEIGHBOURS:
        return ()
    return neighbours_of(code, neighbours, selection)


def _average_name(selection: Selection) -> str:
    return {
        Comparator.NEIGHBOURS: f"{selection.average.capitalize()} of similar councils",
        Comparator.REGION: "Region",
        Comparator.ENGLAND: "England",
        Comparator.PILOTS: f"{selection.average.capitalize()} of other pilots",
    }[selection.compare]


def _band(code: str, selection: Selection) -> dict[str, str]:
    known = pilots(selection.programme)
    if code not in known:
        return {"band": "Your authority", "band_key": ""}
    return {"band": known[code].band.label, "band_key": known[code].band.key}


def _figures(
    family: MeasureFamily, tables: Tables, selection: Selection
) -> tuple[dict[str, int], np.ndarray, np.ndarray]:
    """Return the place of each council, and its figures that are compared, with all symbols."""
    panel, keys = family.panel(tables, selection), (family.measure(selection).key,)
    (usable,) = panel.comparable(keys, selection.years)
    _, (symbols,) = panel.block(keys, selection.years)
    return panel.places, usable, symbols


def _single(
    places: dict[str, int], usable: np.ndarray, symbols: np.ndarray, code: str
) -> dict[str, object]:
    own = usable[places[code]]
    found = np.isfinite(own)
    marks = [mark for mark in dict.fromkeys(symbols[places[code]].tolist()) if mark]
    return {
        "code": code,
        "place": place_name(code),
        "value": own[found].mean() if found.any() else np.nan,
        "years": int(found.sum()),
        "symbols": " ".join(marks),
    }


def _words(family: MeasureFamily, frame: pd.DataFrame, selection: Selection) -> Words:
    name = family.measure(selection).plain
    pilot = (row for row in records(frame) if row["role"] == "pilot")
    each = [(str(row["place"]), number_in(row, "gap")) for row in pilot]
    gaps = [one for one in each if not isnan(one[1])]
    if not gaps:
        why = "No chosen pilot can be compared on this measure in these years."
        return Words(verdict="No pilot can be compared", plain=(why,))
    below, above = sum(gap < 0 for _, gap in gaps), sum(gap > 0 for _, gap in gaps)
    low, high = (end(gaps, key=itemgetter(1)) for end in (min, max))
    return Words(
        verdict=_most(below, above, len(gaps), selection, first=low[0]),
        plain=_span(name, low, high) if len(gaps) > 1 else (_only(name, *low),),
        technical=technical_line(
            f"n {len(gaps)}",
            f"{below} below, {above} above {selection.averaged} of each",
            "no test",
        ),
    )


def _most(below: int, above: int, n: int, selection: Selection, *, first: str) -> str:
    many, way = max((below, "below"), (above, "above"))
    if not many:
        return f"{first if n == 1 else 'Every pilot'} is level with {than_each(selection)}"
    if n == 1:
        return f"{first} is {way} {than_each(selection)}"
    verb, than = ("is", than_each(selection)) if many == 1 else ("are", selection.than)
    return f"{upper_first(some_of(many, n, 'pilot'))} {verb} {way} {than}"


def _only(name: PlainName, place: str, gap: float) -> str:
    far = f"{name.directed(gap, name.decimals(gap))} in {place}"
    return f"{upper_first(name.subject)}{name.per_words}: {far}."


def _span(name: PlainName, low: tuple[str, float], high: tuple[str, float]) -> tuple[str, ...]:
    decimals = name.decimals_of(low[1], high[1])
    least, most = (f"{name.directed(gap, decimals)} in {place}" for place, gap in (low, high))
    subject = upper_first(name.subject)
    whole = fitting(
        f"{subject}{name.per_words}: from {least} to {most}.",
        f"{subject}: from {least} to {most}.",
        most=MOST_WORDS,
    )
    is_short = len(whole.split()) <= MOST_WORDS
    return (whole,) if is_short else in_sentences(subject, (least, most))


def _method(family: MeasureFamily, selection: Selection) -> Facts:
    measure = family.measure(selection)
    common = facts(
        selection,
        estimand="Each pilot's mean over the years of the period, beside the mean of each of its "
        "neighbours and their average over the same years.",
        unit=measure.unit,
        test=False,
        period=family.period(selection),
    )
    return (("Definition", measure.definition), *common)


def places_of(
    choose: FamilyChoice,
    *,
    sources: tuple[Source, ...],
    key: str,
    follows: frozenset[str],
    whole: str,
    about: str,
) -> Finding:
    """Make the finding that sets every pilot beside its own comparator.

    Args:
        choose: Returns the family of the measure under a selection.
        sources: The tables that any such family is made of.
        key: Name in addresses.
        follows: What its rows and words follow of a selection.
        whole: Key of the finding that holds the whole table.
        about: One line for the list of findings.
    """
    return Finding(
        key=key,
        follows=follows,
        title=lambda s: f"{choose(s).measure(s).name}: every pilot beside its own comparator",
        subtitle=lambda s: (
            f"{unit_heading(choose(s).measure(s))}, mean over the period · {choose(s).label(s)}"
        ),
        unit=lambda s: choose(s).measure(s).unit,
        measure=lambda s: choose(s).measure(s),
        scale=lambda s: choose(s).measure(s).scale,
        sources=sources,
        columns=PLACE_COLUMNS,
        analyse=lambda tables, s: places_beside(choose(s), tables, s),
        words=lambda frame, s: _words(choose(s), frame, s),
        notes=lambda frame, s: choose(s).notes(frame, s),
        method=lambda s: _method(choose(s), s),
        kind=Kind.OFFICIAL,
        whole=whole,
        about=about,
    )
