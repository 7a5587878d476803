"""A second programme walks every page, file and sentence: none of the first one's words come out.

An address names it (``programme=harbour_lights``), in a process that starts with the first one.
What a process that starts with the second gives is the same: ``test_in_address`` holds that.
Everything is asked as it is first shown, and under another selection or, with ``--whole``, all.
"""

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from dash import page_registry
from flask.testing import FlaskClient

import app
from components.server.first_look import question
from data.programmes.read import ROOM, read

ROOT = Path(__file__).parents[2]
SECOND = Path(__file__).parent / "harbour_lights.toml"
HERS, FIRST = read(SECOND), read(ROOM / "signs_of_safety.toml")

QUERIES = (
    "",
    "?band=moored&compare=england&years=2013-2025&adjust=bh",
    "?pilots=E06000026,E09000007,E10000016&model=2025&weights=closeness&about=ratio&outcome=change",
    "?area=E08000035&base=2017&vintage=first&k=5&with-pilots=1&compare=region",
    "?band=undersail&years=2018-2018&indicator=assess_days_median&compare=pilots&evidence=real",
)
PATHS = [
    *(page["path"] for page in page_registry.values() if not page.get("path_template")),
    "/indicators/icpc_rate",
    "/councils/E08000035",
    "/councils/E09000007",
]
EMPTY = ("/social-workers", "/families", "/case-records", "/self-profile", "/claims")
TABS = ("table", "about")
SHEETS = (
    "indicators", "ratios", "fractions", "methods", "families", "symbols", "findings",
    "cost-fields", "councils",
)  # fmt: skip

#: What only the first programme has: its names, its start, its evaluators, its bands.
FOREIGN = re.compile(
    "|".join(
        [
            *map(re.escape, (FIRST.name, FIRST.start_words, FIRST.start_short)),
            *map(re.escape, (FIRST.start.isoformat(), FIRST.experience.at, "King's College")),
            rf"\b{FIRST.short_name}\b",
            r"Baginsky|signs[_-]of[_-]safety|the summary lists",
            f"{FIRST.start:%Y%m%d}",
            # A number of pilots; "the first ten of the list" counts neighbours.
            rf"\b{FIRST.many}\b(?! of the list)|\b{len(FIRST.pilots)} pilots",
            *(rf"\b{re.escape(band.key)}\b" for band in FIRST.bands),
            *(re.escape(words) for band in FIRST.bands for words in (band.label, band.short)),
            # Indicators may be of children who are "over 2 years" in care; keys of charts may not.
            *(f"</span> {re.escape(band.legend)}" for band in FIRST.bands),
        ]
    ),
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def address() -> Iterator[FlaskClient]:
    """The explorer, to which the second programme is known by its key."""
    with pytest.MonkeyPatch.context() as patched:
        for room in ("readers", "parameters"):
            patched.setattr(f"analytics.selection.{room}.keys", lambda: (FIRST.key, HERS.key))
            patched.setattr(
                f"analytics.selection.{room}.called", {FIRST.key: FIRST, HERS.key: HERS}.get
            )
        yield app.explorer.server.test_client()


def hers(address: str) -> str:
    """Return an address, or a query, that names the second programme too."""
    return f"{address}{'&' if '?' in address else '?'}programme={HERS.key}"


def asked(client: FlaskClient, where: str, body: object = None) -> str:
    """Return an answer in words, as a reader sees them; anything but 200 fails."""
    answer = client.get(hers(where)) if body is None else client.post(where, json=body)
    assert answer.status_code == 200, f"{where}: {answer.status_code}"
    words = html.unescape(answer.get_data().decode("utf-8-sig"))
    return re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), words)


def laid_out(client: FlaskClient, path: str, query: str) -> str:
    """Return the content that Dash's router puts in the page for an address."""
    body = question(path, hers(query))
    return asked(client, "/_dash-update-component", body)


def clean(words: str, where: str) -> None:
    """Fail where a word of the first programme comes out, with what stands around it."""
    found = FOREIGN.search(words)
    around = words[max(0, found.start() - 80) : found.end() + 80] if found else ""
    assert not found, f"{where}: {around!r}"


@pytest.fixture(scope="module")
def cards(address) -> list[str]:
    """The keys of the cards of every page."""
    pages = [laid_out(address, path, "") for path in PATHS]
    return sorted({key for page in pages for key in re.findall(r'"data-card":"([^"]+)"', page)})


def test_the_walk_would_find_the_words_of_the_first_programme(client):
    for words in (
        *(band.key for band in FIRST.bands),
        *(f'<span style="x">●</span> {band.legend}' for band in FIRST.bands),
        *("Ten pilots", "all ten pilots", "10 pilots", "as SoS says", "from Nov 2014 on"),
    ):
        assert FOREIGN.search(words), words
    for key in ("kpis-changes", "change-verdict", "expenditure-changes", "pilots-profile"):
        assert FOREIGN.search(client.get(f"/api/v1/findings/{key}.json").text), key
        assert FOREIGN.search(client.get(f"/cards/{key}/about").text), key


