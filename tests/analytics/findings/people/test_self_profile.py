"""The self-profile, averaged again from the file."""

import csv
import math
from statistics import fmean, stdev

import pytest
from scipy import stats

from analytics.findings.people import self_profile, self_profile_published
from analytics.selection.parse import from_search
from data.microdata.self_profile import ITEMS


@pytest.fixture(scope="module")
def scores():
    with self_profile.SOURCE.path.open(encoding="utf-8", newline="") as file:
        return {
            (row["item"], row["pilot"], int(row["point"])): (row["band"], int(row["score"]))
            for row in csv.DictReader(file)
        }


@pytest.mark.parametrize("bands", ["beginner,two-years,over-two", "two-years", "over-two"])
def test_areas_are_ranked_by_their_mean_change(scores, bands):
    frame = self_profile.changed.publish(from_search(f"?band={bands}")).frame
    assert len(frame) == len(ITEMS)
    assert frame["change"].is_monotonic_decreasing
    for _, row in frame.iterrows():
        pilots = [
            pilot for item, pilot, point in scores
            if item == row["item"] and point == 1 and scores[item, pilot, 1][0] in bands.split(",")
        ]  # fmt: skip
        changes = [
            scores[row["item"], one, 2][1] - scores[row["item"], one, 1][1] for one in pilots
        ]
        reach = stats.t.ppf(0.975, len(pilots) - 1) * stdev(changes) / math.sqrt(len(pilots))
        middle = fmean(changes)
        assert row["n"] == len(pilots)
        assert row[["change", "low", "high"]].tolist() == pytest.approx(
            [middle, middle - reach, middle + reach]
        )
        assert row["second"] - row["first"] == pytest.approx(middle)


def test_each_pilot_stands_with_its_own_scores(scores):
    published = self_profile.pilots.publish(from_search(""))
    assert len(published.frame) == 150
    for _, row in published.frame.iterrows():
        found = [scores[row["item"], row["pilot"], point][1] for point in (1, 2)]
        assert row[["first", "second"]].tolist() == found
        assert row["change"] == found[1] - found[0]
    rose = int((published.frame["change"] > 0).sum())
    assert f"{rose} of 150 scores rose" in published.verdict


def test_the_printed_areas_are_nine_and_six_without_scores():
    published = self_profile_published.published.publish(from_search(""))
    assert published.frame["group"].value_counts().to_dict() == {
        "greatest progress": 9, "weakest change": 6,
    }  # fmt: skip
    assert published.frame["item"].tolist() == [one.label for one in ITEMS]
    assert set(published.frame["first"]) == {self_profile_published.NOT_REPORTED}
    assert published.verdict == "Pilots reported most progress on nine areas, least on six"
    assert "Among the nine are mapping cases" in published.plain


@pytest.mark.parametrize("finding", [self_profile.changed, self_profile.pilots])
def test_scores_are_simulated_and_their_notes_say_why_none_is_hidden(finding):
    published = finding.publish(from_search(""))
    assert self_profile.WHO in published.notes
    assert published.summary.startswith("Simulated")
    assert finding.publish(from_search("?evidence=real")).withheld
