"""The survey and the diaries, counted again from the files by brute force."""

import csv
import io
import math
from collections import defaultdict
from dataclasses import replace
from statistics import fmean, stdev

import numpy as np
import pytest
from scipy import stats

from analytics.disclosure.crosstab import scope
from analytics.disclosure.crosstabs import AGREE, BASE, view_of
from analytics.disclosure.pairs import overlap_words
from analytics.disclosure.release import hidden_cells
from analytics.findings.people import (
    diaries,
    social_workers,
    social_workers_bands,
    social_workers_change,
)
from analytics.publication.export import to_csv
from analytics.selection.choices import SURVEY_ITEMS
from analytics.selection.parse import from_search
from data.load import load
from data.microdata.social_workers import ACTIVITIES, DIRECT_CONTACT
from data.sources.source import Kind

SURVEY = social_workers.SOURCE
BANDS = ["beginner,two-years,over-two", "beginner", "two-years", "over-two", "two-years,over-two"]
RECORDS = [
    social_workers.every_answer, social_workers.steps, social_workers_change.changed,
    social_workers_bands.groups, diaries.week,
]  # fmt: skip


def rows_of(source):
    with source.path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def survey():
    return rows_of(SURVEY)


@pytest.fixture(scope="module")
def secret():
    return hidden_cells(load(SURVEY), social_workers.TABLE)


def given(survey, item, wave, bands, *, pilot=""):
    return [
        row[item]
        for row in survey
        if row["wave"] == str(wave) and row["band"] in bands and row[item]
        and pilot in {"", row["pilot"]}
    ]  # fmt: skip


@pytest.mark.parametrize("bands", BANDS)
def test_every_answer_is_the_count_of_the_file_or_hidden(survey, secret, bands):
    frame = social_workers.every_answer.publish(from_search(f"?band={bands}")).frame
    assert len(frame) == len(SURVEY_ITEMS) * 2 * 5
    assert frame["people"].notna().any()
    for _, row in frame.iterrows():
        wave = int(row["wave"][-1])
        said = given(survey, row["key"], wave, bands.split(","))
        cell = view_of(social_workers.TABLE, row["key"], point=wave).cell(
            scope(tuple(bands.split(","))), row["answer"]
        )
        assert row["n"] == len(said)
        if cell in secret:
            assert row["status"] == "small"
            assert row[["people", "share", "low", "high"]].isna().all()
            continue
        people = said.count(row["answer"])
        assert row["people"] == people
        assert row["share"] == pytest.approx(100 * people / len(said))
        found = stats.binomtest(people, len(said)).proportion_ci(method="wilson")
        assert (row["low"], row["high"]) == pytest.approx((100 * found.low, 100 * found.high))


def test_no_part_has_the_name_of_another():
    for item in SURVEY_ITEMS:
        names = [part.name for part in view_of(social_workers.TABLE, item, point=1).parts]
        assert len(set(names)) == len(names)


def test_no_shown_count_is_small(survey):
    for bands in BANDS:
        frame = social_workers.every_answer.publish(from_search(f"?band={bands}")).frame
        assert not (frame["people"] < 10).any()
    assert len(survey) == 515


def test_hidden_cells_are_hidden_in_the_words_and_the_file_too():
    published = social_workers.every_answer.publish(from_search("?band=two-years"))
    gone = published.frame["share"].isna()
    assert f"{int(gone.sum())} of 150 shares hidden" in published.technical
    text = to_csv(published).decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text)))
    assert len(lines) == 150
    for line, hidden in zip(lines, gone, strict=True):
        numbers = [line[name] for name in ("people", "share", "low", "high")]
        assert (numbers == [""] * 4) is bool(hidden)


@pytest.mark.parametrize("bands", BANDS)
def test_the_change_is_the_difference_of_the_files_shares(survey, secret, bands):
    frame = social_workers_change.changed.publish(from_search(f"?band={bands}")).frame
    shares = frame[frame["measure_key"] == "share"]
    assert shares["key"].tolist() == list(SURVEY_ITEMS)
    assert shares["change"].notna().any()
    for _, row in shares.iterrows():
        cells, made = [], []
        for wave in (1, 2):
            view = view_of(social_workers.TABLE, row["key"], point=wave)
            cells += [view.cell(scope(tuple(bands.split(","))), part) for part in (AGREE, BASE)]
            said = given(survey, row["key"], wave, bands.split(","))
            upper = SURVEY_ITEMS[row["key"]].allowed[3:]
            made.append((sum(one in upper for one in said), len(said)))
        if not secret.isdisjoint(cells):
            assert row[["first", "second", "change", "low", "high"]].isna().all()
            continue
        (x, m), (y, n) = made
        first, second = x / m, y / n
        low, high = newcombe(made, 0.6 * 0.4)
        found = row[["first", "second", "change", "low", "high"]].tolist()
        expected = [100 * one for one in (first, second, second - first, low, high)]
        assert found == pytest.approx(expected)
        assert (row["n_first"], row["n_second"]) == (m, n)


