"""Nonsense in place of every label, put there before the explorer is built.

Whatever makes a label is caught where it is made: dataclasses of the project when they are
initialised, properties of its enumerations when they are defined, and cells of frames before
sentences, charts and files are made of them. So a new registry, enumeration or column is covered
without being named here.
"""

import dataclasses
import enum
import re
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from itertools import cycle

ROOMS = ("data", "analytics", "components")
SYLLABLES = (
    "zu",
    "vork",
    "mip",
    "ablo",
    "qued",
    "frin",
    "oust",
    "yal",
    "dweb",
    "ikka",
    "pro",
    "gnu",
)
#: Numbers inside a label stay, in their order: so that numbers in words can be compared too. So
#: do the places where a number is put in later.
NUMBER = re.compile(r"\{\w+\}|\d[\d,./]*")
#: A key: nothing that a reader would be shown as words.
KEY = re.compile(r"[a-z0-9_.+\-]*|[A-Z]\d{8}|/.*|\w+://.*|[a-z_]+/[\w./\-]+", re.DOTALL)
#: Fields that hold words even where one word looks like a key.
WORDS = {
    "brief",
    "label",
    "legend",
    "short",
    "short_name",
    "spoken",
    "title",
    "unit",
    "what",
    "words",
}
#: Fields of keys that do not look like keys, and why they are keys.
KEYS = {
    "id",  # of claims: in addresses
    "allowed",  # answers, as record tables hold them; their cells in frames are replaced
    "columns",  # names of columns
    "digest",  # a checksum, of upper-case letters too
    "sha256",
    "claims",  # name of a file
    "identity",  # of a component
}
#: Classes that hold no labels: results, made of labels already replaced, and parts of record
#: tables, which are named by the answers and items that the tables hold.
NO_LABELS = {"CheckedClaim", "Published", "Disclosed", "Words",
             "Part", "View", "Count", "Counted", "People", "Held", "Mean",
             "ProfileItem"}  # fmt: skip

#: Fields of single classes that stay as they are.
KEPT = {
    # Places are listed in alphabetical order; their names are replaced in lists and cells.
    ("Participant", "name"),
    # Record tables hold the printed areas of the self-profile, which are worded with it.
    ("Programme", "short_name"),
    # Sentences, which findings share with others that make theirs for each selection.
    ("Finding", "notes"),
    # Makes sentences of labels that are replaced already.
    ("Finding", "words"),
}

#: Classes whose labels are replaced word by word: sentences are fitted to how many words they have.
WORD_BY_WORD = {"Certainty", "PlainName"}

#: Every label replaced so far: what for, and the class that it was first a label of.
REPLACED: dict[str, tuple[str, str]] = {}
TAKEN: set[str] = set()


def nonsense(words: str, of: str) -> str:
    """Return other words, of another length, for a label: always the same for the same.

    Args:
        words: The label.
        of: Name of the class that it is a label of.
    """
    if not re.search(r"[^\W\d_]|%|£", words):
        return words
    if words not in REPLACED:
        seed = sha256(words.encode()).digest()
        made = cycle(seed)
        if of in WORD_BY_WORD:
            return REPLACED.setdefault(words, (_as_many(words, made), of))[0]
        parts = [_word(made)]
        for number in NUMBER.findall(words):
            parts += [number.rstrip(",./"), _word(made)]
        parts += [_word(made) for _ in range(next(made) % 4)]
        while (
            found := " ".join(parts).capitalize()
        ) in TAKEN:  # as many words as there were labels
            parts.append(_word(made))
        TAKEN.add(found)
        REPLACED[words] = found, of
    return REPLACED[words][0]


def _as_many(words: str, made: "cycle[int]") -> str:
    """Return as many other words, with the numbers among them and the space they begin with."""
    parts = [one if re.search(r"\d", one) else _word(made) for one in words.split()]
    while (found := " ".join(parts)) in TAKEN:
        parts[0] += _word(made)
    TAKEN.add(found)
    return f" {found}" if words.startswith(" ") else found


def _word(made: "cycle[int]") -> str:
    return "".join(SYLLABLES[next(made) % len(SYLLABLES)] for _ in range(1 + next(made) % 4))


