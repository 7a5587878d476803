"""The simulated readings of case records."""

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.build.simulation.design import (
    BAND_OF,
    LETTERS,
    in_shares,
    pilot_effects,
    pilots_of,
    some,
    stream,
    words,
)
from data.microdata.case_records import CASE_RECORDS, COHORTS, FOUND, GRADES, TOOLS

RECORDS: Final = 220
READ_AGAIN: Final = 85  # of each cohort of 110

#: How many records have each grade, by cohort and reading: 60 % reasonable or good at each
#: reading, more among those recruited late.
_GRADES: Final = {
    ("early", 1): (20, 33, 37, 20),
    ("late", 1): (12, 23, 46, 29),
    ("early", 2): (15, 26, 29, 15),
    ("late", 2): (9, 18, 36, 22),
}
_PRESENT: Final = dict(zip(TOOLS, (0.78, 0.72, 0.58, 0.61, 0.66), strict=True))


def case_records() -> pd.DataFrame:
    """Return the readings: one row per record and reading."""
    rng = stream("case records")
    pilot = pilots_of(rng, RECORDS, least=16)
    late = some(rng, np.ones(RECORDS, dtype=bool), RECORDS // 2)
    again = some(rng, late, READ_AGAIN) | some(rng, ~late, READ_AGAIN)
    record = 0.6 * rng.standard_normal(RECORDS)
    steady = {name: 0.3 * pilot_effects(rng)[pilot] + record for name in ("grade", *TOOLS)}
    frame = pd.DataFrame(
        {
            "record": [f"R{number:03d}" for number in range(1, RECORDS + 1)],
            "pilot": LETTERS[pilot],
            "band": [BAND_OF[letter] for letter in LETTERS[pilot]],
            "cohort": np.array(COHORTS)[late.astype(int)],
        }
    )
    readings: list[pd.DataFrame] = []
    for reading, here in ((1, np.ones(RECORDS, dtype=bool)), (2, again)):
        leaning = {name: base + 0.7 * rng.standard_normal(RECORDS) for name, base in steady.items()}
        read = frame[here].reset_index(drop=True)
        found = _found({name: latent[here] for name, latent in leaning.items()}, read, reading)
        readings.append(pd.concat([read.assign(reading=reading), found], axis=1))
    names = [field.name for field in CASE_RECORDS.fields]
    return pd.concat(readings).sort_values(["record", "reading"], ignore_index=True)[names]


def _found(
    leaning: dict[str, NDArray[np.float64]], read: pd.DataFrame, reading: int
) -> pd.DataFrame:
    """Return the tools and the grade of the records of one reading."""
    every = np.ones(len(read), dtype=bool)
    columns = {
        name: words(in_shares(leaning[name], (1 - share, share)), FOUND, every)
        for name, share in _PRESENT.items()
    }
    grade = np.zeros(len(read), dtype=np.int64)
    for cohort in COHORTS:
        meant = (read["cohort"] == cohort).to_numpy(dtype=bool)
        grade[meant] = in_shares(leaning["grade"][meant], _GRADES[cohort, reading])
    return pd.DataFrame({**columns, "grade": words(grade, GRADES, every)})
