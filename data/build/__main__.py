"""Build the project's tables from a folder of published figures: ``python -m data.build FOLDER``.

FOLDER holds ``official/figures`` and ``evaluation`` as their READMEs describe them. The command
writes ``data/official``, ``data/evaluation``, ``data/simulated`` and ``data/checksums.txt``, then
loads every table.
"""

import sys
from pathlib import Path

from data.build import evaluation, official, simulate
from data.build.signing import sign
from data.load import load, load_all
from data.sources.evaluation import STANDARDISED_MEASURES
from data.sources.registry import SOURCES
from data.sources.source import CHECKSUMS, ROOM


def build(folder: Path) -> None:
    """Write every table and its checksum, and check that they load.

    Args:
        folder: Holds ``official/figures`` and ``evaluation``.
    """
    official.write(folder / "official" / "figures", ROOM / "official")
    evaluation.write(folder / "evaluation", ROOM / "evaluation")
    sign(CHECKSUMS)
    simulate.write(load(STANDARDISED_MEASURES).frame, ROOM / "simulated")
    sign(CHECKSUMS)
    load_all()


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():  # noqa: PLR2004 (program, folder)
        sys.exit("usage: python -m data.build FOLDER (holding official/figures and evaluation)")
    build(Path(sys.argv[1]))
    for built in SOURCES.values():
        print(f"{built.file:32} {built.size / 1000:8,.0f} kB")
