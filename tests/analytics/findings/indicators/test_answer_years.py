"""The lead measure by year: the one that the answer names, or an honest reason for another."""

import pytest

from analytics.findings import answer
from analytics.findings.indicators import answer_years, indicator_figures, kpis
from analytics.selection.parse import from_search
from analytics.text.certainty import SURE, Certainty
from tests.pairwise import queries

QUERIES = ["", "?years=2016-2020", "?pilots=E06000023", *queries()[::6]]


def published(search=""):
    return answer_years.finding.publish(from_search(search))


@pytest.mark.parametrize("query", QUERIES)
def test_it_is_the_first_that_the_answer_says_changed(query):
    found, told = published(query), answer.finding.publish(from_search(query)).frame
    if found.withheld or not len(told):
        return
    first = told[told["step"] == "changed"].iloc[0]
    row = found.frame.iloc[0]
    if first["key"]:
        assert row["key"] == first["key"]
        assert row["by_gap"] == pytest.approx(first["gap"])
    assert (row["chosen_by"] == "change" and row["chosen_certain"] in SURE) == bool(first["key"])
    assert ("change is clearest" in found.plain) == bool(first["key"])
    # The note says how it was chosen, and counts what was tested for that.
    by, [note] = row["chosen_by"], found.notes[:1]
    assert ("its change is" in note, "its difference is" in note, "the first that" in note) == (
        by == "change",
        by == "level",
        by == "order",
    )
    of = {"change": kpis.changes, "level": kpis.gaps}.get(by)
    if of:
        rows = of.publish(from_search(query)).frame
        many = int((rows["certain"] != Certainty.UNTESTABLE).sum())
        assert f"of {many} measure" in found.plain.lower()


def test_rows_are_those_of_the_indicator_by_year():
    frame = published().frame
    other = indicator_figures.years.publish(from_search("?indicator=cpp_start_rate")).frame
    assert frame["pilots"].tolist() == pytest.approx(other["pilots"].tolist())
    assert frame["year_end"].iloc[-1] == 2025
    assert frame["yours"].isna().all()


@pytest.mark.parametrize(
    ("search", "by", "verdict"),
    [
        ("", "change", "New child protection plans fell against similar councils"),
        ("?years=2014-2016", "change", "New child protection plans may have fallen"),
        ("?years=2016-2018", "level", "Fewer child protection conferences"),
        ("?band=over-two", "order", "Too few pilots to tell"),
    ],
)
def test_the_verdict_is_of_what_the_measure_was_chosen_by(search, by, verdict):
    found = published(search)
    assert set(found.frame["chosen_by"]) == {by}
    assert found.verdict.startswith(verdict)


def test_the_authority_of_the_reader_is_beside_the_pilots():
    found = published("?area=E08000035")
    assert found.frame["yours"].notna().all()
    assert set(found.frame["yours_place"]) == {"Leeds"}
    assert "Leeds was at 49.8 in 2015/16." in found.plain
