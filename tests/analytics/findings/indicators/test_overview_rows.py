"""Every indicator in a row: right numbers, and no word that is surer than the test."""

from statistics import fmean

import numpy as np
import pytest

from analytics.findings.indicators import kpis
from analytics.findings.indicators.overview_rows import of_pilot, of_year, rows
from analytics.measures.indicators.registry import core
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME
from analytics.text.certainty import SURE, Certainty
from data.schema import visible
from tests.pairwise import queries

QUERIES = ["", *queries()[::6]]


def published(search=""):
    return rows.publish(from_search(search))


def test_gaps_of_pilots_and_of_years_are_those_of_the_files(reference):
    frame = published().frame.set_index("key")
    assert len(frame) == len(core()) == 24
    for key in ("icpc_rate", "cpp_start_rate", "assess_days_median"):
        row = frame.loc[key]
        each = [row[of_pilot(one.code)] for one in HOME.pilots]
        held = [one for one in each if not np.isnan(one)]
        assert sorted(held) == pytest.approx(sorted(reference.gaps(key, from_search(""))))
        assert row["gap"] == pytest.approx(fmean(held))
        assert row["relative"] == pytest.approx(100 * row["gap"] / row["comparator"])
        one_year = reference.gaps(key, from_search("?years=2016-2016"))
        assert row[of_year(2016)] == pytest.approx(fmean(one_year))


@pytest.mark.parametrize("query", QUERIES)
def test_words_are_as_sure_as_the_families_of_tests(query):
    found = published(query)
    if found.withheld:
        assert found.withheld == kpis.gaps.publish(from_search(query)).withheld
        return
    frame = found.frame.set_index("key")
    families = {
        "certain": kpis.gaps.publish(from_search(query)).frame,
        "change_certain": kpis.changes.publish(from_search(query)).frame,
    }
    for name, family in families.items():
        if len(family):
            assert frame[name].to_dict() == dict(zip(family["key"], family["certain"], strict=True))
    for sure, said in (("certain", "level_words"), ("change_certain", "change_words")):
        for _, row in frame.iterrows():
            assert ("clearly" in row[said]) == (row[sure] in SURE)
            assert row[said].startswith("perhaps") == (row[sure] == Certainty.ALONE)
            assert ("cannot" in row[said]) == (row[sure] == Certainty.UNTESTABLE)
            assert len(row[said].split()) <= 4


def test_the_surest_difference_comes_first():
    frame = published().frame
    assert frame["p_adjusted"].dropna().is_monotonic_increasing
    assert frame["key"].iloc[0] == "cpp_start_rate"


def test_the_verdict_counts_what_is_clear():
    assert published().verdict == (
        "Four of 24 measures tested differ clearly, one of 20 changed clearly"
    )
    assert published("?years=2016-2018").verdict.endswith("no change can be told")
    assert published("?band=over-two").verdict == "Too few pilots to tell"


def test_files_name_every_column_for_people():
    headings = [one.label for one in visible(published().columns)]
    assert len(set(headings)) == len(headings)
    assert {"Gap, Norfolk", "Gap, 2015/16"} <= set(headings)
    shown = [one for one in visible(published().columns) if one.in_table]
    assert len(shown) <= 12


@pytest.mark.parametrize("query", ["?k=5&base=2013", "?years=2016-2018&k=5", "", "?band=over-two"])
def test_how_many_cannot_be_tested_is_said_where_others_can(query):
    found = published(query)
    counts = [
        int((found.frame[name] == Certainty.UNTESTABLE).sum())
        for name in ("certain", "change_certain")
    ]
    said = [
        f"{count} of 24 {thing}s"
        for count, thing in zip(counts, ("difference", "change"), strict=True)
        if 0 < count < len(found.frame)
    ]
    expected = f"Too few pilots have the figures to test {' and '.join(said)}."
    assert (expected in found.plain) == bool(said)
    assert ("have the figures to test" in found.plain) == bool(said)
