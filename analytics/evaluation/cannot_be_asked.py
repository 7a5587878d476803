"""What the figures held cannot answer of a programme, before any of them is looked at."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from analytics.evaluation.comparison import neighbours_of
from analytics.evaluation.placebo_pool import KIND_CODES, KINDS, TINY
from analytics.evaluation.reasons import FEWEST_PILOTS
from analytics.methods.gap import FEWEST_NEIGHBOURS
from analytics.methods.signflip import smallest_p
from analytics.programme import FIGURES_FROM, earlier
from analytics.selection.choices import YEARS
from analytics.selection.places import Authority, authorities
from analytics.selection.selection import Selection
from analytics.text.wording import (
    ALPHA,
    MOST_NAMED,
    counted,
    listed,
    number,
    only,
    pluralise,
    year_label,
)
from data.load import load
from data.neighbour_lists import FORMED_SINCE, NEIGHBOUR_LISTS
from data.programmes.programme import Programme
from data.sources.registry import NEIGHBOURS

FEW_YEARS: Final = 3  # on one side of the start: too few for a trend, or for what lasted


def what_cannot_be_asked(programme: Programme) -> tuple[str, ...]:
    """Return what its places, years and bands do not allow, a sentence or two each.

    Args:
        programme: From a file, or made of a reader's own group.
    """
    return (
        *_years(programme),
        *_boundaries(programme),
        *_few(programme),
        *_bands(programme),
        *_neighbours(programme),
        *_placebo(programme),
    )


def _years(programme: Programme) -> Iterator[str]:
    if programme.first_after - FIGURES_FROM <= FEW_YEARS:
        yield earlier(programme)
    after = YEARS[-1] - programme.last_before
    if after <= FEW_YEARS:
        yield (
            f"From the start on there are {counted(after)} years with figures, to "
            f"{year_label(YEARS[-1])}. Whether a change lasted cannot be asked yet."
        )


def _places(programme: Programme) -> list[Authority]:
    return [authorities()[one.code] for one in programme.pilots]


def _sides(one: Authority, programme: Programme) -> tuple[bool, bool]:
    """Say whether a council existed in any year before the start, and in any from then on."""
    years = range(programme.window[0], programme.window[1] + 1)
    return (
        any(one.exists(year) for year in years if year < programme.first_after),
        any(one.exists(year) for year in years if year >= programme.first_after),
    )


def _boundaries(programme: Programme) -> Iterator[str]:
    first, last = programme.window
    for one in _places(programme):
        if all(one.exists(year) for year in range(first, last + 1)):
            continue
        before, after = _sides(one, programme)
        without = "" if before and after else " No change can be measured for it."
        some = without or " Some of its years are missing."
        yield f"{one.label}: {one.changed[:1].lower()}{one.changed[1:]}{some}"


def _few(programme: Programme) -> Iterator[str]:
    n = sum(all(_sides(one, programme)) for one in _places(programme))
    if n < FEWEST_PILOTS:
        yield (
            f"{only(n, 'council')} of the group existed on both sides of the start; "
            f"{counted(FEWEST_PILOTS)} are needed for a change."
        )
    elif (least := smallest_p(n)) >= ALPHA:
        yield (
            f"With {counted(n)} councils no exact test can be clear of chance: its p cannot be "
            f"below {number(least, 3)}, and it must be below {ALPHA}."
        )


def _bands(programme: Programme) -> Iterator[str]:
    sizes = Counter(one.band for one in programme.pilots)
    small = [one for one in programme.bands if sizes[one.key] < FEWEST_PILOTS]
    if len(programme.bands) > 1 and small:
        few = [f"{one.label} ({sizes[one.key]})" for one in small]
        yield (
            f"A band needs {counted(FEWEST_PILOTS)} councils for an average of its own. Not "
            f"answered by themselves: {listed(few)}."
        )


def _neighbours(programme: Programme) -> Iterator[str]:
    members, whole = {one.code for one in programme.pilots}, _whole(programme)
    oldest = NEIGHBOUR_LISTS[0]
    if whole.model is not oldest:
        yield (
            f"Most of these councils are not in the list {oldest.in_use}, so the list "
            f"{whole.model.in_use} is what is first shown; another can be chosen."
        )
    first = {one: _listed(one.code, whole) for one in _places(programme)}
    left = {
        one: sum(code not in members for code in codes) for one, codes in first.items() if codes
    }
    unlisted = [one.label for one, codes in first.items() if not codes]
    if unlisted:
        newer = listed([one.in_use for one in FORMED_SINCE if one is not whole.model], link="or")
        choose = f"; choose the list {newer}" if FORMED_SINCE else ""
        yield f"Not in the list {whole.model.in_use}: {listed(unlisted)}{choose}."
    few = sorted(
        (one for one, count in left.items() if count < FEWEST_NEIGHBOURS), key=left.__getitem__
    )
    least = min(left, key=left.__getitem__, default=None)
    if few:
        named = [f"{one.label} ({left[one]})" for one in few[:MOST_NAMED]]
        more = [f"{counted(len(few) - MOST_NAMED)} more"] if len(few) > MOST_NAMED else []
        yield (
            f"Similar councils that are in the group are left out of every comparison. Of the "
            f"first {whole.k}, fewer than {counted(FEWEST_NEIGHBOURS)} are left for "
            f"{listed([*named, *more])}."
        )
    elif least and left[least] < len(first[least]):
        yield (
            "Similar councils that are in the group are left out of every comparison: "
            f"{least.label} keeps the fewest, {left[least]} of {len(first[least])}."
        )


def _whole(programme: Programme) -> Selection:
    """Return what is first shown, with members of the group among the neighbours."""
    return replace(Selection.of(programme), with_pilots=True)


def _listed(code: str, whole: Selection) -> tuple[str, ...]:
    return neighbours_of(code, load(NEIGHBOURS), whole)


def _placebo(programme: Programme) -> Iterator[str]:
    """Say which kind of council leaves fewer outside the group than are in it."""
    members, whole = {one.code for one in programme.pilots}, _whole(programme)
    inside = Counter(code[:3] for code in members)
    outside = Counter(
        code[:3]
        for code in authorities()
        if code not in members and code not in TINY and _listed(code, whole)
    )
    for kind in KIND_CODES:
        if inside[kind] > outside[kind]:
            yield (
                f"The group has {pluralise(inside[kind], *KINDS[kind])} and leaves "
                f"{outside[kind] or 'none'} to draw from, so no other groups like it can be drawn."
            )
