from dataclasses import replace

import pytest

import app  # noqa: F401 (pages bring in every card)
from analytics.findings.indicators import kpis
from analytics.publication.finding import _SEAL, Finding
from analytics.publication.published import Published
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME
from components.card.card import Card, card, cards_under
from components.charts.interval_plot import relative_gaps
from data.sources.source import Kind


def words_in(component):
    return str(component.to_plotly_json())


@pytest.mark.parametrize("key", cards_under(HOME))
def test_every_card_carries_kind_source_and_sentence(key):
    shown = words_in(cards_under(HOME)[key].show(from_search("area=E08000035")))
    published = cards_under(HOME)[key].finding.publish(from_search("area=E08000035"))
    assert published.kind.label in shown
    assert "Source: " in shown
    assert published.title.replace("'", "\\'") in shown or published.title in shown


def test_a_chart_is_named_by_its_verdict_and_its_sentence_follows():
    parts = list(cards_under(HOME)["kpis-gaps"].show(from_search(""))._traverse())
    (chart,) = [one for one in parts if getattr(one, "className", "").startswith("chart ")]
    (summary,) = [one for one in parts if getattr(one, "className", "") == "summary"]
    assert chart.role == "application"
    (stop,) = [one for one in parts if getattr(one, "className", "") == "chart-stop"]
    assert stop in chart.children
    assert stop.tabIndex == 0
    published = kpis.gaps.publish(from_search(""))
    assert summary.children == published.plain
    (technical,) = [one for one in parts if getattr(one, "className", "") == "technical"]
    assert technical.children == published.technical
    (title,) = [one for one in parts if type(one).__name__ == "H2"]
    assert title.children == published.verdict
    assert getattr(chart, "aria-labelledby") == title.id
    (topic,) = [one for one in parts if getattr(one, "data-part", "") == "topic"]
    assert topic.children == published.title
    assert getattr(stop, "aria-labelledby") == topic.id
    order = [parts.index(one) for one in (title, topic, chart, summary, technical)]
    assert order == sorted(order)


def test_two_cards_cannot_share_an_id():
    with pytest.raises(ValueError, match="two cards are called kpis-gaps"):
        card(kpis.gaps, chart=None)


def test_pieces_are_what_the_card_shows():
    one = Card(key="mine", finding=kpis.gaps, chart=relative_gaps)
    pieces = one.pieces(from_search("band=beginner"))
    published = kpis.gaps.publish(from_search("band=beginner"))
    assert pieces["title"] == published.verdict
    assert pieces["topic"] == published.title
    assert pieces["summary"] == published.plain
    assert pieces["technical"] == published.technical
    drawn = relative_gaps(published.frame, published.quantity)
    marks = pieces["figure"]["layout"]["meta"]["marks"]
    told = {"marks": marks, **drawn["layout"]["meta"]}
    assert pieces["figure"] == {**drawn, "layout": {**drawn["layout"], "meta": told}}
    assert marks["icpc_rate"] == {
        "name": "Child protection conferences",
        "parameter": "indicator",
    }


def simulated() -> Published:
    return replace(kpis.gaps.publish(from_search("")), kind=Kind.SIMULATED, seal=_SEAL)


def test_a_simulated_chart_says_so_in_room_of_its_own_inside_the_figure(monkeypatch):
    one = Card(key="mine", finding=kpis.gaps, chart=relative_gaps)
    plain = one.figure(kpis.gaps.publish(from_search("")))["layout"]
    marked = one.figure(simulated())["layout"]
    assert "title" not in plain
    assert marked["title"]["text"] == "Simulated"
    room = marked["margin"]["t"] - plain["margin"]["t"]
    assert room == marked["height"] - plain["height"] > marked["title"]["font"]["size"]
    published = simulated()
    monkeypatch.setattr(Finding, "publish", lambda *_: published)
    assert one.pieces(from_search(""))["figure"]["layout"]["title"]["text"] == "Simulated"
    shown = one.show(from_search(""))
    assert getattr(shown, "data-file") == "mine_simulated"
    assert "kind kind--simulated" in words_in(shown)


@pytest.mark.parametrize("key", cards_under(HOME))
def test_no_chart_has_a_title_that_the_mark_would_replace(key):
    one = cards_under(HOME)[key]
    published = one.finding.publish(from_search("area=E08000035"))
    if one.chart is not None and len(published.frame) and not published.withheld:
        layout = one.chart(published.frame, published.quantity)["layout"]
        assert "title" not in layout
        assert isinstance(layout["margin"]["t"], int)


def test_a_folded_card_has_a_button_that_its_verdict_names():
    section = cards_under(HOME)["kpis-matrix"].show(from_search(""), place="folded")
    (button,) = [
        one for one in section._traverse() if getattr(one, "className", "") == "card-opener"
    ]
    assert getattr(section, "data-folded") == ""
    assert getattr(button, "aria-expanded") == "false"
    assert "card-kpis-matrix-title" in getattr(button, "aria-labelledby")


def test_a_card_says_in_its_own_words_what_the_bar_does_not_say():
    selection = from_search("?band=beginner&indicator=cpp_start_rate")
    published = cards_under(HOME)["pilots-changes"].finding.publish(selection)
    assert published.subtitle.startswith(published.own_words)
    assert "Per 10,000 children" in published.own_words
    # What follows something that the bar says begins as a title does.
    council = cards_under(HOME)["council-indicators"].finding.publish(selection)
    assert not council.subtitle.startswith(council.own_words)
    assert council.own_words[0].isupper()
    assert selection.pilot_words not in published.own_words
    assert selection.period_words not in published.own_words


def sheet(key, place="half", query=""):
    parts = cards_under(HOME)[key].show(from_search(query), place=place)._traverse()
    (panel,) = [one for one in parts if getattr(one, "id", "") == f"card-{key}-sheet"]
    return getattr(panel, "data-sheet", "")


@pytest.mark.parametrize("query", ["", "band=over-two", "pilots=E06000041"])
@pytest.mark.parametrize("key", ["answer", "overview-rows", "triangulation"])
def test_a_view_that_comes_with_the_page_is_what_its_address_gives(client, key, query):
    given = client.get(f"/cards/{key}/sheet?{query}").text
    assert sheet(key, query=query) == given
    assert given


def test_a_folded_card_and_any_other_view_are_filled_when_they_are_looked_at():
    assert sheet("answer", place="folded") == ""
    assert sheet("claims-choices") == ""


def test_the_brief_answer_is_of_one_length_for_every_card():
    for key in ("answer", "overview-rows", "answer-years"):
        published = cards_under(HOME)[key].finding.publish(from_search(""))
        assert published.words.brief.startswith(f"{published.verdict}.")
        assert len(published.words.brief.split()) <= 25
        assert cards_under(HOME)[key].pieces(from_search(""))["brief"] == published.words.brief
