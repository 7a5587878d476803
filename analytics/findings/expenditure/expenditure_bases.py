"""What spend per child is made from: pounds, children and prices, place by place."""

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.evaluation.measure_families import RATIO_FAMILY
from analytics.evaluation.spending import parts_of
from analytics.findings.measures.behind import COLUMNS, EVERY_YEAR, compared_places, made_of
from analytics.measures.measure import Measure
from analytics.measures.ratios.lines import QUALITY
from analytics.measures.ratios.registry import RATIOS
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.follows import OF_SPEND
from analytics.selection.selection import Selection
from analytics.text.wording import pluralise
from analytics.text.words import DOT, Words
from data.schema import Column, ColumnKind
from data.sources.source import Kind

#: Places in the order in which ``parts_of`` returns them.
PARTS: Final = (
    Column(
        name="pounds",
        label="Gross expenditure",
        unit="£ cash",
        decimals=0,
        about="Of the year, in its own prices.",
    ),
    Column(
        name="heads",
        label="Children",
        kind=ColumnKind.COUNT,
        unit="children",
        decimals=0,
        about="Children that the pounds are divided by: the value is pounds over children.",
    ),
    Column(
        name="price_factor",
        label="To prices of 2018/19",
        unit="times",
        decimals=3,
        about="What pounds of the year are multiplied by; empty where no deflator is held.",
    ),
)


def spend_and_heads(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Return pounds, children and prices of every chosen place and its comparators, every year.

    Args:
        tables: The tables of expenditure ratios by key.
        selection: What the reader chose.

    Raises:
        NotEstimableError: Other pilots are asked for, and every pilot is already in the selection.
    """
    made = [tables[one.key] for one in RATIO_FAMILY.figures]

    def part(at: int, measure: Measure) -> NDArray[np.float64]:
        found = parts_of(RATIOS[measure.key], *made)
        return np.broadcast_to(found[at], found[0].shape)

    return compared_places(
        RATIO_FAMILY,
        tables,
        selection,
        tuple(one for one in RATIOS.values() if one.spend and not one.real),
        {column.name: lambda measure, at=at: part(at, measure) for at, column in enumerate(PARTS)},
    )


def _words(frame: pd.DataFrame, _selection: Selection) -> Words:
    places = pluralise(frame["code"].nunique(), "place")
    held = pluralise(int(frame["value"].notna().sum()), "figure")
    return Words(
        verdict="The pounds and children behind spend per child",
        plain=(f"The table holds {held} of {places}, year by year.",),
    )


bases: Final = register(
    Finding(
        key="expenditure-bases",
        follows=OF_SPEND | {"area"},
        title="Spend per child: the pounds and the children it is made from",
        subtitle=lambda s: DOT.join(s.parts_with(EVERY_YEAR)),
        unit="£",
        sources=RATIO_FAMILY.sources,
        columns=(*COLUMNS, *PARTS),
        analyse=spend_and_heads,
        words=_words,
        notes=(QUALITY,),
        method=made_of("£ of the year per child"),
        kind=Kind.OFFICIAL,
        about="Pounds, children and prices of each pilot and each of its neighbours by year.",
    )
)
