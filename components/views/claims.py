"""The claims one by one, under their strand: status, what was found, what would be needed."""

from typing import Final

from markupsafe import Markup

from analytics.claims.status import Status
from analytics.publication.published import Published
from analytics.text.wording import upper_first
from components.templates.render import render
from components.views.view import page_address
from data.schema import records
from data.sources.source import Kind

#: The shape that goes with a status; the words always stand beside it.
SHAPES: Final = {
    Status.REPRODUCED: "full",
    Status.PARTLY: "half",
    Status.NOT: "empty",
    Status.CONTRADICTED: "crossed",
}


def claims_view(published: Published) -> Markup:
    """Write the claims as articles under a heading for each strand.

    Args:
        published: The finding ``claims``.
    """
    rows = records(published.frame)
    strands = {str(row["strand_key"]): str(row["strand"]) for row in rows}
    listed = [
        (words, [_claim(row) for row in rows if row["strand_key"] == strand])
        for strand, words in strands.items()
    ]
    return render("claims.html", strands=listed, tables=page_address("/data"))


def _claim(row: dict[str, object]) -> dict[str, object]:
    """Return a row with what the template writes of it beside its own columns."""
    kind, status, address = Kind(str(row["kind"])), str(row["status"]), str(row["link"])
    official = kind is Kind.OFFICIAL
    test = f"; {row['test']}" if row["test"] else ""
    return {
        **row,
        "recomputed": official,
        "status": upper_first(status),
        "shape": SHAPES.get(Status(str(row["status_key"])), "none"),
        "basis": f"{kind.label}: {row['strength']}{test}. n: {row['base']}.",
        "about": f"{row['id']}: {'its chart' if official else 'its page'}",
        "href": page_address(address) if address != "/claims" else "",
    }
