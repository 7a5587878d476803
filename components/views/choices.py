"""Claims by choice of neighbours: one row a claim, one column a choice, status in every cell."""

from math import isnan

from markupsafe import Markup

from analytics.findings.measures.claims import pinned
from analytics.publication.published import Published
from analytics.selection.choices import Adjustment
from analytics.selection.selection import Selection
from analytics.text.quantity import apart
from analytics.text.wording import number, p_words, signed, significant
from components.templates.render import render
from components.views.view import page_address
from data.schema import number_in, records


def choices_view(published: Published) -> Markup:
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
    judged = {(row["model_key"], row["average_key"]) for row in rows if row["judged"] == "yes"}
    columns = [
        {
            "model": model,
            "average": average,
            "chosen": choice in yours,
            "judged": choice in judged,
        }
        for choice, (model, average) in choices.items()
    ]
    ids = list(dict.fromkeys(str(row["id"]) for row in rows))
    return render(
        "choices.html",
        published=published,
        columns=columns,
        rows=[_row([row for row in rows if row["id"] == one]) for one in ids],
        reading=_reading(pinned(published.selection)),
    )


def _reading(judged: Selection) -> str:
    after = "" if judged.adjust is Adjustment.NONE else f" after {judged.adjust.label}"
    return (
        f"In each cell: status, gap or change of it, its 95% interval, pilots compared, p{after}."
    )


def _row(rows: list[dict[str, object]]) -> dict[str, object]:
    first = rows[0]
    measures = {str(row["measure_key"]) for row in rows}
    one = str(first["measure"]) if len(measures) == 1 else ""
    return {
        "id": first["id"],
        "href": page_address(str(first["link"])),
        "measure": one or "the ratio with the smallest p",
        "cells": [_cell(row, named=not one) for row in rows],
    }


def _cell(row: dict[str, object], *, named: bool) -> tuple[str, str]:
    """Return the status of a cell, and its figures in words, or "" where there is no estimate."""
    gap, low, high, p, n = (
        number_in(row, name) for name in ("estimate", "low", "high", "p_adjusted", "n")
    )
    status = str(row["status"])
    if isnan(gap):
        return status, ""
    decimals = significant(gap)
    measure = f"{row['measure']}: " if named else ""
    limits = (
        "range not bounded"
        if isnan(low) or isnan(high)
        else f"{signed(low, decimals)} to {signed(high, decimals)}"
    )
    words = (
        f"{measure}{signed(gap, decimals)} {apart(row['unit'], row['scale'])} "
        f"({limits}), n = {number(n, 0)}, {p_words(p)}"
    )
    return status, words
