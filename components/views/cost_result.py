"""The result of the cost card: each figure with what it was divided by, for one place."""

from math import isnan
from typing import Final

from markupsafe import Markup

from analytics.costs.cost_method import at_start
from analytics.costs.cost_words import (
    count,
    excess_words,
    pounds,
    span,
    unknown_words,
)
from analytics.publication.published import Published
from analytics.selection.cost_input import exact
from analytics.selection.selection import Selection
from analytics.text.wording import number
from components.templates.render import render
from data.schema import number_in, records

Line = tuple[str, str, str]

#: What a total is made of, by column, as it is named beside its part of the bar.
PARTS: Final = {"lead": "People leading", "training": "Training"}


def cost_result(published: Published) -> Markup:
    """Write the figures of the first place as lines: name, value, and its base in words.

    Args:
        published: The finding ``costs-estimate``.
    """
    row = records(published.frame)[0]
    first, *lines = [*_totals(row), *_quotients(row), *_shares(row), *_cases(row)]
    return render(
        "cost_result.html",
        whose=row["base"],
        subtitle=published.subtitle,
        first=first,
        lines=lines,
        parts=_parts(row),
        said=" ".join(beside(row, published.selection)),
    )


def _parts(row: dict[str, object]) -> list[dict[str, str]]:
    """Return what the total is made of: each part with its name, share, amount and bar."""
    total = number_in(row, "total")
    if not total > 0:
        return []
    shares = {name: 100 * number_in(row, name) / total for name in PARTS}
    return [
        {
            "name": words,
            "look": name,
            "share": f"{number(shares[name], 0)}%",
            "from": f"{sum(list(shares.values())[:at]):.2f}",
            "width": f"{shares[name]:.2f}",
        }
        for at, (name, words) in enumerate(PARTS.items())
    ]


def beside(row: dict[str, object], selection: Selection) -> list[str]:
    """Return what is said beside the figures: what nobody has set, what does not fit, what to do.

    Args:
        row: Of the finding ``costs-estimate``.
        selection: Holds what is set on the card.
    """
    if isnan(number_in(row, "total")):
        return list(unknown_words(row))
    start = at_start(selection)
    several = int(number_in(row, "places")) > 1
    said = (
        f"With your assumptions{start}." if start else "",
        "Choose your council in the bar above to see its own." if several else "",
        excess_words(row),
    )
    return [words for words in said if words]


def _totals(row: dict[str, object]) -> list[Line]:
    total, places = number_in(row, "total"), int(number_in(row, "places"))
    if isnan(total):
        return [("Total", "–", f"{row['base']}: {row['missing']}")]
    lead, training = (pounds(number_in(row, name)) for name in ("lead", "training"))
    whole = f"over {span(row)}: people leading {lead} + training {training}"
    a_year = number_in(row, "per_year")
    years = number_in(row, "years")

    def years_of(name: str, amount: str) -> list[Line]:
        return [] if years == 1 else [(name, amount, f"total ÷ {exact(years)} years")]

    if places == 1:
        return [
            (f"Total for {row['base']}", pounds(total), whole),
            *years_of("A year", pounds(a_year)),
        ]
    return [
        ("For one pilot, on average", pounds(total / places), f"total ÷ {places} pilots"),
        *years_of("A year for one pilot, on average", pounds(a_year / places)),
        (f"Total for {row['base']}", pounds(total), whole),
        *years_of(f"A year for {row['base']}", pounds(a_year)),
    ]


def _quotients(row: dict[str, object]) -> list[Line]:
    workers, trained, children = (
        number_in(row, name) for name in ("workers", "trained", "children")
    )
    source = str(row["workers_year"])
    whose = source if row["workers_set"] == "yes" else f"FTE, official, {source}"
    lines = (
        ("Per social worker", "per_worker", f"{count(workers)} ({whose})"),
        ("Per person trained", "per_trained", count(trained)),
        ("Per child in need", "per_child", f"{number(children, 0)} (31 {row['children_year']})"),
    )
    return [
        (name, pounds(number_in(row, column)), f"total ÷ {base}")
        for name, column, base in lines
        if not isnan(number_in(row, column))
    ]


def _shares(row: dict[str, object]) -> list[Line]:
    spend, years = number_in(row, "spend"), number_in(row, "years")
    if isnan(number_in(row, "share")):
        return []
    amount = f"{pounds(spend)} gross in {row['spend_year']}"
    of_one = f"{number(number_in(row, 'share_of_one_year'), 2)}%"
    one = ("Share of one year's safeguarding spend", of_one, f"total ÷ {amount}")
    if years == 1:
        return [one]
    share = f"{number(number_in(row, 'share'), 2)}%"
    same = f"Share of {span(row)}' safeguarding spend"
    return [(same, share, f"total ÷ ({exact(years)} × {amount})"), one]


def _cases(row: dict[str, object]) -> list[Line]:
    cases = number_in(row, "cases")
    if isnan(cases):
        return []
    said = f"people leading × caseload ({row['caseload_year']})"
    return [("Cases the same time would carry", number(cases, 1), said)]
