"""Claims by choice of neighbours: one row a claim, one column a choice, status in every cell."""

from html import escape
from math import isnan

from analytics.publication.finding import Published
from analytics.selection.choices import Adjustment
from analytics.text.quantity import apart
from analytics.text.wording import number, p_words, signed, significant
from components.views.view import led
from data.schema import records


def choices_sheet(published: Published) -> str:
    """Write the status of each claim under each choice, with its gap, n and p.

    Args:
        published: The finding ``claims-choices``.
    """
    rows = records(published.frame)
    choices = {
        (row["model_key"], row["average_key"]): (str(row["model"]), str(row["average"]))
        for row in rows
    }
    yours = {(row["model_key"], row["average_key"]) for row in rows if row["chosen"] == "yes"}
    head = "".join(
        f"<th scope=col>{escape(model)}<br>{escape(average)}"
        f"{'<br><strong>your choice</strong>' if choice in yours else ''}</th>"
        for choice, (model, average) in choices.items()
    )
    ids = list(dict.fromkeys(str(row["id"]) for row in rows))
    body = "".join(_row([row for row in rows if row["id"] == one]) for one in ids)
    caption = escape(f"{published.title}. {published.scope}.")
    return (
        '<div class="table-scroll whole" tabindex="0" role="region" aria-label="Claims by choice">'
        f'<table class="data choices"><caption class="visually-hidden">{caption}</caption>'
        f"<thead><tr><th scope=col>Claim</th>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        f"<p>{_reading(published)}</p>"
    )


def _reading(published: Published) -> str:
    adjust = published.selection.adjust
    after = "" if adjust is Adjustment.NONE else f" after {adjust.label}"
    return escape(
        f"In each cell: status, gap or change of it, its 95 % interval, pilots compared, p{after}."
    )


def _row(rows: list[dict[str, object]]) -> str:
    first = rows[0]
    words = led(str(first["id"]), str(first["link"]))
    measures = {str(row["measure_key"]) for row in rows}
    one = str(first["measure"]) if len(measures) == 1 else ""
    said = escape(one or "the ratio with the smallest p")
    cells = "".join(f"<td>{_cell(row, named=not one)}</td>" for row in rows)
    return f"<tr><th scope=row>{words}<br><small>{said}</small></th>{cells}</tr>"


def _cell(row: dict[str, object], *, named: bool) -> str:
    gap, low, high, p, n = (
        float(str(row[name])) for name in ("estimate", "low", "high", "p_adjusted", "n")
    )
    status = f"<strong>{escape(str(row['status']))}</strong>"
    if isnan(gap):
        return status
    decimals = significant(gap)
    measure = f"{row['measure']}: " if named else ""
    words = (
        f"{measure}{signed(gap, decimals)} {apart(row['unit'], row['scale'])} "
        f"({signed(low, decimals)} to {signed(high, decimals)}), n = {number(n, 0)}, {p_words(p)}"
    )
    return f"{status}<br><small>{escape(words)}</small>"
