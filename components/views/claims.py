"""The claims one by one with the rules of their status, and the later studies in short."""

from typing import Final

from dash import html
from markupsafe import Markup

from analytics.claims.status import RULES, Status
from analytics.publication.published import Published
from analytics.text.wording import upper_first
from components.templates.render import render
from components.views.view import page_address
from data.schema import records
from data.sources.source import Kind

#: The shape that goes with a status; the words always stand beside it.
SHAPES: Final = {
    Status.REPRODUCED: "full",
    Status.BEFORE: "before",
    Status.PARTLY: "half",
    Status.NOT: "empty",
    Status.CONTRADICTED: "crossed",
}
#: In which order the groups of claims are shown: what was checked first.
ORDER: Final = (
    Status.REPRODUCED,
    Status.BEFORE,
    Status.PARTLY,
    Status.NOT,
    Status.CONTRADICTED,
    Status.UNTESTABLE,
    Status.UNANSWERED,
    Status.UNCHECKABLE,
)


def claims_view(published: Published) -> Markup:
    """Write how many claims have each status, and each claim as a row that opens.

    Args:
        published: The finding ``claims``.
    """
    rows = records(published.frame)
    held = {Status(str(row["status_key"])) for row in rows}
    groups = [_group(status, rows) for status in ORDER if status in held]
    return render("claims.html", groups=groups, tables=page_address("/data"))


def _group(status: Status, rows: list[dict[str, object]]) -> dict[str, object]:
    """Return the claims of one status with their number and the mark of the status."""
    claims = [_claim(row) for row in rows if row["status_key"] == status.value]
    return {
        "status": upper_first(status.label),
        "inside": status.label,
        "shape": SHAPES.get(status, "none"),
        "claims": claims,
        "many": len(claims),
    }


def _claim(row: dict[str, object]) -> dict[str, object]:
    """Return a row with what the template writes of it beside its own columns."""
    kind, status, address = Kind(str(row["kind"])), str(row["status"]), str(row["link"])
    official = kind is Kind.OFFICIAL
    test = f"; {row['test']}" if row["test"] else ""
    return {
        **row,
        "recomputed": official,
        "verdict": row["found_first"],
        "status": upper_first(status),
        "shape": SHAPES.get(Status(str(row["status_key"])), "none"),
        "chosen": _chosen(row),
        "basis": f"{kind.label}: {row['strength']}{test}. n: {row['base']}.",
        "about": f"{row['id']}: {'its chart' if official else 'its page'}",
        "href": page_address(address) if address != "/claims" else "",
    }


def _chosen(row: dict[str, object]) -> dict[str, str] | None:
    """Return what the reader's choice gives, or None where it is what the claim is judged on."""
    if not row["status_chosen_key"]:
        return None
    status = Status(str(row["status_chosen_key"]))
    return {
        "status": str(row["status_chosen"]),
        "shape": SHAPES.get(status, "none"),
        "found": str(row["found_chosen"]),
        "technical": str(row["technical_chosen"]),
    }


def rules() -> html.Details:
    """Print how a claim comes by its status."""
    return html.Details(
        [
            html.Summary("How a claim comes by its status"),
            html.Dl(
                [part for term, words in RULES for part in (html.Dt(term), html.Dd(words))],
                className="facts",
            ),
        ],
        className="fold",
    )


def studies_view(published: Published) -> Markup:
    """Write what each later study found in plain words; its table's own are in the whole one.

    Args:
        published: The finding ``later-studies``.
    """
    rows = [_study(row) for row in records(published.frame)]
    return render("studies.html", published=published, rows=rows)


def _study(row: dict[str, object]) -> dict[str, object]:
    """Return a row in plain words; a figure that is not printed is said so."""
    silent = row["reported"] == "no"
    return {
        "topic": row["topic"],
        "found": row["says"],
        "design": row["how"],
        "strength": row["firm"],
        "notes": ["No figure was printed in what could be read."] if silent else [],
    }
