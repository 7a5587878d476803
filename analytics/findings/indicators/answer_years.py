"""One measure by year, chosen by its tests under a selection, to the latest year held."""

from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from analytics.evaluation.family_words import rows_tested
from analytics.evaluation.measure_families import INDICATOR_FAMILY
from analytics.evaluation.method_card import Facts, facts
from analytics.evaluation.verdict_words import (
    TOO_FEW_TO_TELL,
    certainty_of,
    named_technical,
    size_in,
    than_of,
    verdict_of,
    who_of,
)
from analytics.findings.measures.together import in_brief
from analytics.findings.measures.years import BY_YEAR_COLUMNS, by_year
from analytics.measures.indicators.registry import INDICATORS, core
from analytics.measures.measure import Measure
from analytics.methods.refusal import NotEstimableError
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.choices import YEARS, Comparator
from analytics.selection.follows import GAPS
from analytics.selection.places import place_name
from analytics.selection.selection import Selection
from analytics.text.certainty import SURE, Certainty
from analytics.text.wording import in_year, pluralise, upper_first
from analytics.text.words import Words
from data.schema import Column, hidden_key, key_text, text
from data.sources.registry import NEIGHBOURS
from data.sources.source import Kind

#: Numbers of the row that the measure was chosen by, a change or else a level, for the words.
_BY: Final = ("gap", "low", "high", "n", "p")
COLUMNS: Final = (
    key_text("key", "Key", about="Key of the indicator.", in_table=False),
    *BY_YEAR_COLUMNS,
    Column(
        name="yours", label="Your authority", about="Empty where none is chosen.", in_table=False
    ),
    key_text("yours_code", "GSS code of your authority", in_table=False),
    text("yours_place", "Name of your authority", in_table=False),
    hidden_key("chosen_by", about="What the measure was chosen by: change, level or order."),
    hidden_key("chosen_certain", about="How sure that is."),
    hidden_key("scale", about="What the unit measures on."),
    text("unit", "Unit", about="Of the figures: that of the indicator.", in_table=False),
    text("name", "Indicator", about="Name of the indicator.", in_table=False),
    *(Column(name=f"by_{one}", label=f"by_{one}", hidden=True) for one in _BY),
    Column(name="chosen_of", label="chosen_of", hidden=True, about="Of how many tested."),
)
CHANGE: Final = "change"
LEVEL: Final = "level"
ORDER: Final = "order"


