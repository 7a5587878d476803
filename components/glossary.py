"""The terms of the explorer in plain words, and where the words of a card first say them."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from analytics.programme import is_divided
from data.programmes.programme import Programme

FILE: Final = Path(__file__).with_name("glossary.toml")
#: What a term is explained at, on the page of data.
PLACE: Final = "term-"
BAND: Final = "band"  # key of the term for what only a programme with bands has


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word of the field that readers may not know.

    Attributes:
        key: Its name in addresses.
        name: What it is called, as the head of its entry.
        words: What it means, in at most 30 words.
        also: Other names of the field, and what readers may call it; found by the search.
        forms: How the words of a card may say it; empty where none underlines it.
        before: What follows a form, as a regular expression; "" where anything may.
    """

    key: str
    name: str
    words: str
    also: tuple[str, ...]
    forms: tuple[str, ...]
    before: str

    @property
    def place(self) -> str:
        """The id of its entry on the page of data."""
        return f"{PLACE}{self.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Where some words say a term.

    Attributes:
        start: Its first character, from 0.
        end: The one after its last.
        key: Of the term.
    """

    start: int
    end: int
    key: str


def _read() -> Iterator[Term]:
    for key, entry in tomllib.loads(FILE.read_text(encoding="utf-8")).items():
        yield Term(
            key=key,
            name=entry["name"],
            words=entry["words"],
            also=tuple(entry["also"]),
            forms=tuple(entry.get("forms", ())),
            before=entry.get("before", ""),
        )


#: Every term; what it says of a programme is filled in by ``terms``.
TERMS: Final[Mapping[str, Term]] = {term.key: term for term in _read()}


@lru_cache(maxsize=64)
def terms(of: Programme) -> Mapping[str, Term]:
    """Return every term by its key, as it is under a programme; bands, where it has some.

    Args:
        of: The programme.
    """
    many, asks = of.many, of.experience.asks
    return {
        key: replace(one, words=one.words.format(many=many, asks=asks))
        for key, one in TERMS.items()
        if key != BAND or is_divided(of)
    }


_KEYS: Final = {form.casefold(): term.key for term in TERMS.values() for form in term.forms}


def _pattern() -> re.Pattern[str]:
    """Return what finds every form of every term as whole words, the longest form first.

    A form that begins with a small letter may begin a sentence, unless it is one letter alone.
    """
    forms = [(form, term.before) for term in TERMS.values() for form in term.forms]
    longest = sorted(forms, key=lambda one: -len(one[0]))
    either = "|".join(
        (_first(form) + re.escape(form[1:]) + (f"(?={before})" if before else ""))
        for form, before in longest
    )
    return re.compile(rf"(?<![\w-])(?:{either})(?![\w-])")


def _first(form: str) -> str:
    one = form[0]
    return f"[{one}{one.upper()}]" if one.islower() and len(form) > 1 else re.escape(one)


_FORMS: Final = _pattern()


@lru_cache(maxsize=4096)  # the words of a card are said again to every reader
def _said(words: str) -> tuple[Mention, ...]:
    return tuple(
        Mention(start=found.start(), end=found.end(), key=_KEYS[found[0].casefold()])
        for found in _FORMS.finditer(words)
    )


def mentions(*words: str) -> list[list[Mention]]:
    """Return where some words first say each term.

    Args:
        words: In reading order: a term that one of them says is left out of those after it.

    Returns:
        One list for each, in the order of the words.
    """
    known: set[str] = set()
    firsts: list[list[Mention]] = []
    for one in words:
        firsts.append([])
        for said in _said(one):
            if said.key not in known:
                known.add(said.key)
                firsts[-1].append(said)
    return firsts


def spelled(*words: str) -> list[str]:
    """Spell where some words first say each term, as the browser reads it.

    Args:
        words: In reading order.

    Returns:
        For each, ``start-end-key`` of every term, with spaces between: characters from 0.
    """
    return [
        " ".join(f"{one.start}-{one.end}-{one.key}" for one in found) for found in mentions(*words)
    ]
