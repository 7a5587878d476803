"""Every claim of the programme by its id, in the order of the published summary's strands."""

from collections.abc import Mapping
from enum import Enum
from functools import lru_cache
from typing import TypeVar

from analytics.claims.claim import (
    Bearing,
    Check,
    Claim,
    Later,
    Leaning,
    Question,
    Reading,
    Strand,
)
from analytics.measures.indicators.registry import INDICATORS
from analytics.programme import Programme
from data.programmes.settings import Settings

Choice = TypeVar("Choice", bound=Enum)


@lru_cache(maxsize=64)
def claims_of(of: Programme) -> Mapping[str, Claim]:
    """Return the claims of a programme by their ids.

    Args:
        of: The programme; one without claims has none.

    Raises:
        ProgrammeError: A claim lacks something, or holds what is not known.
    """
    file = Settings(file=of.evaluation.claims, held=of.claims)
    claims = [_claim(one, of) for one in file.tables("claims")]
    found = {claim.id: claim for claim in claims}
    if len(found) < len(claims):
        file.refuse("claims.id", "each claim once", of=[claim.id for claim in claims])
    return found


def _claim(settings: Settings, of: Programme) -> Claim:
    made = Claim(
        id=settings.text("id"),
        statement=settings.text("words"),
        short=settings.text("short"),
        strand=_chosen(settings, "strand", Strand),
        question=_chosen(settings, "question", Question),
        leaning=_chosen(settings, "leaning", Leaning),
        printed=settings.text("printed"),
        needed=settings.text("needed"),
        source=of.evaluation.summary,
        check=_chosen(settings, "check", Check, default=Check.NONE),
        readings=tuple(_reading(one) for one in settings.tables("readings")),
        fact=settings.text("fact", default=""),
        base=settings.text("base", default=""),
        base_words=settings.text("base_words", default=""),
        later=tuple(_later(one) for one in settings.tables("later")),
        address=settings.text("address", default=""),
    )
    settings.none_left()
    return made


def _reading(settings: Settings) -> Reading:
    key, sides = settings.text("key"), {"below": True, "above": False}
    if key not in INDICATORS:
        settings.refuse("key", "the key of an indicator")
    side = settings.text("side", default="below")
    if side not in sides:
        settings.refuse("side", "below or above")
    return Reading(key=key, lower=sides[side])


def _later(settings: Settings) -> Later:
    bearing = _chosen(settings, "bearing", Bearing, default=Bearing.BEARS)
    return Later(topic=settings.text("topic"), bearing=bearing)


def _chosen(
    settings: Settings, key: str, choices: type[Choice], *, default: Choice | None = None
) -> Choice:
    known: Mapping[str, Choice] = {one.name.lower(): one for one in choices}
    word = settings.text(key, default=None if default is None else default.name.lower())
    if word not in known:
        settings.refuse(key, f"one of {', '.join(known)}")
    return known[word]
