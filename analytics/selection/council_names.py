"""Councils by the names that people write: former names, short forms, codes, in lists and bands."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Final
from unicodedata import normalize

from analytics.selection.group import Bands, canonical, plain_label
from analytics.selection.parameter import echo
from analytics.selection.places import authorities
from analytics.selection.readers import held_code

MOST_NEAREST: Final = 3
LONGEST_LIST: Final = 20_000  # characters of a list; more is no list of English councils
LONGEST_NAME: Final = 3  # parts of a name that stand between commas, "Bournemouth, Christchurch …"

#: Words that a name may have or lack.
_KIND_OF: Final = frozenset({
    "council", "city", "county", "borough", "district", "metropolitan", "royal", "london",
    "unitary", "authority", "corporation", "of", "the", "and", "cc", "lb", "lbc", "rb", "mbc",
    "mdc", "bc", "ua", "upon", "on", "in",
})  # fmt: skip
#: Words that are no name of a council by themselves, though only one name begins with them.
_GENERAL: Final = frozenset(
    ["north", "south", "east", "west", "central", "isle", "isles", "city", "county", "the"]
)
#: What else a council is called, in plain words.
ALSO: Final = Path(__file__).with_name("council_names.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """What was typed and is no council.

    Attributes:
        typed: As it was, short enough for a sentence.
        nearest: Names of councils that are written much like it.
    """

    typed: str
    nearest: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What a list of names means.

    Attributes:
        bands: Label of each band, "" where there is none, with the GSS codes of its councils.
        unknown: What is no council, in the order of the list.
        again: Names of councils that are in the list more than once, and count where they are
            first.
        remarks: What to say of names that were understood.
    """

    bands: Bands
    unknown: tuple[Unknown, ...]
    again: tuple[str, ...]
    remarks: tuple[str, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The GSS codes of all councils, in order."""
        return tuple(code for _, codes in self.bands for code in codes)


def code_of(typed: str) -> str:
    """Return the GSS code of the council that some words name, or "" where they name none.

    Args:
        typed: A name, a short form of it or a code, present or former.
    """
    code, _ = held_code(typed.strip().upper())
    if code in authorities():
        return code
    words = _words(typed)
    exact, core = _names()
    for known, key in ((exact, " ".join(words)), (core, _core(words))):
        if key and key in known:
            return known[key]
    return _begun(words)


def nearest(typed: str) -> tuple[str, ...]:
    """Return the names of councils that are written much like some words.

    Args:
        typed: What is no council.
    """
    words = _words(typed)
    labels = {" ".join(_words(one.label)): one.label for one in authorities().values()}
    long = {word for word in words if len(word) > 3 and word not in _KIND_OF | _GENERAL}  # noqa: PLR2004 (of letters)
    sharing = [label for name, label in labels.items() if long & set(name.split())]
    close = [labels[name] for name in get_close_matches(" ".join(words), labels, n=MOST_NEAREST)]
    return tuple(dict.fromkeys((*sharing, *close)))[:MOST_NEAREST]


def read_names(text: str) -> Named:
    """Read a list of councils, with line ends, commas, semicolons or tabs between them.

    A line may begin with the label of a band and a colon; what follows is in that band, on the
    same line and on those after it.

    Args:
        text: As anyone typed or pasted it.
    """
    bands, labels = dict[str, list[str]](), dict[str, str]()
    unknown, again, remarks = list[Unknown](), list[str](), list[str]()
    seen, label = set[str](), ""
    for line in text[:LONGEST_LIST].splitlines():
        before, colon, after = line.partition(":")
        if colon:
            plain = plain_label(before)
            label = labels.setdefault(plain.casefold(), plain)
        for typed, code in _in_line(after if colon else line):
            if not code:
                unknown.append(Unknown(typed=echo(typed), nearest=nearest(typed)))
            elif code in seen:
                again.append(authorities()[code].label)
            else:
                seen.add(code)
                bands.setdefault(label, []).append(code)
                remarks += _remarks(typed, code)
    return Named(
        bands=canonical(bands.items()),
        unknown=tuple(dict.fromkeys(unknown)),
        again=tuple(dict.fromkeys(again)),
        remarks=tuple(remarks),
    )


def written(bands: Iterable[tuple[str, Iterable[str]]]) -> str:
    """Write bands as ``read_names`` reads them: a council a line, each band below its label.

    Args:
        bands: Label and GSS codes, all of them known.
    """
    lines = list[str]()
    for label, codes in bands:
        lines += [*([f"{label}:"] if label else []), *(authorities()[code].label for code in codes)]
    return "\n".join(lines)


def _in_line(line: str) -> Iterator[tuple[str, str]]:
    """Yield what stands between marks, with its code; a name may hold commas of its own."""
    for piece in re.split(r"[;\t|]", line):
        parts = [part.strip(" .•*–-\"'“”") for part in piece.split(",")]
        parts = [part for part in parts if part]
        while parts:
            for many in range(min(LONGEST_NAME, len(parts)), 0, -1):
                typed = ", ".join(parts[:many])
                code = _whole(typed) if many > 1 else code_of(typed)
                if code or many == 1:
                    yield typed, code
                    del parts[:many]
                    break


def _whole(typed: str) -> str:
    """Return the code of a council whose whole name holds commas, or ""."""
    return _names()[0].get(" ".join(_words(typed)), "")


def _remarks(typed: str, code: str) -> Iterator[str]:
    """Say where another code was meant before, or another council has the same name."""
    one = authorities()[code]
    yield from held_code(typed.strip().upper())[1]
    if _core(_words(typed)) == _core(_words(one.bare)):
        for other in authorities().values():
            if other.bare == one.bare and other != one:
                yield f"“{echo(typed)}” is today's {one.label}; the former is “{other.label}”."


def _words(name: str) -> list[str]:
    """Return the words of a name: small letters, without accents or marks."""
    plain = normalize("NFKD", name.replace("&", " and ")).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower().replace("'", ""))
    return ["st" if word == "saint" else word for word in words]


def _core(words: Iterable[str]) -> str:
    """Return what of a name tells it from others, in any order."""
    return " ".join(sorted(word for word in words if word not in _KIND_OF))


@cache
def _names() -> tuple[dict[str, str], dict[str, str]]:
    """Return codes by whole names, and by what tells names apart where that is one council's."""
    exact, core = dict[str, str](), dict[str, list[str]]()
    # Those that exist today come last, and are meant where a former one had the same name.
    for one in sorted(authorities().values(), key=lambda one: one.current):
        for name in (one.name, one.label, one.bare):
            exact[" ".join(_words(name))] = one.code
        for suffix in (" city of", " county of"):
            exact[" ".join(_words(one.bare)) + suffix] = one.code
        core.setdefault(_core(_words(one.bare)), []).append(one.code)
    by_name = {one.name: one.code for one in authorities().values()}
    for also, name in tomllib.loads(ALSO.read_text(encoding="utf-8")).items():
        exact[also] = by_name[name]
        core.setdefault(_core(also.split()), []).append(by_name[name])
    return exact, {words: codes[-1] for words, codes in core.items() if words}


def _begun(words: list[str]) -> str:
    """Return the code of the one present council whose name begins with these words, or ""."""
    plain = [word for word in words if word not in _KIND_OF]
    if not plain or set(plain) <= _GENERAL | _regions():
        return ""
    found = [
        one.code
        for one in authorities().values()
        if one.current and [w for w in _words(one.bare) if w not in _KIND_OF][: len(plain)] == plain
    ]
    return found[0] if len(found) == 1 else ""


@cache
def _regions() -> frozenset[str]:
    return frozenset(word for one in authorities().values() for word in _words(one.region))
