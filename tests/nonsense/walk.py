"""Everything that comes out of the explorer, as numbers: with its labels, or with nonsense.

``python -m tests.nonsense.walk real sample FILE`` and ``... nonsense sample FILE``, each in a
process of its own; ``whole`` in place of ``sample`` tries more selections, and every workbook.
"""

import csv
import io
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date
from html import unescape
from itertools import cycle
from pathlib import Path
from zipfile import ZipFile

from tests.nonsense import labels

QUERIES = (
    "",
    "?band=two-years,over-two&compare=england&adjust=none&area=E08000035&outcome=log",
    (
        "?pilots=E06000023,E10000020,E08000036,E09000005&model=2025&weights=closeness&about=ratio&k=5"
        "&outcome=change&ratio=spend_per_child"
    ),
    (
        "?compare=region&with-pilots=1&area=E06000023&item=use_mapping&adjust=bh&years=2014-2018"
        "&indicator=cpp_start_rate&social-workers=300&day-cost=£187.50&on-costs=27.5%25"
    ),
    (
        "?compare=pilots&average=median&vintage=first&base=2013&evidence=real&area=E09000007"
        "&adjust=holm"
    ),
)
#: Of so many findings one is looked at as a workbook, unless all are.
EVERY_WORKBOOK = 6
#: Draws of what is slow, where a million would be drawn.
DRAWS = 20_000
#: Parts of a figure that hold words.
SPOKEN = {"customdata", "hovertext", "hovertemplate", "name", "text", "ticktext", "title"}
#: Parts of a figure that follow the room its words take, the size of the table of pilots, and where
#: in its words the terms of the glossary are.
ROOM = {"height", "tall", "--chart-height", "--chart-tall", "bytes", "data-terms"}
#: Parts of a page that are keys, and not words.
EXACT = {
    "id", "href", "className", "role", "type", "value", "name",
    "data-card", "data-part", "data-tab", "data-panel", "data-view",
}  # fmt: skip
#: Lists that no selection changes.
ADDRESSES = (
    "/api/v1/findings.json",
    "/api/v1/tables.json",
    "/api/v1/parameters.json",
    *(f"/sheets/{one}" for one in (
        "indicators", "ratios", "fractions", "methods", "exactness", "families", "symbols",
        "findings",
        "cost-fields", "councils",
    )),
)  # fmt: skip
#: A cell of a sheet: where it is, what it is, its value.
CELL = re.compile(r'<c r="(\w+)"([^>]*)><v>([^<]*)</v>')
#: Of tables, one of which holds the names of the pilots.
CHECKSUM = re.compile(r"\b[0-9a-f]{64}\b")
#: Of a group of the reader's own, whose bands are called in its address what the reader calls them.
CALLED = re.compile(r"(?<=[=;])[^:;=&]*:(?=[A-Z]\d{8})")
#: Numbers, and what workbooks hold where there is none, such as "[c]".
DIGITS = re.compile(r"\d[\d,.]*|\[(?:no )?[a-z]+\]")


#: Texts shown, between one tag and the next, since the last part of the walk was kept.
NEW: set[str] = set()


def numbers(words: str) -> list[str]:
    """Return the numbers in words, in order; an address as it is, but for what bands are called."""
    if words.startswith("/") and " " not in words:
        return [CALLED.sub(":", words)]
    words = CHECKSUM.sub("", words)
    texts = [unescape(one).strip() for one in re.split(r"<[^>]*>", words)]
    NEW.update(texts)
    return [one.rstrip(",.") for one in DIGITS.findall(" ".join(texts))]


def of_figure(figure: dict) -> list[object]:
    """Return everything a figure shows but words: categories are named by their order."""
    order: dict[str, int] = {}
    return list(_part(figure, "", order))


def _part(part: object, name: str, order: dict[str, int]):
    if isinstance(part, dict):
        headed = part.get("showticklabels") is False  # its range leaves room for words
        for key in sorted(part):
            if key not in ROOM and not (headed and key == "range"):
                yield key
                yield from _part(part[key], key, order)
    elif isinstance(part, list | tuple):
        yield len(part)
        for one in part:
            yield from _part(one, name, order)
    elif isinstance(part, str) and name in SPOKEN:
        yield from numbers(part)
    elif isinstance(part, str) and not part.startswith("@") and name in CATEGORIES:
        NEW.update(unescape(one) for one in re.split(r"<[^>]*>", part))
        yield f"category {order.setdefault(part, len(order))}"
    else:
        yield round(part, 9) if isinstance(part, float) else part


