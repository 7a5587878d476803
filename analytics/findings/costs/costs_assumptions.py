"""The assumptions behind a cost, and where each is from."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.costs.cost_method import YOURS, method
from analytics.costs.cost_words import count, first_words
from analytics.costs.estimate import Whole, whole_of
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.cost_input import EACH, CostInput
from analytics.selection.cost_inputs import INPUTS
from analytics.selection.follows import COSTED
from analytics.selection.selection import Selection
from analytics.text.words import Words
from data.schema import Column, key_text, text
from data.sources import registry as sources
from data.sources.source import Kind
from data.wording import count_words

TABLES: Final = (sources.INDICATORS, sources.SECTION251, sources.AUTHORITIES, sources.PILOTS)

ASSUMPTION_COLUMNS: Final = (
    key_text("key", "Key", in_table=False),
    text("name", "Assumption"),
    text("used", "In use"),
    text("unit", "Unit"),
    key_text("changed", "Set by you", about="yes or no."),
    text("source", "Where the start value is from"),
    Column(name="low_value", label="Low", decimals=2, about="Lowered by the swing."),
    Column(
        name="value",
        label="Central",
        decimals=2,
        about="In use; where nothing is set, the official figure of the place named.",
    ),
    Column(name="high_value", label="High", decimals=2, about="Raised by the swing."),
    text("base", "What the value is for"),
    Column(name="official", label="Official figure", decimals=1, about="Whatever is set."),
    text("official_of", "Official figure is of"),
)


def assumptions(tables: Tables, selection: Selection) -> pd.DataFrame:
    """List every assumption with its value in use, low and high, and where it is from.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: Holds what is set on the card.
    """
    given = dict(selection.costs.given)
    whole = whole_of(tables, selection)
    share = selection.costs.using("swing") / 100
    rows = list[dict[str, object]]()
    for key, one in INPUTS.items():
        value, base = _central(one, whole, selection)
        moved, official = key != "swing", key == "social-workers"
        rows.append(
            {
                "key": key,
                "name": one.label,
                "used": selection.costs.shown(key) or one.blank,
                "unit": one.unit,
                "changed": "yes" if key in given else "no",
                "source": one.source_under(selection.programme),
                "low_value": value * (1 - share) if moved else np.nan,
                "value": value,
                "high_value": value * (1 + share) if moved else np.nan,
                "base": base,
                "official": whole.official if official else np.nan,
                "official_of": f"{whole.place}, {whole.official_year}" if official else "",
            }
        )
    return pd.DataFrame(rows, columns=[column.name for column in ASSUMPTION_COLUMNS])


def _central(one: CostInput, whole: Whole, selection: Selection) -> tuple[float, str]:
    """Return the value in use and what it is for: official figures are of the place named."""
    value = selection.costs.value(one.key)
    if value is not None:
        return value, EACH if one.each else "every council"
    if one.key == "caseload":
        average = f"average of {whole.place}" if whole.places > 1 else whole.place
        return whole.caseload, average
    people = float(np.asarray(whole.prices.people))
    return (people if one.key == "training-people" else whole.workers), whole.place


def _assumption_words(frame: pd.DataFrame, selection: Selection) -> Words:
    """Say how many assumptions the reader set, and the official number of social workers.

    The page shows the plain sentence beside the field that takes the place of that number.
    """
    yours, many = int(frame["changed"].eq("yes").sum()), len(frame)
    verdict = f"All {many} assumptions are at their start values"
    if yours:
        verdict = f"You set {count_words(yours)} of {many} assumptions"
    row = frame[frame["key"] == "social-workers"].iloc[0]
    official = "No official number is held."
    if not np.isnan(row["official"]):
        held, of = count(row["official"]), row["official_of"]
        official = f"Official: {held} social workers in {of}."
    return Words(verdict=verdict, plain=(official,), technical=selection.costs.label)


listing: Final = register(
    Finding(
        key="costs-assumptions",
        follows=COSTED,
        title="Every assumption, and where it is from",
        subtitle=lambda s: f"{s.costs.label} · {first_words(s)}",
        optional=(sources.SIZES,),
        sources=TABLES,
        columns=ASSUMPTION_COLUMNS,
        analyse=assumptions,
        words=_assumption_words,
        notes=(YOURS,),
        method=method,
        kind=Kind.ESTIMATE,
        about="The assumptions of the cost card: low, in use and high, unit, base and source.",
    )
)
