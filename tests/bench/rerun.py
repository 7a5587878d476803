"""Re-run packs under seeded selections: ``python -m tests.bench.rerun --count 20``.

Every finding that the scripts of packs cover is published under each selection, its pack written
without compressing it, and the script run over all packs of a selection at once. A line is printed
for each pack whose numbers differ, and how many agree at the end; it exits with 1 where any
differs. About ten minutes on two idle cores for 20 selections.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.words import random_queries
from tests.components.pack.folders import SCRIPTS, write_pack

#: How each language runs its script.
COMMANDS = {"python": (sys.executable, "-W", "error", "rerun.py"), "r": ("Rscript", "rerun.R")}
AGREES = ": all agree"


def covered(language: str) -> list[str]:
    """Return the keys of the findings that the script of a language covers."""
    return json.loads((SCRIPTS / "covers.json").read_text())[language]


def packs_of(query: str, keys: list[str], folder: Path, tables: Path) -> list[Path]:
    """Publish findings under a selection and write their packs."""
    import app  # noqa: F401, PLC0415 (registers every finding)
    from analytics.publication.finding import FINDINGS  # noqa: PLC0415
    from analytics.selection.parse import from_search  # noqa: PLC0415

    selection = from_search(query)
    return [write_pack(FINDINGS[key].make(selection), folder / key, tables) for key in keys]


def rerun(language: str, packs: list[Path]) -> list[str]:
    """Run the script over packs; return the lines of those that differ, or what broke it."""
    *command, script = COMMANDS[language]
    run = subprocess.run(
        [*command, str(SCRIPTS / script), "--short", *map(str, packs)],
        capture_output=True,
        text=True,
        check=False,
    )
    lines = run.stdout.splitlines()
    wrong = [line for line in lines if not line.endswith(AGREES)]
    if len(lines) != len(packs) or bool(run.returncode) != bool(wrong):
        wrong.append(f"ended with {run.returncode}: {run.stderr[-2000:]}")
    return wrong


def main() -> int:
    """Re-run every covered finding under seeded selections."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20, help="selections")
    parser.add_argument("--only", choices=COMMANDS, help="one language")
    parser.add_argument("--findings", nargs="+", default=[], help="keys; all covered unless given")
    asked = parser.parse_args()
    languages = [asked.only] if asked.only else [one for one in COMMANDS if covered(one)]
    compared, differ = 0, 0
    with tempfile.TemporaryDirectory() as room:
        tables = Path(room) / "tables"
        for at, query in enumerate(["", *random_queries(asked.count)][: asked.count]):
            keys = sorted({key for one in languages for key in covered(one)})
            keys = [key for key in keys if not asked.findings or key in asked.findings]
            folder = Path(room) / str(at)
            packs = packs_of(query, keys, folder, tables)
            for language in languages:
                mine = [one for one in packs if one.name in covered(language)]
                wrong = rerun(language, mine)
                compared, differ = compared + len(mine), differ + len(wrong)
                for line in wrong:
                    print(f"{language} {query or '(the start)'} {line}", flush=True)
            shutil.rmtree(folder)
    print(f"{compared} packs compared, {differ} differ")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
