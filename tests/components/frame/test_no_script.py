import re

from dash import page_registry

from analytics.findings import answer
from analytics.selection.parse import from_query
from components.frame.no_script import LINKS
from components.frame.shell import NAME


def test_a_reader_without_scripts_has_the_answer_and_links_that_work(client):
    page = client.get("/pilots").text
    found = re.search(r"<noscript>(.*?)</noscript>", page, re.DOTALL)[1]
    words = answer.finding.publish(from_query({})).words
    assert words.headline in found
    links = re.findall(r'href="([^"]+)"', found)
    assert links == [address for _, address in LINKS]
    assert {client.get(address).status_code for address in links} == {200}


def test_the_title_of_every_window_ends_in_the_name_of_the_site(explorer):
    assert explorer.title == NAME
    for page in page_registry.values():
        named = {
            "/cards/<key>": {"key": "kpis-gaps"},
            "/indicators/<named_indicator>": {"named_indicator": "icpc_rate"},
            "/councils/<named_council>": {"named_council": "E06000023"},
        }.get(page["path_template"], {})
        made = page["title"](**named) if callable(page["title"]) else page["title"]
        own = page["heading"](**named) if callable(page["heading"]) else page["heading"]
        assert made == f"{own} – {NAME}"
        assert NAME not in own
