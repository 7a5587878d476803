"""Printed measures against SciPy, and what is not reported said so."""

import pandas as pd
import pytest
from scipy import stats

from analytics.findings.people import (
    case_records_published,
    case_records_read,
    families,
    family_goals,
    family_measures,
)
from analytics.selection.parse import from_search
from data.sources.evaluation import STANDARDISED_MEASURES
from data.sources.source import Kind


def test_every_printed_row_is_scipys_test():
    frame = family_measures.standardised.publish(from_search("")).frame
    printed = pd.read_csv(STANDARDISED_MEASURES.path)
    assert len(frame) == len(printed)
    tested = 0
    for (_, made), (_, row) in zip(frame.iterrows(), printed.iterrows(), strict=True):
        if pd.isna(row["t1_mean"]):
            assert made["withheld"]
            assert pd.isna(made["g"])
            continue
        expected = stats.ttest_ind_from_stats(
            row["t2_mean"], row["t2_sd"], row["t2_n"], row["t1_mean"], row["t1_sd"], row["t1_n"],
            equal_var=False,
        )  # fmt: skip
        assert (made["t"], made["p"]) == pytest.approx((expected.statistic, expected.pvalue))
        assert made["least"] < made["g"] < made["most"]
        tested += 1
    assert tested == 18


def test_what_rounding_alone_could_explain_is_counted_from_the_printed_means():
    published = family_measures.standardised.publish(from_search(""))
    printed = pd.read_csv(STANDARDISED_MEASURES.path).dropna(subset=["t1_mean"])
    within = int((printed["t2_mean"] - printed["t1_mean"]).abs().le(1).sum())
    assert within == 17
    assert f"Rounding alone could explain {within} of the 18 differences." in published.plain
    assert published.verdict.startswith("No clear change")
    assert published.kind is Kind.COMPUTED


def test_what_families_said_is_the_verdict():
    published = family_measures.published.publish(from_search(""))
    assert published.verdict == "Just over half of families were not told how progress was judged"
    assert "Of 270 families, 52%" in published.plain
    records = case_records_published.published.publish(from_search(""))
    assert records.verdict == "60% of recordings of practice were graded reasonable or good"
    for one in (published, records):
        assert one.kind is Kind.PUBLISHED
        assert one.frame["in_words"].ne("").all()
        assert not one.frame["in_words"].str.contains("{", regex=False).any()


@pytest.mark.parametrize(
    "finding", [families.shares, case_records_read.found, case_records_read.graded]
)
def test_nothing_simulated_where_only_real_is_asked_for(finding):
    published = finding.publish(from_search("?evidence=real"))
    assert published.withheld.startswith("Simulated figures are hidden")
    assert not len(published.frame)


def test_where_everything_is_hidden_nothing_is_shown_and_it_says_why():
    published = family_goals.achieved.publish(from_search("?band=over-two"))
    row = published.frame[published.frame["involved"] == "no"].iloc[0]
    assert pd.isna(row["share"])
    assert row["status"] == "small"
    assert published.withheld.startswith("Every figure is of too few people to be shown")
    assert published.summary == published.withheld
    assert not published.frame.select_dtypes("number").count().sum()
