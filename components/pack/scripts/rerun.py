"""Compute the numbers of a pack again from its tables, and set them beside the published ones.

Run it as ``python scripts/rerun.py`` for the pack it lies in, or name the folders of packs. It
needs Python 3.11, NumPy, pandas and SciPy, and nothing of the project that made the pack. It ends
with 0 where every number agrees, and with 1 where one does not or has not been recomputed.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import answers
import bands
import changes
import claims
import composition
import costs
import councils
import doubts
import families
import interviews
import limits
import many_placebos
import measures
import neighbours
import pandas as pd
import planning
import plans
import pooling
import pretrend
import robustness
import staffing
import weighted
from comparison import Comparison, set_beside
from families import Family
from pack import NotAnsweredError, Pack, read_pack

Compute = Callable[[Pack], pd.DataFrame]
Measured = Callable[[Pack, Family], pd.DataFrame]
SHOWN = 12  # rows of main numbers that are printed


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """How closely a column is met, where two programs cannot meet to the last digits.

    Attributes:
        share: Relative difference that counts as none.
        why: The reason, after "because".
    """

    share: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How the numbers of one finding are computed.

    Attributes:
        compute: Returns them as a table with the published names of columns.
        main: The columns printed row by row.
        keys: Columns that name a row; without any, rows are compared in their order.
        near: Columns that are met less closely than others, each with how closely and why.
    """

    compute: Compute
    main: tuple[str, ...]
    keys: tuple[str, ...] = ()
    near: dict[str, Near] = field(default_factory=dict)


def _of(family: Callable[[Pack], Family], compute: Measured) -> Compute:
    """Return a computation about the measures of one family."""
    return lambda pack: compute(pack, family(pack))


def _levels(pack: Pack, family: Family) -> pd.DataFrame:
    return measures.verdicts(pack, family, change=False)


def _moved(pack: Pack, family: Family) -> pd.DataFrame:
    return measures.verdicts(pack, family, change=True)


INDICATORS, RATIOS, EITHER = families.indicators, families.ratios, families.in_hand
GAP = ("gap", "low", "high", "p_adjusted")
CHANGE = ("change", "low", "high", "n")
BESIDE = ("value", "comparator", "gap")
AVERAGES = ("pilots", "comparator", "gap")

