"""The simulated survey of social workers."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from data.build.simulation.design import (
    BAND_OF,
    LETTERS,
    PRACTICE,
    answered,
    in_shares,
    pilot_effects,
    pilots_of,
    some,
    stream,
    words,
)
from data.microdata.social_workers import SOCIAL_WORKER_SURVEY

#: With the 40 who only kept diaries these are 380, fewer than the 471 who were also reached by
#: interviews and focus groups.
PEOPLE: Final = 340
FIRST_WAVE: Final = 300
STAYED: Final = 175
NOT_ANSWERED: Final = 0.03

#: Shares of the five answers at both waves; they change where the summary says that use grew.
_SHARES: Final = {
    "confidence_framework": (3, 10, 22, 43, 22),
    "confidence_mapping": (4, 12, 22, 42, 20),
    "confidence_safety_planning": (4, 13, 24, 41, 18),
    "confidence_danger_statements": (5, 14, 25, 38, 18),
    "confidence_words_pictures": (6, 15, 24, 37, 18),
    "confidence_three_houses": (4, 11, 21, 40, 24),
    "use_mapping": (10, 20, 30, 28, 12),
    "use_safety_planning": (12, 22, 30, 25, 11),
    "use_words_pictures": (18, 27, 30, 18, 7),
    "use_three_houses": (10, 20, 32, 26, 12),
    "assessment_quality": (1, 6, 33, 45, 15),
    "risk_planning": (2, 7, 21, 50, 20),
    "communication": (2, 8, 24, 47, 19),
    "inclusion_children": (2, 9, 26, 45, 18),
    "enough_time": (22, 38, 19, 17, 4),
}
_SECOND_WAVE: Final = {
    "use_mapping": (5, 14, 28, 34, 19),
    "use_safety_planning": (6, 16, 28, 33, 17),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Panel:
    """Who answered: pilot and two leanings (confidence and use; time) of each, and the waves."""

    pilot: NDArray[np.int64]
    leaning: NDArray[np.float64]
    waves: dict[int, NDArray[np.bool_]]


def survey() -> pd.DataFrame:
    """Return the survey: one row per social worker and wave, empty where not answered."""
    rng = stream("survey")
    pilot = pilots_of(rng, PEOPLE, least=28)
    first = some(rng, np.ones(PEOPLE, dtype=bool), FIRST_WAVE)
    second = some(rng, first, STAYED) | ~first
    panel = _Panel(
        pilot=pilot,
        leaning=rng.standard_normal((PEOPLE, 2)),
        waves={1: first, 2: second},
    )
    items = {name: _item(rng, panel, name) for name in _SHARES}
    label = np.array([f"S{number:03d}" for number in range(1, PEOPLE + 1)])
    frames = [
        pd.DataFrame(
            {
                "respondent": label[here],
                "pilot": LETTERS[pilot[here]],
                "band": [BAND_OF[letter] for letter in LETTERS[pilot[here]]],
                "wave": wave,
                **{name: waves[wave] for name, waves in items.items()},
            }
        )
        for wave, here in panel.waves.items()
    ]
    return pd.concat(frames).sort_values(["respondent", "wave"], ignore_index=True)


def _item(rng: Generator, panel: _Panel, name: str) -> dict[int, pd.Series]:
    """Return the answers to one item by wave; who leans to the last answer does so at both."""
    local = pilot_effects(rng)[panel.pilot]
    own = rng.standard_normal(PEOPLE)
    person = panel.leaning[:, 1 if name == "enough_time" else 0]
    steady = 0.2 * PRACTICE[panel.pilot] + 0.2 * local + 0.6 * person + 0.4 * own
    out = dict[int, pd.Series]()
    for wave, here in panel.waves.items():
        latent = (steady + 0.6 * rng.standard_normal(PEOPLE))[here]
        given = answered(rng, len(latent), NOT_ANSWERED)
        shares = _SECOND_WAVE.get(name, _SHARES[name]) if wave > 1 else _SHARES[name]
        allowed = SOCIAL_WORKER_SURVEY.field(name).allowed
        out[wave] = words(in_shares(latent[given], shares), allowed, given)
    return out
