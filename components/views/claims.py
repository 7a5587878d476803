"""The claims one by one, under their strand: status, what was found, what would be needed."""

from html import escape
from typing import Final

from analytics.claims.status import Status
from analytics.publication.finding import Published
from components.views.view import leads, led
from data.schema import records
from data.sources.source import Kind

TERMS: Final = {
    "found": "Found here",
    "needed": "Would be needed",
    "later": "Later studies",
    "printed": "Printed",
    "question": "Question",
    "source": "Where",
}

#: The shape that goes with a status; the words always stand beside it.
SHAPES: Final = {
    Status.REPRODUCED: "full",
    Status.PARTLY: "half",
    Status.NOT: "empty",
    Status.CONTRADICTED: "crossed",
}


def claims_sheet(published: Published) -> str:
    """Write the claims as articles under a heading for each strand.

    Args:
        published: The finding ``claims``.
    """
    rows = records(published.frame)
    strands = {str(row["strand_key"]): str(row["strand"]) for row in rows}
    return "".join(
        f'<section class="strand"><h3>{escape(words)}</h3>'
        + "".join(_claim(row) for row in rows if row["strand_key"] == strand)
        + "</section>"
        for strand, words in strands.items()
    )


def _claim(row: dict[str, object]) -> str:
    status = str(row["status"])
    shape = SHAPES.get(Status(str(row["status_key"])), "none")
    live = row["kind"] == Kind.OFFICIAL
    seen = ("found", "later") if live else ("needed", "later")
    return (
        '<article class="claim"><div>'
        f'<h4><span class="claim-id">{_word(row, "id")}</span> {_word(row, "claim")}</h4>'
        f'<p class="claim-status" data-shape="{shape}">'
        f"{escape(status[:1].upper() + status[1:])}</p>{_conflict(row)}</div>"
        f"<div>{_facts(row, seen)}{_more(row, seen)}</div></article>"
    )


def _conflict(row: dict[str, object]) -> str:
    return f'<p class="conflict">{_word(row, "conflict")}</p>' if row["conflict"] else ""


def _facts(row: dict[str, object], names: tuple[str, ...]) -> str:
    said = [(name, str(row[name])) for name in names if row[name]]
    facts = "".join(
        f"<dt>{TERMS[name]}</dt><dd data-fact={name}>{escape(words)}</dd>" for name, words in said
    )
    return f"<dl>{facts}</dl>"


def _more(row: dict[str, object], seen: tuple[str, ...]) -> str:
    rest = tuple(name for name in TERMS if name not in seen and name != "found")
    kind = Kind(str(row["kind"])).label
    test = f"; {row['test']}" if row["test"] else ""
    basis = escape(f"{kind}: {row['strength']}{test}. n: {row['base']}.")
    address = str(row["link"])
    about = f"{row['id']}: {'its chart' if row['kind'] == Kind.OFFICIAL else 'its page'}"
    shown = f" {led(about, address)}" if leads(address) and address != "/claims" else ""
    return (
        f'<p class="claim-basis">{basis}{shown}</p>'
        f"<details><summary>More on {_word(row, 'id')}</summary>{_facts(row, rest)}"
        f"<p>{led('Tables of what was printed', '/data')}</p></details>"
    )


def _word(row: dict[str, object], name: str) -> str:
    return escape(str(row[name]))
