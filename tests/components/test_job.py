"""What a page's slow work answers to."""

import pytest
from dash.exceptions import PreventUpdate

import app  # noqa: F401 (pages bring in every finding)
from analytics.address import from_search
from analytics.findings import placebo_many
from analytics.publication.finding import FINDINGS
from components.answer import answer
from components.card import CARDS
from components.job import make

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
    query, told = "?k=9&indicator=s47_rate", []
    asked = {"query": query, "cards": [KEY, "robustness-view"], "step": "push:1"}
    path = f"/api/v1/findings/{KEY}.json{query}"
    before = answer(asked)["cards"][KEY]
    assert before["waiting"]
    assert before["withheld"] == FINDINGS[KEY].slow
    waiting = client.get(path)
    assert waiting.headers["Cache-Control"] == "no-store"
    assert waiting.get_json()["rows"] == []
    assert "Press" in client.get(f"/cards/{KEY}/table{query}").text
    done = make(told.append, {"query": query, "finding": KEY, "nth": 1})
    assert done == {"words": "Done: the result is in the card."}
    assert told == [["50", "50 %"], ["100", "100 %"]]
    after = answer(asked)["cards"][KEY]
    assert not after["waiting"]
    assert "placebo groups" in CARDS[KEY].finding.publish(from_search(query)).says
    assert len(client.get(path).get_json()["rows"]) == 24
    assert "<table" in client.get(f"/cards/{KEY}/table{query}").text


def test_a_result_that_cannot_be_kept_is_said_to_be_lost(monkeypatch):
    monkeypatch.setattr(placebo_many, "LONG_DRAWS", 20_000)
    monkeypatch.setattr("analytics.publication.finding.is_kept", lambda _key: False)
    done = make(lambda _state: None, {"query": "?k=3", "finding": KEY})
    assert "could not be kept" in done["words"]
