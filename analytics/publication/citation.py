"""How to cite a finding, or the whole explorer, as programs for references read it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import orjson

from analytics.programme import explorer_of
from analytics.publication.published import Published
from analytics.text.words import DOT
from data.programmes.programme import Programme
from data.releases.release import Release

_MARKED: Final = re.compile(r"([&%$#_{}])")
_SPELT: Final = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """What a reference says.

    Attributes:
        key: Its name in a list of references.
        author: The explorer, by its name.
        title: Of what is cited.
        about: What it covers, in words: the selection, and which kind of number.
        release: Of the figures.
        address: Link to the same figures.
    """

    key: str
    author: str
    title: str
    about: str
    release: Release
    address: str

    @property
    def note(self) -> str:
        """What it covers, and the release, in one line."""
        return f"{self.about}. {self.release.label}." if self.about else f"{self.release.label}."


def of_finding(published: Published, *, title: str, address: str) -> Citation:
    """Return how to cite a finding for a selection.

    Args:
        published: The finding.
        title: Of its card.
        address: Permanent link to the card.
    """
    return Citation(
        key=f"{published.key}-{published.release.id}",
        author=published.author,
        title=title,
        about=DOT.join((published.subtitle, published.kind.label)),
        release=published.release,
        address=address,
    )


def of_whole(release: Release, of: Programme, *, address: str) -> Citation:
    """Return how to cite the explorer.

    Args:
        release: Of its figures.
        of: The programme that it explores.
        address: Permanent link to its first page.
    """
    name = explorer_of(of)
    return Citation(
        key=release.id, author=name, title=name, about="", release=release, address=address
    )


def to_bibtex(cited: Citation) -> bytes:
    """Write a citation for BibTeX and biblatex."""
    day = cited.release.day
    fields = {
        "author": f"{{{_tex(cited.author)}}}",
        "title": f"{{{_tex(cited.title)}}}",
        "year": f"{day.year}" if day else "",
        "month": f"{day.month}" if day else "",
        "version": cited.release.version,
        "url": cited.address,
        "note": _tex(cited.note),
    }
    lines = [f"  {name} = {{{words}}}," for name, words in fields.items() if words]
    return "\n".join([f"@misc{{{cited.key},", *lines, "}", ""]).encode()


def to_ris(cited: Citation) -> bytes:
    """Write a citation as RIS, which Zotero, EndNote and Mendeley read."""
    day = cited.release.day
    lines = [
        ("TY", "DATA"),
        ("AU", cited.author),
        ("TI", cited.title),
        ("PY", f"{day.year}" if day else ""),
        ("DA", f"{day:%Y/%m/%d}" if day else ""),
        ("ET", cited.release.version),
        ("UR", cited.address),
        ("N1", cited.note),
    ]
    written = [f"{tag}  - {' '.join(words.split())}" for tag, words in lines if words]
    return "\r\n".join([*written, "ER  - ", ""]).encode()


def to_csl(cited: Citation) -> bytes:
    """Write a citation as CSL-JSON."""
    day = cited.release.day
    whole: dict[str, object] = {
        "id": cited.key,
        "type": "dataset",
        "author": [{"literal": cited.author}],
        "title": cited.title,
        "version": cited.release.version,
        "URL": cited.address,
        "note": cited.note,
    }
    if day:
        whole["issued"] = {"date-parts": [[day.year, day.month, day.day]]}
    return orjson.dumps([whole], option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


#: Content type and writer by the ending of the file.
STYLES: Final[dict[str, tuple[str, Callable[[Citation], bytes]]]] = {
    "bib": ("text/x-bibtex", to_bibtex),
    "ris": ("application/x-research-info-systems", to_ris),
    "csl.json": ("application/vnd.citationstyles.csl+json", to_csl),
}


def _tex(words: str) -> str:
    """Return words as TeX prints them."""
    parts = (_SPELT.get(letter) or _MARKED.sub(r"\\\1", letter) for letter in words)
    return "".join(parts)
