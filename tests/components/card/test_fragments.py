import re
from html import unescape

import pytest

from analytics.measures.indicators.registry import core
from analytics.programme import explorer_of
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME
from components.card.card import cards_under


@pytest.mark.slow
@pytest.mark.parametrize("tab", ["table", "about", "download", "copy"])
def test_every_card_fills_every_tab(client, tab, some):
    for key in some([*cards_under(HOME)], 30, tab):
        reply = client.get(f"/cards/{key}/{tab}?band=beginner&area=E08000035")
        assert reply.status_code == 200
        assert len(reply.get_data(as_text=True)) > 80
        assert "None" not in reply.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/cards/nobody/table", "/cards/kpis-gaps/nothing"])
def test_what_is_not_there_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_a_damaged_query_gives_the_nearest_view(client):
    reply = client.get("/cards/kpis-gaps/table?band=%00<script>&k=x")
    assert reply.status_code == 200
    assert "<script>" not in reply.get_data(as_text=True)


def test_files_are_offered_with_rows_and_size(client):
    words = client.get("/cards/kpis-gaps/download?band=beginner").get_data(as_text=True)
    assert 'href="/api/v1/findings/kpis-gaps.csv?band=beginner"' in words
    assert 'href="/api/v1/findings/kpis-values.xlsx?band=beginner"' in words
    assert f"{len(core())} rows" in words
    assert "384 rows" in words
    labels = re.findall(r'aria-label="([^"]+)"', words)
    forms = ("CSV", "Excel", "ODS", "Parquet", "JSON")
    named = [f"{form}, {which}" for which in ("displayed rows", "full table") for form in forms]
    expected = [*named, "ZIP, all in one pack", "PNG image", "SVG image"]
    assert [re.sub(r" (about )?[\d,]+ kB", "", label) for label in labels] == expected


def test_sizes_are_those_of_the_files(client):
    words = client.get("/cards/kpis-gaps/download?band=beginner").get_data(as_text=True)
    links = re.findall(r'href="([^"]+)" aria-label="[^"]*?(about )?([\d,]+) kB,', words)
    assert len(links) == 11
    for href, about, said in links:
        kept = len(client.get(unescape(href)).data) / 1000
        size = int(said.replace(",", ""))
        assert abs(size - kept) <= (0.25 * kept if about else 0.5), href


def test_a_picture_is_offered_where_there_is_a_chart(client):
    for key in ("claims", "council-inspections"):
        assert "data-image" not in client.get(f"/cards/{key}/download").get_data(as_text=True)


@pytest.mark.parametrize(
    ("card", "pictures"),
    [("kpis-gaps", ["png", "svg"]), ("claims", []), ("kpis-matrix", []), ("area-years", [])],
)
def test_pictures_are_offered_where_there_is_a_chart(client, card, pictures):
    words = client.get(f"/cards/{card}/download").get_data(as_text=True)
    assert re.findall(r'data-image="(\w+)"', words) == pictures


def copied(client, address):
    """What each button of a panel copies: its address, and its citation."""
    words = unescape(client.get(address).get_data(as_text=True))
    buttons = re.findall(
        r'class="file" type="button" data-copy="(\w+)"(?: data-from="([^"]*)")?', words
    )
    [cited] = re.findall(r'data-cited="(.*?)">', words)
    return dict(buttons), cited


def test_a_card_can_be_copied_as_link_citation_data_and_picture(client):
    buttons, cited = copied(client, "/cards/kpis-gaps/copy?band=beginner")
    assert buttons == {
        "link": "/cards/kpis-gaps?band=beginner",
        "citation": "/cards/kpis-gaps?band=beginner",
        "data": "/api/v1/findings/kpis-gaps.csv?band=beginner",
        "picture": "",
    }
    published = cards_under(HOME)["kpis-gaps"].finding.publish(from_search("?band=beginner"))
    assert cited.startswith(explorer_of(HOME))
    assert cited.endswith(f"Source: {published.citation} {published.release.label}.")
    for said in (published.verdict, published.title, published.subtitle, published.kind.label):
        assert said in cited
    assert all(client.get(address).status_code == 200 for address in buttons.values() if address)


def test_what_a_card_does_not_have_is_not_offered_to_be_copied(client):
    withheld, cited = copied(client, "/cards/area-years/copy")
    assert withheld.keys() == {"link", "citation"}
    assert "your authority" in cited
    assert copied(client, "/cards/claims/copy")[0].keys() == {"link", "citation", "data"}


def test_about_leads_to_the_list_of_methods_with_the_selection(client):
    words = client.get("/cards/robustness-pooled/about?band=beginner&k=5").get_data(as_text=True)
    [address] = re.findall(r'href="([^"]+)"', words)
    assert unescape(address) == "/data?band=beginner&k=5#sheet-methods"
    plain = client.get("/cards/robustness-pooled/about").get_data(as_text=True)
    assert 'href="/data#sheet-methods"' in plain
