"""Text as it is compared: look-alike characters made alike, and the ways to say nothing."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

_HYPHENS: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_SINGLE: Final = "\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4`"
_DOUBLE: Final = "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"
_UNSEEN: Final = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_ALIKE: Final = str.maketrans(
    {
        **dict.fromkeys(_HYPHENS, "-"),
        **dict.fromkeys(_SINGLE, "'"),
        **dict.fromkeys(_DOUBLE, '"'),
        **dict.fromkeys(_UNSEEN, None),
        "\u2044": "/",
        "\u2026": "...",
    }
)
#: Letters of other scripts that cannot be told from Latin ones by sight.
_LOOKS: Final = str.maketrans("авекмнорстухіјѕαβεζηικμνορτυχ", "abekmhopctyxijsabezhikmnoptyx")

_NOTHING: Final = frozenset(
    """
    n/a|n.a.|n.a|n\\a|na|#n/a|#na|<na>|nan|nat|null|#null!|none|nil|blank|empty|missing|
    prefer not to say|prefer not to answer|prefer not to disclose|rather not say|pnts|
    not answered|no answer|unanswered|not answer|no response|non-response|nonresponse|
    not stated|not given|not known|not recorded|not available|not provided|not completed|
    not applicable|not asked|does not apply|unknown|refused|declined|declined to answer|
    skipped|don't know|dont know|do not know|dk|d/k|no data|no reply|can't say|cannot say
    """.replace("\n", "").replace("    ", "").split("|")
)  # fmt: skip
#: Numbers that stand for a missing answer where they are no value of their column.
CODES: Final = frozenset({-1.0, *(sign * n for sign in (1, -1) for n in range(7, 10)),
    *(sign * (n * times) for sign in (1, -1) for n in (7, 8, 9) for times in (11, 111, 1111)),
    *(sign * n for sign in (1, -1) for n in range(90, 100)),
    *(sign * n for sign in (1, -1) for n in range(990, 1000))})  # fmt: skip
_BETWEEN: Final = "\0"
_MARKS_ONLY: Final = re.compile(r"[\s.\-_?*/\\()\[\]]*")


def alike(words: str) -> str:
    """Return words with look-alike characters made alike and single spaces.

    Hyphens, quotes and spaces of every kind become the plain ones; characters that are not seen
    are left out; full-width and joined letters become ordinary ones.

    Source:
        Unicode Standard Annex 15, normalisation form KC.
    """
    if words.isascii() and "`" not in words:
        return " ".join(words.split())
    plain = unicodedata.normalize("NFKC", words.translate(_ALIKE)).translate(_ALIKE)
    return " ".join(plain.split())


def comparable(words: str) -> str:
    """Return words as answers are compared: also without case, hyphens or underscores."""
    return " ".join(alike(words).casefold().replace("-", " ").replace("_", " ").split())


def says_nothing(plain: str) -> bool:
    """Whether words stand for no answer: "N/A", "-", "Prefer not to say" and their like.

    Args:
        plain: As ``alike`` returned them.
    """
    plain = plain.casefold()
    if _MARKS_ONLY.fullmatch(plain):
        return True
    bare = plain.strip(" .()[]<>*'\"")
    return bare in _NOTHING or plain in _NOTHING or bare.replace("-", " ") in _NOTHING


def same_label(label: str) -> str:
    """Return a label without what spreadsheets and typists change in it.

    Two labels that become one here most likely name one thing: they differ by case, spaces,
    leading zeros, a ".0" at the end, or letters of another script that look the same.
    """
    return same_labels([label])[0]


def same_labels(labels: Sequence[str]) -> list[str]:
    """Return what ``same_label`` makes of each label; of many at once, as one text, in less time.

    Args:
        labels: Without the character 0, which ``data.user_data.encoding`` refuses.
    """
    plain = alike(_BETWEEN.join(labels)).casefold().translate(_LOOKS)
    plain = re.sub(rf"(?<=\d)\.0+(?= ?($|{_BETWEEN}))", "", plain)  # a space may be left at the end
    plain = re.sub(r"(?<=\d)[\s_\-.,'/]+(?=\d)", "-", plain)  # 1-23 is not 12-3
    plain = re.sub(r"(?<!\d)[\s_\-.,'/]+|[\s_\-.,'/]+(?!\d)", "", plain)
    plain = re.sub(r"(?<!\d)0+(?=\d)", "", plain)
    return plain.split(_BETWEEN) if labels else []
