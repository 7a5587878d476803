"""The card: its tabs, its table, its files, and the picture it makes of itself."""

import csv
import io
import json
import re
from urllib.request import urlopen
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from analytics.measures.indicators.registry import core
from analytics.selection.parameter import Page
from analytics.selection.parse import from_search

QUERY = "?band=beginner,over-two&compare=england"


def rows_of(path):
    with urlopen(path) as reply:  # noqa: S310 (loopback)
        return list(csv.DictReader(io.StringIO(reply.read().decode("utf-8-sig"))))


def tab(page, card, name):
    page.locator(f"#card-{card}").get_by_role("tab", name=name).click()
    page.wait_for_selector(f"#card-{card} [data-panel={name.lower()}] > *")


@pytest.mark.parametrize("query", ["", QUERY, "?pilots=E09000005,E06000023"])
def test_page_and_data_address_give_the_same_rows(reader, query):
    page = reader.open(f"/indicators{query}")
    tab(page, "kpis-gaps", "Table")
    shown = page.locator("#card-kpis-gaps tbody th").all_inner_texts()
    assert page.locator("#card-kpis-gaps thead th").nth(1).inner_text() == "Gap"
    gaps = page.locator("#card-kpis-gaps tbody tr").evaluate_all(
        "rows => rows.map(row => row.cells[1].textContent)"
    )
    base = f"{reader.address}/api/v1/findings/kpis-gaps"
    table = rows_of(f"{base}.csv{query}")
    with urlopen(f"{base}.json{query}") as reply:  # noqa: S310 (loopback)
        held = json.load(reply)
    assert len(table) == len(held["rows"]) == len(shown) == len(core())
    assert [row["name"] for row in table] == [row["name"] for row in held["rows"]] == shown
    for words, line, row in zip(gaps, table, held["rows"], strict=True):
        if row["gap"] is None:
            assert line["gap"] == ""
            assert words == "–"
        else:
            assert float(line["gap"]) == row["gap"]
            assert abs(float(words.replace("−", "-").replace(",", "")) - row["gap"]) < 0.06


def test_the_files_offered_are_the_rows_shown(reader):
    page = reader.open(f"/indicators{QUERY}")
    tab(page, "kpis-gaps", "Download")
    panel = page.locator("#card-kpis-gaps [data-panel=download]")
    with page.expect_download() as waiting:
        panel.get_by_role("link", name=re.compile("^CSV .*, displayed rows$")).click()
    rows = list(csv.DictReader(io.StringIO(waiting.value.path().read_text("utf-8-sig"))))
    assert rows == rows_of(f"{reader.address}/api/v1/findings/kpis-gaps.csv{QUERY}")
    with page.expect_download() as waiting:
        panel.get_by_role("link", name=re.compile("^Excel .*, full table$")).click()
    book = openpyxl.load_workbook(io.BytesIO(waiting.value.path().read_bytes()))
    assert "7 pilots" in " ".join(str(cell.value) for row in book.worksheets[0] for cell in row)
    assert max(sheet.max_row for sheet in book.worksheets) > 7 * len(core()) * 4


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_picture_carries_its_words_and_source(readers, theme):
    reader = readers(color_scheme=theme)
    page = reader.open("/indicators/icpc_rate")
    tab(page, "indicator-years", "Download")
    section = page.locator("#card-indicator-years")
    with page.expect_download() as waiting:
        section.locator("[data-image=svg]").click()
    picture = ET.parse(waiting.value.path())  # noqa: S314 (made here a moment ago)
    words = " ".join(
        "".join(node.itertext()) for node in picture.iter() if node.tag.endswith("text")
    )
    for part in ("topic", "title", "subtitle", "kind", "summary", "technical", "source"):
        said = section.locator(f"[data-part={part}]").first.text_content()
        assert " ".join(said.split()) in " ".join(words.split())
    assert "Open Government Licence" in words
    assert page.locator("[data-part=release]").text_content() in words
    spelled = from_search("").to_permalink(Page.INDICATOR).replace("&indicator=icpc_rate", "")
    assert f"{page.url}{spelled}" in words
    with page.expect_download() as waiting:
        section.locator("[data-image=png]").click()
    assert waiting.value.path().read_bytes().startswith(b"\x89PNG")
    assert waiting.value.suggested_filename.endswith(".png")


def test_the_method_follows_the_selection(reader):
    page = reader.open("/indicators")
    tab(page, "kpis-gaps", "About")
    about = page.locator("#card-kpis-gaps [data-panel=about]")
    assert "believed, not known" in about.inner_text()
    reader.choose("Compare with", "england")
    page.wait_for_function(
        "document.querySelector('#card-kpis-gaps [data-panel=about]').innerText.includes('one and')"
    )


def test_suppressed_figures_are_shown_as_such_and_never_as_zero(reader):
    page = reader.open("/indicators/cpp_open_dur_pct_2yplus")
    page.locator("#card-indicator-places .notes summary").click()
    assert "c: suppressed by the publisher" in page.locator("#card-indicator-places").inner_text()
    tab(page, "indicator-places", "Table")
    missing = page.locator("#card-indicator-places td.missing").all_inner_texts()
    assert any("c" in words for words in missing)
    assert "0.0" not in missing


def test_no_chart_offers_to_send_figures_away(reader):
    page = reader.open("/indicators")
    assert page.locator(".modebar-btn").count() == 0
    configs = page.evaluate(
        "[...document.querySelectorAll('.js-plotly-plot')].map(p => p._context.showSendToCloud)"
    )
    assert configs
    assert not any(configs)


def test_a_page_works_without_any_other_host(reader):
    asked = []
    reader.page.on("request", lambda request: asked.append(request.url))
    reader.open("/pilots?area=E08000035")
    assert asked
    assert all(url.startswith((reader.address, "data:", "blob:")) for url in asked)
