"""One measure before and after the project started, pilot by pilot."""

from collections.abc import Mapping, Sequence
from functools import partial
from math import isnan
from typing import Final

import numpy as np
import pandas as pd

from analytics.evaluation.measure_families import MeasureFamily
from analytics.evaluation.method_card import Facts, facts
from analytics.evaluation.outcomes import before_after, no_side_words
from analytics.findings.measures.together import beside
from analytics.measures.measure import unit_heading
from analytics.methods.averages import mean_of_present
from analytics.methods.refusal import NotEstimableError
from analytics.programme import after, before, split
from analytics.publication.declaration import About, Tables
from analytics.publication.finding import Finding
from analytics.selection.places import authorities, pilots, place_name
from analytics.selection.selection import Selection
from analytics.text.naming import PlainName
from analytics.text.wording import pluralise, some_of, upper_first
from analytics.text.words import Words, technical_line
from data.schema import Column, key_text, number_in, records, text
from data.sources.source import Kind

Row = Mapping[str, object]

CHANGE_COLUMNS: Final = (
    key_text("code", "GSS code", in_table=False),
    text("place", "Place"),
    key_text("band", "Band"),
    key_text("role", "Role", about="pilot or yours."),
    Column(name="before", label="Before", about="Mean of the years before the start."),
    Column(name="after", label="After", about="Mean of the years from the start on."),
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
    pre, post = before_after(compared.years, compared.programme)
    if not (pre.any() and post.any()):
        raise NotEstimableError(no_side_words(selection.programme))
    own, against = compared.own[0], compared.comparator[0]
    both = np.isfinite(own) & np.isfinite(against)
    # Years without a comparator are left out of both sides, so that the columns add up; a place
    # that has none in any year is shown all the same.
    used = np.where(both | ~both.any(axis=1, keepdims=True), own, np.nan)
    earlier, later = mean_of_present(used[:, pre]), mean_of_present(used[:, post])
    paired = np.where(both, own - against, np.nan)
    faced = np.where(both, against, np.nan)
    known = pilots(selection.programme)
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
                _missing(*ends, vintage=family.vintage_words(selection))
                for ends in zip(compared.codes, earlier, later, strict=True)
            ],
        }
    )


def _missing(code: str, earlier: float, later: float, *, vintage: str) -> str:
    place = authorities()[code]
    changed = f" {place.changed}" if place.predecessors or place.successors else ""
    if np.isnan(earlier):
        return f"No figures{vintage} before the project.{changed}"
    return f"No figures{vintage} after the project started.{changed}" if np.isnan(later) else ""


def _words(family: MeasureFamily, frame: pd.DataFrame, selection: Selection) -> Words:
    name = family.measure(selection).plain
    known = [row for row in records(frame) if not isnan(number_in(row, "change"))]
    answered = [row for row in known if row["role"] == "pilot"]
    if not answered:
        start = selection.programme.start_words
        why = f"No chosen pilot has figures both before and after {start}."
        return Words(verdict="No pilot has figures from before and after the start", plain=(why,))
    gaps = [row for row in answered if not isnan(number_in(row, "gap_change"))]
    if len(answered) == 1:
        said = [_moved(answered[0], name)]
    else:
        rose, fell = _sides(answered, "change")
        many = pluralise(len(answered), "pilot")
        said = [f"Of {many} with figures before and after, {rose} rose and {fell} fell."]
    verdict = _counted(answered, "change")
    if gaps:
        verdict = f"{_counted(gaps, 'gap_change')} against {selection.than}"
    if len(gaps) > 1:
        rose, fell = _sides(gaps, "gap_change")
        said.append(f"Against {selection.than}, {rose} rose and {fell} fell.")
    said += [_moved(row, name) for row in known if row["role"] == "yours"]
    return Words(
        verdict=verdict,
        plain=tuple(said),
        technical=technical_line(
            split(selection.programme), f"n {len(answered)}", "counts, no test"
        ),
    )


def _moves(rows: Sequence[Row], column: str) -> tuple[int, int]:
    """Count what rose and what fell."""
    changes = [number_in(row, column) for row in rows]
    return sum(one > 0 for one in changes), sum(one < 0 for one in changes)


def _sides(rows: Sequence[Row], column: str) -> tuple[str, str]:
    """Count what rose and what fell; "none" where nothing did."""
    rose, fell = _moves(rows, column)
    return str(rose or "none"), str(fell or "none")


def _counted(rows: Sequence[Row], column: str) -> str:
    """Say how many pilots went the way that most went; of one, say its name."""
    rose, fell = _moves(rows, column)
    many, way = (fell, "fell") if fell >= rose else (rose, "rose")
    if len(rows) == 1:
        return f"{rows[0]['place']} {way}"
    return f"{upper_first(some_of(many, len(rows), 'pilot'))} {way}"


def _moved(row: Row, name: PlainName) -> str:
    change = number_in(row, "change")
    return f"{row['place']} {name.shifted(change, name.decimals(change))}."


def _notes(family: MeasureFamily, frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    of = selection.programme
    said = (
        f"{split(of)}. A change in a pilot alone says nothing of {of.name}: compare it with what "
        "its comparator did."
    )
    return (said, *family.notes(frame, selection))


def _method(family: MeasureFamily, selection: Selection) -> Facts:
    measure, of = family.measure(selection), selection.programme
    common = facts(
        selection,
        estimand=f"Each place's mean over the years from {after(of)} less its mean over the years "
        f"up to {before(of)}, and the same for its comparator.",
        unit=measure.unit,
        test=False,
        period=family.period(selection),
    )
    return (("Definition", measure.definition), *common)


def changes_of(
    family: MeasureFamily, *, key: str, follows: frozenset[str], whole: str, about: About
) -> Finding:
    """Make the finding that sets before beside after, pilot by pilot.

    Args:
        family: The family of the measure.
        key: Name in addresses.
        follows: What its rows and words follow of a selection.
        whole: Key of the finding that holds the whole table.
        about: One line for the list of findings.
    """
    return Finding(
        key=key,
        follows=follows,
        title=lambda s: f"{family.measure(s).name}: before and after, pilot by pilot",
        subtitle=lambda s: f"{unit_heading(family.measure(s))} · {family.label(s)}",
        unit=family.unit,
        measure=family.measure,
        scale=family.scale,
        sources=family.sources,
        columns=CHANGE_COLUMNS,
        analyse=partial(before_and_after, family),
        words=partial(_words, family),
        notes=partial(_notes, family),
        method=partial(_method, family),
        kind=Kind.OFFICIAL,
        whole=whole,
        about=about,
    )
