"""A page brings with it what Dash asks for first, exactly as Dash's own addresses answer."""

import json
import re

import pytest

from analytics.publication.finding import WAITING
from analytics.publication.lru_cache import LruCache
from components.server import first_look
from components.server.first_look import ROUTER, question

HELD = re.compile(r'<script id="first-look" type="application/json">(.*?)</script>', re.DOTALL)
PATHS = ("/", "/indicators?band=beginner&compare=england", "/nowhere", "/pilots?x=</script>")
BELOW = {"X-Forwarded-Prefix": "/sos"}


def brought(client, address, **more):
    (held,) = HELD.findall(client.get(address, **more).text)
    return json.loads(held)


@pytest.mark.parametrize("address", PATHS)
def test_a_page_brings_what_dash_would_be_answered(client, address):
    look = brought(client, address)
    assert look["layout"] == client.get("/_dash-layout").json
    assert look["dependencies"] == client.get("/_dash-dependencies").json
    path, _, query = address.partition("?")
    assert look["pathname"] == path
    asked = question(path, f"?{query}" if query else "")
    assert look["page"] == client.post("/_dash-update-component", json=asked).json


def test_below_a_prefix_every_address_has_it(client):
    look = brought(client, "/pilots", headers=BELOW)
    assert look["pathname"] == "/sos/pilots"
    asked = question("/sos/pilots", "")
    answer = client.post("/_dash-update-component", json=asked, headers=BELOW).json
    assert look["page"] == answer
    assert '"href": "/sos/' in json.dumps(look["layout"])


def test_it_is_dashs_router_that_is_asked(explorer):
    assert f"..{'...'.join(ROUTER)}.." in explorer.callback_map


def test_a_page_without_a_query_is_laid_out_once(client, monkeypatch):
    first = brought(client, "/pilots")["page"]
    monkeypatch.setattr(first_look, "_page", lambda *_: pytest.fail("laid out twice"))
    assert brought(client, "/pilots")["page"] == first


def test_what_is_still_to_be_made_is_looked_for_again(client, monkeypatch):
    monkeypatch.setattr(first_look, "_PAGES", LruCache(2))  # other tests were here before
    made = first_look._page

    def waits(*asked):
        WAITING.get().append("slow")
        return made(*asked)

    monkeypatch.setattr(first_look, "_page", waits)
    brought(client, "/social-workers")
    laid = []
    monkeypatch.setattr(first_look, "_page", lambda *asked: (laid.append(asked), made(*asked))[1])
    brought(client, "/social-workers")
    assert len(laid) == 1
