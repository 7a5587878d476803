"""The claims one by one, under their strand: status, what was found, what would be needed."""

from html import escape

from analytics.claims.status import Status
from analytics.publication.finding import Published
from components.sheets.sheet import leads, led
from data.schema import records
from data.source import Kind

#: The shape that goes with a status; the words always stand beside it.
SHAPES = {
    Status.REPRODUCED.value: "full",
    Status.PARTLY.value: "half",
    Status.NOT.value: "empty",
    Status.CONTRADICTED.value: "crossed",
}


def claims_sheet(published: Published) -> str:
    """Write the claims as articles under a heading for each strand.

    Args:
        published: The finding ``claims``.
    """
    rows = records(published.frame)
    strands = list(dict.fromkeys(str(row["strand"]) for row in rows))
    return "".join(
        f'<section class="strand"><h3>{escape(strand)}</h3>'
        + "".join(_claim(row) for row in rows if row["strand"] == strand)
        + "</section>"
        for strand in strands
    )


def _claim(row: dict[str, object]) -> str:
    status = str(row["status"])
    return (
        '<article class="claim"><div>'
        f'<h4><span class="claim-id">{_word(row, "id")}</span> {_word(row, "claim")}</h4>'
        f'<p class="claim-status" data-shape="{SHAPES.get(status, "none")}">'
        f"{escape(status[:1].upper() + status[1:])}</p>{_conflict(row)}</div>"
        f"<div>{_found(row)}<dl>{_facts(row)}</dl><p>{_links(row)}</p></div></article>"
    )


def _found(row: dict[str, object]) -> str:
    words = _word(row, "found") if row["kind"] == Kind.OFFICIAL else ""
    return f'<p class="claim-found">{words}</p>' if words else ""


def _conflict(row: dict[str, object]) -> str:
    return f'<p class="conflict">{_word(row, "conflict")}</p>' if row["conflict"] else ""


def _facts(row: dict[str, object]) -> str:
    kind = Kind(str(row["kind"])).words
    test = f"; {row['test']}" if row["test"] else ""
    facts = (
        ("Question", str(row["question"])),
        ("Printed", str(row["printed"])),
        ("Rests on", f"{kind}: {row['strength']}{test}; n: {row['base']}."),
        ("Would be needed", str(row["needed"])),
        ("Later studies", str(row["later"])),
    )
    return "".join(f"<dt>{term}</dt><dd>{escape(words)}</dd>" for term, words in facts if words)


def _links(row: dict[str, object]) -> str:
    address = str(row["link"])
    about = f"{row['id']}: {'the chart' if row['kind'] == Kind.OFFICIAL else 'the page'}"
    shown = f"{led(about, address)} · " if leads(address) and address != "/claims" else ""
    return f"{shown}{led('Tables of what was printed', '/data')} · {_word(row, 'source')}"


def _word(row: dict[str, object], name: str) -> str:
    return escape(str(row[name]))
