"""A page brings with it what Dash asks for first, exactly as Dash's own addresses answer."""

import json
import re

import pytest

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
