"""The lines that a card offers are carried out as they are, in each language that is installed."""

import re
import shutil
import subprocess
import sys
from html import unescape
from threading import Thread

import pytest
from werkzeug.serving import make_server

from components.card.by_code import ANCESTORS

QUERY = "?pilots=E10000020,E09000005"
PANEL = f"/cards/kpis-gaps/copy{QUERY}"
COMMANDS = {
    "curl": lambda code: ["bash", "-c", code],
    "Python": lambda code: [sys.executable, "-c", code],
    "R": lambda code: ["Rscript", "-e", code],
}


@pytest.fixture(scope="module")
def served(explorer):
    server = make_server("127.0.0.1", 0, explorer.server, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def samples(client, base):
    words = client.get(PANEL, base_url=base).text
    found = re.findall(r'aria-label="(\w+)"><code>(.*?)</code>', words, re.DOTALL)
    return {language: unescape(code) for language, code in found}


@pytest.mark.parametrize(
    ("language", "needs"), [("curl", "curl"), ("Python", ""), ("R", "Rscript")]
)
def test_a_sample_gets_the_rows_of_the_card(client, served, tmp_path, language, needs):
    if needs and shutil.which(needs) is None:
        pytest.skip(f"{needs} is not installed")
    code = samples(client, served)[language]
    command = COMMANDS[language](code)
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)  # noqa: S603
    rows = client.get(f"/api/v1/findings/kpis-gaps.json{QUERY}").json["rows"]
    if language == "curl":
        content = (tmp_path / "kpis-gaps.csv").read_bytes()
        assert (
            content == client.get("/api/v1/findings/kpis-gaps.csv?pilots=E10000020,E09000005").data
        )
    else:
        assert rows[0]["key"] in done.stdout
        assert rows[-1]["key"] in done.stdout


def test_html_for_another_site_is_offered_only_where_one_may_show_the_card(client, monkeypatch):
    monkeypatch.delenv(ANCESTORS, raising=False)
    assert "iframe" not in unescape(client.get(PANEL).text)
    monkeypatch.setenv(ANCESTORS, "https://council.example.org")
    words = unescape(client.get(PANEL, base_url="https://explorer.example.org").text)
    [snippet] = re.findall(r'data-copy="frame" data-from="(<iframe.*?</iframe>)"', words)
    assert (
        'src="https://explorer.example.org/cards/kpis-gaps?pilots=E10000020,E09000005"' in snippet
    )
    assert "script" not in snippet


def test_the_theme_of_a_frame_is_no_part_of_a_selection(client):
    plain, dark = (client.get(f"/api/v1/findings/kpis-gaps.json{q}") for q in ("", "?theme=dark"))
    assert dark.status_code == 200
    assert dark.data == plain.data
