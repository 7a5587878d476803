"""What a page brings of Dash's own: what its scripts read there, and nothing that they do not."""

import base64
import hashlib
import json
import re

import dash
import pytest
from dash.development.base_component import Component

SETTINGS = re.compile(r'<script id="_dash-config" type="application/json">(.*?)</script>')
INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def below(given):
    """Every component that is laid out, itself first."""
    if isinstance(given, list | tuple):
        for one in given:
            yield from below(one)
    elif isinstance(given, Component):
        yield given
        yield from below(getattr(given, "children", None))


@pytest.fixture(scope="module")
def laid_out(explorer):
    """Ids of all components of the frame and of every page."""
    with explorer.server.test_request_context("/"):
        frame = explorer.layout()
        pages = [
            page["layout"]() if callable(page["layout"]) else page["layout"]
            for page in dash.page_registry.values()
        ]
    ids = [getattr(one, "id", None) for one in below([frame, *pages])]
    return [one for one in ids if one is not None]


def of_callbacks(explorer):
    """Ids that callbacks name, as Dash writes them; patterns as they are."""
    for output, callback in explorer.callback_map.items():
        if "." in output:  # or else it has none
            for one in output.strip(".").split("..."):
                yield one.rpartition(".")[0]
        for one in (*callback["inputs"], *callback["state"]):
            yield one["id"]


def fits(pattern, found):
    return (
        isinstance(found, dict)
        and found.keys() == pattern.keys()
        and all(
            isinstance(wanted, list) or found[name] == wanted for name, wanted in pattern.items()
        )
    )


def test_every_callback_has_its_components(explorer, laid_out):
    """The browser is not asked to prove it."""
    plain = {one for one in laid_out if isinstance(one, str)} | {"_pages_location"}
    for named in of_callbacks(explorer):
        if named.startswith("{"):
            pattern = json.loads(named)
            assert any(fits(pattern, one) for one in laid_out), named
        else:
            assert named in plain, named


def test_settings_are_those_that_the_browser_reads(client):
    (held,) = SETTINGS.findall(client.get("/").text)
    settings = json.loads(held)
    assert "validation_layout" not in settings
    assert "python_version" not in settings
    kinds = settings["children_props"]
    assert kinds["dash_bootstrap_components"]["Checklist"] == ["options[].label"]
    assert all(props for known in kinds.values() for props in known.values())


def test_whoever_develops_gets_the_proof_in_the_browser(explorer, monkeypatch):
    monkeypatch.setattr(explorer, "validation_layout", dash.html.Div(["whole"]))
    monkeypatch.setitem(explorer._dev_tools, name="ui", value=True)
    assert "validation_layout" in explorer._config()
    assert explorer._config()["suppress_callback_exceptions"] is False


def test_the_policy_knows_every_script_written_into_a_page(client):
    answer = client.get("/")
    written = INLINE.findall(answer.text)
    assert any("data-bs-theme" in one for one in written)
    for one in written:
        digest = base64.b64encode(hashlib.sha256(one.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in answer.headers["Content-Security-Policy"]
