"""A programme made of a reader's own group of councils and its start, in place of a file."""

import json
import re
from calendar import month_name
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import Final
from unicodedata import normalize

from data.programmes.check import MARCH, authority_names, check, years_held
from data.programmes.programme import (
    Band,
    Evaluation,
    Experience,
    Group,
    LaterStudies,
    Participant,
    PilotsTable,
    Programme,
    Sentences,
)
from data.programmes.settings import Settings

#: In place of the name of a file, in messages.
KEY: Final = "group"
#: What the programme is called where the reader gives it no name.
UNNAMED: Final = "your programme"
YEARS_BEFORE: Final = 4  # at most, in the window
COVID: Final = 2021  # 2020/21

#: Type of an authority, by the first letters of its GSS code.
TYPES: Final[Mapping[str, str]] = {
    "E06": "Unitary authority",
    "E08": "Metropolitan district",
    "E09": "London borough",
    "E10": "County council",
}


def starts() -> range:
    """Return the years a group may start in: one year before is held, and two from then on."""
    first, last = years_held()
    return range(first + 1, last)


@lru_cache(maxsize=256)
def programme_of(group: Group) -> Programme:
    """Make the programme of a group: its window goes as far as figures are held.

    Args:
        group: Its councils and its start.

    Raises:
        ProgrammeError: A code is unknown or there twice, a label is there twice, or no year is held
            before the start or fewer than two from then on.
    """
    first, last = years_held()
    bands = tuple(_bands(group))
    start = date(group.start - 1, MARCH + 1, 1)
    name = group.name or UNNAMED
    found = Programme(
        key=KEY,
        name=name,
        short_name=group.name or "programme",
        start=start,
        first_after=group.start,
        window=(max(first, group.start - YEARS_BEFORE), last),
        bases=_bases(first, group.start),
        bands=bands,
        pilots=tuple(_participants(group, bands)),
        experience=Experience(
            at=f"{month_name[start.month]} {start.year}",
            bands_are="your own labels",
            asks="Which of your own bands a council is in.",
        ),
        evaluation=Evaluation(
            publisher="Made by the reader of this page",
            report="Your own list of councils; nothing was printed of it that is held here",
            is_published=False,
        ),
        later=LaterStudies(
            publication="", subtitle="", summary="", costs="", costs_say="", notes=()
        ),
        table=_table(group),
        sentences=_sentences(group),
        claims={},
        digest=_digest(group),
        group=group,
    )
    labels = [label for label, _ in group.bands]
    held = {"start": group.start, "first_after": group.start, "bands": labels}
    check(Settings(file=KEY, held=held), found)
    return found


def _digest(group: Group) -> str:
    """Return what tells this group from any other, and from the bytes of any file."""
    return sha256(json.dumps([KEY, group.bands, group.start, group.name]).encode()).hexdigest()


def _bases(first: int, start: int) -> tuple[tuple[int, ...], ...]:
    """Return the last two years before the start together, and the last one alone."""
    return ((start - 2, start - 1), (start - 1,)) if start - 2 >= first else ((start - 1,),)


def _bands(group: Group) -> Iterator[Band]:
    keys = _keys([label for label, _ in group.bands])
    for key, (label, _) in zip(keys, group.bands, strict=True):
        if label:
            yield Band(
                key=key,
                label=label,
                brief=label,
                short=f"“{label}” councils",
                legend=label,
                about=f"“{label}”, the reader's own label",
            )
        else:
            yield Band(
                key=key,
                label="All councils of the group",
                brief="All councils",
                short="all councils of the group",
                legend="councils of the group",
                about="one band: the group was not divided",
            )


def _keys(labels: list[str]) -> list[str]:
    """Return a key for each label, of its letters and digits where those tell the labels apart.

    Every key starts the same way, so that no label can pass for a key of anything else.
    """
    plain = [normalize("NFKD", label).encode("ascii", "ignore").decode() for label in labels]
    keys = [re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-") for words in plain]
    if not all(keys) or len(set(keys)) < len(keys):
        keys = [str(place) for place in range(1, len(keys) + 1)]
    return [f"band-{key}" for key in keys]


def _participants(group: Group, bands: tuple[Band, ...]) -> Iterator[Participant]:
    names = authority_names()
    for band, (label, codes) in zip(bands, group.bands, strict=True):
        for code in codes:
            yield Participant(
                code=code,
                name=names.get(code, code),
                band=band.key,
                authority_type=TYPES.get(code[:3], ""),
                experience=label or "not given",
                more={},
            )


def _table(group: Group) -> PilotsTable:
    began = f"{group.start - 1}/{group.start % 100:02d}"
    notes = (
        "The councils, their bands and the start are the reader's own and were not checked.",
        f"The start is taken as 1 April {group.start - 1}: the first day of {began}.",
    )
    return PilotsTable(edition="the reader's own list", period=began, notes=notes, more={})


def _sentences(group: Group) -> Sentences:
    divided = len(group.bands) > 1
    return Sentences(
        effort="",
        not_official_of="the Department for Education or of any council in your own group",
        stood_apart="Councils of a group may have differed from others before its start.",
        since="other reforms" + (", COVID-19 in 2020/21" if group.start <= COVID else ""),
        indicators="",
        ratios="",
        bands="The bands are the reader's own labels." if divided else "",
    )
