"""What mail programs, campaigns and copying do to an address, undone before it is read."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final
from urllib.parse import parse_qsl, unquote, unquote_plus

MOST_ENCODINGS: Final = 3  # an address that was encoded again on its way, and again

#: Parameters that campaigns, search engines and mail programs add, and no page reads; and the
#: theme of a card in a frame, which the browser alone reads.
_PREFIXES: Final = (
    "utm_", "mtm_", "pk_", "piwik_", "matomo_", "hsa_", "vero_", "oly_", "ga_", "_ga_", "gad_",
    "gcl_", "_hs", "__hs", "at_", "fb_", "ml_subscriber", "elqtrack",
)  # fmt: skip
_NAMES: Final = frozenset({
    "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "twclid", "ttclid",
    "yclid", "ysclid", "li_fat_id", "rdt_cid", "sccid", "irclickid", "igsh", "igshid", "epik",
    "_gl", "_ga", "mc_cid", "mc_eid", "mc_tc", "mkt_tok", "wickedid", "hsctatracking", "srsltid",
    "theme", "_openstat", "_kx", "_ke", "ck_subscriber_id", "s_cid", "_branch_match_id",
})  # fmt: skip
#: What is left of ">" and quotes that were written as HTML and glued to the end.
_ENTITY: Final = re.compile(r"(?:amp;)*(?:gt|lt|quot|apos|nbsp|rsquo|rdquo|raquo|#x?\w+);?")
_ESCAPED: Final = re.compile(r"%[0-9A-Fa-f]{2}")
_AFTER: Final = ".,;:!?)]}>\"'*’”»"
_BEFORE: Final = "\"'(<[‘“«"  # noqa: RUF001 (quotes as mail programs write them)

Values = dict[str, list[str]]


def is_tracking(name: str) -> bool:
    """Whether a parameter only follows the reader about; such are ignored in silence."""
    plain = _name(name).lower()
    return plain in _NAMES or plain.startswith(_PREFIXES)


def untracked(search: str) -> str:
    """Return a raw query without the parameters that only follow the reader about.

    Args:
        search: What follows the question mark, still encoded.
    """
    kept = [part for part in search.split("&") if not is_tracking(unquote(part.split("=")[0]))]
    return "&".join(kept)


def repaired(query: Mapping[str, object], known: Collection[str]) -> Values:
    """Return the values of parsed parameters by the names that were meant.

    Ampersands written as HTML, a question mark too many, a query that was encoded twice and
    parameters that only follow the reader about are put right.

    Args:
        query: Values by name; a value may be a string or a list of strings. Anything else is "".
        known: Names of the parameters that pages read.
    """
    found: Values = {}
    for name, value in query.items():
        for words in _strings(value):
            for meant, part in _parts(name, words, known):
                found.setdefault(meant, []).append(part)
    return found


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Iterable):
        return [part for part in value if isinstance(part, str)] or [""]
    return [""]


def _parts(name: str, value: str, known: Collection[str]) -> Iterator[tuple[str, str]]:
    plain = _name(name)
    if plain not in known:
        whole = _decoded(plain)
        if whole.partition("=")[0] in known and "=" in whole:
            plain, _, glued = whole.partition("=")
            value = f"{glued}={value}" if value else glued
        elif is_tracking(plain) or (not value and _ENTITY.fullmatch(plain)):
            return
    if plain not in known or "&" not in value:
        yield plain, value
        return
    first, *more = re.split(rf"&(?:amp;)*(?=(?:{'|'.join(map(re.escape, known))})=)", value)
    yield plain, first
    for one in more:
        yield from parse_qsl(one, keep_blank_values=True)


def _name(name: str) -> str:
    return re.sub(r"^(?:[?&;]|amp;)+", "", name)


def _decoded(words: str) -> str:
    for _ in range(MOST_ENCODINGS):
        if not _ESCAPED.search(words):
            break
        words = unquote_plus(words)
    return words


def meant(value: str) -> str:
    """Return a value without what was glued to it on its way, for one that is not understood.

    Takes off what was encoded again (``%2C``), marks before and after it (``.``, ``)``, ``>``,
    quotes) and the ``3D`` that is left of an equals sign in quoted-printable mail.

    Args:
        value: Of a parameter, decoded once.
    """
    return _decoded(value).removeprefix("3D").lstrip(_BEFORE).rstrip(_AFTER)
