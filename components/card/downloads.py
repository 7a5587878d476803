"""What a card offers to be taken away: its files, how large each is, and the pack of all."""

from typing import Final, NamedTuple

from markupsafe import Markup

from analytics.publication.export import attribution, marked_name, to_csv, to_json
from analytics.publication.file_names import stem
from analytics.publication.ods import to_ods
from analytics.publication.parquet import to_parquet
from analytics.publication.published import Published
from analytics.publication.registry import FINDINGS
from components.card.card import Card
from components.card.numbers import bytes_words
from components.pack.pack import zip_size
from components.prefix import at, placed
from components.templates.render import render

API: Final = "/api/v1/findings"

#: Bytes of a workbook by those of the OpenDocument spreadsheet with the same sheets, which is made
#: in a twentieth of the time: fitted to all findings, at most a fifth off.
_WORKBOOK_ALONE: Final = 6_700
_WORKBOOK_EACH: Final = 1.17


class _File(NamedTuple):
    """A file to download: where it is, what it is called, also alone, and how large it is."""

    href: str
    name: str
    label: str
    size: str


class _Group(NamedTuple):
    """Files of the same rows: what they are, how many, and each form."""

    name: str
    about: str
    files: list[_File]


def download_panel(card: Card, shown: Published, query: str) -> Markup:
    """Return the panel of a card's files.

    Args:
        card: The card.
        shown: Its finding, for the selection.
        query: The selection as an address spells it, "" for the default.
    """
    groups = [_tables(shown, "Displayed rows", query)]
    whole = card.finding.whole
    if whole:
        groups.append(_tables(FINDINGS[whole].publish(shown.selection), "Full table", query))
    groups.append(_pack(shown, query))
    picture = card.chart is not None and bool(len(shown.frame))
    licence = attribution(shown.sources)
    image = stem(shown, marked_name(card.key, shown.kind))
    return render("download.html", groups=groups, picture=picture, image=image, licence=licence)


def rows_words(published: Published) -> str:
    """Say how many rows a finding has.

    Args:
        published: The finding.
    """
    return f"{len(published.frame):,} {'row' if len(published.frame) == 1 else 'rows'}"


def _tables(published: Published, what: str, query: str) -> _Group:
    published = placed(published)
    spreadsheet = len(to_ods(published))
    workbook = bytes_words(round(_WORKBOOK_ALONE + _WORKBOOK_EACH * spreadsheet))
    sizes = (
        ("CSV", "csv", bytes_words(len(to_csv(published)))),
        ("Excel", "xlsx", f"about {workbook}"),
        ("ODS", "ods", bytes_words(spreadsheet)),
        ("Parquet", "parquet", bytes_words(len(to_parquet(published)))),
        ("JSON", "json", bytes_words(len(to_json(published)))),
    )
    return _Group(
        what,
        rows_words(published),
        [
            _File(_address(published, end, query), name, f"{name} {size}, {what.lower()}", size)
            for name, end, size in sizes
        ],
    )


def _pack(published: Published, query: str) -> _Group:
    size = bytes_words(zip_size(placed(published)))
    file = _File(_address(published, "zip", query), "ZIP", f"ZIP {size}, all in one pack", size)
    return _Group("All in one pack", "with its sources, dictionary, method and licence", [file])


def _address(published: Published, extension: str, query: str) -> str:
    return f"{at(API)}/{published.key}.{extension}{query}"
