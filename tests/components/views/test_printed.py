"""What was printed, as sentences and pictures: every row is told, and no number is made up."""

import re

import pytest

import app  # noqa: F401 (registers the pages)
from analytics.findings.people import (
    case_records_published,
    family_measures,
    self_profile_published,
    social_workers,
)
from components.views.areas import areas_view
from components.views.printed import missing, printed_view

FINDINGS = [
    family_measures.published,
    case_records_published.published,
    social_workers.published,
]


def plain(words):
    return " ".join(re.sub(r"<[^>]*>", " ", str(words)).replace("&#x27;", "'").split())


@pytest.mark.parametrize("finding", FINDINGS, ids=lambda one: one.key)
def test_every_row_but_the_one_in_the_title_is_a_sentence_said_once(publish, finding):
    published = publish(finding)
    words = plain(printed_view(published))
    for row in published.frame.itertuples():
        assert words.count(f"{row.in_words}.") == (0 if row.told == 1 else 1), row.in_words


@pytest.mark.parametrize("finding", FINDINGS, ids=lambda one: one.key)
def test_a_bar_is_drawn_of_each_number_and_of_no_other_row(publish, finding):
    published = publish(finding)
    words = printed_view(published)
    numbers = published.frame[["share", "count"]].notna().any(axis=1).sum()
    assert words.count("<svg") == numbers
    assert words.count('aria-hidden="true"') == words.count("<svg") + words.count("printed-sign")


@pytest.mark.parametrize("finding", FINDINGS, ids=lambda one: one.key)
def test_not_reported_is_said_once_as_a_list(publish, finding):
    published = publish(finding)
    words = printed_view(published)
    assert plain(words).count("Not reported") == 1
    listed = re.search(r'<ul class="printed-missing">(.*?)</ul>', words)[1].count("<li>")
    assert listed == published.frame["missing"].replace("", None).nunique()


def test_a_row_without_a_figure_that_says_nothing_of_it_is_named_itself():
    rows = [
        {"missing": "", "reported": "no", "item": "Use"},
        {"missing": "", "reported": "yes", "item": "Share"},
        {"missing": "Scores", "reported": "no", "item": "Trust"},
        {"missing": "Scores", "reported": "no", "item": "Time"},
    ]
    assert missing(rows) == ["Use", "Scores"]


def test_a_bar_is_as_long_as_its_number_and_fades_where_it_is_not_exact(publish):
    words = printed_view(publish(family_measures.published))
    first, *_ = re.findall(r"<svg.*?</svg>", words)
    assert 'width="50.0" height="10"/>' in first
    assert "More than 50%" in words
    edges = [
        float(x) + float(width)
        for x, width in re.findall(r'x="([\d.]+)" width="([\d.]+)" height="10" opacity', first)
    ]
    assert len(edges) > 1
    assert max(edges) < 60
    exact = re.search(r"<b>52%</b> <span>of 270</span>.*?</svg>", words)[0]
    assert 'width="52.0"' in exact
    assert "opacity" not in exact
    assert 'width="71.5"' in words  # 193 of 270


def test_the_areas_are_two_lists_with_a_box_for_each_area(publish):
    published = publish(self_profile_published.published)
    words = areas_view(published)
    lists = re.findall(r'<section class="areas-list">(.*?)</section>', words)
    assert [one.count("<li>") for one in lists] == [9, 6]
    assert [one.count("printed-full") + one.count("areas-weak") for one in lists] == [9, 6]
    assert all(one.count("<rect") == len(published.frame) for one in lists)
    for text in published.frame["in_words"]:
        assert plain(words).count(text[1:]) == 1


@pytest.mark.parametrize(
    "finding", [*FINDINGS, self_profile_published.published], ids=lambda one: one.key
)
def test_a_card_on_what_was_printed_has_its_other_words_above_its_table(client, publish, finding):
    panel = client.get(f"/cards/{finding.key}/sheet").text
    assert 'class="summary"' not in panel
    assert 'class="technical"' not in panel
    table = client.get(f"/cards/{finding.key}/table").text
    assert publish(finding).words.technical in plain(table)
