"""Parts that every briefing has."""

from collections.abc import Sequence

from analytics.publication.export import attribution
from analytics.publication.published import Published
from analytics.publication.workbook import AUTHOR
from components.briefing.blocks import ListBlock, WordsBlock
from data.sources.source import Source


def foot(day: str, address: str) -> str:
    """Return what is at the foot of each page.

    Args:
        day: When it is made, in words.
        address: Of the page that shows the same.
    """
    return f"{AUTHOR} · {day} · {address}"


def cost_block(card: Published) -> WordsBlock:
    """Return the cost card in words.

    Args:
        card: The finding ``costs-estimate``.
    """
    plain = (card.withheld,) if card.withheld else card.words.plain
    verdict = "" if card.withheld else card.verdict
    return WordsBlock(title="What it would cost", verdict=verdict, plain=plain)


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
