"""Resources and outputs: the social workers pilots have and what they carry, with neighbours."""

from dataclasses import replace
from math import isnan
from typing import Final

import numpy as np
import pandas as pd

from analytics.evaluation.comparison import Compared, compare
from analytics.evaluation.family_words import family_words
from analytics.evaluation.method_card import Facts, comparison_notes, facts, unit_of_each
from analytics.evaluation.staffing import RESOURCES, in_post, resource_panel
from analytics.evaluation.verdict_columns import COLUMNS, SHARE_OF_COMPARATOR
from analytics.evaluation.verdict_words import named_technical, than_of
from analytics.evaluation.verdicts import gap_rows
from analytics.measures.indicators.indicator import Basis
from analytics.methods.averages import mean_of_present, ratio
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.choices import Comparator
from analytics.selection.follows import JUDGED, OF_SPEND
from analytics.selection.places import pilots, place_name
from analytics.selection.selection import Selection
from analytics.text.quantity import Scale
from analytics.text.wording import (
    counted,
    fitting,
    lower_first,
    number,
    pluralise,
    some_of,
    upper_first,
    year_label,
)
from analytics.text.words import Words, technical_line
from data.programmes.programme import Programme
from data.schema import Column, ColumnKind, key_text, number_in, records, text
from data.sources import registry as sources
from data.sources.source import Kind

Row = dict[str, object]

TABLES: Final = (sources.INDICATORS, sources.NEIGHBOURS, sources.AUTHORITIES, sources.PILOTS)
CENSUS_FROM: Final = 2015  # the first year of the workforce census
_BEGINS: Final = year_label(CENSUS_FROM, Basis.CENSUS_DAY)
BY_KEY: Final = {one.key: one for one in RESOURCES}

PLACE_COLUMNS: Final = (
    key_text("key", "Key", in_table=False),
    text("name", "Measure"),
    text("short", "Short name", in_table=False),
    text("unit", "Unit"),
    key_text("code", "GSS code", in_table=False),
    text("place", "Place"),
    key_text("band", "Band"),
    Column(name="value", label="Mean over the period", decimals=2),
    Column(name="comparator", label="Comparator", decimals=2, beside=True),
    Column(name="relative", label="Above or below comparator", unit="%", decimals=0),
    Column(
        name="workers",
        label="Social workers in post",
        unit="FTE",
        beside=True,
        about=f"Mean over the years of the period with a count, at {Basis.CENSUS_DAY}.",
    ),
    Column(name="years", label="Years with both", kind=ColumnKind.COUNT, decimals=0),
    key_text("symbols", "Symbols", about="Why a value is missing in a year of the period."),
)


def _compared(tables: Tables, selection: Selection, codes: tuple[str, ...]) -> Compared:
    return compare(
        resource_panel(tables[sources.INDICATORS.key]),
        tables[sources.NEIGHBOURS.key],
        selection,
        keys=tuple(one.key for one in RESOURCES),
        codes=codes,
    )


