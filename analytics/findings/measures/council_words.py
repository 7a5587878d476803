"""What the figures of one council say: how many are as in similar councils, and no test."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from analytics.evaluation.measure_families import MeasureFamily
from analytics.methods.standing import Place, expected_outside
from analytics.selection.places import authorities
from analytics.selection.selection import Selection
from analytics.text.wording import MOST_WORDS, fitting, number, pluralise
from analytics.text.words import Words, technical_line

UNTESTED: Final = "One council's single figures cannot be tested."
OTHER_YEARS: Final = "Choose other years in the bar above."


def council_words(family: MeasureFamily, frame: pd.DataFrame, selection: Selection) -> Words:
    """Say on how many measures a council is within the range of its similar councils.

    Args:
        family: The family of the measures.
        frame: From ``council_frame``.
        selection: What the reader chose.
    """
    held = frame[frame["value"].notna()]
    placed = held[held["position"] != Place.UNKNOWN]
    changed = authorities()[selection.area].changed
    moved = (changed,) if changed else ()
    technical = technical_line(
        "single figures, no test",
        f"{len(held)} of {len(frame)} with a figure",
        _sizes(placed),
        f"list {selection.model.in_use}",
    )
    if not len(held):
        return Words(verdict="No figures in the chosen years", plain=(*moved, OTHER_YEARS))
    if not len(placed):
        why = "No similar councils with figures are listed for it: try another list in the bar."
        return Words(
            verdict=f"{pluralise(len(held), family.called)}, without similar councils beside them",
            plain=(why, UNTESTED, *moved),
            technical=technical,
        )
    inside = int(placed["position"].eq(Place.WITHIN).sum())
    return Words(
        verdict=f"Within the range of similar councils on {_share(inside, len(placed), family)}",
        plain=(*_outside(placed, family), _one_more(placed), *moved),
        technical=technical,
    )


def _share(inside: int, of: int, family: MeasureFamily) -> str:
    whole = pluralise(of, family.called)
    if inside == of:
        return f"all {whole}" if of > 1 else whole
    return f"{inside or 'none'} of {whole}"


def _sizes(placed: pd.DataFrame) -> str:
    """Return how many similar councils have figures, from the fewest to the most."""
    if not len(placed):
        return ""
    fewest, most = int(placed["n_similar"].min()), int(placed["n_similar"].max())
    return f"similar councils {'–'.join(dict.fromkeys((str(fewest), str(most))))}"


def _one_more(placed: pd.DataFrame) -> str:
    """Say how many figures of one more council would be outside, and that none is tested."""
    about = number(expected_outside(placed["n_similar"].to_numpy(np.float64)), 0)
    return (
        "One council's single figures cannot be tested; a council just like them would be outside "
        f"on about {about} by chance."
    )


def _outside(placed: pd.DataFrame, family: MeasureFamily) -> tuple[str, ...]:
    """Name what is above or below every similar council, the furthest from their range first."""
    sides = ((Place.ABOVE, "Above all of them"), (Place.BELOW, "Below all of them"))
    said = list[str]()
    for side, lead in sides:
        rows = placed[placed["position"] == side]
        order = np.argsort(-_distance(rows), kind="stable")
        names = [family.measures[str(rows.iloc[at]["key"])].plain.subject for at in order]
        if names:
            forms = [_named(lead, names, many) for many in range(len(names), 0, -1)]
            said.append(fitting(*forms, most=MOST_WORDS))
    return tuple(said)


def _distance(rows: pd.DataFrame) -> np.ndarray:
    """Return how far figures are outside their range, in widths of the range; shape (rows,)."""
    value, low, high = (
        rows[name].to_numpy(np.float64) for name in ("value", "similar_low", "similar_high")
    )
    beyond, width = np.maximum(low - value, value - high), high - low
    return np.divide(beyond, width, out=np.full(len(rows), np.inf), where=width > 0)


def _named(lead: str, names: Sequence[str], many: int) -> str:
    left = len(names) - many
    more = f"; and {left} more" if left else ""
    return f"{lead}: {'; '.join(names[:many])}{more}."
