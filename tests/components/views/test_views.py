"""Views: what they write is the frame, escaped, with links that lead somewhere."""

import re
from html import unescape
from urllib.parse import urlsplit

import pytest

import app  # noqa: F401 (registers the pages)
from analytics.findings.claims import claims, claims_choices, later, triangulation
from analytics.findings.indicators import kpis
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME
from components.card.card import Card, cards_under
from components.templates.render import ENVIRONMENT
from components.views.choices import choices_view
from components.views.claims import claims_view, studies_view
from components.views.grid import grid_view
from components.views.view import leads, page_address

VIEWS = [
    (claims.claims, claims_view),
    (claims_choices.choices, choices_view),
    (triangulation.grid, grid_view),
    (later.studies, studies_view),
]
QUERIES = ["", "band=two-years", "model=2025&adjust=none", "pilots=E06000041"]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize(("finding", "write"), VIEWS, ids=lambda one: getattr(one, "key", ""))
def test_every_link_leads_to_a_page(client, publish, finding, write, query):
    words = write(publish(finding, query))
    links = re.findall(r'<a ([^>]*)href="([^"]*)"', words)
    assert all("data-follow" in marks for marks, _ in links)
    addresses = [urlsplit(unescape(one)) for _, one in links]
    assert not [one for one in addresses if from_search(one.query).notices]
    assert all(client.get(path).status_code == 200 for path in {one.path for one in addresses})
    assert "nan" not in re.sub(r"<[^>]*>", " ", words).split()


def test_a_page_that_is_not_there_is_named_without_a_link():
    link = ENVIRONMENT.get_template("macros.html").module.link
    assert link("Words & more", page_address("/nowhere")) == "Words &amp; more"
    assert link("Words", page_address("/costs")) == '<a data-follow href="/costs">Words</a>'
    assert leads("/indicators/icpc_rate")


def test_every_claim_is_a_row_under_its_status_that_opens_to_the_whole(publish):
    published = publish(claims.claims)
    words = claims_view(published)
    assert words.count("<article") == words.count("<details") == len(published.frame) == 23
    assert words.count("<h3>") == published.frame["status_key"].nunique()
    for _, row in published.frame.iterrows():
        assert f"{row['status'][:1].upper()}{row['status'][1:]}</p>" in words
        assert f'id="claim-{row["id"]}"' in words
        assert f">{row['id']}</span>" in words
    assert words.count("Would be needed") == 23


def test_claims_are_counted_by_status_in_marks_and_in_numbers(publish):
    published = publish(claims.claims)
    words = claims_view(published)
    marks, counts, *_ = re.findall(r'<(?:div|ul) class="claim-\w+"[^>]*>.*?</(?:div|ul)>', words)
    assert marks.count("<span") == len(published.frame)
    assert "aria-hidden" in marks
    numbers = published.frame["status"].value_counts()
    assert counts.count("<li>") == len(numbers)
    assert all(
        re.search(rf"<b>{many}</b> <span[^>]*>{status}</span>", counts)
        for status, many in numbers.items()
    )


def test_only_claims_that_were_checked_have_a_verdict_in_their_row(publish):
    words = claims_view(publish(claims.claims))
    assert words.count('class="claim-verdict"') == 5
    assert "fewer new child protection plans per 10,000 children than similar councils" in words
    assert "Nothing can be computed" not in words


def test_the_grid_has_a_cell_for_every_pair_and_words_for_the_empty(publish):
    published = publish(triangulation.grid)
    words = grid_view(published)
    assert words.count("<td") == len(triangulation.QUESTIONS) * len(triangulation.STRANDS)
    assert words.count("nothing held") == words.count("<td") - len(published.frame)
    assert words.count("<p>n: ") == len(published.frame)
    assert words.count('class="conflict"') == published.frame["conflict"].ne("").sum()


def test_a_cell_of_the_grid_says_at_most_five_words_and_folds_the_rest(publish):
    frame = publish(triangulation.grid).frame
    words = grid_view(publish(triangulation.grid))
    assert all(len(brief.split()) <= 5 for brief in frame["brief"])
    assert words.count("<details") == words.count("<summary>") == len(frame)
    for brief, others in zip(frame["brief"], frame["others"], strict=True):
        assert f"{brief}</span>" in words or f"{brief} <span" in words
        assert (f"+{others:.0f}<span" in words) or not others
    assert "New plans fell" in set(frame["brief"])


def test_your_choice_is_marked_once(publish):
    words = choices_view(publish(claims_choices.choices, "model=2021&average=median"))
    assert words.count("your choice") == 1
    assert "April 2021<br>median<br><strong>your choice" in words
    assert words.count("claims are judged on this") == 1
    assert words.count("<td>") == 30


def test_your_choice_stands_beside_the_status_only_where_it_differs(publish):
    assert "Under your choice" not in claims_view(publish(claims.claims))
    words = claims_view(publish(claims.claims, "band=two-years"))
    assert words.count("Under your choice: cannot be judged with so few pilots") == 5
    assert "Already there before the project</p>" in words


def test_a_ratio_that_differs_is_named_in_its_cell(publish):
    words = choices_view(publish(claims_choices.choices))
    assert "Share of spend on children&#x27;s centres and early years: −0.011" in words


def test_later_studies_are_told_plainly_with_how_they_were_made(publish):
    words = studies_view(publish(later.studies))
    assert words.count("before and after</td>") == 5
    assert "moderate</td>" in words
    assert "more to record.<br><small>No figure was printed in what could be read.</small>" in words
    assert not re.search(r"\b(CIN|LAC|NFA|CPP|DiD|App|pp\d)\b|not reachable", words)


def test_a_card_opens_with_its_view_and_fills_it(client):
    key = "triangulation"
    assert next(iter(cards_under(HOME)[key].tabs)) == "sheet"
    reply = client.get(f"/cards/{key}/sheet?band=two-years")
    assert reply.status_code == 200
    assert "Your choice: Initial conferences: too few pilots" in reply.get_data(as_text=True)


def test_a_card_without_a_view_has_none(client):
    assert client.get("/cards/kpis-gaps/sheet").status_code == 404
    plain = Card(key="mine", finding=kpis.gaps, chart=None)
    assert list(plain.tabs) == ["table", "about", "download", "copy"]


def test_a_view_that_is_withheld_says_why(client):
    words = client.get("/cards/kpis-gaps/table?compare=pilots").get_data(as_text=True)
    assert 'class="withheld"' in words
