"""Read a programme from its TOML file, and refuse one that cannot be explored."""

import os
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from data.programmes.check import check
from data.programmes.programme import (
    PILOT_COLUMNS,
    Band,
    Evaluation,
    Experience,
    LaterStudies,
    Participant,
    PilotsTable,
    Programme,
    Sentences,
)
from data.programmes.settings import SETTING, ProgrammeError, Settings

ROOM: Final = Path(__file__).parent
DEFAULT: Final = "signs_of_safety"


@cache
def programme() -> Programme:
    """Return the programme that this process explores, read once.

    The environment variable ``EXPLORER_PROGRAMME`` names it: by the key of a file of this folder,
    or by the path of a TOML file.

    Raises:
        ProgrammeError: It cannot be explored.
    """
    return read(path_of(os.environ.get(SETTING, "") or DEFAULT))


@cache
def called(key: str) -> Programme:
    """Return the programme of a file of this folder, read once.

    Args:
        key: One of ``keys()``.

    Raises:
        ProgrammeError: There is none, or it cannot be explored.
    """
    return read(path_of(key))


def path_of(named: str) -> Path:
    """Return the file of a programme.

    Args:
        named: Key of a file of this folder, or a path that ends in ``.toml``.

    Raises:
        ProgrammeError: There is no such file.
    """
    path = Path(named) if named.endswith(".toml") else ROOM / f"{named}.toml"
    if path.is_file() and (path.parent != ROOM or path.stem in keys()):
        return path
    known = ", ".join(keys())
    msg = f"{SETTING}: found {named!r}, expected one of {known}, or the path of a TOML file"
    raise ProgrammeError(msg)


def keys() -> tuple[str, ...]:
    """Return the keys of the programmes of this folder."""
    return tuple(sorted(p.stem for p in ROOM.glob("*.toml") if not p.stem.endswith("_claims")))


def read(path: Path) -> Programme:
    """Read a programme and check that it can be explored.

    Args:
        path: Its TOML file.

    Raises:
        ProgrammeError: Something is missing, of another kind, or contradicts the rest; says the
            file, the key, what was found and what was expected.
    """
    content = _content(path)
    settings = Settings(file=path.name, held=_parsed(path, content))
    evaluation = _evaluation(settings.table("evaluation"))
    claimed = _content(path.parent / evaluation.claims) if evaluation.claims else b""
    claims = _parsed(path.parent / evaluation.claims, claimed) if claimed else {}
    table = _pilots_table(settings.table("pilots_table"))
    words, experience = settings.table("words"), settings.table("experience")
    found = Programme(
        key=path.stem,
        name=settings.text("name"),
        short_name=settings.text("short_name"),
        start=settings.day("start"),
        first_after=settings.whole("first_after"),
        window=_window(settings),
        bases=settings.lists_of_whole("bases"),
        bands=tuple(_band(one) for one in settings.tables("bands")),
        pilots=tuple(_participant(one, table.more) for one in settings.tables("pilots")),
        experience=Experience(
            at=experience.text("at"),
            bands_are=experience.text("bands_are"),
            asks=experience.text("asks"),
        ),
        evaluation=evaluation,
        later=_later(settings.table("later", default={})),
        table=table,
        sentences=Sentences(
            effort=words.text("effort", default=""),
            not_official_of=words.text("not_official_of"),
            stood_apart=words.text("stood_apart", default=""),
            since=words.text("since", default=""),
            indicators=words.text("indicators", default=""),
            ratios=words.text("ratios", default=""),
            bands=words.text("bands", default=""),
        ),
        claims=claims,
        digest=sha256(content + claimed).hexdigest(),
    )
    settings.none_left()
    check(settings, found)
    return found


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as failed:
        msg = f"{path.name}: the file cannot be read ({failed.strerror})"
        raise ProgrammeError(msg) from failed


def _parsed(path: Path, content: bytes) -> Mapping[str, object]:
    try:
        return tomllib.loads(content.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        msg = f"{path.name}: found {fault}, expected TOML in UTF-8"
        raise ProgrammeError(msg) from fault


def _window(settings: Settings) -> tuple[int, int]:
    ends = settings.whole_numbers("window")
    if len(ends) != len(("first", "last")):
        settings.refuse("window", "the first and the last year, such as [2013, 2016]")
    return (ends[0], ends[1])


def _band(settings: Settings) -> Band:
    label = settings.text("label")
    return Band(
        key=settings.text("key"),
        label=label,
        brief=settings.text("brief", default=label),
        short=settings.text("short"),
        legend=settings.text("legend"),
        about=settings.text("about"),
    )


def _participant(settings: Settings, more: Iterable[str]) -> Participant:
    return Participant(
        code=settings.text("code"),
        name=settings.text("name"),
        band=settings.text("band"),
        authority_type=settings.text("authority_type"),
        experience=settings.text("experience"),
        more={name: settings.text(name) for name in more},
    )


def _evaluation(settings: Settings) -> Evaluation:
    return Evaluation(
        publisher=settings.text("publisher"),
        report=settings.text("report"),
        is_published=settings.flag("published", default=True),
        summary=settings.text("summary", default=""),
        claims=settings.text("claims", default=""),
        named=settings.texts("named"),
        arguments={
            one.text("indicator"): one.text("words") for one in settings.tables("arguments")
        },
        tables=settings.texts("tables"),
        records=settings.texts("records"),
    )


def _later(settings: Settings) -> LaterStudies:
    return LaterStudies(
        publication=settings.text("publication", default=""),
        subtitle=settings.text("subtitle", default=""),
        summary=settings.text("says", default=""),
        costs=settings.text("costs", default=""),
        costs_say=settings.text("costs_say", default=""),
        notes=settings.texts("notes"),
    )


def _pilots_table(settings: Settings) -> PilotsTable:
    more = {one.text("name"): one.text("label") for one in settings.tables("more")}
    again = [name for name in more if name in PILOT_COLUMNS]
    if again:
        settings.refuse("more", f"columns other than {', '.join(PILOT_COLUMNS)}")
    return PilotsTable(
        edition=settings.text("edition"),
        period=settings.text("period"),
        notes=settings.texts("notes"),
        more=more,
    )
