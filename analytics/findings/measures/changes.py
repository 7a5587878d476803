"""One measure before and after the project started, pilot by pilot."""

from functools import partial
from typing import Final

import numpy as np
import pandas as pd

from analytics.evaluation.measure_families import MeasureFamily
from analytics.evaluation.method_card import Facts, facts
from analytics.evaluation.verdicts import before_after
from analytics.findings.measures.together import beside
from analytics.measures.measure import unit_apart
from analytics.methods.averages import mean_of_present
from analytics.methods.refusal import NotEstimableError
from analytics.programme import PROGRAMME, after, before, no_side, split
from analytics.publication.finding import Finding, Tables
from analytics.selection.places import authorities, pilots, place_name
from analytics.selection.selection import Selection
from analytics.text.wording import pluralise, signed
from data.schema import Column, key_text, text
from data.sources.source import Kind

CHANGE_COLUMNS: Final = (
    key_text("code", "GSS code", in_table=False),
    text("place", "Place"),
    key_text("band", "Band"),
    key_text("role", "Role", about="pilot or yours."),
    Column(name="before", label="Before", about=f"Mean of the years up to {before()}."),
    Column(name="after", label="After", about=f"Mean of the years from {after()}."),
    Column(name="change", label="Change"),
    Column(name="comparator_before", label="Comparator before"),
    Column(name="comparator_after", label="Comparator after"),
    Column(name="gap_change", label="Change of the gap", about="Pilot's change less comparator's."),
    text("missing", "Why not answered"),
)


def before_and_after(family: MeasureFamily, tables: Tables, selection: Selection) -> pd.DataFrame:
    """Set each pilot's figures before the project beside those after it.

    Args:
        family: The family of the measure.
        tables: The tables of the family by key.
        selection: What the reader chose.

    Raises:
        NotEstimableError: The period does not reach both sides of the start.
    """
    compared = beside(family, tables, selection)
    pre, post = before_after(compared.years)
    if not (pre.any() and post.any()):
        msg = f"{no_side()}; choose a longer one."
        raise NotEstimableError(msg)
    own, against = compared.own[0], compared.comparator[0]
    both = np.isfinite(own) & np.isfinite(against)
    # Years without a comparator are left out of both sides, so that the columns add up; a place
    # that has none in any year is shown all the same.
    used = np.where(both | ~both.any(axis=1, keepdims=True), own, np.nan)
    earlier, later = mean_of_present(used[:, pre]), mean_of_present(used[:, post])
    paired = np.where(both, own - against, np.nan)
    faced = np.where(both, against, np.nan)
    known = pilots()
    return pd.DataFrame(
        {
            "code": compared.codes,
            "place": [place_name(code) for code in compared.codes],
            "band": [known[c].band.key if c in known else "" for c in compared.codes],
            "role": ["pilot" if code in known else "yours" for code in compared.codes],
            "before": earlier,
            "after": later,
            "change": later - earlier,
            "comparator_before": mean_of_present(faced[:, pre]),
            "comparator_after": mean_of_present(faced[:, post]),
            "gap_change": mean_of_present(paired[:, post]) - mean_of_present(paired[:, pre]),
            "missing": [
                _missing(*ends) for ends in zip(compared.codes, earlier, later, strict=True)
            ],
        }
    )


def _missing(code: str, earlier: float, later: float) -> str:
    place = authorities()[code]
    changed = f" {place.changed}" if place.predecessors or place.successors else ""
    if np.isnan(earlier):
        return f"No figures before the project.{changed}"
    return f"No figures after the project started.{changed}" if np.isnan(later) else ""


def _summary(family: MeasureFamily, frame: pd.DataFrame, selection: Selection) -> str:
    measure = family.measure(selection)
    answered = frame[(frame["role"] == "pilot") & frame["change"].notna()]
    if not len(answered):
        return f"No chosen pilot has figures both before and after {PROGRAMME.start_words}."
    fell, rose = int((answered["change"] < 0).sum()), int((answered["change"] > 0).sum())
    unit = unit_apart(measure)
    words = (
        f"Of {pluralise(len(answered), 'pilot')} with figures on both sides of "
        f"{PROGRAMME.start_words}, {rose} rose and {fell} fell"
    )
    gaps = answered[answered["gap_change"].notna()]
    if len(gaps):
        further = int((gaps["gap_change"] < 0).sum())
        words += f"; {further} of {len(gaps)} fell relative to {selection.faced}"
    yours = frame[(frame["role"] == "yours") & frame["change"].notna()]
    for _, row in yours.iterrows():
        words += f". {row['place']} changed by {signed(row['change'], measure.decimals)} {unit}"
    return f"{words}."


def _notes(family: MeasureFamily, frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    said = (
        f"{split()}. A change in a pilot alone says nothing of {PROGRAMME.name}: compare it with "
        "what its comparator did."
    )
    return (said, *family.notes(frame, selection))


def _method(family: MeasureFamily, selection: Selection) -> Facts:
    measure = family.measure(selection)
    common = facts(
        selection,
        estimand=f"Each place's mean over the years from {after()} less its mean over the years "
        f"up to {before()}, and the same for its comparator.",
        unit=measure.unit,
        test=False,
    )
    return (("Definition", measure.definition), *common)


def changes_of(family: MeasureFamily, *, key: str, whole: str, about: str) -> Finding:
    """Make the finding that sets before beside after, pilot by pilot.

    Args:
        family: The family of the measure.
        key: Name in addresses.
        whole: Key of the finding that holds the whole table.
        about: One line for the list of findings.
    """
    return Finding(
        key=key,
        title=lambda s: f"{family.measure(s).name}: before and after, pilot by pilot",
        subtitle=lambda s: f"{family.measure(s).unit.capitalize()} · {s.label}",
        unit=family.unit,
        scale=family.scale,
        sources=family.sources,
        columns=CHANGE_COLUMNS,
        analyse=partial(before_and_after, family),
        sentence=partial(_summary, family),
        notes=partial(_notes, family),
        method=partial(_method, family),
        kind=Kind.OFFICIAL,
        whole=whole,
        about=about,
    )