def test_every_page_is_of_the_second_programme(address, some):
    headings = set[str]()
    for path in PATHS:
        for query in some(QUERIES, 2, path):
            # An address carries what Dash's router answers: ``test_first_look`` holds that.
            page = (
                laid_out(address, path, query)
                if path == "/404"
                else asked(address, f"{path}{query}")
            )
            if path != "/group":  # it leads to every programme
                clean(page, f"{path}{query}")
            [heading] = re.findall(r'"children":"([^"]+)","id":"page-title"', page)
        headings.add(heading)
    assert len(headings) == len(PATHS)
    overview = laid_out(address, "/", "")
    assert "Did Harbour Lights make a difference in eight English councils?" in overview
    assert all(band.label in overview for band in HERS.bands)
    assert "started in September 2017" in laid_out(address, "/over-time", "")
    assert "What implementing Harbour Lights would cost" in laid_out(address, "/costs", "")
    assert "One of the eight authorities" in laid_out(address, "/data", "")


def test_what_the_programme_does_not_have_is_said_and_not_led_to(address):
    frame = asked(address, "/_dash-layout")
    clean(frame, "the frame of every page")
    assert "Harbour Lights evaluation explorer" in frame
    assert "of the Institute of Beacons" in frame
    for path in EMPTY:
        page = laid_out(address, path, "")
        assert re.search(r"Harbour Lights has no [a-z ]+ that could be shown here\.", page), path
        assert "data-card" not in page
        assert f'"{path}"' not in frame
    assert all(f'"{path}"' in frame for path in ("/indicators", "/pilots", "/costs", "/data"))
    for key in ("claims", "kpis-named", "survey-bands", "costs-published", "later-studies"):
        with pytest.raises(AssertionError, match=": 404"):
            asked(address, f"/api/v1/findings/{key}.json")
        with pytest.raises(AssertionError, match=": 404"):
            asked(address, f"/cards/{key}/about")


def test_every_finding_is_of_the_second_programme(address, some):
    listed = asked(address, "/api/v1/findings.json")
    clean(listed, "the list of findings")
    keys = [one["key"] for one in json.loads(listed)["findings"]]
    assert len(keys) > 40
    pilots, bands = {one.code for one in HERS.pilots}, {one.key for one in HERS.bands}
    seen = set[str]()
    for key in keys:
        for query in some(QUERIES, 1, key):
            where = f"/api/v1/findings/{key}"
            words = asked(address, f"{where}.json{query}")
            clean(words, f"{key}.json{query}")
            clean(asked(address, f"{where}.csv{query}"), f"{key}.csv{query}")
            for row in json.loads(words)["rows"]:
                band = row.get("band") or ""
                seen.add(band)
                # Neighbours are named beside a pilot, with its band.
                if row.get("role", "pilot") == "pilot" and band not in {"", "Your authority"}:
                    assert row.get("code", "") in {"", *pilots}, f"{key}: {row}"
    assert bands < seen
    assert seen <= {"", "Your authority", *bands, *(band.label for band in HERS.bands)}


def test_no_window_is_shown_twice_where_the_evaluators_saw_as_far(address):
    found = json.loads(asked(address, "/api/v1/findings/change-windows.json"))
    assert found["title"].endswith("change of the gap in two windows")
    assert [row["window"] for row in found["rows"]] == [
        "Before the start", "What the evaluators saw", "To the latest year",
    ]  # fmt: skip


def test_every_card_is_of_the_second_programme(address, cards, some):
    assert len(cards) > 35
    tabs = [
        (key, tab, query) for key in cards for query in some(QUERIES[:3], 1, key) for tab in TABS
    ]
    # Of files and copies a card says the same as the next, with other addresses and numbers.
    whole = [(key, tab, "") for key in cards[::3] for tab in ("download", "copy")]
    for key, tab, query in (*tabs, *whole):
        where = f"/cards/{key}/{tab}{query}"
        clean(asked(address, f"{where}"), where)
    view = asked(address, "/cards/costs-estimate/sheet")
    clean(view, "the view of the cost card")
    assert "8 pilots together" in view


def test_a_change_of_selection_is_of_the_second_programme(address, cards, some):
    for query in some(QUERIES, 2, "a change"):
        for at in range(0, len(cards), 24):
            body = {
                "output": "answered.data",
                "outputs": {"id": "answered", "property": "data"},
                "inputs": [
                    {
                        "id": "asked",
                        "property": "data",
                        "value": {"query": hers(query), "cards": cards[at : at + 24], "step": "1"},
                    }
                ],
                "changedPropIds": ["asked.data"],
            }
            words = asked(address, "/_dash-update-component", body)
            clean(words, query)
            answered = json.loads(words)["response"]["answered"]["data"]["cards"]
            assert list(answered) == cards[at : at + 24]


def test_tables_sheets_and_parameters_are_of_the_second_programme(address):
    listed = json.loads(asked(address, "/api/v1/tables.json"))["tables"]
    assert [table["key"] for table in listed if table["kind"] != "official"] == [
        "neighbours", "inspections", "pilots",
    ]  # fmt: skip
    clean(json.dumps(listed, ensure_ascii=False), "the list of tables")
    rows = asked(address, "/api/v1/tables/pilots.csv").splitlines()
    assert [row.split(",")[1] for row in rows[1:]] == [one.name for one in HERS.pilots]
    for key in (*SHEETS, *(f"dictionary/{table['key']}" for table in listed)):
        clean(asked(address, f"/sheets/{quote(key)}"), key)
    every = json.loads(asked(address, "/api/v1/parameters.json"))["parameters"]
    # Its values name every programme that can be asked for.
    own = [one for one in every if one["name"] != "programme"]
    parameters = json.dumps(own, ensure_ascii=False)
    clean(parameters, "parameters")
    assert all(f'"{band.key}"' in parameters for band in HERS.bands)
