"""What a page's slow work answers to."""

import os
import shutil
import time
from pathlib import Path

import psutil
import pytest
from dash.exceptions import PreventUpdate

import app  # noqa: F401 (pages bring in every finding)
from analytics.findings.robustness import placebo_many
from analytics.measures.indicators.registry import core
from analytics.publication.registry import offered
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME
from components.card.card import cards_under
from components.frame.update_cards import update_cards
from components.jobs.job_base import TWICE
from components.jobs.run import make

KEY = "robustness-placebos-long"


@pytest.mark.parametrize(
    "asked",
    [None, 3, "x", {}, {"query": "", "finding": "nothing"}, {"query": 3, "finding": KEY},
     {"query": "", "finding": "kpis-gaps"}, {"query": "", "finding": ["x"]}],
)  # fmt: skip
def test_anything_but_a_pages_question_does_nothing(asked):
    with pytest.raises(PreventUpdate):
        make(lambda _state: None, asked)


def test_what_was_made_is_in_the_card_the_answer_and_the_address(client, monkeypatch):
    monkeypatch.setattr(placebo_many, "LONG_DRAWS", 40_000)
    query, told = "?k=9&average=median", []
    asked = {"query": query, "cards": [KEY, "robustness-view"], "step": "push:1"}
    path = f"/api/v1/findings/{KEY}.json{query}"
    before = update_cards(asked)["cards"][KEY]
    assert before["waiting"]
    assert before["withheld"] == offered(HOME)[KEY].slow
    waiting = client.get(path)
    assert waiting.headers["Cache-Control"] == "no-store"
    assert waiting.get_json()["rows"] == []
    assert "Press" in client.get(f"/cards/{KEY}/table{query}").text
    done = make(told.append, {"query": query, "finding": KEY, "nth": 1})
    assert done == {"words": "Done: the result is in the card."}
    assert told == [["50", "50%"], ["100", "100%"]]
    after = update_cards(asked)["cards"][KEY]
    assert not after["waiting"]
    assert "placebo groups" in cards_under(HOME)[KEY].finding.publish(from_search(query)).summary
    assert len(client.get(path).get_json()["rows"]) == len(core())
    assert "<table" in client.get(f"/cards/{KEY}/table{query}").text


def test_a_result_that_cannot_be_kept_is_said_to_be_lost(monkeypatch):
    monkeypatch.setattr(placebo_many, "LONG_DRAWS", 20_000)
    monkeypatch.setattr("analytics.publication.finding.is_kept", lambda _key: False)
    done = make(lambda _state: None, {"query": "?k=3", "finding": KEY})
    assert "could not be kept" in done["words"]


class Page:
    """A page that has pressed Run, and asks after its job."""

    def __init__(self, client, query):
        self._client, self._query = client, query
        self._others = set(psutil.Process().children())  # a browser of other tests among them
        made = self._ask("").get_json()
        self._handles = {name: made[name] for name in ("cacheKey", "job")}

    def _ask(self, handles):
        asked = {"query": self._query, "finding": KEY, "nth": 1}
        body = {
            "output": "job-done.data",
            "outputs": {"id": "job-done", "property": "data"},
            "inputs": [{"id": "job-asked", "property": "data", "value": asked}],
            "changedPropIds": ["job-asked.data"],
        }
        reply = self._client.post("/_dash-update-component", json=body, query_string=handles)
        assert reply.status_code == 200, reply.text
        return reply

    def told(self):
        """Ask until the job has its say, no longer than a reader would wait."""
        end = time.monotonic() + 30
        while time.monotonic() < end:
            said = self._ask(self._handles).get_json()
            if "response" in said:
                return said["response"]["job-done"]["data"]["words"]
            time.sleep(0.1)
        return pytest.fail("the job has no say")

    def kill(self):
        """End the process of its job."""
        begun = set(psutil.Process().children()) - self._others
        [found] = [one for one in begun if one.status() != psutil.STATUS_ZOMBIE]
        found.kill()
        found.wait(5)


def test_a_job_whose_process_is_killed_is_done_after_all(client, monkeypatch):
    monkeypatch.setattr(placebo_many, "LONG_DRAWS", 4_000_000)  # not done before it is killed
    page = Page(client, "?k=7&average=median")
    page.kill()
    monkeypatch.setattr(placebo_many, "LONG_DRAWS", 40_000)  # in the process that follows
    assert page.told() == "Done: the result is in the card."


def test_a_job_killed_twice_is_said(client, monkeypatch):
    monkeypatch.setattr(placebo_many, "LONG_DRAWS", 4_000_000)  # not done before it is killed
    page = Page(client, "?k=6&average=median")
    page.kill()
    page._ask(page._handles)
    page.kill()
    assert page.told() == TWICE["words"]


def test_folders_deleted_under_a_job_come_back(client, monkeypatch, tmp_path):
    monkeypatch.setattr(placebo_many, "LONG_DRAWS", 400_000)
    query = "?k=5&average=median"
    shared, cache = Path(os.environ["EXPLORER_CACHE"]), tmp_path / "published"
    monkeypatch.setenv("EXPLORER_CACHE", str(cache))  # all other tests keep what they have
    assert offered(HOME)[KEY].publish(from_search(query)).waiting
    page = Page(client, query)
    for folder in (cache, shared.parent / f"{shared.name}-jobs"):
        assert folder.exists()
        shutil.rmtree(folder, ignore_errors=True)
    assert page.told() == "Done: the result is in the card."
    assert (cache / "cache.db").exists()
    assert len(client.get(f"/api/v1/findings/{KEY}.json{query}").get_json()["rows"]) == len(core())