#: Where a chart names its categories.
CATEGORIES = {"x", "y", "categoryarray", "tickvals", "y0", "y1", "x0", "x1"}


def of_page(part: object, name: str = "") -> list[object]:
    """Return the ids, addresses and numbers of a page."""
    if isinstance(part, dict):
        if "data-figure" in part:
            return [part["id"], *of_figure(json.loads(part["data-figure"]))]
        shown = sorted(key for key in part if key not in ROOM)
        return [one for key in shown for one in of_page(part[key], key)]
    if isinstance(part, list):
        return [one for child in part for one in of_page(child, name)]
    if isinstance(part, str):
        return [CALLED.sub(":", part)] if name in EXACT else numbers(part)
    return [] if part is None else [part]


def _rows(published: object) -> list[object]:
    """Return the rows of the JSON file: keys and numbers as they are, of words their numbers."""
    from analytics.publication.export import to_csv, to_json  # noqa: PLC0415 (after labels)

    held = json.loads(to_json(published))
    keys = {one.name for one in published.columns if one.is_key}
    made: list[object] = [[one["name"], one["kind"]] for one in held["columns"]]
    for row in held["rows"]:
        for name, cell in row.items():
            words = isinstance(cell, str) and name not in keys
            made.append(numbers(cell) if words else cell)
    header, *lines = csv.reader(io.StringIO(to_csv(published).decode("utf-8-sig"), newline=""))
    plain = [cell if name in keys else numbers(cell)
             for line in lines for name, cell in zip(header, line, strict=True)]  # fmt: skip
    return [made, header, plain]


def _card(card: object, published: object) -> Iterator[tuple[str, object]]:
    from components.card.table import html_table  # noqa: PLC0415 (after labels)

    said = (published.title, published.subtitle, published.summary,
            published.withheld, *published.notes, published.scope,
            *(words for _, words in published.method))  # fmt: skip
    yield "figure", of_figure(card.figure(published))
    yield "words", [numbers(one) for one in said]
    yield "table", numbers(html_table(published, name="Table"))
    yield "file", _rows(published)
    if card.view and not published.withheld:
        written = card.view.write(published)
        shapes = re.findall(r'(?:data-shape|href|class)="?([^"> ]*)', written)
        yield "view", [shapes, numbers(written)]


class Walked:
    """What came out, by the name of the part, and where each text was first shown."""

    def __init__(self) -> None:
        self.parts: dict[str, object] = {}
        self.shown: dict[str, str] = {}

    def keep(self, name: str, part: object) -> None:
        """Keep a part, and the texts shown in it."""
        self.parts[name] = part
        for words in NEW:
            self.shown.setdefault(words, name)
        NEW.clear()


def tried(every: Iterable[str], query: str, *, whole: bool) -> list[str]:
    """Return what a query is tried with: some of a quarter of them, or all of the first.

    Args:
        every: Keys or paths.
        query: One of those above.
        whole: Whether the first query is tried with everything, and the others in turn; otherwise
            every fourth one is tried once, and the queries take turns.
    """
    at, many = QUERIES.index(query), len(QUERIES)
    if not whole:
        return [one for place, one in enumerate(every) if place % (4 * many) == 4 * at]
    return [one for place, one in enumerate(every) if not at or (place + at) % (many - 1) == 0]


def workbooks(findings: Iterable[str], *, whole: bool) -> dict[str, str]:
    """Return the findings of which a workbook is made, and each one's query.

    Args:
        findings: Keys.
        whole: Whether of all, or of some.
    """
    every = dict(zip(findings, cycle(QUERIES), strict=False))
    return every if whole else dict([*every.items()][::EVERY_WORKBOOK])


