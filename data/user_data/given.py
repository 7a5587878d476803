"""The reader's folder beside the record tables of the project.

Only the start imports this, and only where a folder is given: the checks weigh some 17 MB.
"""

from pathlib import Path

from data.load import built
from data.microdata.tables import RECORD_TABLES
from data.programmes.read import programme
from data.sources.simulated import SIMULATED
from data.user_data.hold import Held, hold


def given(folder: Path) -> Held:
    """Return the reader's own tables, to be used in place of simulated ones.

    Args:
        folder: With CSV files named after tables.

    Raises:
        UserDataError: It cannot be used; everything that is wrong with it is listed.
    """
    tables = {key: RECORD_TABLES[key] for key in programme().evaluation.records}
    simulated = {key: built(SIMULATED[key]) for key in tables}
    return hold(folder, tables, simulated)
