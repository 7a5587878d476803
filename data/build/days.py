"""Days as reports print them, as YYYY-MM-DD."""

import re
from datetime import UTC, datetime
from typing import Final

_ISO: Final = "%Y-%m-%d"
_FORMS: Final = (_ISO, "%d %B %Y", "%d %b %Y", "%d/%m/%Y")
#: What stands between a first and a last day: "to", a dash or a hyphen, but not inside 2018-07-23.
_BETWEEN: Final = re.compile(r"\s+to\s+|\s*–\s*|\s+-\s+|(?<=[a-z])-(?=\d)")


def first_and_last(printed: str) -> tuple[str, str]:
    """Return the days of an inspection, of which the last is empty where one day is printed.

    Args:
        printed: Such as "2018-07-23", "1/06/2015" (the day first) or "11 March – 2 April 2014": the
            first day has the month and the year of the last where it is printed without.

    Raises:
        ValueError: It is neither a day nor a first day and a later one.
    """
    first, *others = _BETWEEN.split(printed)
    if not others:
        return _day(first), ""
    if len(others) > 1:
        msg = f"found {printed!r}, expected a day, or a first and a last one"
        raise ValueError(msg)
    last = others[0]
    missing = last.split()[len(first.split()) :]
    days = _day(" ".join([first, *missing])), _day(last)
    if days[0] >= days[1]:
        msg = f"found {printed!r}, expected the first day before the last"
        raise ValueError(msg)
    return days


def _day(words: str) -> str:
    for form in _FORMS:
        try:
            return datetime.strptime(words, form).replace(tzinfo=UTC).strftime(_ISO)
        except ValueError:  # another form, or no day
            continue
    msg = f"found {words!r}, expected a day such as 23 July 2018, 23/07/2018 or 2018-07-23"
    raise ValueError(msg)
