"""How far apart the two waves of the survey are, and one item by band and pilot."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd

from analytics.disclosure.counts import Count, counts, group_counts, groups_of, people_of
from analytics.disclosure.crosstab import scope
from analytics.disclosure.crosstabs import AGREE, AGREEING, BASE, view_of
from analytics.disclosure.moved import Said, moved_words
from analytics.disclosure.pairs import (
    OVERLAP,
    OVERLAP_COLUMNS,
    apart,
    no_overlap,
    overlap_of,
    overlap_words,
)
from analytics.disclosure.release import must_be_real
from analytics.disclosure.shares import percent_range, share_row, share_technical
from analytics.disclosure.survey import MIDDLE, SOURCE, TABLE, WAVE_NUMBER, WAVES, hidden
from analytics.disclosure.words import HIDDEN, NOTES, SHARES, STATUS, bands_words
from analytics.methods.ordered import clustered_delta
from analytics.programme import PROGRAMME
from analytics.publication.finding import Finding, Tables, register
from analytics.selection.choices import SURVEY_ITEMS
from analytics.selection.selection import Selection
from analytics.text.wording import number, pluralise, upper_first
from analytics.text.words import Words, technical_line
from data.load import Table
from data.microdata.record import Field
from data.schema import Column, ColumnKind, hidden_key, key_text, records, text
from data.sources.source import Kind


class Measure(StrEnum):
    """How the waves are compared."""

    SHARE = "share"
    DELTA = "delta"

    @property
    def label(self) -> str:
        """The measure as a cell says it."""
        return {Measure.SHARE: "share agreeing", Measure.DELTA: "Cliff's delta"}[self]


SHARE_UNIT: Final = "%; change in percentage points"
#: Decimals of the interval that is drawn from single pilots, so that it tells nothing of one.
COARSE: Final = 2
AGREEING_NOTE: Final = (
    "Agreeing is the upper two of five answers: fairly or very confident; often or almost always; "
    "improved or much improved; agree or strongly agree."
)


def _people(name: str, label: str) -> Column:
    return Column(name=name, label=label, kind=ColumnKind.COUNT, decimals=0, beside=True)


CHANGE_COLUMNS: Final = (
    key_text("key", "Item", in_table=False),
    text("name", "Question"),
    text("measure", "Measure"),
    text("unit", "Unit"),
    Column(name="first", label="Wave 1", decimals=1),
    Column(name="second", label="Wave 2", decimals=1),
    Column(name="change", label="Wave 2 against wave 1", decimals=2),
    Column(name="low", label="95% interval, low", decimals=2),
    Column(name="high", label="95% interval, high", decimals=2),
    _people("n_first", "n, wave 1"),
    _people("n_second", "n, wave 2"),
    STATUS,
    *OVERLAP_COLUMNS,
    hidden_key("measure_key", about="Which measure."),
)


def change(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Compare the waves item by item: share agreeing, and the order of the answers.

    Args:
        tables: The survey by key.
        selection: Which bands.
    """
    must_be_real(tables, selection)
    table = tables[SOURCE.key]
    found = {
        item: [
            counts(table, view_of(TABLE, item, point=wave), selection.bands) for wave in WAVES
        ]
        for item in SURVEY_ITEMS
    }  # fmt: skip
    overlap = overlap_of(table, tuple(SURVEY_ITEMS))
    delta = clustered_delta(
        *(_grouped(table, wave, selection) for wave in WAVES)
    )  # shapes (items,)
    rows = list[dict[str, object]]()
    for at, (item, waves) in enumerate(found.items()):
        field = SURVEY_ITEMS[item]
        middle = field.allowed[MIDDLE]
        made = apart([one[AGREE] for one in waves], overlap)
        moved = 100 * np.array([made.estimate, made.low, made.high])
        shares = [100 * one[AGREE].people / one[BASE].n if one[BASE].n else np.nan for one in waves]
        rows.append({
            **_labels(field, Measure.SHARE, SHARE_UNIT, waves, (AGREE,)),
            "first": shares[0], "second": shares[1],
            "change": moved[0], "low": moved[1], "high": moved[2], **overlap.columns,
        })  # fmt: skip
        rows.append({
            **_labels(field, Measure.DELTA, "from -1 to 1", waves, (AGREE, middle)),
            "first": np.nan, "second": np.nan, "change": delta.estimate[at],
            "low": np.round(delta.low[at], COARSE), "high": np.round(delta.high[at], COARSE),
            **no_overlap(),
        })  # fmt: skip
    return pd.DataFrame(rows)


def _labels(
    field: Field,
    measure: Measure,
    unit: str,
    waves: list[Mapping[str, Count]],
    parts: tuple[str, ...],
) -> dict[str, object]:
    return {
        "key": field.name, "name": field.label, "measure": measure.label,
        "measure_key": measure.value, "unit": unit,
        "n_first": waves[0][BASE].n, "n_second": waves[1][BASE].n, "status": "",
        "cell": "\n".join(wave[part].cell for wave in waves for part in parts),
        "base": "\n".join(wave[BASE].cell for wave in waves),
    }  # fmt: skip