def clearest_by_year(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Follow by year the measure whose change is the surest.

    Where no change can be tested it is the measure whose difference is the surest; where nothing
    can, the first that the evaluation names.

    Args:
        tables: The tables of the indicators by key.
        selection: What the reader chose.

    Raises:
        NotEstimableError: None of the pilots is in the list of neighbours.
    """
    by, many, row = _clearest(tables, selection)
    measure = INDICATORS[row["key"]]
    frame = by_year(INDICATOR_FAMILY, tables, replace(selection, indicator=measure.key))
    if not (frame["n"] > 0).any() and _none_is_listed(tables, selection):
        msg = (
            f"None of the pilots is in the {selection.model.listed}, so none has similar councils: "
            "choose another list."
        )
        raise NotEstimableError(msg)
    yours = _yours(measure, tables, selection)
    return frame.assign(
        key=measure.key,
        name=measure.name,
        unit=measure.unit,
        scale=measure.scale.value,
        yours=[yours[int(year)] for year in frame["year_end"]],
        yours_code=selection.area,
        yours_place=place_name(selection.area) if selection.area else "",
        chosen_by=by,
        chosen_certain=row["certain"],
        chosen_of=many,
        **{f"by_{one}": row[one] for one in _BY},
    )


def _none_is_listed(tables: Tables, selection: Selection) -> bool:
    """Say whether pilots are set beside neighbours, and the list has none of the pilots."""
    neighbours = tables[NEIGHBOURS.key].frame
    codes = {*neighbours.loc[neighbours["model"] == selection.model.key, "code"]}
    chosen = {one.code for one in selection.chosen}
    return selection.compare is Comparator.NEIGHBOURS and codes.isdisjoint(chosen)


def _clearest(tables: Tables, selection: Selection) -> tuple[str, int, pd.Series]:
    """Return what a measure is chosen by, of how many that are tested, and its verdicts."""
    for by in (CHANGE, LEVEL):
        rows = in_brief(INDICATOR_FAMILY, tables, selection, change=by == CHANGE)
        tested = rows_tested(rows)
        if len(tested):
            p, adjusted = (tested[name].to_numpy(np.float64) for name in ("p", "p_adjusted"))
            return by, len(tested), tested.iloc[int(np.lexsort((p, adjusted))[0])]
    rows = in_brief(INDICATOR_FAMILY, tables, selection, change=False)
    first = [*_named(selection), core()[0].key][0]
    return ORDER, 0, rows[rows["key"].eq(first)].iloc[0]


def _named(selection: Selection) -> list[str]:
    """Return the keys of the core indicators that the evaluation names, in its order."""
    return [key for key in selection.programme.evaluation.named if INDICATORS[key].core]


def _yours(measure: Measure, tables: Tables, selection: Selection) -> dict[int, float]:
    """Return the figures of the reader's authority by year; nothing where none is chosen."""
    panel = INDICATOR_FAMILY.panel(tables, selection)
    if selection.area not in panel.places:
        return dict.fromkeys(YEARS, np.nan)
    values = panel.comparable((measure.key,), YEARS)[0, panel.places[selection.area]]
    return dict(zip(YEARS, values.tolist(), strict=True))


def _words(frame: pd.DataFrame, selection: Selection) -> Words:
    first = frame.iloc[0]
    measure = INDICATORS[first["key"]]
    row = pd.Series(
        {
            **{one: first[f"by_{one}"] for one in _BY},
            "key": measure.key,
            "certain": first["chosen_certain"],
        }
    )
    by, tested = first["chosen_by"], int(first["chosen_of"])
    verdict = (
        TOO_FEW_TO_TELL if by == ORDER else verdict_of(row, measure, selection, change=by == CHANGE)
    )
    return Words(
        verdict=verdict,
        plain=(
            _why(row, by, tested),
            *_last(frame, measure, selection),
            *_your_last(frame, measure),
        ),
        technical=named_technical(row, measure) if by != ORDER else "",
        size=size_in(row, measure, by) if by != ORDER else None,
    )


def _why(row: pd.Series, by: str, tested: int) -> str:
    """Say why it is this measure that is shown."""
    many = f"of {pluralise(tested, 'measure')} tested,"
    if by == ORDER:
        name = INDICATORS[row["key"]].plain
        return f"Nothing can be tested with this choice; shown: {name.subject}."
    if by == LEVEL:
        how = "clearest" if certainty_of(row) in SURE else "least unsure"
        return (
            f"No change can be tested with this choice; {many} this one's difference is the {how}."
        )
    if certainty_of(row) in SURE:
        return f"{upper_first(many)} this is the one whose change is clearest."
    return f"No indicator changed clearly; {many} this one's change is the least unsure."


def _last(frame: pd.DataFrame, measure: Measure, selection: Selection) -> tuple[str, ...]:
    row = _last_with(frame, "gap")
    if row is None:
        return ("No year of this period can be compared.",)
    said = measure.plain.beside(
        float(row["pilots"]),
        float(row["comparator"]),
        measure.decimals,
        who=who_of(selection),
        than=than_of(selection),
    )
    return (f"{upper_first(in_year(row['year'], measure.day))}, {said}.",)


def _last_with(frame: pd.DataFrame, name: str) -> pd.Series | None:
    """Return the last year of the period that has a figure in a column; None where none has."""
    pairs = zip(
        frame["in_period"].tolist(), np.isnan(frame[name].to_numpy(np.float64)), strict=True
    )
    held = [at for at, (inside, gone) in enumerate(pairs) if inside == "yes" and not gone]
    return frame.iloc[held[-1]] if held else None


def _your_last(frame: pd.DataFrame, measure: Measure) -> tuple[str, ...]:
    """Say the last figure of the reader's authority in the period."""
    place = frame["yours_place"].iloc[0]
    if not frame["yours_code"].iloc[0]:
        return ()
    row = _last_with(frame, "yours")
    if row is None:
        return (f"{place} has no figure in this period.",)
    value = measure.plain.level(float(row["yours"]), measure.decimals)
    return (f"{place} was at {value} {in_year(row['year'], measure.day)}.",)


def _method(selection: Selection) -> Facts:
    return facts(
        selection,
        estimand="In each year, the mean over pilots of the pilot's figure minus its comparator. "
        "The measure is the one with the smallest adjusted p of the change after the start, among "
        "all that are tested together; where no change can be tested, of the difference; where "
        "nothing can be tested, the first that the evaluation names, else the first of the list.",
        unit="That of the measure.",
    )


def _notes(frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    """Say how the measure was really chosen, and what follows for its size."""
    by, sure = frame["chosen_by"].iloc[0], Certainty(frame["chosen_certain"].iloc[0])
    if by == ORDER:
        first = "the evaluation names" if _named(selection) else "is in the list of indicators"
        return (f"Nothing can be tested, so the measure is the first that {first}.",)
    what = "change" if by == CHANGE else "difference"
    how = "clearest" if sure in SURE else "least unsure"
    return (
        (
            f"The measure was chosen because its {what} is the {how}, so its size is likely to be "
            "somewhat overstated."
        ),
    )


finding: Final = register(
    Finding(
        key="answer-years",
        follows=GAPS | {"adjust", "area"},
        title="One measure by year, pilots and comparator",
        unit="that of the measure",
        sources=INDICATOR_FAMILY.sources,
        columns=COLUMNS,
        analyse=clearest_by_year,
        words=_words,
        notes=_notes,
        method=_method,
        kind=Kind.OFFICIAL,
        whole="kpis-every-year",
        about="The indicator whose change is clearest, else whose difference is: pilots and their "
        "comparator by year.",
    )
)