def newcombe(made, correlation):
    """Newcombe's hybrid interval of two shares that go together, from scipy's Wilson limits."""
    limits = [stats.binomtest(x, n).proportion_ci(method="wilson") for x, n in made]
    first, second = (x / n for x, n in made)
    down, up = (
        math.sqrt(a**2 + b**2 - 2 * correlation * a * b)
        for a, b in (
            (second - limits[1].low, limits[0].high - first),
            (limits[1].high - second, first - limits[0].low),
        )
    )
    return second - first - down, second - first + up


def test_the_waves_hold_partly_the_same_people(survey):
    """Both numbers again by brute force: means over items, rounded down to one decimal."""
    together, parts = [], {band: [] for band in BANDS[1:4]}
    for item, field in SURVEY_ITEMS.items():
        said = {
            wave: {
                row["respondent"]: row[item] in field.allowed[3:]
                for row in survey if row["wave"] == wave and row[item]
            }
            for wave in "12"
        }  # fmt: skip
        both = said["1"].keys() & said["2"].keys()
        pairs = [[said[wave][who] for who in both] for wave in "12"]
        together.append(np.corrcoef(pairs)[0, 1])
        for band, found in parts.items():
            inside = {row["respondent"] for row in survey if row["band"] == band}
            sizes = [len(inside & said[wave].keys()) for wave in "12"]
            found.append(len(inside & both) / math.sqrt(math.prod(sizes)))
    least = min(fmean(found) for found in parts.values())
    expected = [math.floor(10 * one) / 10 for one in (least, fmean(together))]
    for bands in BANDS:
        frame = social_workers_change.changed.publish(from_search(f"?band={bands}")).frame
        shown = frame[(frame["measure_key"] == "share") & frame["change"].notna()]
        assert shown[["overlap", "together"]].drop_duplicates().to_numpy().tolist() == [expected]
        hidden = frame[frame["change"].isna()]
        assert hidden[["overlap", "together"]].isna().all(axis=None)


def test_where_nobody_can_be_joined_the_waves_are_compared_as_of_different_people():
    table = load(SURVEY)
    label = table.frame["respondent"] + table.frame["wave"].astype(str)
    apart = replace(table, digest="apart", frame=table.frame.assign(respondent=label))
    tables = {SURVEY.key: apart}
    frame = social_workers_change.change(tables, from_search(""))
    shares = frame[frame["measure_key"] == "share"]
    assert set(shares["joined"]) == {"no"}
    first = shares.iloc[0]
    field = SURVEY_ITEMS[first["key"]]
    made = []
    for wave in (1, 2):
        said = table.frame.loc[table.frame["wave"] == wave, field.name].dropna()
        made.append((int(said.isin(field.allowed[3:]).sum()), len(said)))
    assert first[["low", "high"]].tolist() == pytest.approx([100 * x for x in newcombe(made, 0)])
    assert "different people" in overlap_words(first)


def test_cliffs_delta_is_that_of_all_pairs_in_three_groups(survey):
    frame = social_workers_change.changed.publish(from_search("")).frame
    deltas = frame[(frame["measure_key"] == "delta") & frame["change"].notna()]
    assert len(deltas) >= 10
    for _, row in deltas.iterrows():
        allowed = SURVEY_ITEMS[row["key"]].allowed
        three = {answer: (0, 0, 1, 2, 2)[at] for at, answer in enumerate(allowed)}
        first, second = (
            np.array(
                [three[one] for one in given(survey, row["key"], wave, set(BANDS[0].split(",")))]
            )
            for wave in (1, 2)
        )
        pairs = np.sign(second[:, None] - first[None, :])
        assert row["change"] == pytest.approx(pairs.mean())
        assert row["low"] <= row["change"] + 0.005
        assert row["low"] == round(row["low"], 2)


