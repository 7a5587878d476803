"""The briefing of one council: every indicator and ratio, inspections, cost and caveats."""

from collections.abc import Sequence

from analytics.findings.costs import costs
from analytics.findings.councils import council_indicators, council_inspections, council_ratios
from analytics.programme import explorer_of
from analytics.publication.finding import Finding
from analytics.publication.published import Published
from analytics.selection.places import authorities, region_and_band
from analytics.selection.selection import Selection
from components.briefing.blocks import Block, Briefing, ListBlock, TableBlock, WordsBlock
from components.briefing.parts import below, cost_block, ending, foot
from components.views.council import rows_of
from data.schema import records

#: Inspections printed: the newest.
NEWEST = 4
JUDGED = ("when", "framework", "overall", "leadership", "help_protection", "in_care")


def of_council(selection: Selection, *, day: str, address: str) -> Briefing:
    """Return the briefing of the council of a selection.

    Args:
        selection: Its ``area`` is the council.
        day: When it is made, in words.
        address: Of the page that shows the same.
    """
    council = authorities()[selection.area]
    used, blocks = list[Published](), list[Block]()

    def taken(finding: Finding) -> Published:
        used.append(finding.publish(selection))
        return used[-1]

    blocks.append(_measures(taken(council_indicators.indicators), "Indicators"))
    blocks.append(_measures(taken(council_ratios.ratios), "Expenditure ratios", starts=True))
    blocks.append(_inspections(taken(council_inspections.inspections)))
    if costs.card.is_offered(selection.programme):
        blocks.append(cost_block(taken(costs.card)))
    notes = dict.fromkeys(note for one in used[:2] for note in one.notes)
    blocks.append(ListBlock(title="What to keep in mind", items=(*notes,)))
    return Briefing(
        title=council.label,
        lede=f"{region_and_band(council, selection.programme)} · {selection.label}",
        author=explorer_of(selection.programme),
        foot=foot(explorer_of(selection.programme), day, address),
        below=below(address),
        blocks=(*blocks, ending(used)),
    )


def _measures(published: Published, title: str, *, starts: bool = False) -> Block:
    if published.withheld:
        return WordsBlock(title=title, plain=(published.withheld,), starts_page=starts)
    cells = [
        (
            f"{row.name} {row.per}".strip() + (f" ({row.when})" if row.when else ""),
            row.value,
            row.similar,
            row.pilots,
            row.rank,
            row.strip.words if row.strip else "",
        )
        for row in rows_of(published)
    ]
    return TableBlock(
        title=title,
        starts_page=starts,
        verdict=published.verdict,
        heads=("Measure", "Here", "Similar councils", "Pilots", "Rank", "Range of similar"),
        rows=cells,
        widths=(5, 1, 1, 1, 1, 1),
        numbers=(1, 2, 3, 4),
        note=" ".join(published.words.plain),
    )


def _inspections(published: Published) -> Block:
    title = "Ofsted's judgements"
    if published.withheld:
        return WordsBlock(title=title, plain=(published.withheld,))
    heads: Sequence[str] = [
        column.label for name in JUDGED for column in published.columns if column.name == name
    ]
    rows = [[str(row[name]) for name in JUDGED] for row in records(published.frame)[:NEWEST]]
    return TableBlock(
        title=title,
        verdict=published.verdict,
        heads=heads,
        rows=rows,
        widths=(3, 2, 3, 3, 3, 3),
    )
