"""Numbers in sentences: one way to write them, wherever the words are generated."""

from collections.abc import Sequence
from math import isnan
from typing import Final

from data.wording import count_words, joined

MINUS: Final = "\N{MINUS SIGN}"
SMALLEST_SHOWN_P: Final = 0.001
ALPHA: Final = 0.05
MOST_WORDS: Final = 25  # of a plain sentence
VERDICT_WORDS: Final = 12  # of a verdict, at most
MOST_NAMED: Final = 3  # things that a plain sentence names
_PAIR: Final = 2
FIRST_FIGURE: Final = 10  # from here on a count is written in figures


def year_label(year: int, day: str = "") -> str:
    """Write 2016 as "2015/16", or as "30 September 2016" where figures are of that day.

    Args:
        year: Ending in March, or that of the day.
        day: Of every year, as in "30 September"; empty where figures are of years.
    """
    return f"{day} {year}" if day else f"{year - 1}/{year % 100:02d}"


def in_year(label: str, day: str = "") -> str:
    """Write "in 2015/16", or "at 30 September 2016" where figures are of that day.

    Args:
        label: From ``year_label``.
        day: As given to it.
    """
    return f"{'at' if day else 'in'} {label}"


def years_label(first: int, last: int, day: str = "") -> str:
    """Write "2012/13 to 2015/16", or "2012/13" where the last year is the first.

    Args:
        first: As for ``year_label``.
        last: The same; not before the first.
        day: As for ``year_label``.
    """
    ends = dict.fromkeys((year_label(first, day), year_label(last, day)))
    return " to ".join(ends)


def number(value: float, decimals: int = 1) -> str:
    """Write a number with thousands separators and a true minus; an en dash when missing."""
    if isnan(value):
        return "–"
    rounded = f"{value:,.{decimals}f}"
    return (
        f"{0:.{decimals}f}" if float(rounded.replace(",", "")) == 0 else rounded.replace("-", MINUS)
    )


def signed(value: float, decimals: int = 1) -> str:
    """Write a difference with its sign; zero has none."""
    shown = number(value, decimals)
    return f"+{shown}" if value > 0 and float(f"{value:.{decimals}f}") != 0 else shown


def significant(value: float) -> int:
    """Return how many decimals show two figures or three.

    3 below 0.1, 2 below 1, 1 below 100, else none.
    """
    size = abs(value)
    return 3 if size < 0.1 else 2 if size < 1 else 1 if size < 100 else 0  # noqa: PLR2004 (the rule above)


def limit_decimals(high: float, decimals: int) -> int:
    """Return how many decimals show limits: more where the upper one would be shown as zero.

    Args:
        high: Upper limit, as of a count of zero.
        decimals: Those that the figure itself is shown with.
    """
    return decimals if round(high, decimals) > 0 else significant(high)


def p_words(p: float) -> str:
    """Write a p-value: "p = 0.002", or "p < 0.001"."""
    if p < SMALLEST_SHOWN_P:
        return f"p < {SMALLEST_SHOWN_P}"
    return f"p = {p_cell(p, 3)}".rstrip("0").rstrip(".")


def p_cell(p: float, decimals: int) -> str:
    """Write a p-value as a column of a table has it: "0.020", or "< 0.001".

    Args:
        p: From 0 to 1.
        decimals: Of the column; one more where 0.05 would be written for what is below it.
    """
    if p < SMALLEST_SHOWN_P:
        return f"< {SMALLEST_SHOWN_P}"
    return number(p, decimals + (p < ALPHA <= round(p, decimals)))


def flip_p_words(p: float, error: float) -> str:
    """Write the p-value of a sign-flip test with how exact it is.

    Args:
        p: The p-value.
        error: Its standard error by simulation; 0 where every flip was enumerated.

    Returns:
        "exact p = 0.002", or "p = 0.031 ± 0.0005 by simulation".
    """
    return simulated_p_words(p, error) if error > 0 else f"exact {p_words(p)}"


