"""A new indicator is one entry in the registry, and every finding has it."""

import pytest

from analytics.findings.indicators import (
    area,
    indicator_figures,
    kpi_values,
    kpis,
    pilots,
)
from analytics.measures.indicators import registry
from analytics.measures.indicators.indicator import Family, Indicator, Polarity
from analytics.selection.parse import from_search
from analytics.text.name_kinds import share

NEW = Indicator(
    key="cpp_ended_dur_pct_u3m",
    name="Ended plans that had lasted three months or less",
    short_name="Ended within 3 months",
    unit="%",
    plain=share("plans ended within three months"),
    numerator="plans ending that lasted three months or less",
    denominator="plans ending in the year",
    basis="year to 31 March",
    publication="Children in need census",
    family=Family.PROTECTION,
    polarity=Polarity.CONTESTED,
    argument="Quick resolution or premature closure.",
    core=True,
)


pytestmark = pytest.mark.usefixtures("fresh", "_entered")


@pytest.fixture
def _entered(monkeypatch):
    monkeypatch.setitem(registry.INDICATORS, NEW.key, NEW)


def test_the_gaps_have_one_row_more():
    for finding in (kpis.gaps, kpis.changes):
        published = finding.publish(from_search(""))
        assert len(published.frame) == 25
        row = published.frame.set_index("key").loc[NEW.key]
        assert row["n"] == 10
        assert row["gap"] == row["gap"]
        assert (row["name"], row["unit"], row["short"]) == (NEW.name, "%", NEW.short_name)
    assert "25" in kpis.gaps.publish(from_search("")).title
    values = kpi_values.values.publish(from_search("")).frame
    assert len(values) == 25 * 10 * 4


def test_the_new_row_is_the_one_worked_out_cell_by_cell(reference):
    each = reference.gaps(NEW.key, from_search(""))
    frame = kpis.gaps.publish(from_search("")).frame.set_index("key")
    assert frame.loc[NEW.key, "gap"] == pytest.approx(sum(each) / len(each))


@pytest.mark.parametrize(
    "finding",
    [
        indicator_figures.years, indicator_figures.places, indicator_figures.values, pilots.changes,
        pilots.bands, area.area,
    ],
    ids=lambda finding: finding.key,
)  # fmt: skip
def test_every_finding_on_one_indicator_shows_it(finding):
    selection = from_search(f"?indicator={NEW.key}&area=E08000035")
    assert not selection.notices
    published = finding.publish(selection)
    assert len(published.frame)
    assert NEW.name in published.title
    assert not published.withheld
