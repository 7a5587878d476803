"""Findings as cards and charts are given them."""

import pytest

from analytics.findings.claims import later
from analytics.findings.indicators import (
    area,
    indicator_figures,
    kpis,
    pilots,
    places,
)
from analytics.selection.parse import from_search

EVERY = [
    kpis.gaps, kpis.changes, kpis.named, indicator_figures.years, indicator_figures.places,
    pilots.changes, pilots.bands, places.who, places.inspections, area.area, later.studies,
]  # fmt: skip


@pytest.fixture
def publish():
    """Publish a finding for the query of an address."""
    return lambda finding, query="": finding.publish(from_search(query))


def _written(figure):
    texts = [note["text"] for note in figure["layout"]["annotations"]]
    return [" ".join(text) if isinstance(text, list) else text for text in texts]


@pytest.fixture
def written():
    """The words of a figure's annotations, the entries of a key one after the other."""
    return _written
