"""Simulate the record-level tables: ``python -m data.build.simulate``.

The evaluation's records were never published. The simulation has its design and gives every
figure it printed; nothing else in it says anything about any authority, worker or family. The
command writes ``data/simulated`` and ``data/checksums.txt``, then loads every table.
"""

from pathlib import Path
from typing import Final

import pandas as pd

from data.build.signing import sign
from data.build.simulation.case_records import case_records
from data.build.simulation.diaries import diaries
from data.build.simulation.families import families
from data.build.simulation.self_profile import self_profile
from data.build.simulation.survey import survey
from data.load import load, load_all
from data.sources.evaluation import STANDARDISED_MEASURES
from data.sources.simulated import MARK, SIMULATED
from data.sources.source import CHECKSUMS, ROOM

MARKED: Final = "simulated"


def tables(measures: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the five simulated tables by key, each row marked as simulated.

    Args:
        measures: The published table of standardised measures.
    """
    answers = survey()
    frames = {
        "social_worker_survey": answers,
        "time_diaries": diaries(answers),
        "family_interviews": families(measures),
        "case_records": case_records(),
        "self_profile": self_profile(),
    }
    return {key: frame.assign(**{MARKED: MARK}) for key, frame in frames.items()}


def write(measures: pd.DataFrame, folder: Path) -> None:
    """Write the simulated tables.

    Args:
        measures: The published table of standardised measures.
        folder: Folder to write to; made if it is not there.
    """
    folder.mkdir(exist_ok=True)
    for key, frame in tables(measures).items():
        name = Path(SIMULATED[key].file).name
        frame.to_csv(folder / name, index=False, lineterminator="\n")


if __name__ == "__main__":
    write(load(STANDARDISED_MEASURES).frame, ROOM / "simulated")
    sign(CHECKSUMS)
    load_all()
