"""A cost in words: every figure with what it is of, so that no sentence mixes bases."""

from collections.abc import Mapping, Sequence
from math import isnan
from typing import Final

from analytics.selection.cost_input import exact
from analytics.selection.places import authorities
from analytics.selection.selection import Selection
from analytics.text.wording import listed, number, pluralise
from analytics.text.words import technical_line
from data.schema import number_in
from data.wording import count_words

MILLION: Final = 1e6
#: From here up an amount is said in thousands.
THOUSANDS: Final = 10_000

Row = Mapping[str, object]


def pounds(amount: float) -> str:
    """Write an amount in whole pounds: "£2,550"."""
    return f"£{number(amount, 0)}"


def count(value: float) -> str:
    """Write a number of people: one decimal where it has any, as full-time equivalents do."""
    return number(value, 1).removesuffix(".0")


def span(row: Row) -> str:
    """Write how long the work lasts: "one year", "three years", "2.5 years"."""
    years = number_in(row, "years")
    if years == 1:
        return "one year"
    said = count_words(int(years)) if years == int(years) else exact(years)
    return f"{said} years"


def subject(selection: Selection) -> str:
    """Say what the figures are for, as subtitles do.

    Args:
        selection: Holds the authority and the pilots.
    """
    if selection.area:
        return f"{first_words(selection)}, and the pilots beside it"
    if len(selection.chosen) == 1:
        return first_words(selection)
    return f"for {selection.pilots_in_sentence}, each and together"


def first_words(selection: Selection) -> str:
    """Say what sentences are for: the authority, else the one pilot, else the pilots together.

    Args:
        selection: Holds the authority and the pilots.
    """
    chosen = selection.chosen
    if selection.area:
        return f"for one council, {authorities()[selection.area].name}"
    if len(chosen) == 1:
        return f"for one council, {chosen[0].name}"
    return f"for {pluralise(len(chosen), 'pilot')} together"


def rounded_pounds(amount: float) -> str:
    """Write an amount as it is said aloud: "£3.8 million", "£765,000", "£950".

    Args:
        amount: From 0 up.
    """
    if round(amount, -3) >= MILLION:
        return f"£{number(amount / MILLION, 1).removesuffix('.0')} million"
    return pounds(round(amount, -3) if amount >= THOUSANDS else amount)


def whole_words(row: Row) -> str:
    """Write the total of the first place as a verdict: "About £765,000 for each of four pilots …".

    What several cost together is no figure that one council has to find.

    Args:
        row: Of the finding ``costs-estimate``.
    """
    total, places = number_in(row, "total"), int(number_in(row, "places"))
    about = f"About {rounded_pounds(total / places)}" if total > 0 else "No cost"
    each = "each of " if places > 1 else ""
    return f"{about} for {each}{whose(row)} over {span(row)}"


def whose(row: Row) -> str:
    """Name the place, or count the councils that are added up: "Hackney", "four pilots".

    Args:
        row: Of the finding ``costs-estimate``.
    """
    places = int(number_in(row, "places"))
    return f"{count_words(places)} pilots" if places > 1 else str(row["place"])


def each_words(rows: Sequence[Row]) -> str:
    """Write the total a council and a year, where that is not the total itself.

    Args:
        rows: Of the finding ``costs-estimate``, the place in hand first.
    """
    row = rows[0]
    total, places = number_in(row, "total"), int(number_in(row, "places"))
    a_year = pounds(number_in(row, "per_year") / places)
    several = number_in(row, "years") > 1
    if places == 1:
        return f"{a_year} a year" if several else ""
    pilots = (number_in(one, "total") for one in rows if one["role"] == "pilot")
    own = [one for one in pilots if not isnan(one)]
    average = "" if max(own) - min(own) < 0.5 else " on average"  # noqa: PLR2004 (half a pound)
    yearly = f", {a_year} a year" if several else ""
    return f"{pounds(total / places)}{average} for each pilot{yearly}"


def quotient_words(row: Row) -> str:
    """Write what the total is for each social worker and each child in need, with their numbers.

    Args:
        row: Of the finding ``costs-estimate``.
    """
    said = list[str]()
    workers, children = (number_in(row, name) for name in ("workers", "children"))
    if workers > 0:
        said.append(
            f"{pounds(number_in(row, 'per_worker'))} per social worker (of {count(workers)})"
        )
    if children > 0:
        of = number(children, 0)
        said.append(f"{pounds(number_in(row, 'per_child'))} per child in need (of {of})")
    return listed(said, none="")


def share_words(row: Row) -> str:
    """Write the total as a share of the safeguarding spending of as many years.

    Args:
        row: Of the finding ``costs-estimate``.
    """
    if not number_in(row, "spend") > 0:
        return ""
    share, year = percent(number_in(row, "share")), row["spend_year"]
    if number_in(row, "years") == 1:
        return f"{share} of one year's safeguarding spending ({year})"
    return f"{share} of {span(row)}' safeguarding spending (each as in {year})"


def percent(value: float) -> str:
    """Write a share of spending: "2.25%".

    Args:
        value: In per cent.
    """
    return f"{number(value, 2)}%"


def technical_words(row: Row) -> str:
    """Write the parts of the total, and of when its bases are.

    Args:
        row: Of the finding ``costs-estimate``.
    """
    trained, workers = number_in(row, "trained"), number_in(row, "workers")
    children, spend = number_in(row, "children"), number_in(row, "spend")
    lead, training = (pounds(number_in(row, name)) for name in ("lead", "training"))
    return technical_line(
        f"total {pounds(number_in(row, 'total'))} for {row['base']}",
        f"people leading {lead} + training {training}",
        f"{pounds(number_in(row, 'per_trained'))} per person trained (of {count(trained)})"
        if trained > 0
        else "",
        f"social workers {count(workers)} ({_official(row)})" if workers > 0 else "",
        f"children in need {number(children, 0)} ({row['children_year']})" if children > 0 else "",
        f"safeguarding spend {pounds(spend)} a year ({row['spend_year']}): total is "
        f"{percent(number_in(row, 'share_of_one_year'))} of one year"
        if spend > 0
        else "",
    )


def _official(row: Row) -> str:
    year = str(row["workers_year"])
    return year if row["workers_set"] == "yes" else f"official, {year}"


def excess_words(row: Row) -> str:
    """Say so where more people are trained than there are social workers; else nothing.

    Args:
        row: Of the finding ``costs-estimate``.
    """
    workers, trained = number_in(row, "workers"), number_in(row, "trained")
    if not trained > workers > 0:
        return ""
    return (
        f"More people are trained ({count(trained)}) than there are social workers "
        f"({count(workers)})."
    )


def unknown_verdict(row: Row) -> str:
    """Say that a place has no total.

    Args:
        row: Of the finding ``costs-estimate``.
    """
    return f"The cost for {whose(row)} cannot be worked out"


def unknown_words(row: Row) -> tuple[str, ...]:
    """Say why a place has no total, and what to do.

    Args:
        row: Of the finding ``costs-estimate``.
    """
    return (
        f"No official number of social workers is held for {whose(row)}.",
        "Set how many social workers there are, or how many people are trained.",
    )
