"""The result of the cost card: each figure with what it was divided by, for one place."""

from html import escape
from math import isnan
from typing import Final

from analytics.costs.cost_words import count, figure, pounds, span
from analytics.publication.finding import Published
from analytics.selection.cost_inputs import exact
from analytics.text.wording import number
from data.schema import records

Line = tuple[str, str, str]

_HEADS: Final = "".join(
    f"<th scope=col role=columnheader>{words}</th>"
    for words in ("Figure", "Value", "What it is of")
)


def cost_result(published: Published) -> str:
    """Write the figures of the first place as lines: name, value, and its base in words.

    Args:
        published: The finding ``costs-estimate``.
    """
    row = records(published.frame)[0]
    lines = [*_totals(row), *_quotients(row), *_shares(row), *_cases(row)]
    body = "".join(_line(*line) for line in lines)
    caption = escape(f"Result for {row['base']}. {published.subtitle}.")
    # The roles hold where a narrow screen lays each row out in two lines.
    return (
        f'<table class="data cost-result" role=table>'
        f'<caption class="visually-hidden">{caption}</caption>'
        f"<thead class=visually-hidden role=rowgroup><tr role=row>{_HEADS}</tr></thead>"
        f"<tbody role=rowgroup>{body}</tbody></table>"
    )


def _line(name: str, value: str, base: str) -> str:
    return (
        f"<tr role=row><th scope=row role=rowheader>{escape(name)}</th>"
        f"<td class=number role=cell>{escape(value)}</td><td role=cell>{escape(base)}</td></tr>"
    )


def _totals(row: dict[str, object]) -> list[Line]:
    total, places = figure(row, "total"), int(figure(row, "places"))
    if isnan(total):
        return [("Total", "–", f"{row['base']}: {row['missing']}")]
    lead, training = (pounds(figure(row, name)) for name in ("lead", "training"))
    whole = f"over {span(row)}: people leading {lead} + training {training}"
    a_year = figure(row, "per_year")
    yearly = f"total ÷ {span(row).replace('one', '1')}"
    if places == 1:
        return [
            (f"Total for {row['base']}", pounds(total), whole),
            ("A year", pounds(a_year), yearly),
        ]
    return [
        ("For one pilot, on average", pounds(total / places), f"total ÷ {places} pilots"),
        ("A year for one pilot, on average", pounds(a_year / places), yearly),
        (f"Total for {row['base']}", pounds(total), whole),
        (f"A year for {row['base']}", pounds(a_year), yearly),
    ]


def _quotients(row: dict[str, object]) -> list[Line]:
    workers, trained, children = (figure(row, name) for name in ("workers", "trained", "children"))
    source = str(row["workers_year"])
    whose = source if row["workers_set"] == "yes" else f"FTE, official, {source}"
    lines = (
        ("Per social worker", "per_worker", f"{count(workers)} ({whose})"),
        ("Per person trained", "per_trained", count(trained)),
        ("Per child in need", "per_child", f"{number(children, 0)} (31 {row['children_year']})"),
    )
    return [
        (name, pounds(figure(row, column)), f"total ÷ {base}")
        for name, column, base in lines
        if not isnan(figure(row, column))
    ]


def _shares(row: dict[str, object]) -> list[Line]:
    spend, years = figure(row, "spend"), figure(row, "years")
    if isnan(figure(row, "share")):
        return []
    amount = f"{pounds(spend)} gross in {row['spend_year']}"
    of_one = f"{number(figure(row, 'share_of_one_year'), 2)} %"
    one = ("Share of one year's safeguarding spend", of_one, f"total ÷ {amount}")
    if years == 1:
        return [one]
    share = f"{number(figure(row, 'share'), 2)} %"
    same = f"Share of {span(row)}' safeguarding spend"
    return [(same, share, f"total ÷ ({exact(years)} × {amount})"), one]


def _cases(row: dict[str, object]) -> list[Line]:
    cases = figure(row, "cases")
    if isnan(cases):
        return []
    said = f"people leading × caseload ({row['caseload_year']})"
    return [("Cases the same time would carry", number(cases, 1), said)]
