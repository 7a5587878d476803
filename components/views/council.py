"""One council on every measure: figures, its place among similar councils, and a line by year."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isnan, nan
from typing import Final

from markupsafe import Markup

from analytics.measures.indicators.registry import INDICATORS
from analytics.measures.measure import Measure
from analytics.measures.ratios.registry import RATIOS
from analytics.publication.published import Published
from analytics.selection.choices import YEARS
from analytics.selection.parameter import Page
from analytics.selection.places import place_name
from analytics.text.wording import number, upper_first, year_label
from components.prefix import NAMED, at
from components.templates.render import render
from components.views.pictures import runs
from components.views.view import page_address
from data.neighbour_lists import NEIGHBOUR_LISTS
from data.schema import number_in, records

NONE: Final = "–"  # in place of a figure
WIDTH, HEIGHT, EDGE = 120.0, 28.0, 4.0  # of both drawings, in units of their own
MEASURES: Final[dict[str, Measure]] = {**INDICATORS, **RATIOS}

Points = list[tuple[int, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The drawing of a measure by year, as paths; an empty one is not drawn.

    Attributes:
        own: The council.
        similar: The average of its similar councils.
        related: The councils before or after it.
        period_x: Where the chosen period begins.
        period_width: How wide it is.
        end_x: Where the point of the row's year is; empty where it has no figure.
        end_y: The same, downwards.
        spoken: The first and the last figure in words.
    """

    own: str
    similar: str
    related: str
    period_x: str
    period_width: str
    end_x: str
    end_y: str
    spoken: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """The drawing of a figure among those of its similar councils, as positions across.

    Attributes:
        low: Lowest of the similar councils.
        width: From there to the highest.
        similar: Their average.
        own: The council.
        pilots: Diamond of the pilots' mean, as a path; empty where there is none.
        words: Where the council is: "below", "within" or "above".
    """

    low: str
    width: str
    similar: str
    own: str
    pilots: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One measure as the template writes it.

    Attributes:
        key: Of the measure, by which the browser marks the row.
        name: What it is, and what it is counted in relation to.
        per: Its unit.
        follow: Page of the measure, to which the selection is taken; or empty.
        view: Address that holds the selection itself; or empty.
        when: The year, where it is not that of most rows, and the symbol of the figure.
        value: Figure of the council, or its symbol.
        similar: Average of its similar councils.
        pilots: Mean of the pilots.
        rank: Place in England, and of how many.
        strip: None where there is no range.
        line: Every year held.
    """

    key: str
    name: str
    per: str
    follow: str
    view: str
    when: str
    value: str
    similar: str
    pilots: str
    rank: str
    strip: Strip | None
    line: Line


def council_view(published: Published) -> Markup:
    """Write one council on every measure of a family.

    Args:
        published: The finding ``council-indicators`` or ``council-ratios``.
    """
    return render(
        "council.html",
        published=published,
        place=place_name(published.selection.area),
        year=_most_years(published),
        first=year_label(YEARS[0]),
        last=year_label(YEARS[-1]),
        later=_later(published),
        rows=rows_of(published),
        dashed=any(row["related_years"] for row in records(published.frame)),
    )


def rows_of(published: Published) -> list[Row]:
    """Return every measure as a row says it.

    Args:
        published: The finding ``council-indicators`` or ``council-ratios``.
    """
    frame, most = published.frame, _most_years(published)
    alike = frame["value"].isna().all() and frame["status"].nunique() == 1  # said above the rows
    return [_row(row, published, most, says_why=not alike) for row in records(frame)]


def _most_years(published: Published) -> str:
    """Return the year that most rows are of."""
    years = [str(row["year"]) for row in records(published.frame)]
    return max(dict.fromkeys(years), key=years.count)


def _later(published: Published) -> tuple[str, str]:
    """Return words and address of the same page up to the last year; empty where it is that.

    A council that the chosen list does not know has its similar councils from the latest list.
    """
    selection = published.selection
    until, words = replace(selection, last=YEARS[-1]), f"Show up to {year_label(YEARS[-1])}"
    latest = NEIGHBOUR_LISTS[-1]
    if published.frame["similar"].isna().all() and selection.model is not latest:
        until = until.with_neighbours(model=latest, average=until.average)
        words += f", with the {latest.listed}"
    if until == selection:
        return "", ""
    query = until.to_query(without=("area",))
    return words, at(f"{NAMED[Page.COUNCIL].below}{selection.area}{query}")


def _row(row: dict[str, object], published: Published, most: str, *, says_why: bool) -> Row:
    key, measure = str(row["key"]), MEASURES[str(row["key"])]
    asked = replace(published.selection, ratio=key) if key in RATIOS else None
    status = f"[{row['status']}]" if row["status"] and says_why else NONE
    rank, ranked = number_in(row, "rank"), number_in(row, "ranked")
    return Row(
        key=key,
        name=upper_first(measure.plain.subject.removeprefix("the ")),
        per=_trailing(measure) or measure.plain.per,
        follow="" if asked else page_address(f"/indicators/{key}"),
        view=at(f"/expenditure{asked.to_query()}") if asked else "",
        when=_when(row, most),
        value=_level(measure, number_in(row, "value"), missing=status),
        similar=_level(measure, number_in(row, "similar")),
        pilots=_level(measure, number_in(row, "pilots")),
        rank=NONE if isnan(rank) else f"{number(rank, 0)} of {number(ranked, 0)}",
        strip=_strip(row),
        line=_line(row, published, measure),
    )


def _when(row: dict[str, object], most: str) -> str:
    """Return the year where it is not that of most rows, and the symbol of a qualified figure."""
    year = "" if row["year"] == most else str(row["year"])
    marked = row["status"] and not isnan(number_in(row, "value"))
    symbol = str(row["status"]) if marked else ""
    return f"{year} {symbol}".strip()


def _level(measure: Measure, value: float, *, missing: str = NONE) -> str:
    if isnan(value):
        return missing
    return measure.plain.level(value, measure.decimals).removesuffix(f" {_trailing(measure)}")


def _trailing(measure: Measure) -> str:
    """Return the words after a figure, said once beside the name: "working days"; or empty."""
    after = measure.plain.of_level or measure.plain.suffix
    return after.strip() if after.startswith(" ") else ""


def _scaled(values: Sequence[float], size: float) -> tuple[float, float]:
    """Return the lowest of some values, and how many units of a drawing one of them takes."""
    low, high = min(values), max(values)
    return low, (size - 2 * EDGE) / (high - low) if high > low else 0.0


def _strip(row: dict[str, object]) -> Strip | None:
    own, low, high, similar, pilots = (
        number_in(row, name)
        for name in ("value", "similar_low", "similar_high", "similar", "pilots")
    )
    if not row["position"]:
        return None
    start, unit = _scaled([one for one in (own, low, high, pilots) if not isnan(one)], WIDTH)

    def across(value: float) -> float:
        return EDGE + (value - start) * unit if unit else WIDTH / 2

    middle, half = HEIGHT / 2, 4
    diamond = (
        ""
        if isnan(pilots)
        else f"M{across(pilots):.1f} {middle - half}l{half} {half}l-{half} {half}l-{half} -{half}z"
    )
    return Strip(
        low=f"{across(low) - 1:.1f}",
        width=f"{across(high) - across(low) + 2:.1f}",
        similar=f"{across(similar):.1f}",
        own=f"{across(own):.1f}",
        pilots=diamond,
        words=str(row["position"]),
    )


def _line(row: dict[str, object], published: Published, measure: Measure) -> Line:
    own, similar = _points(str(row["own_years"])), _points(str(row["similar_years"]))
    related = _related(str(row["related_years"]))
    every = [value for points in (own, similar, *related) for _, value in points]
    low, unit = _scaled(every, HEIGHT) if every else (0.0, 0.0)

    def down(value: float) -> float:
        return HEIGHT - EDGE - (value - low) * unit if unit else HEIGHT / 2

    def path(points: Points) -> str:
        held = dict(points)
        values = [held.get(year, nan) for year in YEARS]
        return "".join(map(_path, runs(values, lambda at: _across(YEARS[at]), down)))

    inside = dict(own).get(int(number_in(row, "year_end")))
    first, last = published.selection.first, published.selection.last
    return Line(
        own=path(own),
        similar=path(similar),
        related="".join(path(points) for points in related),
        period_x=f"{_across(first) - 2:.1f}",
        period_width=f"{_across(last) - _across(first) + 4:.1f}",
        end_x="" if inside is None else f"{_across(int(number_in(row, 'year_end'))):.1f}",
        end_y="" if inside is None else f"{down(inside):.1f}",
        spoken=_spoken(own, measure),
    )


def _points(words: str) -> Points:
    """Read a series as the hidden columns of the finding hold it."""
    pairs = (one.split(":") for one in words.split())
    return [(int(year), float(value)) for year, value in pairs]


def _related(words: str) -> list[Points]:
    found = dict[str, Points]()
    for one in words.split():
        code, year, value = one.split(":")
        found.setdefault(code, []).append((int(year), float(value)))
    return [*found.values()]


def _across(year: int) -> float:
    return EDGE + (year - YEARS[0]) * (WIDTH - 2 * EDGE) / (YEARS[-1] - YEARS[0])


def _path(run: list[tuple[float, float]]) -> str:
    """Join the points of a line; one alone becomes a dot."""
    (x, y), *rest = run
    return f"M{x:.1f} {y:.1f}h0" + "".join(f"L{x:.1f} {y:.1f}" for x, y in rest)


def _spoken(own: Points, measure: Measure) -> str:
    if not own:
        return "No figure in any year"
    ends = dict.fromkeys((own[0], own[-1]))
    said = [f"{_level(measure, value)} in {year_label(year, measure.day)}" for year, value in ends]
    return " to ".join(said)
