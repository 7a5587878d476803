"""The triangulation grid: a row for each question, a column for each strand, words in the cells."""

from markupsafe import Markup

from analytics.claims.claim import Question
from analytics.findings.claims.triangulation import QUESTIONS, STRANDS
from analytics.publication.published import Published
from components.templates.render import render
from components.views.view import page_address
from data.schema import number_in, records
from data.sources.source import Kind

Cells = dict[tuple[str, str], dict[str, object]]


def grid_view(published: Published) -> Markup:
    """Write the grid, with words in the cells for which nothing is held.

    Args:
        published: The finding ``triangulation``.
    """
    held = {
        (str(row["question_key"]), str(row["strand_key"])): row for row in records(published.frame)
    }
    return render(
        "grid.html",
        published=published,
        strands=[one.label for one in STRANDS],
        rows=[(question.label, _cells(question, held)) for question in QUESTIONS],
    )


def _cells(question: Question, held: Cells) -> list[tuple[str, dict[str, object] | None]]:
    return [(one.label, _cell(held.get((question, one)))) for one in STRANDS]


def _cell(row: dict[str, object] | None) -> dict[str, object] | None:
    if row is None:
        return None
    official = row["kind"] == Kind.OFFICIAL
    return {
        **row,
        "kind": "recomputed" if official else "as printed",
        "claimed": f"Claim: {row['status']}" if official else row["status"],
        "href": page_address(str(row["link"])),
        "tested": official,
        "others": round(number_in(row, "others")),
    }