def is_key(words: str) -> bool:
    return KEY.fullmatch(words) is not None


def _label(name: str, value: object, *, named: bool, of: str) -> object:
    """Return the value of a field, as nonsense where it is a label."""
    if isinstance(value, enum.Enum) or name in KEYS:
        return value
    if isinstance(value, str):
        sure = name in WORDS or (name == "name" and named)
        return value if not sure and is_key(value) else nonsense(value, of)
    if callable(value) and name in WORDS:
        return _worded(value, of)
    if isinstance(value, tuple) and value and all(type(one) is str for one in value):
        return tuple(_label(name, one, named=named, of=of) for one in value)
    return value


def _worded(plain: Callable[..., str], of: str) -> Callable[..., str]:
    @wraps(plain)
    def words(*given: object) -> str:
        return nonsense(plain(*given), of)

    return words


def _in_project(module: str) -> bool:
    return module.partition(".")[0] in ROOMS


def _replaced_in(made: type) -> None:
    names = {one.name for one in dataclasses.fields(made)}
    named = bool(names & {"key", "code", "series"})
    plain = made.__init__

    @wraps(plain)
    def initialised(self: object, *args: object, **kwargs: object) -> None:
        plain(self, *args, **kwargs)
        for name in names:
            if (made.__name__, name) in KEPT:
                continue
            value = getattr(self, name, None)
            other = _label(name, value, named=named, of=made.__name__)
            if other is not value:
                object.__setattr__(self, name, other)

    made.__init__ = initialised


def _dataclass(plain: Callable[..., object]) -> Callable[..., object]:
    def dataclass(given: type | None = None, /, **options: object) -> object:
        def make(one: type) -> object:
            made = plain(one, **options)
            if _in_project(one.__module__) and one.__name__ not in NO_LABELS:
                _replaced_in(made)
            return made

        return make if given is None else make(given)

    return dataclass


def _spoken(plain: property, of: str) -> property:
    def words(self: object) -> object:
        found = plain.fget(self)
        is_words = type(found) is str and not found.startswith("/")
        return nonsense(found, of) if is_words else found

    return property(words, doc=plain.__doc__)


def _enumeration(plain: Callable[..., type]) -> Callable[..., type]:
    def new(of: type, name: str, bases: tuple[type, ...], members: dict, **more: object) -> type:
        if _in_project(members.get("__module__", "")):
            for one, value in list(members.items()):
                if isinstance(value, property):
                    dict.__setitem__(members, one, _spoken(value, name))
        return plain(of, name, bases, members, **more)

    return new


def cells(frame: object, columns: object) -> object:
    """Return a frame with nonsense in every column of text whose cells are no keys or addresses."""
    text = [
        one.name
        for one in columns
        if one.kind.value == "text" and not getattr(one, "is_key", False) and one.name in frame
    ]
    return frame.assign(
        **{
            name: [
                nonsense(cell, "cells") if type(cell) is str and "://" not in cell else cell
                for cell in frame[name].tolist()
            ]
            for name in text
            if name not in {"cell", "base"} or "cell" not in frame
        }
    )


def install() -> None:
    """Replace labels from now on; nothing of the project may have been imported."""
    dataclasses.dataclass = _dataclass(dataclasses.dataclass)
    enum.EnumType.__new__ = staticmethod(_enumeration(enum.EnumType.__new__))


def at_the_door() -> None:
    """Replace the cells of frames before anything is made of them.

    Of tables, the words that have keys in a column beside them are replaced as they are loaded.
    """
    import pandas as pd  # noqa: PLC0415 (after ``install``)

    from analytics.publication import finding  # noqa: PLC0415 (after ``install``)
    from data import load  # noqa: PLC0415 (after ``install``)

    of_tables = load.checked

    def loaded(frame: object, columns: tuple, **more: object) -> object:
        names = {one.name for one in columns}
        keyed = [one for one in columns if f"{one.name}_key" in names]
        return cells(of_tables(frame, columns, **more), keyed)

    load.checked = loaded

    plain = finding.checked_cells

    def checked(frame: object, columns: object, **more: object) -> object:
        held = pd.DataFrame(plain(frame, columns, **more))
        return {str(name): one for name, one in cells(held, columns).items()}

    finding.checked_cells = checked