def compare_resources(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Compare pilots with their comparator on every measure of resources and outputs.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose.
    """
    codes = tuple(pilot.code for pilot in selection.chosen)
    return gap_rows(_compared(tables, selection, codes), RESOURCES, selection)


def resources_by_place(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Put every pilot's resources and outputs, and yours, beside its own comparator.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose.
    """
    codes = tuple(dict.fromkeys([pilot.code for pilot in selection.chosen]))
    if selection.area and selection.area not in codes:
        codes = (*codes, selection.area)
    compared = _compared(tables, selection, codes)
    both = np.isfinite(compared.own) & np.isfinite(compared.comparator)
    own, against = (
        mean_of_present(np.where(both, part, np.nan))
        for part in (compared.own, compared.comparator)
    )
    panel = resource_panel(tables[sources.INDICATORS.key])
    at = [panel.places[code] for code in codes]
    symbols = panel.block(compared.keys, compared.years)[1][:, at]
    workers = mean_of_present(in_post(tables[sources.INDICATORS.key], compared.years))[at]
    known = pilots(selection.programme)
    each, many = len(RESOURCES), len(codes)
    return pd.DataFrame(
        {
            "key": [one.key for one in RESOURCES for _ in codes],
            "name": [one.name for one in RESOURCES for _ in codes],
            "short": [one.short_name for one in RESOURCES for _ in codes],
            "unit": [one.unit for one in RESOURCES for _ in codes],
            "code": [*codes] * each,
            "place": [place_name(code) for code in codes] * each,
            "band": [known[code].band.key if code in known else "" for code in codes] * each,
            "value": own.ravel(),
            "comparator": against.ravel(),
            "relative": 100 * (ratio(own, against) - 1).ravel(),
            "workers": np.tile(workers, each),
            "years": both.sum(axis=2).ravel(),
            "symbols": [
                " ".join(filter(None, dict.fromkeys(marks)))
                for marks in symbols.reshape(each * many, -1).tolist()
            ],
        }
    )


def _started(of: Programme) -> str:
    return ", after the pilots started," if of.first_after <= CENSUS_FROM else ""


def _levels(of: Programme) -> str:
    """Say from when there are figures, and what follows, as a plain sentence."""
    begins = f"{CENSUS_FROM}{_started(of) or ','}"
    return f"These figures begin in {begins} so they show levels, not change."


def _gaps_words(frame: pd.DataFrame, selection: Selection) -> Words:
    """Say which measures differ, and that they are levels."""
    said = family_words(frame, BY_KEY, selection, change=False, things="measures")
    tested = frame[frame["standardised"].notna()]
    if not len(tested):
        return said
    widest = tested.iloc[int(tested["standardised"].abs().to_numpy().argmax())]
    return replace(
        said,
        plain=(*said.plain, _levels(selection.programme)),
        technical=technical_line(
            said.technical, f"most consistent: {named_technical(widest, BY_KEY[widest['key']])}"
        ),
    )


def _places_words(frame: pd.DataFrame, selection: Selection) -> Words:
    """Say whether most have fewer social workers, and what is furthest apart."""
    in_bands = (row for row in records(frame) if row["band"] != "")
    held = [row for row in in_bands if not isnan(number_in(row, "relative"))]
    if not held:
        return Words(
            verdict="No chosen pilot can be compared in these years",
            plain=(f"The figures of the workforce begin at {_BEGINS}.",),
        )
    workers = [row for row in held if row["key"] == RESOURCES[0].key]
    far = max(held, key=lambda row: abs(number_in(row, "relative")))
    return Words(
        verdict=_workers_verdict(workers, selection),
        plain=(*_counted(workers), _furthest(far, selection), _levels(selection.programme)),
        technical=technical_line(
            f"{pluralise(len({row['code'] for row in held}), 'pilot')} on "
            f"{pluralise(len({row['key'] for row in held}), 'measure')}",
            f"furthest apart: {far['place']}, {lower_first(str(far['name']))} ({far['unit']})",
            "not tested",
        ),
    )


def _workers_verdict(rows: list[Row], selection: Selection) -> str:
    if not rows:
        return "No count of social workers can be compared in these years"
    than = than_of(selection)
    fewer, more = _sides(rows)
    if len(rows) == 1:
        side = "fewer" if fewer else "more"
        return f"{rows[0]['place']} has {side} social workers per child than {than}"
    most, word = max((fewer, "fewer"), (more, "more"))
    is_every = len(rows) == len(pilots(selection.programme))
    if 2 * most <= len(rows):
        return f"{upper_first(selection.who)} are split on social workers per child"
    who = "Most pilots" if is_every else "Most chosen pilots"
    if most == len(rows):
        who = "All pilots" if is_every else upper_first(some_of(most, most, "pilot"))
    whole = f"{who} have {word} social workers per child"
    return fitting(f"{whole} than {than}", whole)


def _counted(rows: list[Row]) -> tuple[str, ...]:
    """Say how many pilots have fewer social workers for their children, and how many more."""
    if len(rows) < 2:  # noqa: PLR2004 (of one the verdict says it)
        return ()
    fewer, more = _sides(rows)
    for count, word in ((fewer, "fewer"), (more, "more")):
        if count == len(rows):
            every = upper_first(some_of(count, count, "pilot"))
            return (f"{every} had {word} social workers per child.",)
    less = f"{counted(fewer)} had fewer social workers per child"
    return (f"Of {counted(len(rows))} pilots, {less} and {counted(more)} had more.",)


def _sides(rows: list[Row]) -> tuple[int, int]:
    sides = [number_in(row, "relative") for row in rows]
    return sum(one < 0 for one in sides), sum(one > 0 for one in sides)


def _furthest(far: Row, selection: Selection) -> str:
    """Say which figure is furthest from what it is compared with."""
    measure = BY_KEY[str(far["key"])]
    unit = "%" if measure.scale is Scale.PERCENT else measure.plain.suffix
    value, comparator, relative = (
        number_in(far, name) for name in ("value", "comparator", "relative")
    )
    side = "higher" if relative > 0 else "lower"
    one = {Comparator.REGION: "its region", Comparator.ENGLAND: "England"}
    against = one.get(selection.compare, selection.than)
    return (
        f"{far['place']} is furthest apart on {measure.plain.subject}: {number(value)}{unit} "
        f"against {number(comparator)}{unit} in {against}, {number(abs(relative), 0)}% {side}."
    )


def _notes(_frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    return (
        (
            f"The workforce census begins at {_BEGINS} (chosen as {year_label(CENSUS_FROM)} in the "
            f"bar){_started(selection.programme)} and caseloads a year later: these are levels, "
            "and say nothing of a change."
        ),
        "Activity of the year to 31 March over social workers in post the September after.",
        *comparison_notes(selection),
    )


def _method(selection: Selection) -> Facts:
    return facts(
        selection,
        estimand="The mean over pilots of each pilot's own mean gap to its comparator, on social "
        "workers for children, vacancies, agency, turnover, caseload, and activity per worker.",
        unit=unit_of_each("measure"),
    )


gaps: Final = register(
    Finding(
        key="resources-gaps",
        follows=OF_SPEND | JUDGED,
        title="Resources and outputs: how far pilots stand from their comparator",
        unit=SHARE_OF_COMPARATOR,
        sources=TABLES,
        columns=COLUMNS,
        analyse=compare_resources,
        words=_gaps_words,
        notes=_notes,
        method=_method,
        kind=Kind.OFFICIAL,
        whole="resources-places",
        about="One row per measure of social workers and activity: gap, interval, tests.",
    )
)

places: Final = register(
    Finding(
        key="resources-places",
        follows=OF_SPEND | {"area"},
        title="Resources and outputs, pilot by pilot",
        subtitle=lambda s: f"Per cent above or below the comparator · {s.label}",
        unit="per cent above or below the comparator",
        sources=TABLES,
        columns=PLACE_COLUMNS,
        analyse=resources_by_place,
        words=_places_words,
        notes=_notes,
        method=_method,
        kind=Kind.OFFICIAL,
        about="Social workers, vacancies, caseload and activity per worker, pilot by pilot.",
    )
)
