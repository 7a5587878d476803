"""Requests made from the description are answered as it says; more of them in the benchmark."""

from tests.bench.described import OK, ask


def test_addresses_answer_as_they_are_described(explorer):
    found = ask(explorer.server, 6)
    assert found.answers[OK] > 0
    assert not found.mismatches, "\n".join(found.mismatches)


def test_an_answer_that_is_not_as_described_is_found(explorer, monkeypatch):
    views = explorer.server.view_functions
    monkeypatch.setitem(views, "api.parameters", lambda: {"other": []})
    found = ask(explorer.server, 1)
    assert any("parameters" in one for one in found.mismatches)
