"""The simulated self-profiles of the pilots."""

from typing import Final

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from data.build.simulation.design import BAND_OF, LETTERS, PRACTICE, stream
from data.microdata.self_profile import ITEMS, SELF_PROFILE

HIGHEST: Final = 10

#: Points gained by the ten pilots together: each of the nine strongest areas gains more than
#: each of the six weakest. Only that was printed, no order inside the two groups.
_GAINS: Final = (27, 25, 26, 24, 25, 23, 24, 22, 23, 9, 6, 8, 5, 4, 2)


def self_profile() -> pd.DataFrame:
    """Return the profiles: one row per pilot, area and point."""
    rng = stream("self profile")
    rows: list[pd.DataFrame] = []
    for item, gain in zip(ITEMS, _GAINS, strict=True):
        noise = rng.standard_normal(len(LETTERS))
        first = np.clip(np.rint(4.5 + 0.8 * PRACTICE + 0.9 * noise), 1, 7).astype(np.int64)
        second = first + _gains(rng, first, gain)
        rows += [
            pd.DataFrame(
                {
                    "pilot": LETTERS,
                    "band": list(BAND_OF.values()),
                    "item": item.label,
                    "point": point,
                    "score": scores,
                }
            )
            for point, scores in ((1, first), (2, second))
        ]
    frame = pd.concat(rows).sort_values("pilot", kind="stable", ignore_index=True)
    return frame[[field.name for field in SELF_PROFILE.fields]]


def _gains(rng: Generator, first: NDArray[np.int64], total: int) -> NDArray[np.int64]:
    """Share ``total`` points out among the pilots, unevenly and inside the scale."""
    expected = total / len(first) + 0.4 * PRACTICE + 0.8 * rng.standard_normal(len(first))
    gains = np.clip(np.rint(expected), -first, HIGHEST - first).astype(np.int64)
    while gains.sum() != total:
        step = int(np.sign(total - gains.sum()))
        place = int(rng.integers(len(first)))
        if 0 <= first[place] + gains[place] + step <= HIGHEST:
            gains[place] += step
    return gains
