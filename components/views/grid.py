"""The triangulation grid: a row for each question, a column for each strand, words in the cells."""

from html import escape

from analytics.claims.claim import Question
from analytics.findings.triangulation import QUESTIONS, STRANDS
from analytics.publication.finding import Published
from components.views.view import led
from data.schema import records
from data.sources.source import Kind

Cells = dict[tuple[str, str], dict[str, object]]


def grid_sheet(published: Published) -> str:
    """Write the grid. Roles are spelled out: on a phone each row becomes a list of its cells.

    Args:
        published: The finding ``triangulation``.
    """
    held = {
        (str(row["question_key"]), str(row["strand_key"])): row for row in records(published.frame)
    }
    head = "".join(
        f'<th scope="col" role="columnheader">{escape(one.label)}</th>' for one in STRANDS
    )
    body = "".join(_row(question, held) for question in QUESTIONS)
    caption = escape(f"{published.title}. {published.scope}.")
    return (
        f'<table class="grid" role="table"><caption class="visually-hidden">{caption}</caption>'
        '<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Question</th>'
        f'{head}</tr></thead><tbody role="rowgroup">{body}</tbody></table>'
    )


def _row(question: Question, held: Cells) -> str:
    cells = "".join(_cell(one.label, held.get((question, one))) for one in STRANDS)
    return (
        f'<tr role="row"><th scope="row" role="rowheader">{escape(question.label)}</th>{cells}</tr>'
    )


def _cell(strand: str, row: dict[str, object] | None) -> str:
    if row is None:
        return (
            '<td role="cell" class="nothing"><span aria-hidden="true">·</span>'
            '<span class="visually-hidden">nothing held</span></td>'
        )
    conflict = str(row["conflict"])
    marked = f'<p class="conflict">{escape(conflict)}</p>' if conflict else ""
    kind = "recomputed" if row["kind"] == Kind.OFFICIAL else "as printed"
    return (
        f'<td role="cell"><p class="grid-strand" aria-hidden="true">{escape(strand)}</p>'
        f'<p class="grid-says">{led(str(row["direction"]), str(row["link"]))}</p>'
        f"<p>{escape(str(row['status']))}</p>"
        f"<p>{escape(str(row['strength']))} ({kind})</p>"
        f"<p>n: {escape(str(row['base']))}</p>{marked}</td>"
    )
