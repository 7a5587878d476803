"""The later studies in short: what each found, by what design, with what strength."""

from markupsafe import Markup

from analytics.claims.claim import NOT_REPORTED
from analytics.publication.published import Published
from components.templates.render import render
from data.schema import records


def studies_view(published: Published) -> Markup:
    """Write what each later study found as a short table; sources are in the whole one.

    Args:
        published: The finding ``later-studies``.
    """
    rows = [_row(row) for row in records(published.frame)]
    return render("studies.html", published=published, rows=rows)


def _row(row: dict[str, object]) -> dict[str, object]:
    silent = row["reported"] == "no"
    found = str(row["finding"]) if silent else f"{row['finding']}: {row['figure']}"
    said = [f"Figure {NOT_REPORTED}."] if silent else []
    said += [str(row["note"])] if row["note"] else []
    return {**row, "found": found, "notes": said}
