"""One item of the survey of social workers by band and by pilot, at both waves."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from analytics.disclosure.counts import Count, group_counts, groups_of
from analytics.disclosure.crosstabs import AGREE, AGREEING, view_of
from analytics.disclosure.release import hides, must_be_real
from analytics.disclosure.shares import percent_range, share_rows, share_technical
from analytics.disclosure.survey import AGREEING_NOTE, SOURCE, TABLE, WAVE_NUMBER, WAVES
from analytics.disclosure.words import HIDDEN, NOTES, SHARES, bands_words
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.choices import SURVEY_ITEMS
from analytics.selection.follows import RECORDS
from analytics.selection.selection import Selection
from analytics.text.wording import number, pluralise, upper_first
from analytics.text.words import Words, technical_line
from data.microdata.record import Field
from data.schema import hidden_key, key_text, number_in, records, text
from data.sources.source import Kind

BAND_COLUMNS: Final = (
    key_text("key", "Item", in_table=False),
    text("name", "Question"),
    key_text("level", "By"),
    text("whose", "Band or pilot"),
    key_text("band", "Band"),
    text("wave", "Wave"),
    *SHARES,
    WAVE_NUMBER,
    hidden_key("whose_key", about="Which group of pilots."),
)


def by_group(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Count who agrees with one item by band and by pilot, at each wave.

    Args:
        tables: The survey by key.
        selection: Which bands, and which item.
    """
    must_be_real(tables, selection)
    table = tables[SOURCE.key]
    known = groups_of(table)
    field = SURVEY_ITEMS[selection.item]
    shown = list[tuple[Count, dict[str, str]]]()
    for level, group, name, band in _groups(known, selection):
        for wave, words in WAVES.items():
            found = group_counts(table, view_of(TABLE, field.name, point=wave), group)[AGREE]
            labels = {"key": field.name, "name": field.label, "level": level, "whose": name}
            keyed = {"band": band, "wave": words, "wave_key": str(wave), "whose_key": group}
            shown.append((found, labels | keyed))
    return pd.DataFrame(
        share_rows(shown), columns=[*(c.name for c in BAND_COLUMNS), "cell", "base"]
    )


def _groups(
    known: Mapping[str, tuple[str, ...]], selection: Selection
) -> list[tuple[str, str, str, str]]:
    bands = [band for band in selection.bands if band.key in known]
    each = [("band", band.key, band.label, band.key) for band in bands]
    single = [
        ("pilot", f"pilot={pilot}", f"Pilot {pilot}", band.key)
        for band in bands
        for pilot in known[band.key]
        if f"pilot={pilot}" in known
    ]
    return each + single


def _groups_words(frame: pd.DataFrame, selection: Selection) -> Words:
    """Say how many of each band agreed with one question, at both surveys."""
    of, every = selection.programme, records(frame)
    pilots = [row for row in every if row["level"] == "pilot"]
    gone = sum(percent_range(row) == HIDDEN for row in pilots)
    rows: dict[str, list[dict[str, object]]] = {}
    for row in sorted(every, key=lambda one: str(one["wave_key"])):
        if row["level"] == "band":
            rows.setdefault(str(row["band"]), []).append(row)
    return Words(
        verdict=_groups_verdict([second for _, second in rows.values()]),
        plain=tuple(
            f"{upper_first(of.band(band).short)}: {_agreed(first, second)}."
            for band, (first, second) in rows.items()
        ),
        technical=technical_line(
            f"“{SURVEY_ITEMS[selection.item].label}”",
            *(
                f"{of.band(band).short} {' then '.join(map(share_technical, both))}"
                for band, both in rows.items()
            ),
            f"by pilot {gone} of {pluralise(len(pilots), 'share')} {HIDDEN}" if gone else "",
        ),
    )


def _agreed(first: Mapping[str, object], second: Mapping[str, object]) -> str:
    """Say how many agreed at each survey, or what is hidden."""
    shares = [percent_range(one) for one in (first, second)]
    if shares == [HIDDEN, HIDDEN]:
        return "who agreed is hidden at both surveys"
    if shares[0] == HIDDEN:
        return f"who agreed is hidden at the first survey; {shares[1]} agreed at the second"
    return f"{shares[0]} agreed at the first survey, {shares[1]} at the second"


def _groups_verdict(second: list[dict[str, object]]) -> str:
    shares = [number_in(row, "share") for row in second if percent_range(row) != HIDDEN]
    if not shares:
        return "Who agreed at the second survey is hidden to protect people"
    least, most = (number(one, 0) for one in (min(shares), max(shares)))
    if least == most:
        return f"{most}% of social workers agreed at the second survey"
    return f"{least}% to {most}% of each band agreed at the second survey"


groups: Final = register(
    Finding(
        key="survey-bands",
        follows=RECORDS | {"item"},
        title=lambda selection: (
            f"{SURVEY_ITEMS[selection.item].label}: share agreeing, by band and pilot"
        ),
        subtitle=lambda selection: (
            f"{_answers(SURVEY_ITEMS[selection.item])}. {bands_words(selection)}"
        ),
        unit="% of social workers agreeing",
        sources=(SOURCE,),
        columns=BAND_COLUMNS,
        analyse=by_group,
        words=_groups_words,
        notes=(
            "The intervals are of each wave alone: whether they overlap is not a test of change.",
            AGREEING_NOTE,
            *NOTES,
        ),
        method=(
            ("What is estimated", "The share agreeing, of those who answered the item."),
            ("Interval", "Wilson's score interval, 95%."),
        ),
        kind=Kind.SIMULATED,
        whole="survey-answers",
        about="One item of the survey: share agreeing by band and by pilot letter.",
        hides=hides(TABLE),
    )
)


def _answers(field: Field) -> str:
    upper = AGREEING[field.allowed]
    return f"Agreeing is “{upper[0]}” or “{upper[-1]}”"
