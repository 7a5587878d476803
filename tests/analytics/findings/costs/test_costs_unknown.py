"""What is said of costs and resources where figures are not held."""

from types import MappingProxyType

import numpy as np
import pandas as pd
import pytest

from analytics.costs import estimate, official_figures
from analytics.costs.official_figures import OfficialFigures
from analytics.findings.costs import costs_published, costs_tornado, resources
from analytics.selection.parse import from_search

ALL = from_search("")


class OnePlace:
    """A panel of one place with the same figure every year."""

    places = MappingProxyType({"E1": 0})

    def __init__(self, figure):
        self.figure = figure

    def figures(self, _keys, years):
        return np.full((1, 1, len(years)), self.figure)


def test_a_place_without_any_figure_has_none_and_no_year():
    value, year = official_figures._nearest(OnePlace(np.nan), "any", "E1", 2020)
    assert official_figures._nearest(OnePlace(7.0), "any", "E1", 2020)[0] == 7
    assert np.isnan(value)
    assert year == ""


@pytest.mark.usefixtures("fresh")
def test_without_a_count_of_workers_the_reader_is_asked_for_one(monkeypatch):
    monkeypatch.setattr(OfficialFigures, "of", lambda *_: (float("nan"), ""))
    monkeypatch.setattr(estimate, "_estimated", estimate._estimated.__wrapped__)  # remembers none
    published = costs_tornado.what_moves_it.publish(from_search("?pilots=E09000005"))
    assert published.withheld.startswith("No official count of social workers is held for ")
    assert published.withheld.endswith("set how many there are, or how many people are trained.")


def test_the_assumption_that_moves_the_total_most_is_named():
    assert costs_tornado._most(["day cost"]) == "The total depends most on day cost"
    assert costs_tornado._most(["day cost", "days"]) == "Day cost and days matter most, equally"


def test_an_effort_that_was_not_printed_is_said():
    frame = pd.DataFrame({"printed": [costs_published.NOT_REPORTED], "detail": [""]})
    words = costs_published._words(frame, ALL)
    assert words.verdict == "Neither the effort nor its cost was printed"


def test_no_count_of_workers_to_compare_is_said():
    assert resources._workers_verdict([], ALL) == (
        "No count of social workers can be compared in these years"
    )
