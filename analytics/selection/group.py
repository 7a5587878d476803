"""How an address spells a reader's own group: its councils, their bands, its start and its name.

``group=E06000023,E06000041`` has no bands; ``group=New:E06000023;Settled:E06000041`` has two.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final
from unicodedata import normalize

from analytics.selection.parameter import Notice, Reading, Refused, echo, parts
from analytics.selection.places import authorities
from analytics.selection.readers import held_code
from analytics.text.wording import listed, pluralise, year_label
from data.programmes.group import starts
from data.programmes.programme import Group, Programme

#: Label of each band, "" where there is one without, with the GSS codes of its councils.
Bands = tuple[tuple[str, tuple[str, ...]], ...]

FEWEST_COUNCILS: Final = 3
MOST_COUNCILS: Final = 60
MOST_BANDS: Final = 6
LONGEST_LABEL: Final = 40
LONGEST_NAME: Final = 60
UNUSED: Final = ", so this group is not used"
#: What a label or a name may hold beside letters and digits of any script; none of these means
#: anything to a page, a chart, a file or an address.
_MARKS: Final = frozenset(" -–'’&.,/()")


def plain_text(words: str, *, most: int, without: str = "") -> str:
    """Return words that can be shown anywhere: letters, digits and common marks, on one line.

    Args:
        words: As anyone typed them.
        most: Longest that is kept, in characters.
        without: Marks that cannot stand in them.
    """
    known = _MARKS - set(without)
    spaced = re.sub(r"\s+", " ", normalize("NFC", words))
    kept = "".join(one for one in spaced if one.isalnum() or one in known)
    whole = re.sub(r" +", " ", kept).lstrip("".join(_MARKS - {"("}))[:most].strip()
    return whole if any(one.isalnum() for one in whole) else ""


def plain_label(words: str) -> str:
    """Return a label of a band as it is shown and spelled.

    Args:
        words: As anyone typed them.
    """
    return plain_text(words, most=LONGEST_LABEL, without=",")


def read_group(words: str, _of: Programme) -> Reading:
    """Read a group: its councils, by the codes they had before too, in bands or without.

    Raises:
        Refused: A code is unknown, a band has no label, or there are too few or too many of either.
    """
    notices, remarks = list[str](), list[str]()
    bands = _bands(_labelled(words, notices), notices, remarks)
    count = sum(len(codes) for codes in bands.values())
    if not FEWEST_COUNCILS <= count <= MOST_COUNCILS:
        msg = f"A group has {FEWEST_COUNCILS} to {MOST_COUNCILS} councils; this one has {count}"
        raise Refused(Notice(msg, UNUSED))
    if len(bands) > MOST_BANDS:
        msg = f"A group has at most {MOST_BANDS} bands; this one has {len(bands)}"
        raise Refused(Notice(msg, UNUSED))
    return Reading(
        values={"group": canonical(bands.items())},
        notices=tuple(dict.fromkeys(notices)),
        remarks=tuple(dict.fromkeys(remarks)),
    )


def canonical(bands: Iterable[tuple[str, Iterable[str]]]) -> Bands:
    """Return bands in the order given, the councils of each in order of name.

    Args:
        bands: Label and GSS codes, all of them known.
    """
    order = {code: place for place, code in enumerate(authorities())}
    return tuple((label, tuple(sorted(codes, key=order.__getitem__))) for label, codes in bands)


def spell_group(values: Sequence[object]) -> str:
    """Spell the bands of the group that a programme is made of, "" where it is of none.

    Args:
        values: The programme.
    """
    group = _group(values)
    return "" if group is None else spell_bands(group.bands)


def spell_start(values: Sequence[object]) -> str:
    """Spell the start of the group that a programme is made of, "" where it is of none.

    Args:
        values: The programme.
    """
    group = _group(values)
    return "" if group is None else f"{group.start}"


def spell_named(values: Sequence[object]) -> str:
    """Spell the name of the group that a programme is made of, "" where it has none.

    Args:
        values: The programme.
    """
    group = _group(values)
    return "" if group is None else group.name


def _group(values: Sequence[object]) -> Group | None:
    [programme] = values
    return programme.group if isinstance(programme, Programme) else None


def spell_bands(bands: Bands) -> str:
    """Spell the bands of a group.

    Args:
        bands: Labels and GSS codes.
    """
    each = ((label, ",".join(codes)) for label, codes in bands)
    return ";".join(f"{label}:{codes}" if label else codes for label, codes in each)


def read_start(words: str, _of: Programme) -> Reading:
    """Read the first financial year with a programme at work, by the year it ends in.

    Raises:
        Refused: It is no year, or figures are not held on both sides of it.
    """
    known = starts()
    such = f"from {known[0]} to {known[-1]} ({known[0]} is {year_label(known[0])})"
    if not re.fullmatch(r"(?:19|20)[0-9]{2}", words):
        msg = f"“{echo(words)}” is not a year {such}"
        raise Refused(Notice(msg, UNUSED))
    year = int(words)
    if year < known[0]:
        msg = f"No figures are held before {year_label(year)}; a start can be {such}"
        raise Refused(Notice(msg, UNUSED))
    if year > known[-1]:
        msg = (
            f"Figures of two years are needed from the start on, and {year_label(year)} is too "
            f"late for that; a start can be {such}"
        )
        raise Refused(Notice(msg, UNUSED))
    return Reading(values={"start": year})


def read_named(words: str, _of: Programme) -> Reading:
    """Read what a reader calls a programme; empty for no name. Any words are made plain."""
    name = plain_text(words, most=LONGEST_NAME)
    changed = name != normalize("NFC", " ".join(words.split()))
    notices = (_shown("name", words, name),) if changed else ()
    return Reading(values={"named": name}, notices=notices)


def _shown(what: str, words: str, plain: str) -> Notice:
    most = LONGEST_NAME if what == "name" else LONGEST_LABEL
    msg = (
        f"The {what} “{echo(words)}” is longer than {most} characters or has some that cannot be "
        "shown"
    )
    return Notice(msg, f"; it is “{plain}” here" if plain else "; it is left out")


def _labelled(words: str, notices: list[str]) -> list[tuple[str, list[str]]]:
    """Return the label and the codes of each band as they stand, labels made plain.

    Raises:
        Refused: There are several bands, and one has no label.
    """
    found = list[tuple[str, list[str]]]()
    segments = [one for one in words.split(";") if one.strip()]
    for segment in segments:
        before, colon, after = segment.partition(":")
        typed = normalize("NFC", " ".join(before.split())) if colon else ""
        label = plain_label(typed)
        if not label and (len(segments) > 1 or colon):
            msg = f"The band “{echo(segment)}” of the group has no label that can be shown"
            raise Refused(Notice(msg, UNUSED))
        if label != typed:
            notices.append(_shown("label", typed, label))
        found.append((label, parts(after if colon else segment)))
    return found


def _bands(
    asked: list[tuple[str, list[str]]], notices: list[str], remarks: list[str]
) -> dict[str, list[str]]:
    """Return the codes of each band, every council once; bands of one label are one.

    Raises:
        Refused: A code is unknown.
    """
    bands, labels, seen = dict[str, list[str]](), dict[str, str](), dict[str, str]()
    unknown, again = list[str](), list[str]()
    for label, codes in asked:
        own = labels.setdefault(label.casefold(), label)
        for typed in codes:
            code, said = held_code(typed.upper())
            if code not in authorities():
                unknown.append(typed)
            elif code in seen:
                again.append(code)
            else:
                seen[code] = own
                bands.setdefault(own, []).append(code)
            remarks += said
    if unknown:
        verb = "is not the code" if len(unknown) == 1 else "are not codes"
        shown = listed([f"“{echo(one)}”" for one in unknown[:MOST_COUNCILS]])
        raise Refused(Notice(f"{shown} {verb} of an English authority", UNUSED))
    for code in dict.fromkeys(again):
        where = f", in {seen[code]}" if seen[code] else ""
        name = authorities()[code].label
        notices.append(Notice(f"{name} is in the group more than once", f"; it counts once{where}"))
    empty = [label for label in labels.values() if label and label not in bands]
    if empty:
        msg = f"{pluralise(len(empty), 'band')} of the group without a council: {listed(empty)}"
        notices.append(Notice(msg, "; left out"))
    return bands
