"""Parts that every briefing has."""

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from analytics.publication.export import attribution
from analytics.publication.published import Published
from components.briefing.blocks import Block, ChartBlock, ListBlock, WordsBlock
from components.briefing.year_chart import HEIGHT, Mark, Series, year_chart
from data.sources.source import Source

LONGEST_AT_FOOT: Final = 300  # characters of an address; two lines hold it beside name and day


def foot(author: str, day: str, address: str) -> str:
    """Return what is at the foot of each page; a long address is there without its query.

    Args:
        author: The explorer, by its name.
        day: When it is made, in words.
        address: Of the page that shows the same.
    """
    whole = len(address) <= LONGEST_AT_FOOT
    shown = address if whole else urlunsplit(urlsplit(address)._replace(query=""))
    return f"{author} · {day} · {shown}"


def cost_block(card: Published) -> WordsBlock:
    """Return the cost card in words.

    Args:
        card: The finding ``costs-estimate``.
    """
    plain = (card.withheld,) if card.withheld else card.words.plain
    verdict = "" if card.withheld else card.verdict
    return WordsBlock(title="What it would cost", verdict=verdict, plain=plain)


def years_block(
    by_year: Published, *, title: str, starts_page: bool = False, height: float = HEIGHT
) -> Block:
    """Draw the pilots and what they are compared with by year.

    Args:
        by_year: The finding ``answer-years``.
        title: The heading, without the years.
        starts_page: Whether it begins a page.
        height: Of the drawing, in points.
    """
    if by_year.withheld:
        return WordsBlock(title=title, plain=(by_year.withheld,), starts_page=starts_page)
    frame, selection = by_year.frame, by_year.selection
    compared = str(frame["compared_with"].iloc[0])
    series = [
        Series(name="Pilots", mark=Mark.PILOTS, values=frame["pilots"].tolist()),
        Series(name=compared, mark=Mark.COMPARATOR, values=frame["comparator"].tolist()),
    ]
    if selection.area:
        place = str(frame["yours_place"].iloc[0])
        series.append(Series(name=place, mark=Mark.YOURS, values=frame["yours"].tolist()))
    years = [str(year) for year in frame["year"]]
    start = selection.programme.last_before + 0.5 - float(frame["year_end"].iloc[0])
    drawn = year_chart(years, series, start=start, height=height)
    return ChartBlock(
        title=f"{title}, {years[0]} to {years[-1]}",
        starts_page=starts_page,
        verdict=by_year.verdict,
        svg=str(drawn),
        spoken=by_year.summary,
        plain=by_year.words.plain,
    )


def below(address: str) -> str:
    """Return what is said below the last block: an address too long for the foot, or nothing.

    Args:
        address: Of the page that shows the same.
    """
    return f"On screen: {address}" if len(address) > LONGEST_AT_FOOT else ""


def ending(used: Sequence[Published]) -> ListBlock:
    """Return where the figures are from, under which licence and in which release.

    Args:
        used: The findings of the briefing, one or more.
    """
    sources = tuple(dict.fromkeys(source for one in used for source in one.sources))
    lines = dict.fromkeys(_cited(source) for source in sources)
    return ListBlock(title="Sources", items=(*lines, attribution(sources), used[0].release.label))


def _cited(source: Source) -> str:
    return f"{source.title}: {source.publisher}, {source.period}."
