"""What every chart must do, whatever finding it draws."""

import re
from pathlib import Path

import orjson
import pytest

import app  # noqa: F401 (pages bring in every card)
from analytics.selection.group import MOST_BANDS
from analytics.selection.parse import from_search
from analytics.selection.places import authorities
from analytics.selection.selection import HOME
from components.card.card import cards_under
from components.charts.chart import band_key, band_marks
from data.programmes.group import programme_of
from data.programmes.programme import Group
from tests.word_faults import SPACED_PERCENT

TOKENS = set(
    re.findall(
        r"--([\w-]+):",
        (Path(__file__).parents[3] / "assets" / "30-parts" / "06-tokens.css").read_text(),
    )
)
QUERIES = ["", "band=beginner", "band=over-two&compare=england", "area=E08000035&years=2013-2025"]
DRAWN = [key for key, card in cards_under(HOME).items() if card.chart]


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)


@pytest.mark.slow
@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("key", DRAWN)
def test_a_figure_is_plain_json_with_a_height_and_known_colours(key, query):
    card = cards_under(HOME)[key]
    published = card.finding.publish(from_search(query))
    figure = card.figure(published)
    assert b"NaN" not in orjson.dumps(figure)
    assert figure["layout"]["height"] > 0
    tall = figure["layout"].get("meta", {}).get("tall", figure["layout"]["height"])
    assert tall >= figure["layout"]["height"]
    for words in strings(figure):
        assert not SPACED_PERCENT.search(words)
        for token in re.findall(r"^@([\w-]+)$|\{@([\w-]+)\}", words):
            assert (token[0] or token[1]) in TOKENS


@pytest.mark.parametrize("key", DRAWN)
def test_a_withheld_finding_draws_nothing_and_says_why(key):
    card = cards_under(HOME)[key]
    selection = from_search("pilots=E09000005&compare=pilots&years=2020-2020")
    published = card.finding.publish(selection)
    if published.withheld:
        assert card.figure(published)["data"] == []
        assert card.pieces(selection)["withheld"] == published.withheld
    else:
        assert card.figure(published)["data"]
        assert not card.pieces(selection)["withheld"]


@pytest.mark.parametrize("words", ["39.8 %", "95\u00a0% interval", " %", "±\u202f%"])
def test_a_space_before_a_percent_sign_is_found(words):
    assert SPACED_PERCENT.search(words)


@pytest.mark.parametrize("words", ["39.8%", "%{customdata}<extra></extra>", "%Y", "in %"])
def test_other_percent_signs_are_not_faulted(words):
    assert not SPACED_PERCENT.search(words)


@pytest.mark.parametrize("many", [MOST_BANDS, 2 * MOST_BANDS])
def test_bands_are_told_apart_by_colour_and_shape(many):
    bands = tuple((f"Band {at}", (code,)) for at, code in enumerate([*authorities()][:many]))
    of = programme_of(Group(bands=bands, start=2019))
    marks = band_marks([*of.band_keys, ""], of)
    assert len({*zip(marks["color"], marks["symbol"], strict=True)}) == many + 1
    shown = {(sign, colour) for sign, _, colour in band_key(list(of.band_keys), of)}
    assert len(shown) == many
    if many == MOST_BANDS:  # each of the two is enough where a reader divides a group
        assert len(set(marks["color"])) == len(set(marks["symbol"])) == many + 1