def walk(*, whole: bool) -> Walked:
    """Return what comes out of every card, finding and page under one of the queries.

    All is of one release: other names of pilots would be another.

    Args:
        whole: Whether everything is tried under a second query too, and in every workbook.
    """
    from data.releases import release  # noqa: PLC0415 (after labels)

    one = release.Release(day=date(2000, 1, 1), version="1", checksums={})
    release._release_of = lambda _store: one
    release.read = lambda _folder: (one,)
    import app  # noqa: PLC0415 (after labels)
    from analytics.findings.robustness import placebo_many  # noqa: PLC0415 (after labels)
    from analytics.publication.registry import offered  # noqa: PLC0415 (after labels)
    from analytics.publication.xlsx import to_xlsx  # noqa: PLC0415 (after labels)
    from analytics.selection.parse import from_search  # noqa: PLC0415 (after labels)
    from analytics.selection.selection import HOME  # noqa: PLC0415 (after labels)
    from components.card.card import cards_under  # noqa: PLC0415 (after labels)

    placebo_many.LONG_DRAWS = DRAWS
    made = Walked()
    client = app.explorer.server.test_client()
    loose = sorted(offered(HOME).keys() - {card.finding.key for card in cards_under(HOME).values()})
    for query in QUERIES:
        selection = from_search(query)
        assert not selection.notices, selection.notices
        for key in tried(cards_under(HOME), query, whole=whole):
            card = cards_under(HOME)[key]
            for name, part in _card(card, card.finding.make(selection)):
                made.keep(f"card {key} {name} {query}", part)
        for key in tried(loose, query, whole=whole):
            made.keep(f"finding {key} {query}", _rows(offered(HOME)[key].publish(selection)))
        for path in tried(_paths(), query, whole=whole):
            made.keep(f"page {path} {query}", of_page(_page(client, path, query)))
    for key, query in workbooks(offered(HOME), whole=whole).items():
        published = offered(HOME)[key].make(from_search(query))
        made.keep(f"workbook {key} {query}", of_workbook(to_xlsx(published)))
    for address in ADDRESSES:
        reply = client.get(address)
        assert reply.status_code == 200, address
        made.keep(
            f"address {address}", of_page(reply.json) if reply.is_json else numbers(reply.text)
        )
    return made


def of_workbook(content: bytes) -> list[object]:
    """Return the cells of a workbook in order: numbers as they are, of words their numbers."""
    with ZipFile(io.BytesIO(content)) as book:
        written = book.read("xl/sharedStrings.xml").decode()
        shared = re.findall(r"<si>(.*?)</si>", written, re.DOTALL)
        sheets = sorted(one for one in book.namelist() if one.startswith("xl/worksheets/sheet"))
        return [
            [at, numbers(shared[int(value)]) if 't="s"' in more else value]
            for sheet in sheets
            for at, more, value in CELL.findall(book.read(sheet).decode())
        ]


def _paths() -> list[str]:
    from dash import page_registry  # noqa: PLC0415 (after labels)

    plain = [str(one["path"]) for one in page_registry.values() if not one.get("path_template")]
    return [*plain, "/indicators/icpc_rate", "/councils/E08000035"]


def _page(client: object, path: str, query: str) -> object:
    from components.server.first_look import question  # noqa: PLC0415 (after labels)

    reply = client.post("/_dash-update-component", json=question(path, query))
    assert reply.status_code == 200, (path, query, reply.text[:300])
    return reply.json["response"]["_pages_content"]["children"]


def any_length() -> None:
    """Let sentences be of any length: nonsense is longer than what it replaces."""
    import app  # noqa: F401, PLC0415 (after labels)

    for module in list(sys.modules.values()):
        if hasattr(module, "MOST_WORDS"):
            module.MOST_WORDS = 1000


def main() -> None:
    kind, share, out = sys.argv[1:]
    room = Path(tempfile.mkdtemp())
    os.environ |= {"EXPLORER_CACHE": str(room / "p"), "EXPLORER_PACKED": str(room / "q")}
    if kind == "nonsense":
        labels.install()
        labels.at_the_door()
    any_length()
    made = walk(whole=share == "whole")
    Path(out).write_text(json.dumps([made.parts, labels.REPLACED, made.shown]))


if __name__ == "__main__":
    main()
