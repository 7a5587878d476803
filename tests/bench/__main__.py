"""``python -m tests.bench [--quick] [--only PART]``: how fast, beside the targets."""

import argparse
import logging
import os
import tempfile
from typing import Final

PARTS: Final = (
    "start",
    "server",
    "robustness",
    "sizes",
    "own",
    "browser",
    "floor",
    "readers",
    "growth",
    "fuzz",
    "described",
    "attack",
)
LONG: Final = ("fuzz", "described", "attack")


def _options() -> argparse.Namespace:
    options = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    options.add_argument("--quick", action="store_true", help="fewer rounds, no attacks")
    options.add_argument("--only", choices=PARTS, action="append", help="may be given repeatedly")
    return options.parse_args()


def main() -> None:
    """Measure, print one table, and keep the numbers."""
    chosen = _options()
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as cache:
        # Before the explorer is imported: its cache here is not the reader's.
        os.environ["EXPLORER_CACHE"] = f"{cache}/published"
        from tests.bench.run import run  # noqa: PLC0415

        expected = chosen.only or [part for part in PARTS if part not in LONG or not chosen.quick]
        run(expected, quick=chosen.quick, keep=not chosen.only)


if __name__ == "__main__":
    main()
