"""The lists of statistical neighbours, read from ``neighbour_lists.toml``: a new one is an entry.

The environment variable ``EXPLORER_NEIGHBOUR_LISTS`` names another file of entries.
"""

import os
import tomllib
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from data.programmes.settings import ProgrammeError, Settings
from data.wording import count_words, joined

ROOM: Final = Path(__file__).parent
SETTING: Final = "EXPLORER_NEIGHBOUR_LISTS"
DEFAULT: Final = ROOM / "neighbour_lists.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class NeighbourList:
    """A list of statistical neighbours.

    Attributes:
        key: Name in addresses and in the table of neighbours.
        label: In a list of choices.
        when: Its date inside a sentence: "April 2021", "before April 2021".
        listed: The same after the word list: "list of April 2021".
        in_use: As the comparator of a selection says it, after the word list.
        heads: What it is called above a column of a chart, line by line.
        source: What the publisher calls it in the file that the table is built from.
        known: What the method card says it is; ``{years}`` are the years of the programme.
        edition: What the citation of the table calls it.
        note: What a reader must know of it, or empty; with ``{years}`` as in ``known``.
        table_note: The same beside the table.
        claims_note: The same beside the claims.
        closeness: Whether it says how close neighbours are.
        formed_since: Whether it holds authorities formed since the pilots.
        neighbours: How many neighbours it gives each authority.
        file: Its rows.
        sha256: Checksum of the file; empty where ``checksums.txt`` has it.
    """

    key: str
    label: str
    when: str
    listed: str
    in_use: str
    heads: tuple[str, ...]
    source: str
    known: str
    edition: str
    note: str
    table_note: str
    claims_note: str
    closeness: bool
    formed_since: bool
    neighbours: int
    file: Path
    sha256: str

    def __str__(self) -> str:
        """The list as an address spells it."""
        return self.key

    @property
    def column(self) -> str:
        """The key as a part of the name of a column."""
        return self.key.replace("-", "_")


def read(path: Path) -> tuple[NeighbourList, ...]:
    """Read the entries of a file, in its order.

    Args:
        path: A TOML file with tables ``lists``; files it names are beside it.

    Raises:
        ProgrammeError: An entry is incomplete, repeated, or there is none.
    """
    settings = Settings(file=path.name, held=tomllib.loads(path.read_text(encoding="utf-8")))
    found = tuple(_entry(one, path.parent) for one in settings.tables("lists"))
    settings.none_left()
    keys = [one.key for one in found]
    if not found or len(set(keys)) < len(keys):
        msg = f"{path.name}: lists: found keys {keys}, expected one or more, each once."
        raise ProgrammeError(msg)
    return found


def _entry(one: Settings, folder: Path) -> NeighbourList:
    return NeighbourList(
        key=one.text("key"),
        label=one.text("label"),
        when=one.text("when"),
        listed=one.text("listed"),
        in_use=one.text("in_use"),
        heads=one.texts("heads"),
        source=one.text("source"),
        known=one.text("known"),
        edition=one.text("edition"),
        note=one.text("note", default=""),
        table_note=one.text("table_note", default=""),
        claims_note=one.text("claims_note", default=""),
        closeness=one.flag("closeness"),
        formed_since=one.flag("formed_since"),
        neighbours=one.whole("neighbours"),
        file=folder / one.text("file"),
        sha256=one.text("sha256", default=""),
    )


#: Every list, the default first; those that say how close neighbours are; those of today's places.
NEIGHBOUR_LISTS: Final = read(Path(os.environ.get(SETTING, "") or DEFAULT))
WITH_CLOSENESS: Final = tuple(one for one in NEIGHBOUR_LISTS if one.closeness)
FORMED_SINCE: Final = tuple(one for one in NEIGHBOUR_LISTS if one.formed_since)
MOST_NEIGHBOURS: Final = max(one.neighbours for one in NEIGHBOUR_LISTS)


def keys_words(lists: tuple[NeighbourList, ...], link: str = "and") -> str:
    """Return the keys of some lists as words: "2021 and 2025"."""
    return joined([one.key for one in lists], link)


def many(lists: tuple[NeighbourList, ...] = NEIGHBOUR_LISTS) -> str:
    """Return how many lists these are, in words."""
    return count_words(len(lists))


def added_rows(table: Path) -> bytes:
    """Return the whole table of neighbours where a list has a file of its own, else nothing.

    Args:
        table: The file of the table that is built, whose columns every other file has.

    Raises:
        ProgrammeError: The bytes or the columns of a file are not those promised.
    """
    own = [one for one in NEIGHBOUR_LISTS if one.file.resolve() != table.resolve()]
    if not own:
        return b""
    head, _, rows = table.read_bytes().partition(b"\n")
    for one in own:
        content = one.file.read_bytes()
        found = sha256(content).hexdigest()
        first, _, more = content.partition(b"\n")
        named = {line.partition(b",")[0].decode() for line in more.splitlines()}
        if (found, first, named) != (one.sha256, head, {one.key}):
            msg = (
                f"{one.file.name}: found checksum {found}, columns {first.decode()} and models "
                f"{sorted(named)}, expected {one.sha256 or 'a checksum in its entry'}, "
                f"{head.decode()} and {[one.key]}."
            )
            raise ProgrammeError(msg)
        rows += more
    return head + b"\n" + rows
