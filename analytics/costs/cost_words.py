"""A cost in words: every figure with what it is of, so that no sentence mixes bases."""

from collections.abc import Mapping

import pandas as pd

from analytics.selection.cost_inputs import exact
from analytics.selection.places import authorities
from analytics.selection.selection import Selection
from analytics.text.wording import listed, number, pluralise
from data.schema import records

Row = Mapping[str, object]


def figure(row: Row, name: str) -> float:
    """Return a number of a row, NaN where it is missing.

    Args:
        row: Of the finding ``costs-estimate``.
        name: Of the column.
    """
    return float(str(row[name]))


def pounds(amount: float) -> str:
    """Write an amount in whole pounds: "£2,550"."""
    return f"£{number(amount, 0)}"


def count(value: float) -> str:
    """Write a number of people: one decimal where it has any, as full-time equivalents do."""
    return number(value, 1).removesuffix(".0")


def span(row: Row) -> str:
    """Write how long the work lasts: "one year", "3 years"."""
    years = figure(row, "years")
    return "one year" if years == 1 else f"{exact(years)} years"


def subject(selection: Selection) -> str:
    """Say what the figures are for, as subtitles do.

    Args:
        selection: Holds the authority and the pilots.
    """
    if selection.area:
        return f"{first_words(selection)}, and the pilots beside it"
    if len(selection.chosen) == 1:
        return first_words(selection)
    words = selection.pilot_words
    return f"for {words[:1].lower()}{words[1:]}, each and together"


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


def total_words(frame: pd.DataFrame) -> str:
    """Write the total of the first place, for one council before it is for several together.

    Args:
        frame: Of the finding ``costs-estimate``.
    """
    row = records(frame)[0]
    total, places = figure(row, "total"), int(figure(row, "places"))
    years = figure(row, "years")
    each = pounds(total / places)
    a_year = pounds(figure(row, "per_year") / places)
    if places == 1:
        yearly = f", or {a_year} a year," if years > 1 else ""
        return f"{each} over {span(row)}{yearly} for {row['base']}"
    own = frame[frame["role"].eq("pilot")]["total"]
    average = "" if own.max() - own.min() < 0.5 else " on average"  # noqa: PLR2004 (half a pound)
    yearly = f", or {a_year} a year each" if years > 1 else ""
    return (
        f"{each}{average} for each of {pluralise(places, 'pilot')} over {span(row)}{yearly} "
        f"({pounds(total)} for the {row['base']})"
    )


def of_the_total(row: Row) -> str:
    """Begin a sentence about the total, with what it is of where several are added up.

    Args:
        row: Of the finding ``costs-estimate``.
    """
    whose = f" for the {row['base']}" if figure(row, "places") > 1 else ""
    return f"The total over {span(row)}{whose} is"


def quotient_words(row: Row, *, dated: bool) -> str:
    """Write what the total is for each social worker, person trained and child in need.

    Args:
        row: Of the finding ``costs-estimate``.
        dated: Whether to add of when the official figures are.
    """
    said = list[str]()
    workers, trained, children = (figure(row, name) for name in ("workers", "trained", "children"))
    if workers > 0:
        when = f", {_official(row)}" if dated else ""
        said.append(
            f"{pounds(figure(row, 'per_worker'))} per social worker (of {count(workers)}{when})"
        )
    if trained > 0 and trained != workers:
        said.append(
            f"{pounds(figure(row, 'per_trained'))} per person trained (of {count(trained)})"
        )
    if children > 0:
        when = f", {row['children_year']}" if dated else ""
        said.append(
            f"{pounds(figure(row, 'per_child'))} per child in need (of {number(children, 0)}{when})"
        )
    return listed(said, none="")


def _official(row: Row) -> str:
    year = str(row["workers_year"])
    return year if row["workers_set"] == "yes" else f"official, {year}"


def share_words(row: Row, *, dated: bool) -> str:
    """Write the total as a share of the safeguarding spend of as many years, and of one.

    Args:
        row: Of the finding ``costs-estimate``.
        dated: Whether to add which year's spend it is.
    """
    if not figure(row, "spend") > 0:
        return ""
    of_one = f"{number(figure(row, 'share_of_one_year'), 2)} % of one year's"
    years = figure(row, "years")
    if years == 1:
        when = f" ({row['spend_year']})" if dated else ""
        return f"{of_one} safeguarding spend{when}"
    when = f" ({exact(years)} times that of {row['spend_year']})" if dated else ""
    share = number(figure(row, "share"), 2)
    return f"{share} % of {span(row)}' safeguarding spend{when}, or {of_one}"


def excess_words(row: Row) -> str:
    """Say so where more people are trained than there are social workers; else nothing.

    Args:
        row: Of the finding ``costs-estimate``.
    """
    workers, trained = figure(row, "workers"), figure(row, "trained")
    if not trained > workers > 0:
        return ""
    return (
        f"More people are trained ({count(trained)}) than there are social workers "
        f"({count(workers)}, {_official(row)}); if that number is not right, set another."
    )


def unknown_words(row: Row) -> str:
    """Say why a place has no total.

    Args:
        row: Of the finding ``costs-estimate``.
    """
    return (
        f"The cost for {row['base']} cannot be worked out: no official count of social workers is "
        "held. Set how many social workers there are, or how many people are trained."
    )
