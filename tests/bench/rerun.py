"""Re-run packs under seeded selections: ``python -m tests.bench.rerun --count 20 --processes 2``.

Every finding that the scripts of packs cover is published under each selection, its pack written
without compressing it, and each script run over the packs of some selections at once. A line is
printed for each pack whose numbers differ, and how many agree at the end; it exits with 1 where any
differs. What takes minutes of processor time, such as a plan, is computed again under the start
alone, unless it is named.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import quote

import numpy as np

from analytics.publication.registry import offered
from analytics.selection.group import FEWEST_COUNCILS, spell_bands
from analytics.selection.parameter import Page
from analytics.selection.parse import from_search
from analytics.selection.places import authorities
from analytics.selection.selection import HOME
from components.frame.navigation import cards_of
from data.programmes.group import starts
from tests.bench.words import SEED, random_queries
from tests.components.pack.folders import SCRIPTS, SEARCHES, write_pack

#: How each language runs its script.
COMMANDS = {
    "python": (sys.executable, "-W", "error", str(SCRIPTS / "rerun.py"), "--short"),
    "r": ("Rscript", str(SCRIPTS / "rerun.R")),
}
#: How a line ends that says of one pack that its numbers agree, and that they do not.
AGREES = {"python": ": all agree", "r": ": met"}
DIFFERS = {"python": "", "r": "NOT MET"}  # every line of the script in Python is about a pack
#: Councils in a random group: larger ones are slow in R.
MOST_IN_GROUP = 30
#: Selections whose packs one run of a script reads: tables are read once for all of them.
BATCH = 5


def covered(language: str) -> list[str]:
    """Return the keys of the findings that the script of a language covers."""
    return json.loads((SCRIPTS / "covers.json").read_text())[language]


def long_ones() -> set[str]:
    """Return the keys of findings that a script takes minutes to compute again."""
    planned = {card.finding.key for card in cards_of(Page.PLAN, HOME)}
    return planned | {key for key, one in offered(HOME).items() if one.slow}


def packs_of(query: str, keys: Sequence[str], folder: Path, tables: Path) -> list[Path]:
    """Publish findings under a selection and write their packs."""
    selection = from_search(query)
    there = offered(selection.programme)
    some = [there[key] for key in keys if key in there]
    return [write_pack(one.make(selection), folder / one.key, tables) for one in some]


def rerun(language: str, packs: dict[Path, str]) -> list[str]:
    """Run the script over packs; return what it said of those that differ, or what broke it.

    Args:
        language: Of the script.
        packs: The selection of each, as an address spells it.
    """
    run = subprocess.run(
        [*COMMANDS[language], *map(str, packs)], capture_output=True, text=True, check=False
    )
    said = list(_said(language, run.stdout.splitlines()))
    wrong = [
        f"{language} {query or '(the start)'} {pack.name}: {words.removeprefix(f'{pack.name}: ')}"
        for (pack, query), words in zip(packs.items(), said, strict=False)
        if not words.endswith(AGREES[language])
    ]
    if len(said) != len(packs) or bool(run.returncode) != bool(wrong):
        wrong.append(f"{language} ended with {run.returncode}: {run.stderr[-2000:]}")
    return wrong


def _said(language: str, lines: Sequence[str]) -> Iterator[str]:
    """Return what a script said of each pack: its last line, after the faults it named."""
    faults = list[str]()
    for line in lines:
        if line.endswith((AGREES[language], DIFFERS[language])):
            yield "; ".join([*faults, line.strip()])
            faults.clear()
        elif "FAULT: " in line:
            faults.append(line.partition("FAULT: ")[2])


def with_groups(queries: Sequence[str]) -> list[str]:
    """Give every second query a group of councils at random, with bands and a start.

    Args:
        queries: As addresses spell them; what they name that a group has not is left out of it.
    """
    rng = np.random.default_rng(SEED)
    codes = [code for code, one in authorities().items() if one.current]
    found = list(queries)
    for at in range(1, len(found), 2):
        some = rng.permutation(codes)[: int(rng.integers(FEWEST_COUNCILS, MOST_IN_GROUP + 1))]
        many = int(rng.integers(1, 4))
        parts = [tuple(str(code) for code in part) for part in np.array_split(some, many)]
        bands = tuple((f"Band {place + 1}" * (many > 1), part) for place, part in enumerate(parts))
        start = int(rng.choice(starts()))
        found[at] = f"{found[at]}&group={quote(spell_bands(bands), safe=',:;')}&start={start}"
    return found


def compare(
    room: Path, languages: Sequence[str], findings: Sequence[str], queries: Sequence[str]
) -> dict[str, tuple[int, list[str]]]:
    """Write the packs of some selections and run the scripts over them.

    Args:
        room: Where the packs are for as long as they are needed.
        languages: Of the scripts.
        findings: Keys; all that are covered where there are none.
        queries: The selections.

    Returns:
        By language, how many packs were compared, and what differs.
    """
    every = {key for one in languages for key in covered(one)}
    named = every.intersection(findings)
    brief = every - long_ones()
    with tempfile.TemporaryDirectory(dir=room) as folder:
        packs = {
            pack: query
            for at, query in enumerate(queries)
            for pack in packs_of(
                query,
                sorted(named or (brief if query else every)),
                Path(folder) / str(at),
                Path(folder) / "tables",
            )
        }
        found = dict[str, tuple[int, list[str]]]()
        for language in languages:
            known = covered(language)
            mine = {pack: query for pack, query in packs.items() if pack.name in known}
            found[language] = len(mine), rerun(language, mine) if mine else []
    return found


def main() -> int:
    """Re-run every covered finding under seeded selections."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20, help="selections")
    parser.add_argument("--only", choices=COMMANDS, help="one language")
    parser.add_argument("--findings", nargs="+", default=[], help="keys; all covered unless given")
    parser.add_argument("--processes", type=int, default=1, help="that share the selections")
    asked = parser.parse_args()
    languages = [asked.only] if asked.only else list(COMMANDS)
    if "r" in languages and not has_r():
        if asked.only:
            parser.error("r-base-core or r-cran-jsonlite is not installed (make r)")
        print("Not run in R: r-base-core or r-cran-jsonlite is not installed (make r).")
        languages.remove("r")
    unknown = {*asked.findings}.difference(*map(covered, languages))
    if unknown:
        parser.error(f"no script covers {', '.join(sorted(unknown))}")
    queries = list(dict.fromkeys(["", *SEARCHES, *with_groups(random_queries(asked.count))]))
    queries = queries[: asked.count]
    size = min(BATCH, -(-len(queries) // asked.processes))
    batches = [queries[at : at + size] for at in range(0, len(queries), size)]
    start = time.monotonic()
    compared, differ = dict.fromkeys(languages, 0), dict.fromkeys(languages, 0)
    with (
        tempfile.TemporaryDirectory() as room,
        ProcessPoolExecutor(asked.processes, mp_context=get_context("spawn")) as pool,
    ):
        work = partial(compare, Path(room), languages, asked.findings)
        for found in pool.map(work, batches):
            for language, (many, wrong) in found.items():
                compared[language] += many
                differ[language] += len(wrong)
                for line in wrong:
                    print(line, flush=True)
    for language in languages:
        print(f"{language}: {compared[language]} packs compared, {differ[language]} differ")
    print(f"{len(queries)} selections in {time.monotonic() - start:.0f} s")
    return 1 if any(differ.values()) else 0


def has_r() -> bool:
    """Whether R can run the scripts."""
    if not shutil.which("Rscript"):
        return False
    run = subprocess.run(["Rscript", "-e", "library(jsonlite)"], capture_output=True, check=False)
    return run.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
