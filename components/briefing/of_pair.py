"""The briefing of two selections side by side: what differs, which verdicts change, by how much."""

from collections.abc import Sequence
from time import monotonic
from typing import Final

from analytics.findings import answer
from analytics.findings.indicators import answer_years
from analytics.programme import explorer_of
from analytics.publication.pair import Pair, publish_pair, with_steps
from analytics.publication.published import Published
from analytics.selection.differences import Choice, differences
from analytics.selection.selection import Selection
from analytics.text.wording import pluralise
from components.briefing.blocks import (
    Block,
    Briefing,
    ListBlock,
    TableBlock,
    WordsBlock,
)
from components.briefing.parts import below, ending, foot, years_block
from components.card.card import Card
from components.frame.pair_address import Compared
from components.pair.columns import NOT_TESTED, change_words, title_of
from components.pair.summary import count_of, enough_for, name_of, shared_by
from components.pair.update_pair import PATIENCE
from components.views.answer_tiles import tiles

HEADS: Final = ("Card", "A", "B", "What changes it")
ANSWERS: Final = ("The answer", "A", "B")
#: Cards printed; those whose verdict changes come first.
MOST_CARDS: Final = 8
MOST_SIZES: Final = 6
#: Of a chart, in points: both are on one page.
HEIGHT: Final = 118.0
NO_DIFFERENCE: Final = "A and B are the same selection."
CAVEATS: Final = (
    "A difference may have been there before the project; only a change can be its effect.",
    "The two selections share councils and years, so their results are not independent.",
    "Two verdicts may differ although the two results hardly do: look at the numbers.",
)


def of_pair(shown: Compared, other: Selection, *, day: str, address: str) -> Briefing:
    """Return the briefing of two selections.

    Args:
        shown: What is compared, with the pinned selection A.
        other: The selection B.
        day: When it is made, in words.
        address: Of the page that shows the same.
    """
    choices = differences(shown.one, other, shown.page)
    pairs = [] if not choices else _pairs(shown, other, choices)
    changed = [(card, pair) for card, pair in pairs if pair.flips]
    blocks: list[Block] = [_summary(choices, changed, pairs)]
    if choices:
        blocks.append(_choices(choices, changed, shared_by(shown.one, other)))
    if pairs:
        blocks += (_verdicts(pairs, choices), *_sizes(pairs))
    answers = [answer.finding.publish(one) for one in (shown.one, other)]
    years = [answer_years.finding.publish(one) for one in (shown.one, other)]
    blocks += (_answers(answers), *_charts(years))
    blocks.append(ListBlock(title="What to keep in mind", items=CAVEATS))
    used = [*answers, *years, *(one for _, pair in pairs for one in (pair.one, pair.other))]
    author = explorer_of(shown.one.programme)
    return Briefing(
        title=f"{name_of(shown)}: two selections side by side",
        lede=f"A: {shown.one.label}. B: {other.label}.",
        author=author,
        foot=foot(author, day, address),
        below=below(address),
        blocks=(*blocks, ending(used)),
    )


def _pairs(
    shown: Compared, other: Selection, choices: tuple[Choice, ...]
) -> list[tuple[Card, Pair]]:
    """Publish the cards for both; those that show nothing, or the same in both, are left out."""
    until = monotonic() + PATIENCE
    both = [(card, publish_pair(card.finding, shown.one, other)) for card in shown.cards]
    return [
        (card, with_steps(pair, card.finding, choices, until=until))
        for card, pair in both
        if not pair.waits and not pair.is_empty and not pair.is_same
    ]


def _summary(
    choices: tuple[Choice, ...],
    changed: Sequence[tuple[Card, Pair]],
    pairs: Sequence[tuple[Card, Pair]],
) -> Block:
    verdict = count_of(len(changed), len(pairs)) if choices else NO_DIFFERENCE
    return WordsBlock(verdict=verdict, plain=())


def _choices(choices: tuple[Choice, ...], changed: Sequence[tuple[Card, Pair]], same: str) -> Block:
    several = len(choices) > 1
    heads = ("What differs", "A", "B", *(("Enough by itself for",) if several else ()))
    rows = [
        (one.label, one.one, one.other, *((enough_for(one, changed),) if several else ()))
        for one in choices
    ]
    return TableBlock(heads=heads, rows=rows, widths=(3, 4, 4, 3)[: len(heads)], note=same)


def _verdicts(pairs: Sequence[tuple[Card, Pair]], choices: tuple[Choice, ...]) -> Block:
    first = sorted(pairs, key=lambda one: not one[1].flips)[:MOST_CARDS]
    rows = [
        (title_of(card, pair), _said(pair.one), _said(pair.other), change_words(pair, choices))
        for card, pair in first
    ]
    left = len(pairs) - len(first)
    note = f"{pluralise(left, 'further card')} on the page itself." if left else ""
    return TableBlock(title="Verdicts", heads=HEADS, rows=rows, widths=(4, 5, 5, 4), note=note)


def _said(published: Published) -> str:
    return published.withheld or published.verdict


def _sizes(pairs: Sequence[tuple[Card, Pair]]) -> list[Block]:
    items = [
        f"{title_of(card, pair)}. {pair.difference}." for card, pair in pairs if pair.difference
    ][:MOST_SIZES]
    return [ListBlock(title="By how much", items=(*items, NOT_TESTED))] if items else []


def _answers(answers: Sequence[Published]) -> Block:
    """Set the parts of the answer side by side, where both have one."""
    said = [
        {} if one.withheld else {tile.question: tile.large for tile in tiles(one)}
        for one in answers
    ]
    rows = [
        (question, *(one.get(question, "Nothing to show") for one in said))
        for question in dict.fromkeys(question for one in said for question in one)
    ]
    if not rows:
        plain = tuple(dict.fromkeys(one.withheld for one in answers))
        return WordsBlock(title=ANSWERS[0], plain=plain, starts_page=True)
    return TableBlock(heads=ANSWERS, rows=rows, widths=(5, 3, 3), starts_page=True)


def _charts(years: Sequence[Published]) -> list[Block]:
    """Draw by year the measure of both, or once where it is the same."""
    one, other = years
    if one.frame.equals(other.frame) and one.withheld == other.withheld:
        return [years_block(one, title="A and B: one measure by year")]
    return [
        years_block(one, title="A: one measure by year", height=HEIGHT),
        years_block(other, title="B: one measure by year", height=HEIGHT),
    ]
