"""How far apart the two waves of the survey of social workers are, item by item."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd

from analytics.disclosure.counts import Count, counts, groups_of, people_of
from analytics.disclosure.crosstab import scope
from analytics.disclosure.crosstabs import AGREE, BASE, view_of
from analytics.disclosure.moved import Said, moved_words
from analytics.disclosure.pairs import (
    OVERLAP,
    OVERLAP_COLUMNS,
    apart,
    no_overlap,
    overlap_of,
    overlap_words,
)
from analytics.disclosure.release import hides, must_be_real
from analytics.disclosure.survey import AGREEING_NOTE, MIDDLE, SOURCE, TABLE, WAVES
from analytics.disclosure.words import NOTES, STATUS, bands_words
from analytics.methods.ordered import clustered_delta
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.choices import SURVEY_ITEMS
from analytics.selection.follows import RECORDS
from analytics.selection.selection import Selection
from analytics.text.words import Words
from data.load import Table
from data.microdata.record import Field
from data.schema import Column, ColumnKind, hidden_key, key_text, number_in, records, text
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
    made = apart([[one[AGREE] for one in waves] for waves in found.values()], overlap)
    moves = 100 * np.column_stack([made.estimate, made.low, made.high])  # shape (items, 3)
    rows = list[dict[str, object]]()
    for at, (item, waves) in enumerate(found.items()):
        field = SURVEY_ITEMS[item]
        middle = field.allowed[MIDDLE]
        moved = moves[at]
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
        by = people_of(table, view).among(inside)
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
    shares = [row for row in records(frame) if row["measure_key"] == Measure.SHARE]
    shown = [row for row in shares if not np.isnan(number_in(row, "change"))]
    return moved_words(shares, SAID, overlap=overlap_words(shown[0]) if shown else "")


def _change_notes(_frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    return (
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
            f"{selection.programme.many} pilots or fewer it is as a rule somewhat too narrow."
        ),
        *NOTES,
    )


changed: Final = register(
    Finding(
        key="survey-change",
        follows=RECORDS,
        title="Share of social workers agreeing, wave 1 to wave 2",
        subtitle=bands_words,
        unit="percentage points, wave 2 against wave 1",
        sources=(SOURCE,),
        columns=CHANGE_COLUMNS,
        analyse=change,
        words=_change_words,
        notes=_change_notes,
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
        hides=hides(TABLE),
    )
)