def _grouped(table: Table, wave: int, selection: Selection) -> np.ndarray:
    """Count who disagrees, is between and agrees, shape (items, pilots, 3), of one wave."""
    inside = groups_of(table)[scope(tuple(band.key for band in selection.bands))]
    made = list[np.ndarray]()
    for item in SURVEY_ITEMS:
        view = view_of(TABLE, item, point=wave)
        people = people_of(table, view)
        kept = np.isin(people.pilots, inside)
        by = {part.name: people.of(part)[kept] for part in view.parts}
        between, agreeing = by[SURVEY_ITEMS[item].allowed[MIDDLE]], by[AGREE]
        made.append(np.stack([by[BASE] - between - agreeing, between, agreeing], axis=-1))
    return np.array(made)


SAID: Final = Said(
    more="More social workers agreed",
    fewer="Fewer social workers agreed",
    none="No clear change in what social workers said",
    verb="agreed",
    when=("at the first survey", "at the second"),
    who="social workers",
)


def _change_words(frame: pd.DataFrame, _selection: Selection) -> Words:
    """Say on how many questions the share agreeing moved, and on which most."""
    shares = frame[frame["measure_key"] == Measure.SHARE]
    shown = records(shares[shares["change"].notna()])
    return moved_words(shares, SAID, overlap=overlap_words(shown[0]) if shown else "")


changed: Final = register(
    Finding(
        key="survey-change",
        title="Share of social workers agreeing, wave 1 to wave 2",
        subtitle=bands_words,
        unit="percentage points, wave 2 against wave 1",
        sources=(SOURCE,),
        columns=CHANGE_COLUMNS,
        analyse=change,
        words=_change_words,
        notes=(
            (
                "The waves hold partly the same people, and the interval of a change counts "
                "roughly how many, so that it tells of no few people. Where nobody can be joined, "
                "they are compared as if they were different people, and the interval is as a rule "
                "too wide. That people of one pilot may be alike is not counted."
            ),
            AGREEING_NOTE,
            (
                "Cliff's delta, in the table, is of answers in three groups (below the middle, "
                "middle, agreeing), since the outer answers are mostly hidden. Its interval draws "
                "whole pilots and is rounded to two decimals; with "
                f"{PROGRAMME.many} pilots or fewer it is as a "
                "rule somewhat too narrow."
            ),
            *NOTES,
        ),
        method=(
            (
                "What is estimated",
                (
                    "The share agreeing at wave 2 minus that at wave 1, and Cliff's delta: the "
                    "chance that an answer of wave 2 is higher than one of wave 1, minus the "
                    "chance that it is lower."
                ),
            ),
            OVERLAP,
            (
                "Interval of delta",
                (
                    "95%, a percentile bootstrap of whole pilots, seeded; drawing whole pilots, it "
                    "keeps both answers of a person together."
                ),
            ),
            ("Test", "No test: an interval says more than a verdict."),
        ),
        kind=Kind.SIMULATED,
        about="Share agreeing at two waves, their difference and Cliff's delta, by item.",
        hides=hidden,
    )
)

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
    rows = list[dict[str, object]]()
    for level, group, name, band in _groups(known, selection):
        for wave, words in WAVES.items():
            found = group_counts(table, view_of(TABLE, field.name, point=wave), group)[AGREE]
            labels = {"key": field.name, "name": field.label, "level": level, "whose": name}
            keyed = {"band": band, "wave": words, "wave_key": str(wave), "whose_key": group}
            rows.append(share_row(found, **labels, **keyed))
    return pd.DataFrame(rows, columns=[*(c.name for c in BAND_COLUMNS), "cell", "base"])


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
    bands = frame[frame["level"] == "band"]
    pilots = frame[frame["level"] == "pilot"]
    gone = int(pilots["share"].isna().sum())
    rows = {
        str(band): records(one.sort_values("wave_key"))
        for band, one in bands.groupby("band", sort=False)
    }
    return Words(
        verdict=_groups_verdict(bands[(bands["wave_key"] == "2") & bands["share"].notna()]),
        plain=tuple(
            f"{upper_first(PROGRAMME.band(band).short)}: {_agreed(first, second)}."
            for band, (first, second) in rows.items()
        ),
        technical=technical_line(
            f"“{SURVEY_ITEMS[selection.item].label}”",
            *(
                f"{PROGRAMME.band(band).short} {' then '.join(map(share_technical, both))}"
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


def _groups_verdict(second: pd.DataFrame) -> str:
    if not len(second):
        return "Who agreed at the second survey is hidden to protect people"
    least, most = (number(float(one), 0) for one in (second["share"].min(), second["share"].max()))
    if least == most:
        return f"{most}% of social workers agreed at the second survey"
    return f"From {least}% to {most}% agreed at the second survey, by band"


groups: Final = register(
    Finding(
        key="survey-bands",
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
        hides=hidden,
    )
)


def _answers(field: Field) -> str:
    upper = AGREEING[field.allowed]
    return f"Agreeing is “{upper[0]}” or “{upper[-1]}”"
