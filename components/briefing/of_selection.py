"""The briefing of a selection: the answer, one chart, every indicator, costs and caveats."""

from typing import Final

from analytics.findings import answer
from analytics.findings.answer_words import Step
from analytics.findings.costs import costs
from analytics.findings.indicators import answer_years, overview_rows
from analytics.programme import explorer_of
from analytics.publication.published import Published
from analytics.selection.choices import YEARS
from analytics.selection.selection import Selection
from analytics.text.wording import listed, year_label
from components.briefing.blocks import (
    Block,
    Briefing,
    ListBlock,
    Number,
    NumbersBlock,
    TableBlock,
    WordsBlock,
)
from components.briefing.parts import below, cost_block, ending, foot, years_block
from components.briefing.year_chart import HEIGHT
from components.views.answer_tiles import tiles
from components.views.overview_rows import rows_of
from data.programmes.programme import Programme


def title_of(of: Programme) -> str:
    """Ask what the answer answers, as the first page does.

    Args:
        of: The programme.
    """
    return f"Did {of.name} make a difference in {of.many} English councils?"


HEADS: Final = ("Indicator", "Pilots less", "In %", "Difference", "Change after the start")
#: The drawing gives way to many names of pilots: points of a line, letters in it, and how many
#: lines there is room for beside a drawing of full height.
LINE, LINE_HOLDS, LINES_FREE = 11.5, 100, 4
CAVEATS: Final = (
    "A difference may have been there before the project; only a change can be its effect.",
    "Most rates have no good direction: fewer conferences can mean earlier help or missed risk.",
)


def of_selection(selection: Selection, *, day: str, address: str) -> Briefing:
    """Return the briefing of a selection.

    Args:
        selection: What the reader chose.
        day: When it is made, in words.
        address: Of the page that shows the same.
    """
    answered, rows = answer.finding.publish(selection), overview_rows.rows.publish(selection)
    by_year = answer_years.finding.publish(selection)
    used = [answered, by_year, rows]
    brief = WordsBlock(verdict=answered.words.brief, plain=())
    blocks: list[Block] = [brief, *_numbers(answered)]
    who = _who(selection)
    height = HEIGHT - LINE * max(0, sum(len(one) // LINE_HOLDS for one in who.items) - LINES_FREE)
    blocks += (
        years_block(by_year, title="One measure by year", height=height),
        who,
        _rows(rows),
    )
    if costs.card.is_offered(selection.programme):
        card = costs.card.publish(selection)
        blocks.append(cost_block(card))
        used.append(card)
    many = selection.programme.many.capitalize()
    few = f"{many} pilots can show a wide gap and can hide a narrow one."
    blocks.append(ListBlock(title="What to keep in mind", items=(*CAVEATS, few)))
    return Briefing(
        title=title_of(selection.programme),
        lede=selection.label,
        author=explorer_of(selection.programme),
        foot=foot(explorer_of(selection.programme), day, address),
        below=below(address),
        blocks=(*blocks, ending(used)),
    )


def _numbers(answered: Published) -> list[Block]:
    if answered.withheld:
        return [WordsBlock(plain=(answered.withheld,))]
    parts = [
        Number(question=one.question, large=one.large, sentence=one.sentence, sure=one.sure)
        for one in tiles(answered)
    ]
    ruled_out = answered.frame[answered.frame["step"].eq(Step.RULED_OUT)].iloc[0]
    said = (str(ruled_out["says"]),) if ruled_out["key"] else ()
    return [
        NumbersBlock(numbers=parts),
        *([WordsBlock(title="What is ruled out", plain=said)] if said else []),
    ]


def _who(selection: Selection) -> ListBlock:
    """Name the pilots chosen, those of each band together."""
    chosen = selection.chosen
    bands = [band for band in selection.programme.bands if any(one.band == band for one in chosen)]
    items = [
        f"{f'{band.label}: ' if len(selection.programme.bands) > 1 else ''}"
        f"{listed([one.name for one in chosen if one.band == band])}."
        for band in bands
    ]
    return ListBlock(title="Who the pilots are", items=items)


def _rows(rows: Published) -> Block:
    if rows.withheld:
        return WordsBlock(title="Every indicator", plain=(rows.withheld,), starts_page=True)
    cells = [
        (
            str(row["name"]),
            f"{row['gap']} {row['per']}".strip(),
            str(row["relative"]),
            str(row["level"]),
            str(row["change"]),
        )
        for row in rows_of(rows)
    ]
    period = f"{year_label(YEARS[0])} to {year_label(YEARS[-1])}"
    return TableBlock(
        title="Every indicator",
        starts_page=True,
        verdict=rows.verdict,
        heads=(HEADS[0], f"{HEADS[1]} {rows.selection.than}", *HEADS[2:]),
        rows=cells,
        widths=(6, 4, 0, 3, 3),
        numbers=(2,),
        note=f"Figures are held for {period}. {' '.join(rows.words.plain)}",
    )
