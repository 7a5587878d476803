"""Every indicator in a row: dots of the pilots, a gap with its share, a line, and two verdicts."""

from collections.abc import Mapping
from math import isfinite
from typing import Final

import pandas as pd
from markupsafe import Markup

from analytics.evaluation.verdict_words import than_each
from analytics.findings.indicators.overview_rows import of_pilot, of_year
from analytics.measures.indicators.registry import INDICATORS
from analytics.publication.published import Published
from analytics.selection.choices import YEARS
from analytics.text.certainty import SURE
from analytics.text.wording import signed, upper_first
from components.templates.render import render
from components.views.pictures import Picture, dots, line, mark
from components.views.view import page_address
from data.programmes.programme import Programme
from data.schema import number_in, records

#: Sizes of pictures, in pixels.
DOTS: Final = 150
LINE: Final = 112
HIGH: Final = 30
#: Orders a reader can choose: what each is called, the first being the one that rows come in.
ORDERS: Final = {
    "level": "surest difference",
    "change": "surest change",
    "relative": "largest difference in %",
    "topic": "topic",
    "name": "name",
}

Row = Mapping[str, object]


def rows_view(published: Published) -> Markup:
    """Write the table, with a list of the orders that it can be put in.

    Args:
        published: The finding ``overview-rows``.
    """
    places = _places(published.frame)
    return render(
        "overview_rows.html",
        published=published,
        orders=list(ORDERS.items()),
        keys=_keys(published),
        than=than_each(published.selection),
        rows=[{**row, "places": places[str(row["key"])]} for row in rows_of(published)],
    )


def rows_of(published: Published) -> list[dict[str, object]]:
    """Return every indicator as a row says it.

    Args:
        published: The finding ``overview-rows``.
    """
    of = published.selection.programme
    return [_row(row, of) for row in records(published.frame)]


def _keys(published: Published) -> list[tuple[Picture, str]]:
    """Name the marks of the pictures."""
    named = {"pilot": "a pilot", "mean": "their mean", "zero": published.selection.than}
    marks = [(mark(kind), words) for kind, words in named.items()]
    return [*marks, (mark("start"), f"start, {published.selection.programme.start_short}")]


def _places(frame: pd.DataFrame) -> dict[str, str]:
    """Return the place of each row in every order of ``ORDERS``, with spaces between, by key."""
    topic = list(INDICATORS)
    ordered = {
        "level": frame["key"],
        "change": frame.sort_values(["change_p_adjusted", "change_p"], kind="stable")["key"],
        "relative": frame.assign(size=-frame["relative"].abs()).sort_values("size")["key"],
        "topic": sorted(frame["key"], key=topic.index),
        "name": sorted(frame["key"], key=lambda key: name_of(key).lower()),
    }
    ranks = [{key: at for at, key in enumerate(ordered[order])} for order in ORDERS]
    return {key: " ".join(str(one[key]) for one in ranks) for key in frame["key"]}


def name_of(key: str) -> str:
    """Return what a newcomer calls an indicator: "New child protection plans".

    Args:
        key: Of the indicator.
    """
    return upper_first(INDICATORS[key].plain.subject.removeprefix("the "))


def _row(row: Row, of: Programme) -> dict[str, object]:
    key, gap = str(row["key"]), number_in(row, "gap")
    name = INDICATORS[key].plain
    relative = number_in(row, "relative")
    unit = name.short_suffix or name.suffix
    size = f"{name.signed(gap, name.decimals(gap))}{unit}" if isfinite(gap) else ""
    return {
        "key": key,
        "name": name_of(key),
        "href": page_address(f"/indicators/{key}"),
        "dots": _dots(row, gap, of),
        "line": _line(row, of),
        "gap": size,
        "per": name.per if size else "",
        "relative": f"{signed(relative, 0)}%" if isfinite(relative) else "",
        "level": row["level_words"],
        "change": row["change_words"],
        "level_clear": row["certain"] in SURE,
        "change_clear": row["change_certain"] in SURE,
    }


def _dots(row: Row, gap: float, of: Programme) -> Picture:
    """Draw the gap of every pilot, with a stroke for their mean."""
    codes = [one.code for one in of.pilots]
    each = [(number_in(row, of_pilot(code)), False) for code in codes]
    return dots(each, width=DOTS, mean=gap, keys=codes)


def _line(row: Row, of: Programme) -> Picture:
    """Draw the gap by year, from the first year that has one."""
    gaps = {year: number_in(row, of_year(year)) for year in YEARS}
    held = [year for year in YEARS if isfinite(gaps[year])]
    if not held:
        return {}
    shown = [gaps[year] for year in YEARS]
    return line(shown, width=LINE, height=HIGH, start=of.last_before + 0.5 - YEARS[0])
