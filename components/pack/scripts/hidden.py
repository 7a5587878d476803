"""What figures that the publisher hid could make of a gap."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from figures import Figures, compare, mean
from pack import Choice, Pack

MOST_HIDDEN = 5  # children behind a figure that the publisher hides, at most
#: Indicators that are a small part of a count, with that count.
BASES = {
    "cpp_open_dur_pct_2yplus": "cpp_31mar_num",
    "cpp_ended_dur_pct_2yplus": "cpp_end_num",
}


def hidden_bounds(
    pack: Pack,
    figures: Figures,
    choice: Choice,
    key: str,
    years: Sequence[int],
    after: Sequence[int] = (),
) -> dict[str, float]:
    """Count the hidden figures of the pilots, and bound the estimate over all they could be.

    Each hidden figure, a pilot's or a neighbour's, is 0 to 5 children of its published count.

    Args:
        pack: The pack.
        figures: Those that may enter a comparison, with the counts.
        choice: The comparator and the outcome.
        key: The indicator.
        years: Which are compared.
        after: Which of them are after the start; those after it unless given.

    Source:
        Horowitz and Manski (2000), Journal of the American Statistical Association 95.
    """
    codes = [code for code in choice.pilots if code in figures.places]
    hidden = sum(figures.marked(key, code, years) for code in codes)
    found = {
        "n_suppressed": hidden,
        "pilot_years": len(codes) * len(years),
        "bound_low": np.nan,
        "bound_high": np.nan,
    }
    if not hidden or key not in BASES or choice.outcome.startswith("log"):
        return found
    least, most = (
        compare(pack, _filled(figures, key, count), choice, [key], choice.pilots).over(years)
        for count in (0, MOST_HIDDEN)
    )
    low, high = least.own - most.comparator, most.own - least.comparator
    if choice.outcome == "change":
        late = np.isin(years, after) if len(after) else np.array(years) > choice.before
        low, high = (
            mean(low[..., late]) - mean(high[..., ~late]),
            mean(high[..., late]) - mean(low[..., ~late]),
        )
    else:
        low, high = mean(low), mean(high)
    return found | {"bound_low": float(mean(low)[0]), "bound_high": float(mean(high)[0])}


def _filled(figures: Figures, key: str, children: int) -> Figures:
    """Put so many children, of their count, in place of each hidden figure."""
    base, at = figures.of(BASES[key]), figures.series[key]
    known = (figures.symbols[at] == "c") & (base > 0)
    share = 100 * np.minimum(children, np.where(known, base, 1.0)) / np.where(known, base, 1.0)
    values = figures.values.copy()
    values[at] = np.where(known, share, values[at])
    return replace(figures, values=values)
