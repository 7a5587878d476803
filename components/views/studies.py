"""The later studies in short: what each found, by what design, with what strength."""

from html import escape
from typing import Final

from analytics.claims.claim import NOT_REPORTED
from analytics.publication.finding import Published
from data.schema import records

HEADS: Final = ("Finding", "What was found", "Design", "Strength of evidence")


def studies_sheet(published: Published) -> str:
    """Write what each later study found as a short table; sources are in the whole one.

    Args:
        published: The finding ``later-studies``.
    """
    head = "".join(f'<th scope="col">{words}</th>' for words in HEADS)
    body = "".join(_row(row) for row in records(published.frame))
    caption = escape(f"{published.title}. {published.subtitle}.")
    return (
        '<div class="table-scroll whole" tabindex="0" role="region" aria-label="Later studies">'
        f'<table class="data studies"><caption class="visually-hidden">{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(row: dict[str, object]) -> str:
    silent = row["reported"] == "no"
    found = str(row["finding"]) if silent else f"{row['finding']}: {row['figure']}"
    said = [f"Figure {NOT_REPORTED}."] if silent else []
    said += [str(row["note"])] if row["note"] else []
    note = "".join(f"<br><small>{escape(one)}</small>" for one in said)
    return (
        f'<tr><th scope="row">{escape(str(row["topic"]))}</th><td>{escape(found)}{note}</td>'
        f"<td>{escape(str(row['design']))}</td><td>{escape(str(row['strength']))}</td></tr>"
    )
