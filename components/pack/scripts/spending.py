"""Spending of councils: lines of the Section 251 outturn, and the ratios made of them."""

from functools import cache

import numpy as np
from figures import Figures, Floats, arranged, indicator_figures
from pack import EVERY_YEAR, Pack

TOTAL = "5.0.2"
FIRST_YEAR = 2013  # of the lines as they are now
LAST_YEAR_OF_DETAIL = 2019
#: The categories that add up to the total, each with the lines that add up to it.
CATEGORIES = {
    "3.0.5": ("3.0.1", "3.0.2", "3.0.3", "3.0.4"),
    "3.1.11": tuple(f"3.1.{part}" for part in range(1, 11)),
    "3.2.1": (),
    "3.3.4": ("3.3.1", "3.3.2", "3.3.3"),
    "3.4.6": ("3.4.1", "3.4.2", "3.4.3", "3.4.4", "3.4.5"),
    "3.5.3": ("3.5.1", "3.5.2"),
    "3.6.1": (),
}
DETAIL = tuple(part for parts in CATEGORIES.values() for part in parts)
LINES = (*CATEGORIES, *DETAIL, TOTAL)
#: The finest lines that add up to the total.
FINEST = tuple(part for line, parts in CATEGORIES.items() for part in (parts or (line,)))


@cache
def returned(pack: Pack) -> Figures:
    """Return gross expenditure as councils returned it: line by place by year, pounds."""
    table = pack.table("section251")
    codes = sorted(pack.table("indicators")["code"].unique())
    chosen = table[table["preferred"].astype(bool)]
    return arranged(chosen, series="line_code", value="gross", keys=LINES, codes=codes)


def line_figures(pack: Pack) -> Figures:
    """Return gross expenditure that can be used: a negative figure is missing."""
    made = returned(pack)
    return Figures(
        values=np.where(made.values < 0, np.nan, made.values),
        symbols=np.full(made.symbols.shape, "", dtype="<U12"),
        series=made.series,
        places=made.places,
    )


def share_figures(pack: Pack) -> Figures:
    """Return every line as a share of the total of its place and year."""
    lines = line_figures(pack)
    return Figures(
        values=divided(lines.values, lines.of(TOTAL)[None]),
        symbols=lines.symbols,
        series=lines.series,
        places=lines.places,
    )


@cache
def ratio_figures(pack: Pack) -> Figures:
    """Return every expenditure ratio for every place and year.

    A missing part makes the ratio missing, and so does nothing to divide by. Spend per child is
    over the children of the year, or of the year before; real terms divide by the deflator, of
    which 2018/19 is 100.
    """
    lines = line_figures(pack)
    ratios = pack.resolved["ratios"]
    made = list[Floats]()
    for one in ratios.values():
        above = np.sum([lines.of(line) for line in one["numerator_lines"]], axis=0)
        if one["prices_of_2018_19"]:
            above = above * _prices(pack)
        if one["per"]:
            below = earlier(counts(pack).of(one["per"]["indicator"]), one["per"]["years_earlier"])
        else:
            below = np.sum([lines.of(line) for line in one["denominator_lines"]], axis=0)
        made.append(divided(above, below))
    values = np.stack(made)
    return Figures(
        values=values,
        symbols=np.full(values.shape, "", dtype="<U12"),
        series={key: at for at, key in enumerate(ratios)},
        places=lines.places,
    )


COUNTS = (
    "pop_0_17_mid", "cin_31mar_num", "cla_31mar_num", "sw_fte_num", "sw_caseload",
    "assessments_num", "icpc_num", "cpp_start_num", "cpp_31mar_num", "cpp_end_num",
)  # fmt: skip


def counts(pack: Pack) -> Figures:
    """Return counts of children and of social workers, as revised."""
    return indicator_figures(pack, COUNTS, column="preferred")


def earlier(values: Floats, years: int) -> Floats:
    """Return figures of so many years before, shape (places, years)."""
    if not years:
        return values
    missing = np.full((len(values), years), np.nan)
    return np.concatenate([missing, values[:, :-years]], axis=1)


def divided(above: Floats, below: Floats) -> Floats:
    """Divide where there is something to divide by; missing elsewhere."""
    below = np.broadcast_to(below, above.shape)
    sound = np.isfinite(above) & (below > 0)
    return np.divide(above, below, out=np.full(above.shape, np.nan), where=sound)


def _prices(pack: Pack) -> Floats:
    """Return what turns pounds of each year into pounds of 2018/19, shape (years,)."""
    table = pack.table("gdp-deflator").set_index("year_end")["deflator"]
    return 100 / table.reindex(EVERY_YEAR).to_numpy(np.float64)