#: By the key of the finding: what computes it, and the columns printed row by row.
_MADE: dict[str, tuple[Compute, tuple[str, ...]]] = {
    "kpis-values": (_of(INDICATORS, measures.core_values), BESIDE),
    "kpis-gaps": (_of(INDICATORS, _levels), GAP),
    "kpis-changes": (_of(INDICATORS, _moved), GAP),
    "kpis-named": (_of(INDICATORS, measures.named_verdicts), GAP),
    "indicator-values": (_of(INDICATORS, measures.every_place), ("value",)),
    "indicator-places": (_of(INDICATORS, measures.by_place), ("value", "gap")),
    "indicator-years": (_of(INDICATORS, measures.by_year), AVERAGES),
    "change-verdict": (_of(EITHER, changes.change_verdict), GAP),
    "robustness-placebo-groups": (_of(EITHER, robustness.placebo_groups), ("mean",)),
    "robustness-placebo": (_of(EITHER, robustness.placebo_histogram), ("observed", "p")),
    "robustness-placebos": (_of(EITHER, robustness.every_placebo), ("estimate", "p_placebo")),
    "robustness-placebos-long": (
        _of(EITHER, many_placebos.many_placebos),
        ("estimate", "p_placebo", "p_family"),
    ),
    "change-years": (_of(EITHER, changes.event_study), CHANGE),
    "change-windows": (_of(EITHER, changes.windows), (*CHANGE, "p")),
    "change-pretrend": (_of(EITHER, pretrend.moves_before), (*CHANGE, "p_year")),
    "change-synthetic": (_of(EITHER, weighted.weighted), (*BESIDE[1:], "low", "high")),
    "change-bands": (_of(EITHER, changes.event_study_by_band), CHANGE),
    "measure-places": (_of(EITHER, measures.by_place), ("value", "gap")),
    "costs-estimate": (costs.estimate, ("total", "per_worker", "share")),
    "costs-tornado": (costs.tornado, ("low_total", "total", "high_total")),
    "expenditure-values": (_of(RATIOS, measures.every_place), ("value",)),
    "expenditure-gaps": (_of(RATIOS, _levels), GAP),
    "expenditure-changes": (_of(RATIOS, _moved), GAP),
    "expenditure-per-child": (_of(RATIOS, composition.per_child), AVERAGES),
    "expenditure-years": (_of(RATIOS, measures.by_year), AVERAGES),
    "expenditure-places": (_of(RATIOS, measures.by_place), ("value", "gap")),
    "expenditure-pilots": (_of(RATIOS, measures.each_pilot_changed), ("change", "gap_change")),
    "expenditure-composition": (composition.categories, ("pilots", "comparator")),
    "expenditure-detail": (composition.detail, ("pilots", "comparator")),
    "expenditure-jumps": (composition.jumps, ("before", "after", "change")),
    "claims-choices": (claims.choices, ("estimate", "low", "high", "p_adjusted")),
    "expenditure-checks": (composition.checks, ("checked", "add_up", "off", "widest")),
    "expenditure-lines": (composition.pounds, ("value",)),
    "council-indicators": (_of(INDICATORS, councils.latest), ("value", "similar", "rank")),
    "council-ratios": (_of(RATIOS, councils.latest), ("value", "similar", "rank")),
    "pilots-changes": (_of(INDICATORS, measures.each_pilot_changed), ("change", "gap_change")),
    "pilots-bands": (_of(INDICATORS, councils.pilots_by_band), ("level", *GAP[:3])),
    "resources-gaps": (staffing.gaps, GAP),
    "resources-places": (staffing.places, BESIDE),
    "answer": (_of(INDICATORS, answers.answer), GAP),
    "answer-years": (_of(INDICATORS, answers.clearest_by_year), AVERAGES),
    "area-years": (_of(INDICATORS, limits.by_year), ("value", "low", "high")),
    "council-indicators-years": (_of(INDICATORS, councils.every_year), ("value", "similar")),
    "council-ratios-years": (_of(RATIOS, councils.every_year), ("value", "similar")),
    "pilots-profile": (_of(INDICATORS, councils.profile), ("children", "need", "plans")),
    "families-measures": (interviews.measures, ("g", "low", "high", "p")),
    "robustness-view": (_of(EITHER, doubts.view), ("estimate", "low", "high", "p")),
    "robustness-bands": (_of(EITHER, bands.bands), ("estimate", "low", "high", "p")),
    "robustness-pooled": (_of(EITHER, pooling.pooled), ("own", "estimate", "low", "high")),
    "robustness-detectable": (_of(EITHER, planning.detectable), ("detectable", "relative")),
    "neighbours-lists": (neighbours.lists, ("lists", "shared_by")),
    "neighbours-survival": (neighbours.survival, ("named", "in_all")),
    "neighbours-flips": (_of(EITHER, neighbours.flipped), ("lower", "below", "below_adjusted")),
    "plan-changes": (_of(INDICATORS, plans.changes), ("gap_change",)),
    "plan-cost": (plans.cost, ("total", "per_year")),
    "overview-rows": (_of(INDICATORS, answers.overview), (*GAP[:3], "change_gap")),
}
SIZES = ("smallest_change", "smallest_change_low", "smallest_change_high", "relative")
PLANS = {name: Near(share=plans.NEARLY, why=plans.WHY) for name in SIZES}
RECIPES: dict[str, Recipe] = {
    **{key: Recipe(compute=compute, main=main) for key, (compute, main) in _MADE.items()},
    "robustness-specifications": Recipe(
        compute=_of(EITHER, robustness.specifications),
        main=("estimate", "low", "high", "p"),
        keys=("outcome", "model", "k", "pilots_kept", "average", "years"),
    ),
    "robustness-without": Recipe(
        compute=_of(EITHER, doubts.without_one),
        main=("estimate", "shift", "p"),
        keys=("role", "code"),
    ),
    "neighbours-verdicts": Recipe(
        compute=_of(EITHER, neighbours.verdicts), main=("gap", "low", "high", "p_adjusted")
    ),
    "plan-detectable": Recipe(
        compute=_of(INDICATORS, plans.detectable), main=("smallest_change", "relative"), near=PLANS
    ),
    "plan-curve": Recipe(
        compute=_of(INDICATORS, plans.curve), main=("smallest_change", "relative"), near=PLANS
    ),
    "claims": Recipe(compute=claims.claims, main=("estimate", "low", "high", "n"), keys=("id",)),
}
for _values in ("indicator-values", "expenditure-values"):
    RECIPES[_values] = replace(RECIPES[_values], keys=("code", "year_end"))


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
        found = recipe.compute(pack)
    except NotAnsweredError as reason:
        return _nothing() if is_withheld else _nothing(f"numbers are published, but {reason}")
    if is_withheld:
        return (
            _nothing("nothing is published, but numbers were recomputed")
            if len(found)
            else _nothing()
        )
    shares = {name: one.share for name, one in recipe.near.items()}
    return set_beside(found, pack.rows, keys=recipe.keys, shares=shares)


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
    for name, one in recipe.near.items():
        print(f"met to {one.share:g} of the number: {name}, because {one.why}")


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
