"""Every core measure of a topic at once: compared with the same neighbours, tested together."""

import pandas as pd

from analytics.evaluation.comparison import Compared, compare
from analytics.evaluation.verdicts import Series, change_rows, gap_rows
from analytics.measure_findings.topic import Topic
from analytics.publication.finding import Tables
from analytics.selection.selection import Selection
from data.sources import registry as sources


def levels(topic: Topic, tables: Tables, selection: Selection) -> pd.DataFrame:
    """Return one row per core measure: how far pilots stand from their comparator.

    Args:
        topic: What kind of measure.
        tables: The tables of the topic by key.
        selection: What the reader chose.
    """
    return gap_rows(_compared(topic, tables, selection), _series(topic), selection)


def changes(topic: Topic, tables: Tables, selection: Selection) -> pd.DataFrame:
    """Return one row per core measure: how the gap changed after the project started.

    Args:
        topic: What kind of measure.
        tables: The tables of the topic by key.
        selection: What the reader chose.
    """
    return change_rows(_compared(topic, tables, selection), _series(topic), selection)


def _compared(topic: Topic, tables: Tables, selection: Selection) -> Compared:
    return compare(
        topic.panel(tables, selection),
        tables[sources.NEIGHBOURS.key],
        selection,
        keys=tuple(measure.key for measure in topic.core()),
        codes=tuple(pilot.code for pilot in selection.chosen),
    )


def _series(topic: Topic) -> tuple[Series, ...]:
    return tuple(
        Series(
            key=one.key,
            name=one.name,
            unit=one.unit,
            short=one.short_name,
            scale=one.scale,
            spoken=one.spoken,
        )
        for one in topic.core()
    )
