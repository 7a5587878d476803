"""Findings about the lines of spending themselves."""

from dataclasses import replace

import numpy as np
import pandas as pd
from families import Family
from figures import compare, mean
from measures import by_year
from pack import EVERY_YEAR, LAST_YEAR_OF_SPENDING, NotAnsweredError, Pack
from spending import (
    CATEGORIES,
    FINEST,
    FIRST_YEAR,
    LAST_YEAR_OF_DETAIL,
    LINES,
    TOTAL,
    line_figures,
    returned,
    share_figures,
)
from verdicts import Row


def per_child(pack: Pack, family: Family) -> pd.DataFrame:
    """Follow every spend per child by year, in cash and at prices of 2018/19."""
    frames = [
        by_year(pack, replace(family, key=key)).assign(key=key)
        for key, one in pack.resolved["ratios"].items()
        if one["per"]
    ]
    return pd.concat(frames)


def categories(pack: Pack) -> pd.DataFrame:
    """Return each category as a share of all spending."""
    return _composition(pack, tuple(CATEGORIES), LAST_YEAR_OF_SPENDING)


def detail(pack: Pack) -> pd.DataFrame:
    """Return each of the finest lines as a share of all spending."""
    return _composition(pack, FINEST, LAST_YEAR_OF_DETAIL)


def _composition(pack: Pack, lines: tuple[str, ...], last: int) -> pd.DataFrame:
    """Average the shares of pilots in the first and last year, those of their comparators beside.

    Raises:
        NotAnsweredError: The period holds no year that the lines are printed for.
    """
    years = [year for year in pack.choice.years if FIRST_YEAR <= year <= last]
    if not years:
        msg = "the period holds no year that these lines are printed for"
        raise NotAnsweredError(msg)
    shares, choice = share_figures(pack), pack.choice
    compared = compare(pack, shares, choice, lines, choice.pilots).over((years[0], years[-1]))
    both = np.isfinite(compared.gaps)
    own, against = (
        mean(np.where(both, part, np.nan).transpose(0, 2, 1))
        for part in (compared.own, compared.comparator)
    )
    ends = [shares.years.index(years[0]), shares.years.index(years[-1])]
    england = np.stack([shares.at(line, pack.resolved["england"])[ends] for line in lines])
    return pd.DataFrame(
        {
            "line": lines,
            "n": both[:, :, -1].sum(axis=1),
            "pilots_first": own[:, 0],
            "pilots": own[:, -1],
            "comparator_first": against[:, 0],
            "comparator": against[:, -1],
            "england_first": england[:, 0],
            "england": england[:, -1],
        }
    )


def pounds(pack: Pack) -> pd.DataFrame:
    """Return gross expenditure by line, place and year, in pounds of the year."""
    figures, choice = line_figures(pack), pack.choice
    places = [*choice.pilots, *([pack.area] if pack.area not in {"", *choice.pilots} else [])]
    rows = list[Row]()
    for code in (*places, pack.resolved["england"]):
        for line in LINES:
            values = figures.at(line, code)
            rows.extend(
                {"code": code, "line": line, "year_end": year, "value": value}
                for year, value in zip(figures.years, values, strict=True)
                if year in choice.years
            )
    return pd.DataFrame(rows)


def jumps(pack: Pack) -> pd.DataFrame:
    """List where a line of any ratio moved by more than half from one year to the next.

    Raises:
        NotAnsweredError: None did.
    """
    figures, choice = line_figures(pack), pack.choice
    places = [*choice.pilots, *([pack.area] if pack.area not in {"", *choice.pilots} else [])]
    told = pack.resolved["ratios"].values()
    sides = [(*one["numerator_lines"], *(one["denominator_lines"] or ())) for one in told]
    rows = list[Row]()
    for code in places:
        for line in dict.fromkeys(line for side in sides for line in side):
            values = figures.at(line, code)
            for year, before, after in zip(figures.years[1:], values, values[1:], strict=False):
                if year in choice.years and abs(after - before) > abs(before) / 2:
                    change = 100 * (after - before) / before if before > 0 else np.nan
                    row: Row = {"line": line, "year_end": year, "before": before, "after": after}
                    rows.append({**row, "change": change})
    if not rows:
        msg = "no line moved by more than half"
        raise NotAnsweredError(msg)
    return pd.DataFrame(rows)


POUNDS_APART = 2.5  # lines are whole pounds: a sum of seven is a pound or two off


def checks(pack: Pack) -> pd.DataFrame:
    """Count the totals, of every place and year held, that are the sum of their parts.

    A part that was not returned counts as nothing, as a line of a later year does.
    """
    figures = returned(pack)
    detailed = tuple(year for year in EVERY_YEAR if year <= LAST_YEAR_OF_DETAIL)
    since = tuple(year for year in EVERY_YEAR if year > LAST_YEAR_OF_DETAIL)
    totals = [(line, parts, detailed) for line, parts in CATEGORIES.items() if parts]
    totals += [(TOTAL, tuple(CATEGORIES), years) for years in (detailed, since)]
    rows = list[Row]()
    for line, parts, years in totals:
        at = [EVERY_YEAR.index(year) for year in years]
        pounds = np.stack([figures.of(part)[:, at] for part in parts])
        total = figures.of(line)[:, at]
        apart = (np.nansum(pounds, axis=0) - total)[
            np.isfinite(total) & np.isfinite(pounds).any(axis=0)
        ]
        off = np.abs(apart) > POUNDS_APART
        rows.append(
            {
                "line": line,
                "checked": len(apart),
                "add_up": int((~off).sum()),
                "off": int(off.sum()),
                "widest": apart[np.abs(apart).argmax()] if off.any() else 0.0,
            }
        )
    return pd.DataFrame(rows)
