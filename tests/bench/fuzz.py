"""Addresses, callback bodies and data queries that no page sends: none may be answered 5xx."""

import json
import time
from collections import Counter
from typing import Final, Protocol, TypeVar
from urllib.parse import quote

import numpy as np
import orjson
from flask import Flask
from werkzeug.test import TestResponse

from analytics.publication.registry import offered
from analytics.selection.selection import HOME
from components.card.card import cards_under
from data.sources.registry import SOURCES
from tests.bench.questions import ADDRESS, PAGES, SELECTIONS, body
from tests.bench.report import Measure, p95

GROUP: Final = "fuzz"
REQUESTS: Final = 20_000
LONGEST: Final = 60.0  # seconds
SHOWN: Final = 5
SERVER_ERROR: Final = 500
CLASSES: Final = ("2xx", "3xx", "4xx")
BASE: Final = "http://localhost/"  # or a path that begins with // would name a host

NAMES: Final = (
    *("band", "pilots", "compare", "model", "k", "average", "with-pilots", "years", "vintage"),
    *("adjust", "area", "indicator", "utm_source", "named_indicator", "", "%00", "é", "a" * 300),
)
VALUES: Final = (
    *("", "0", "1", "-1", "99", "1e9", "nan", "null", "true", "[]", "{}", "2013-2016", "2030-1"),
    *("beginner", "england", "median", "2025", "E09000007", "icpc_rate", "max-t", "first"),
    *("'", '"', "<script>", "../../etc/passwd", "\0", "\ud83d", "٣", "é" * 50, "x" * 3_000),
    *("=cmd|' /C calc'!A0", "%", "%zz", "a,b,,c", "beginner,beginner", "\r\nX: y", "𝟙𝟘"),
)
TABS: Final = ("table", "about", "download", "chart", "none", "..")
ENDS: Final = ("json", "json", "csv", "csv", "parquet", "exe", "")
METHODS: Final = ("GET", "GET", "GET", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH")
ODD: Final = (None, True, -1, 2**70, 1e308, "", "x", [], {}, [[]], {"id": 1}, "\ud800", "9" * 999)


Answer = TypeVar("Answer")
Answer_co = TypeVar("Answer_co", covariant=True)
One = TypeVar("One")


class Client(Protocol[Answer_co]):
    """What requests are sent through: an application's test client, or what spells them."""

    def open(self, path: str, /, *, method: str, base_url: str) -> Answer_co: ...

    def get(self, path: str, /, *, base_url: str) -> Answer_co: ...

    def post(self, path: str, /, *, data: bytes, content_type: str) -> Answer_co: ...


class Request(Protocol):
    """A kind of request."""

    def __call__(self, client: Client[Answer], chance: "Chance", /) -> Answer: ...


class Chance:
    """Repeatable choices."""

    def __init__(self, seed: int) -> None:
        self._draw = np.random.default_rng(seed)

    def one(self, options: tuple[One, ...]) -> One:
        return options[int(self._draw.integers(len(options)))]

    def word(self, options: tuple[str, ...]) -> str:
        return str(self.one(options))

    def upto(self, most: int) -> int:
        return int(self._draw.integers(most + 1))

    def raw(self) -> bytes:
        return self._draw.bytes(self.upto(60))


def query(chance: Chance) -> str:
    if chance.upto(3) == 0:
        return chance.word(SELECTIONS)
    pairs = [
        f"{quote(chance.word(NAMES), errors='replace')}={_spelled(chance)}"
        for _ in range(chance.upto(4))
    ]
    return "?" + "&".join(pairs)


def _spelled(chance: Chance) -> str:
    word = chance.word(VALUES)
    plain = word.isascii() and word.isprintable() and chance.upto(1)
    return word if plain else quote(word, errors="replace")


def _page(client: Client[Answer], chance: Chance) -> Answer:
    path = chance.word((*PAGES, "/indicators/none", "/nowhere", "/health", "/_dash-layout", "//"))
    path += quote(chance.word(VALUES), errors="replace") if chance.upto(4) == 0 else ""
    return client.open(path + query(chance), method=chance.word(METHODS), base_url=BASE)


def _data(client: Client[Answer], chance: Chance) -> Answer:
    kind = chance.word(("findings", "findings", "tables", "none"))
    keys = (*offered(HOME), *SOURCES, "none", "é", "..", "%00")
    end = "xlsx" if chance.upto(300) == 0 else chance.word(ENDS)
    path = f"/api/v1/{kind}/{chance.word(keys)}.{end}"
    return client.open(path + query(chance), method=chance.word(METHODS), base_url=BASE)


def _fragment(client: Client[Answer], chance: Chance) -> Answer:
    tab = chance.word(TABS if chance.upto(40) == 0 else TABS[:2])
    return client.get(
        f"/cards/{chance.word((*cards_under(HOME), 'none'))}/{tab}{query(chance)}", base_url=BASE
    )


def _route(client: Client[Answer], chance: Chance) -> Answer:
    inputs = [
        {"id": "_pages_location", "property": "pathname", "value": chance.word((*PAGES, "/x"))},
        {"id": "_pages_location", "property": "search", "value": query(chance)},
    ]
    names = ("_pages_content.children", "_pages_store.data")
    outputs = [dict(zip(("id", "property"), name.split("."), strict=True)) for name in names]
    sent = {"output": f"..{'...'.join(names)}..", "outputs": outputs, "inputs": inputs}
    return _post(client, chance, {**sent, "changedPropIds": []}, often=5)


def _answer(client: Client[Answer], chance: Chance) -> Answer:
    cards = tuple(chance.word((*cards_under(HOME), "none")) for _ in range(chance.upto(4)))
    return _post(client, chance, orjson.loads(body(query(chance), cards, "push:1")), often=1)


def _post(client: Client[Answer], chance: Chance, sent: dict[str, object], *, often: int) -> Answer:
    """Post a body, broken somewhere one time in ``often + 1``, or bytes that are no JSON."""
    if chance.upto(often) == 0:
        _break(sent, chance)
    content = chance.raw() if chance.upto(20) == 0 else _json(sent)
    return client.post(ADDRESS, data=content, content_type="application/json")


def _json(sent: object) -> bytes:
    return json.dumps(sent).encode()  # writes what orjson refuses to


def _break(part: object, chance: Chance) -> None:
    """Put something odd in place of one part, at any depth."""
    while isinstance(part, dict | list) and part:
        places = tuple(part) if isinstance(part, dict) else tuple(range(len(part)))
        at = chance.one(places)
        inner = part[at]
        if not isinstance(inner, dict | list) or not inner or chance.upto(2) == 0:
            part[at] = chance.one(ODD)
            return
        part = inner


KINDS: Final[tuple[Request, ...]] = (
    *(_page, _page, _data, _data, _fragment, _route, _answer, _answer, _answer),
)


def measure(server: Flask, *, seed: int = 0) -> list[Measure]:
    chance, until = Chance(seed), time.monotonic() + LONGEST
    client = server.test_client()
    counts, failed, took = Counter[str](), list[str](), list[float]()
    while len(took) < REQUESTS and time.monotonic() < until:
        kind = KINDS[chance.upto(len(KINDS) - 1)]
        begun = time.perf_counter()
        answered = kind(client, chance)
        took.append((time.perf_counter() - begun) * 1_000)
        counts[f"{answered.status_code // 100}xx"] += 1
        if answered.status_code >= SERVER_ERROR and len(failed) < SHOWN:
            failed.append(_told(answered))
    spent = {"p95_ms": round(p95(took), 1), "highest_ms": round(max(took))}
    bad = {**spent, "failed": failed}
    return [
        *(_line(f"answered {kind}", counts[kind], len(took), None) for kind in CLASSES),
        _line(f"5xx among {len(took):,} requests", counts["5xx"], len(took), 0, **bad),
    ]


def _line(name: str, value: float, n: int, target: float | None, **more: object) -> Measure:
    return Measure(group=GROUP, name=name, value=value, unit="", target=target, n=n, more=more)


def _told(answered: TestResponse) -> str:
    asked = answered.request
    sent = asked.get_data(as_text=True)[:400] if asked.method == "POST" else ""
    return f"{answered.status_code} {asked.method} {asked.full_path[:300]} {sent}".strip()
