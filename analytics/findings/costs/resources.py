"""Resources and outputs: the social workers pilots have and what they carry, with neighbours."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.evaluation.comparison import Compared, compare
from analytics.evaluation.method_card import Facts, comparison_notes, facts
from analytics.evaluation.staffing import RESOURCES, in_post, resource_panel
from analytics.evaluation.verdict_sentences import gap_words, reach_words, verdict_words
from analytics.evaluation.verdicts import COLUMNS, gap_rows
from analytics.methods.averages import mean_of_present
from analytics.programme import PROGRAMME
from analytics.publication.finding import Finding, Tables, register
from analytics.selection.places import pilots, place_name
from analytics.selection.selection import Selection
from analytics.text.wording import lower_first, number, pluralise, year_label
from data.schema import Column, ColumnKind, key_text, text
from data.sources import registry as sources
from data.sources.source import Kind

TABLES: Final = (sources.INDICATORS, sources.NEIGHBOURS, sources.AUTHORITIES, sources.PILOTS)
CENSUS_FROM: Final = 2015  # the first year of the workforce census
_STARTED: Final = ", after the pilots started," if PROGRAMME.first_after <= CENSUS_FROM else ""
SINCE: Final = (
    f"The workforce census begins at 30 September {CENSUS_FROM} (shown as "
    f"{year_label(CENSUS_FROM)}){_STARTED} and caseloads a year later: these are levels, and say "
    "nothing of a change."
)

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
        about="Mean over the years of the period with a count, at 30 September.",
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
    _, symbols = panel.block(compared.keys, compared.years)
    workers = mean_of_present(in_post(tables[sources.INDICATORS.key], compared.years))
    places = panel.places
    known = pilots()
    return pd.DataFrame(
        [
            {
                "key": one.key,
                "name": one.name,
                "short": one.short_name,
                "unit": one.unit,
                "code": code,
                "place": place_name(code),
                "band": known[code].band.key if code in known else "",
                "value": own[row, at],
                "comparator": against[row, at],
                "relative": _relative(own[row, at], against[row, at]),
                "workers": workers[places[code]],
                "years": int(both[row, at].sum()),
                "symbols": " ".join(
                    mark for mark in dict.fromkeys(symbols[row, places[code]].tolist()) if mark
                ),
            }
            for row, one in enumerate(RESOURCES)
            for at, code in enumerate(codes)
        ],
        columns=[column.name for column in PLACE_COLUMNS],
    )


def _relative(own: float, against: float) -> float:
    return 100 * (own / against - 1) if against > 0 else float("nan")


def _gaps_say(frame: pd.DataFrame, selection: Selection) -> str:
    words = [verdict_words(frame, selection, thing="measure")]
    tested = frame[frame["standardised"].notna()]
    if len(tested):
        row = tested.iloc[int(tested["standardised"].abs().to_numpy().argmax())]
        words.append(
            f"The widest standardised gap to {selection.faced} is {lower_first(row['name'])}: "
            f"{gap_words(row)}."
        )
    return " ".join([*words, reach_words(frame)]).strip()


def _places_say(frame: pd.DataFrame, selection: Selection) -> str:
    held = frame[frame["relative"].notna() & frame["band"].ne("")]
    if not len(held):
        begins = year_label(CENSUS_FROM)
        return f"No chosen pilot can be compared in these years; the workforce begins in {begins}."
    far = held.iloc[int(held["relative"].abs().to_numpy().argmax())]
    side = "above" if far["relative"] > 0 else "below"
    return (
        f"{pluralise(held['code'].nunique(), 'pilot')} beside {selection.faced} on "
        f"{pluralise(held['key'].nunique(), 'measure')}. Furthest apart: {far['place']}, "
        f"{lower_first(far['name'])} {number(far['value'])} against {number(far['comparator'])} "
        f"({far['unit']}), {number(abs(far['relative']), 0)} % {side}."
    )


def _notes(_frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    return (
        SINCE,
        "Activity of the year to 31 March over social workers in post the September after.",
        *comparison_notes(selection),
    )


def _method(selection: Selection) -> Facts:
    return facts(
        selection,
        estimand="The mean over pilots of each pilot's own mean gap to its comparator, on social "
        "workers for children, vacancies, agency, turnover, caseload, and activity per worker.",
        unit="That of each measure.",
    )


gaps: Final = register(
    Finding(
        key="resources-gaps",
        title="Resources and outputs: how far pilots stand from their comparator",
        unit="standard deviations of the pilots' gaps",
        sources=TABLES,
        columns=COLUMNS,
        analyse=compare_resources,
        sentence=_gaps_say,
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
        title="Resources and outputs, pilot by pilot",
        subtitle=lambda s: f"Per cent above or below the comparator · {s.label}",
        unit="per cent above or below the comparator",
        sources=TABLES,
        columns=PLACE_COLUMNS,
        analyse=resources_by_place,
        sentence=_places_say,
        notes=_notes,
        method=_method,
        kind=Kind.OFFICIAL,
        about="Social workers, vacancies, caseload and activity per worker, pilot by pilot.",
    )
)