def simulated_p_words(p: float, error: float) -> str:
    """Write a p-value from a simulation: "p = 0.031 ± 0.0005 by simulation".

    Args:
        p: The p-value.
        error: Its standard error, above 0.
    """
    return f"{p_words(p)} ± {f'{max(error, 0.0001):.4f}'.rstrip('0')} by simulation"


def listed(words: Sequence[str], *, none: str = "none", link: str = "and") -> str:
    """Join words as a sentence does: "a, b and c", or with another link before the last."""
    return joined(words, link) if words else none


def fitting(*forms: str, most: int = VERDICT_WORDS) -> str:
    """Return the first of some forms of words that is short enough, else the last.

    Args:
        forms: From the fullest to the shortest.
        most: Words that are allowed.
    """
    return next((one for one in forms if len(one.split()) <= most), forms[-1])


def counted(count: int) -> str:
    """Write a count as a sentence has it: in words below 10, in figures from 10 up.

    Args:
        count: From 0 up.
    """
    return count_words(count) if count < FIRST_FIGURE else str(count)


def naming(lead: str, things: Sequence[str], *, noun: str = "of them") -> str:
    """Write a sentence that names as many things as a plain sentence has room for.

    Args:
        lead: How it opens, with its colon if it has one.
        things: One or more, the most telling first; those left out are counted.
        noun: What they are called where none of them has room.
    """
    forms = list[str]()
    for shown in range(min(MOST_NAMED, len(things)), 0, -1):
        left = len(things) - shown
        more = [f"{counted(left)} more"] if left else []
        forms.append(f"{lead} {listed([*things[:shown], *more])}.")
    return fitting(*forms, f"{lead} {counted(len(things))} {noun}.", most=MOST_WORDS)


def in_sentences(lead: str, parts: Sequence[str]) -> tuple[str, ...]:
    """Write a list behind its lead, in as many sentences as their length needs.

    Args:
        lead: What the list is of, without a colon.
        parts: Of the list; each is short enough for a sentence of its own.
    """
    said, now = list[str](), f"{lead}: {parts[0]}"
    for part in parts[1:]:
        longer = f"{now}; {part}"
        if len(longer.split()) > MOST_WORDS:
            said.append(f"{now}.")
            longer = f"And {part}"
        now = longer
    return (*said, f"{now}.")


def ranged(near: str, far: str, way: str) -> str:
    """Write a range on one side of none: "between 2 and 12 up"; another way where it has no width.

    Args:
        near: The end next to none, as it is shown.
        far: The other end.
        way: To which side: "up".
    """
    return f"{near} {way} at both ends" if near == far else f"between {near} and {far} {way}"


def pluralise(count: int, one: str, many: str = "") -> str:
    """Write a count with its noun: "1 pilot", "3 pilots"."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def none_of(count: int) -> str:
    """Write "None", or "Neither" of two.

    Args:
        count: Of how many.
    """
    return "Neither" if count == _PAIR else "None"


def some_of(count: int, of: int, one: str) -> str:
    """Write how many of some: "all 6 pilots", "none of six pilots", "4 of 6 pilots".

    Args:
        count: From 0 to ``of``.
        of: How many there are, from 1 up.
        one: What each of them is.
    """
    if of == 1:
        return f"{'the' if count else 'not the'} one {one}"
    if count == of:
        return f"both {one}s" if of == _PAIR else f"all {of:,} {one}s"
    return (
        f"{count} of {of:,} {one}s" if count else f"{none_of(of).lower()} of {counted(of)} {one}s"
    )


def only(count: int, one: str, *, of: int = 0) -> str:
    """Write that there are only so few, as a sentence begins: "Only 2 pilots", "No pilot".

    Args:
        count: From 0 up.
        one: What each of them is.
        of: Of how many, where that is said: "None of the 10 pilots".
    """
    if of:
        return f"Only {count} of the {of} {one}s" if count else f"None of the {counted(of)} {one}s"
    return f"Only {pluralise(count, one)}" if count else f"No {one}"


def upper_first(words: str) -> str:
    """Start words with a capital, as a sentence does, and leave the others as they are."""
    return words[:1].upper() + words[1:]


def lower_first(words: str) -> str:
    """Start a name in lower case inside a sentence, unless it is an abbreviation."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]
