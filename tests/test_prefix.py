"""Below a prefix, everything a reader is sent asks for what is below it and for nothing else.

Every page is read; of the tabs of a card, and of workbooks, some, or all with ``--whole``.
"""

import json
import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from dash import page_registry

import app
from analytics.measures.indicators.registry import INDICATORS
from analytics.publication.published import ADDRESSES
from analytics.publication.registry import offered
from analytics.selection.selection import HOME, Selection
from components.card.card import cards_under
from components.server.first_look import question
from data.sources.registry import SOURCES

ASSETS = Path(app.__file__).parent / "assets"
PREFIX = "/sos"
BELOW = {"X-Forwarded-Prefix": PREFIX}
PATHS = [one["path"] for one in page_registry.values() if not one.get("path_template")]
PATHS += [f"/indicators/{next(iter(INDICATORS))}", "/nowhere"]
#: What may stand before an address: never a letter, a digit or another part of a path.
BEFORE = r"(?<![\w/.<*:-])"


@pytest.fixture(scope="module")
def roots(explorer):
    """The first part of every address there is."""
    rules = {str(rule).split("/")[1] for rule in explorer.server.url_map.iter_rules()}
    named = {path.split("/")[1] for path in PATHS} | {"indicators"} | rules
    return sorted(one for one in named if one and "<" not in one)


@pytest.fixture(scope="module")
def addresses(roots):
    """Find every address in a text, whatever it stands in."""
    any_root = "|".join(map(re.escape, roots))
    inside = re.compile(rf"{BEFORE}(?:{PREFIX})?/(?:{any_root})(?![\w-])")
    alone = re.compile(
        r'(?:href|src|data-path|data-fill|"pathname")\\?["\']?[=:] ?\\?["\'](/[^"\'\\]*)'
    )
    return lambda words: [*inside.findall(words), *alone.findall(words)]


def post(client, body, headers, prefix):
    """What a callback sends, with the slashes that Dash writes as numbers."""
    reply = client.post(f"{prefix}/_dash-update-component", json=body, headers=headers)
    assert reply.status_code == 200, reply.text
    return plain(reply)


def plain(reply):
    return json.dumps(reply.json, separators=(",", ":"), ensure_ascii=False)


def page(client, path, headers, prefix):
    """What the router of Dash sends for a page.

    ``path`` is what the browser shows.
    """
    body = question(path, "")
    return post(client, body, headers, prefix)


def everything(client, some):
    """What a reader below the prefix is sent: pages, what they fetch, listings, files; by name."""

    def fetched(path):
        reply = client.get(PREFIX + path, headers=BELOW)
        assert reply.status_code in {200, 404}, path
        return plain(reply) if reply.is_json else reply.text

    found = {path: fetched(path) for path in PATHS}
    laid_out = {f"{path} laid out": page(client, PREFIX + path, BELOW, PREFIX) for path in PATHS}
    fills = re.findall(rf'"data-fill":"{PREFIX}(/sheets/[^"]+)"', "".join(laid_out.values()))
    assert len(fills) > len(SOURCES)
    tabs = {
        key: [tab for tab in one.tabs if tab != "chart"] for key, one in cards_under(HOME).items()
    }
    expected = [f"/cards/{key}/{tab}" for key, all_ in tabs.items() for tab in some(all_, 1, key)]
    expected += ["/_dash-layout", "/api/v1/findings.json", "/api/v1/tables.json", "/api/nothing"]
    return found | laid_out | {path: fetched(path) for path in (*expected, *fills)}


def with_addresses():
    return [
        key for key, one in offered(HOME).items()
        if ADDRESSES & {column.name for column in one.columns_under(HOME)} and not one.slow
    ]  # fmt: skip


def sheets(content):
    with zipfile.ZipFile(BytesIO(content)) as book:
        return "".join(book.read(name).decode() for name in book.namelist() if "/xl/" in f"/{name}")


def test_everything_below_a_prefix_asks_for_what_is_below_it(client, addresses, some):
    found = {name: addresses(words) for name, words in everything(client, some).items()}
    assert sum(map(len, found.values())) > 500
    assert found["/neighbours laid out"]
    strays = {
        name: sorted(ones)
        for name, listed in found.items()
        if (ones := {one for one in listed if not one.startswith(f"{PREFIX}/")})
    }
    assert strays == {}


@pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
def test_a_file_that_is_kept_does_not_pass_from_one_place_to_another(client, addresses, form, some):
    keys = with_addresses()
    for key in some(keys, 2, form) if form == "xlsx" else keys:
        for headers, prefix in (({}, ""), (BELOW, PREFIX), ({}, "")):
            reply = client.get(f"{prefix}/api/v1/findings/{key}.{form}", headers=headers)
            words = sheets(reply.data) if form == "xlsx" else reply.text
            found = set(addresses(words))
            assert found, key
            assert {one.startswith(f"{PREFIX}/") for one in found} == {bool(prefix)}, key


def test_an_answer_that_is_kept_does_not_pass_from_one_place_to_another(client, addresses):
    leading = [
        key for key, one in cards_under(HOME).items()
        if one.chart and ADDRESSES & {column.name for column in one.finding.columns_under(HOME)}
    ]  # fmt: skip
    asked = {"query": "?band=beginner", "cards": leading, "step": "push:1"}
    body = {
        "output": "answered.data",
        "outputs": {"id": "answered", "property": "data"},
        "inputs": [{"id": "asked", "property": "data", "value": asked}],
        "changedPropIds": ["asked.data"],
    }
    for headers, prefix in (({}, ""), (BELOW, PREFIX), ({}, "")):
        found = addresses(post(client, body, headers, prefix))
        assert found
        assert {one.startswith(f"{PREFIX}/") for one in found} == {bool(prefix)}


@pytest.mark.parametrize("path", PATHS)
def test_pages_are_laid_out_for_a_browser_that_came_past_the_proxy(client, path):
    """The path in its bar then has no prefix."""
    past = json.loads(page(client, path, BELOW, ""))
    usual = json.loads(page(client, PREFIX + path, BELOW, PREFIX))
    assert past == usual


def test_every_column_of_addresses_is_known():
    """By its rows: a column whose words begin at "/" is one."""
    met = set()
    for key, one in offered(HOME).items():
        if one.slow:
            continue
        frame = one.publish(Selection()).frame
        for name in frame.select_dtypes(["object", "str"]):
            begins = frame[name].map(lambda cell: isinstance(cell, str) and cell.startswith("/"))
            if begins.any():
                assert name in ADDRESSES, (key, name)
                met.add(name)
    assert met


def test_our_scripts_and_styles_write_no_address_from_the_root(roots):
    any_root = "|".join(map(re.escape, roots))
    literal = re.compile(rf"(?<!explorer\.at\()[\"'`]/(?:{any_root})(?![\w-])")
    ours = [file for file in ASSETS.rglob("*.*") if file.parent.name != "vendor"]
    for file in (one for one in ours if one.suffix == ".js"):
        assert literal.findall(file.read_text(encoding="utf-8")) == [], file.name
    for file in (one for one in ours if one.suffix == ".css"):
        assert not re.findall(r"url\(\s*[\"']?/", file.read_text(encoding="utf-8")), file.name


def test_without_a_prefix_every_address_is_what_it_was(client):
    assert 'requests_pathname_prefix":"\\u002f"' in client.get("/").text
    listed = client.get("/api/v1/findings.json").json["findings"]
    assert {one["addresses"]["csv"] for one in listed} == {
        f"/api/v1/findings/{one['key']}.csv" for one in listed
    }
