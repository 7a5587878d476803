"""Compute the numbers of a pack again from its tables, and set them beside the published ones.

Run it as ``python scripts/rerun.py`` for the pack it lies in, or name the folders of packs. It
needs Python 3.11, NumPy, pandas and SciPy, and nothing of the project that made the pack. It ends
with 0 where every number agrees, and with 1 where one does not or has not been recomputed.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

import changes
import composition
import families
import measures
import robustness
from comparison import Comparison, set_beside
from families import Family
from pack import NotAnsweredError, Pack, read_pack

Compute = Callable[[Pack, Family], pd.DataFrame]
SHOWN = 12  # rows of main numbers that are printed


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How the numbers of one finding are computed.

    Attributes:
        compute: Returns them as a table with the published names of columns.
        family: Which measures it is about.
        main: The columns printed row by row.
        keys: Columns that name a row; without any, rows are compared in their order.
        left_out: Columns with numbers that are not recomputed, each with the reason.
    """

    compute: Compute
    family: Callable[[Pack], Family]
    main: tuple[str, ...]
    keys: tuple[str, ...] = ()
    left_out: dict[str, str] = field(default_factory=dict)


def _levels(pack: Pack, family: Family) -> pd.DataFrame:
    return measures.verdicts(pack, family, change=False)


def _moved(pack: Pack, family: Family) -> pd.DataFrame:
    return measures.verdicts(pack, family, change=True)


def _verdicts(compute: Compute, family: Callable[[Pack], Family]) -> Recipe:
    return Recipe(compute=compute, family=family, main=("gap", "low", "high", "p_adjusted"))


RECIPES: dict[str, Recipe] = {
    "kpis-values": Recipe(
        compute=measures.core_values,
        family=families.indicators,
        main=("value", "comparator", "gap"),
    ),
    "kpis-gaps": _verdicts(_levels, families.indicators),
    "kpis-changes": _verdicts(_moved, families.indicators),
    "expenditure-gaps": _verdicts(_levels, families.ratios),
    "expenditure-changes": _verdicts(_moved, families.ratios),
    "change-verdict": _verdicts(changes.change_verdict, families.in_hand),
    "change-years": Recipe(
        compute=changes.event_study, family=families.in_hand, main=("change", "low", "high")
    ),
    "change-bands": Recipe(
        compute=changes.event_study_by_band, family=families.in_hand, main=("change", "n")
    ),
    "change-windows": Recipe(
        compute=changes.windows, family=families.in_hand, main=("change", "low", "high", "p")
    ),
    "measure-places": Recipe(
        compute=measures.by_place, family=families.in_hand, main=("value", "gap")
    ),
    "robustness-placebo": Recipe(
        compute=robustness.placebo_histogram,
        family=families.in_hand,
        main=("observed", "placebo_low", "placebo_high", "p"),
    ),
    "robustness-placebo-groups": Recipe(
        compute=robustness.placebo_groups, family=families.in_hand, main=("mean",)
    ),
    "robustness-placebos": Recipe(
        compute=robustness.every_placebo, family=families.in_hand, main=("estimate", "p_placebo")
    ),
    "robustness-specifications": Recipe(
        compute=robustness.specifications,
        family=families.in_hand,
        main=("estimate", "low", "high", "p"),
        keys=("outcome", "model", "k", "pilots_kept", "average", "years"),
    ),
    "expenditure-per-child": Recipe(
        compute=composition.per_child, family=families.ratios, main=("pilots", "comparator", "gap")
    ),
    "expenditure-composition": Recipe(
        compute=composition.categories, family=families.ratios, main=("pilots", "comparator")
    ),
    "expenditure-detail": Recipe(
        compute=composition.detail, family=families.ratios, main=("pilots", "comparator")
    ),
    "expenditure-lines": Recipe(
        compute=composition.pounds, family=families.ratios, main=("value",)
    ),
    **{
        f"{prefix}-{name}": Recipe(compute=compute, family=family, main=main, keys=keys)
        for prefix, family in (
            ("indicator", families.indicators),
            ("expenditure", families.ratios),
        )
        for name, compute, main, keys in (
            ("values", measures.every_place, ("value",), ("code", "year_end")),
            ("places", measures.by_place, ("value", "gap"), ()),
            ("years", measures.by_year, ("pilots", "comparator", "gap"), ()),
        )
    },
    **{
        key: Recipe(
            compute=measures.each_pilot_changed, family=family, main=("change", "gap_change")
        )
        for key, family in (
            ("pilots-changes", families.indicators),
            ("expenditure-pilots", families.ratios),
        )
    },
}


def checked(pack: Pack) -> Comparison:
    """Compute the numbers of a pack again and set them beside the published ones.

    Args:
        pack: The pack.
    """
    recipe = RECIPES.get(pack.finding)
    if recipe is None:
        return _nothing(f"this script does not cover {pack.finding}")
    is_withheld = len(pack.rows) == 1 and bool(_only_words(pack.rows))
    try:
        found = recipe.compute(pack, recipe.family(pack))
    except NotAnsweredError as reason:
        return _nothing() if is_withheld else _nothing(f"numbers are published, but {reason}")
    if is_withheld:
        return _nothing("nothing is published, but numbers were recomputed") if len(found) else _nothing()
    return set_beside(found, pack.rows, keys=recipe.keys, left_out=frozenset(recipe.left_out))


def _nothing(*faults: str) -> Comparison:
    return Comparison(columns=(), words=(), faults=faults)


def _only_words(rows: pd.DataFrame) -> str:
    """Return why nothing is published, where the one row holds nothing else."""
    cells = rows.iloc[0]
    others = cells.drop("withheld", errors="ignore")
    return str(cells.get("withheld", "")) if not others.astype(bool).any() else ""


def _print(pack: Pack, found: Comparison) -> None:
    recipe = RECIPES[pack.finding]
    shown = [one for one in found.columns if one.name in recipe.main]
    for row, label in enumerate(found.labels[:SHOWN]):
        for one in shown:
            both = f"{one.recomputed[row]:>22.12g} {one.published[row]:>22.12g}"
            print(f"{label[:40]:<40} {one.name:<14} {both} {one.difference[row]:>9.1e}")
    if len(found.labels) > SHOWN:
        print(f"… and {len(found.labels) - SHOWN} more rows")
    print(f"\n{'column':<22} {'numbers':>8} {'largest relative difference':>30}")
    for one in found.columns:
        print(f"{one.name:<22} {one.numbers:>8} {one.largest:>30.1e}")
    print(f"\nnot recomputed, because they are words: {', '.join(found.words) or 'none'}")
    for name, reason in recipe.left_out.items():
        print(f"not recomputed: {name}, because {reason}")


def main() -> int:
    """Check the packs named on the command line, or the one that holds this script."""
    reader = ArgumentParser(description="Compute the numbers of packs again from their tables.")
    reader.add_argument("folders", nargs="*", type=Path, help="packs; without any, this one")
    reader.add_argument("--short", action="store_true", help="print one line a pack")
    asked = reader.parse_args()
    failed = 0
    for folder in asked.folders or [Path(__file__).resolve().parent.parent]:
        pack = read_pack(folder)
        found = checked(pack)
        if not asked.short and pack.finding in RECIPES:
            print(f"\n{pack.finding}: recomputed, published, relative difference\n")
            _print(pack, found)
        many = sum(one.numbers for one in found.columns)
        said = "; ".join(found.faults) or "all agree"
        print(f"{folder.name}: {many} numbers, largest difference {found.largest:.1e}: {said}")
        failed += bool(found.faults)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