def test_a_delta_needs_its_middle_answers_too(secret):
    frame = social_workers_change.changed.publish(from_search("?band=two-years")).frame
    for _, row in frame[frame["measure_key"] == "delta"].iterrows():
        middle = SURVEY_ITEMS[row["key"]].allowed[2]
        cells = {
            view_of(social_workers.TABLE, row["key"], point=wave).cell("two-years", middle)
            for wave in (1, 2)
        }
        if cells & secret:
            assert np.isnan(row["change"])


@pytest.mark.parametrize("item", ["confidence_framework", "use_mapping", "enough_time"])
def test_bands_and_pilots_are_those_of_the_file(survey, secret, item):
    published = social_workers_bands.groups.publish(from_search(f"?item={item}"))
    assert published.title.startswith(SURVEY_ITEMS[item].label)
    assert published.frame["level"].value_counts().to_dict() == {"band": 6, "pilot": 20}
    for _, row in published.frame.iterrows():
        pilot = row["whose"].removeprefix("Pilot ") if row["level"] == "pilot" else ""
        wave = int(row["wave"][-1])
        said = given(survey, item, wave, {row["band"]}, pilot=pilot)
        group = f"pilot={pilot}" if pilot else row["band"]
        view = view_of(social_workers.TABLE, item, point=wave)
        if view.cell(group, BASE) in secret:
            assert np.isnan(row["n"])
        else:
            assert row["n"] == len(said)
        if {view.cell(group, BASE), view.cell(group, AGREE)} & secret:
            assert np.isnan(row["share"])
        else:
            assert row["people"] == sum(one in SURVEY_ITEMS[item].allowed[3:] for one in said)


def test_the_ribbon_counts_who_answered(survey):
    published = social_workers.steps.publish(from_search("?item=use_mapping"))
    waves = [sum(row["wave"] == str(wave) for row in survey) for wave in (1, 2)]
    items = [len(given(survey, "use_mapping", w, set(BANDS[0].split(",")))) for w in (1, 2)]
    assert published.frame["n"].tolist() == [471, *waves, *items]
    assert "471" not in published.words.headline  # no headline mixes printed and simulated
    assert f"471 ({Kind.PUBLISHED.label.lower()})" in published.technical
    assert f"{waves[0]} social workers answered the first survey" in published.verdict
    assert (
        published.frame["step_kind"].tolist() == [Kind.PUBLISHED.label] + [Kind.SIMULATED.label] * 4
    )


@pytest.mark.parametrize("bands", BANDS)
def test_hours_are_means_of_each_workers_weeks(bands):
    weeks = defaultdict(lambda: defaultdict(dict))
    for row in rows_of(diaries.SOURCE):
        if row["band"] in bands.split(","):
            weeks[row["worker"]][row["week"]][row["activity"]] = float(row["hours"])
    frame = diaries.week.publish(from_search(f"?band={bands}")).frame.set_index("activity")
    workers = {
        worker: {one: fmean(week[one] for week in held.values()) for one in ACTIVITIES}
        for worker, held in weeks.items()
    }
    for one in ACTIVITIES:
        check_mean(frame.loc[one], [worker[one] for worker in workers.values()])
    contact = [
        100 * sum(worker[one] for one in DIRECT_CONTACT) / sum(worker.values())
        for worker in workers.values()
    ]
    check_mean(frame.loc[diaries.CONTACT], contact)
    assert (frame["n"] == len(workers)).all()
    assert (frame["weeks"] == sum(len(held) for held in weeks.values())).all()


def check_mean(row, found):
    """Mean and deviation are rounded first, and the interval is worked out from those."""
    middle, spread = row["mean"], round(stdev(found), 1)
    assert (middle, round(middle, 1)) == (pytest.approx(fmean(found), abs=0.0500001), middle)
    reach = stats.t.ppf(0.975, len(found) - 1) * spread / math.sqrt(len(found))
    expected = (middle, round(middle - reach, 1), round(middle + reach, 1))
    assert (row["mean"], row["low"], row["high"]) == pytest.approx(expected)


@pytest.mark.parametrize("finding", RECORDS, ids=lambda one: one.key)
def test_simulated_figures_are_refused_where_only_real_ones_are_wanted(finding):
    published = finding.publish(from_search("?evidence=real"))
    assert published.withheld.startswith("Simulated figures are hidden")
    assert not len(published.frame)
    assert finding.publish(from_search("")).kind.is_simulated


def test_printed_items_carry_no_made_up_percentage():
    published = social_workers.published.publish(from_search("?evidence=real"))
    assert len(published.frame) == 11
    assert set(published.frame["first_wave"]) == {social_workers.NOT_REPORTED}
    assert published.kind is Kind.PRINTED
