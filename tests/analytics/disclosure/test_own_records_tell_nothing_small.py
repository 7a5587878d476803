"""A reader's own files, made to be told apart: nothing of a few people follows from all that is
published of them, and each rule of disclosure control is needed for that.
"""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import analytics.findings  # noqa: F401 (registers the findings)
from analytics.disclosure import means, release, scores
from analytics.disclosure.counts import groups_of, people_of
from analytics.disclosure.crosstab import coded
from analytics.disclosure.hours import worker_hours
from analytics.disclosure.pairs import overlap_of
from analytics.findings.people import diaries, families, family_scores, social_workers
from analytics.methods import disclosure
from analytics.publication.registry import offered
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME
from data.load import built
from data.microdata.social_workers import ACTIVITIES
from data.sources.simulated import SIMULATED
from data.sources.source import Kind
from tests.analytics.conftest import forget
from tests.analytics.disclosure.exact import (
    BANDS,
    PARTS,
    cells_told,
    follows,
    frame_of,
    leaks_of_counts,
    leaks_of_means,
    means_told,
    pilots_in,
    shown_rows,
)
from tests.stand_in import use

KEYS = {
    table: [k for k, one in offered(HOME).items() if one.kind is Kind.SIMULATED
            and SIMULATED[table] in one.sources]
    for table in ("social_worker_survey", "time_diaries", "family_interviews", "case_records")
}  # fmt: skip
BY_BAND = {"A": "beginner", "B": "beginner", "C": "two-years", "D": "over-two"}
SCORES = [*PARTS, *(part for parts in PARTS.values() for part in parts)]


def people_among(sizes):
    """A row a person: a label, the pilot and its band."""
    return pd.DataFrame([
        {"who": f"{pilot}{at:03}", "pilot": pilot, "band": BY_BAND[pilot]}
        for pilot, many in sizes.items() for at in range(many)
    ])  # fmt: skip


def twice(frame, point, person):
    both = pd.concat([frame.assign(**{point: at}) for at in (1, 2)], ignore_index=True)
    return both.rename(columns={"who": person})


def survey_of(chance):
    """Few who disagree, in whatever words; and a pilot in which an item is not answered by all."""
    frame = twice(people_among({"A": 40, "B": 31, "C": 36, "D": 12}), "wave", "respondent")
    like = built(SIMULATED["social_worker_survey"]).frame
    for item in [name for name in like if name in social_workers.SURVEY_ITEMS]:
        allowed = social_workers.SURVEY_ITEMS[item].allowed
        weights = np.array([0.02, 0.05, 0.35, 0.38, 0.2])
        frame[item] = chance.choice(allowed, p=weights, size=len(frame))
    first = social_workers.SURVEY_ITEMS["confidence_framework"].allowed
    of_a = frame.index[(frame["pilot"] == "A") & (frame["wave"] == 1)]
    frame.loc[of_a, "confidence_framework"] = (
        [first[3]] * 12 + [first[4]] * 10 + [first[2]] * 15 + [first[1]] * 2 + [first[0]]
    )
    few = frame.index[(frame["pilot"] == "D") & (frame["wave"] == 1)][:4]
    frame.loc[few, "use_mapping"] = None
    return frame


def families_of(chance):
    """Totals without a part, parts without the total, and families seen once."""
    frame = twice(people_among({"A": 31, "B": 24, "C": 38, "D": 27}), "interview", "family")
    like = built(SIMULATED["family_interviews"]).frame
    drawn = like.sample(len(frame), replace=True, random_state=int(chance.integers(9_999)))
    others = [name for name in like if name not in {*frame, "simulated"}]
    frame[others] = drawn[others].to_numpy()
    for total, parts in PARTS.items():
        for part in parts:
            frame[part] = chance.integers(4, 15, size=len(frame)).astype(float)
        frame[total] = frame[list(parts)].sum(axis=1)
    frame[["pearlin_total", "sdq_total"]] = chance.integers(7, 28, size=(len(frame), 2)) * 1.0
    frame[others] = frame[others].astype({n: like[n].dtype for n in others if n not in SCORES})
    frame["goals_achieved"] = frame["goals_achieved"].where(frame["interview"] == 2)
    at = {point: frame.index[frame["interview"] == point] for point in (1, 2)}
    frame.loc[at[1][3], "lubben_total"] = np.nan
    frame.loc[at[1][[60, 61]], "lubben_family"] = np.nan
    frame.loc[at[1][5], ["yatchmenoff_total", "yatchmenoff_mistrust"]] = np.nan
    frame.loc[at[2][[70, 71, 72]], "yatchmenoff_buy_in"] = np.nan
    gone = frame.index[(frame["interview"] == 2) & frame["family"].isin(["A001", "B002", "C003"])]
    return frame.drop(index=gone).reset_index(drop=True)


def diaries_of(chance):
    """One worker with nearly all hours in court of a band."""
    workers = people_among({"A": 14, "B": 11, "C": 15, "D": 12}).rename(columns={"who": "worker"})
    made = workers.assign(week=1).merge(pd.DataFrame({"activity": ACTIVITIES}), how="cross")
    made["hours"] = chance.integers(4, 20, size=len(made)) / 4
    court = made["activity"].eq("court work") & made["pilot"].eq("D")
    made.loc[court, "hours"] = 0.25
    made.loc[court & made["worker"].eq("D003"), "hours"] = 30.0
    return made


def records_of(chance):
    frame = twice(people_among({"A": 33, "B": 28, "C": 45, "D": 19}), "reading", "record")
    like = built(SIMULATED["case_records"]).frame
    drawn = like.sample(len(frame), replace=True, random_state=int(chance.integers(9_999)))
    others = [name for name in like if name not in {*frame, "simulated"}]
    frame[others] = drawn[others].to_numpy()
    early = frame["record"].str[-1].astype(int) % 2 == 0
    return frame.assign(cohort=np.where(early, "early", "late"))


MADE = {
    "social_worker_survey": survey_of,
    "family_interviews": families_of,
    "time_diaries": diaries_of,
    "case_records": records_of,
}
#: What is known of a table by its name, which these tests give to other tables again.
KNOWN = (
    coded, release.hidden_cells, groups_of, people_of, worker_hours, scores._people, overlap_of,
)  # fmt: skip


def own(key, frame, name):
    table = built(SIMULATED[key])
    names = [one for one in table.frame if one in frame]
    columns = tuple(one for one in table.source.columns if one.name in names)
    source = replace(table.source, kind=Kind.OWN, columns=columns)
    return replace(table, source=source, digest=name, frame=frame[names])


@pytest.fixture
def folder(fresh, monkeypatch):
    """Put a reader's own tables in place, with nothing known of any before; and take them away."""
    assert fresh

    def put(seed, **changed):
        chance = np.random.default_rng(seed)
        frames = {key: make(chance) for key, make in MADE.items()} | changed
        use({key: own(key, frame, f"own-{seed}-{key}") for key, frame in frames.items()})
        for known in KNOWN:
            known.cache_clear()
        forget(monkeypatch)

    yield put
    use({})
    for known in KNOWN:
        known.cache_clear()


def small_counts(table):
    return leaks_of_counts(table, cells_told(KEYS[table]))


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_of_a_few_people_follows_from_all_that_is_published(folder, seed):
    folder(seed)
    for table in KEYS:
        assert small_counts(table) == set(), table
    told = means_told()
    assert {len(points) for _, points, _ in told} == {1, 2}
    assert leaks_of_means(told) == set()


def only_single(shown, *, of, atoms, free, allowed, least):
    """Rule out small cells one by one, as if hidden ones taken together told nothing."""
    del free, allowed
    alone = np.eye(len(of))[of @ atoms < least]
    return alone[disclosure.derivable(shown, alone)]


def test_hidden_answers_together_must_be_weighed(folder, monkeypatch):
    monkeypatch.setattr(disclosure, "small_sums", only_single)
    folder(1)
    assert {len(of) for _, of in small_counts("social_worker_survey")} & set(range(2, 10))


def test_totals_must_be_weighed_with_their_parts(folder, monkeypatch):
    monkeypatch.setattr(means, "TOTALS", {})
    folder(1)
    assert leaks_of_means(means_told())


def test_families_seen_twice_must_be_weighed_with_those_seen_once(folder, monkeypatch):
    each = means._means
    monkeypatch.setattr(
        means, "_means", lambda *args, **kw: (m for m in each(*args, **kw) if not m.view.twice)
    )
    folder(1)
    assert leaks_of_means(means_told())


@pytest.mark.parametrize("table", ["social_worker_survey", "family_interviews"])
def test_choices_of_bands_must_be_weighed_together(folder, monkeypatch, table):
    def apart(cells, *, least):
        return cells.hidden | (cells.worth < least)

    monkeypatch.setattr(release, "suppressed", apart)
    folder(1)
    assert small_counts(table)


def test_an_item_that_not_all_answered_must_be_weighed_with_everybody(folder, monkeypatch):
    monkeypatch.setattr(release, "_among_everybody", lambda cells, *_: cells)
    folder(1)
    assert small_counts("social_worker_survey")


def hours_shown(activity):
    """Choices of bands under which the mean hours of an activity are published."""
    return {
        bands
        for bands in BANDS
        for row, _ in shown_rows("diaries-hours", bands)
        if row["activity"] == activity and pd.notna(row["mean"])
    }


def hours_told(activity):
    """Sums over workers that the published means tell, and that of pilot D, whom one dominates."""
    frame = frame_of("time_diaries")
    pilots = sorted(BY_BAND)
    lines = [
        [int(one in pilots_in(frame, bands)) for one in pilots]
        for bands in sorted(hours_shown(activity))
    ]
    return follows(lines, [int(one == "D") for one in pilots]) if lines else False


def test_no_mean_of_hours_is_mostly_of_one_worker(folder):
    folder(1)
    assert "over-two" not in hours_shown("court work")
    assert not hours_told("court work")
    assert "over-two" in hours_shown("travel")
    assert hours_shown("court work")


def test_dominance_must_be_looked_for(folder, monkeypatch):
    monkeypatch.setattr(means, "is_dominated", lambda _numbers: False)
    folder(1)
    assert "over-two" in hours_shown("court work")


def test_what_one_worker_dominates_must_not_follow_from_other_bands(folder, monkeypatch):
    monkeypatch.setattr(
        disclosure, "derivable", lambda _shown, expected: np.zeros(len(expected), bool)
    )
    folder(1)
    assert "over-two" not in hours_shown("court work")
    assert hours_told("court work")


def unrounded(key):
    """Numbers of means, deviations and their intervals that carry more than one decimal."""
    names = ["mean", "sd", "change", "low", "high"]
    published = offered(HOME)[key].publish(from_search("")).frame
    held = published[[name for name in names if name in published]].to_numpy(float)
    held = held[~np.isnan(held)]
    assert len(held)
    return held[np.round(held, 1) != held]


@pytest.mark.parametrize("key", ["families-scores", "diaries-hours"])
def test_means_and_deviations_leave_rounded(folder, monkeypatch, key):
    folder(1)
    assert not len(unrounded(key))
    monkeypatch.setattr(scores, "rounded", float)
    folder(2)
    assert len(unrounded(key))


def test_effects_and_intervals_are_worked_out_from_rounded_numbers(folder):
    """Scores changed by less than the rounding change nothing at all in what is published."""
    folder(1)
    shown = family_scores.measured.publish(from_search("")).frame
    frame = frame_of("family_interviews").copy()
    moved = frame["pearlin_total"] * (1 + 1e-9)
    folder(1, family_interviews=frame.assign(pearlin_total=moved))
    pd.testing.assert_frame_equal(family_scores.measured.publish(from_search("")).frame, shown)


@pytest.mark.parametrize("rows", [1, 2])
def test_n_and_mean_are_of_the_same_people_where_a_pilot_is_in_two_bands(folder, rows):
    frame = families_of(np.random.default_rng(1))
    odd = frame.index[(frame["pilot"] == "A") & (frame["interview"] == 1)][-rows:]
    frame.loc[odd, "band"] = "over-two"
    folder(1, family_interviews=frame)
    checked = 0
    for bands in BANDS:
        inside = frame["pilot"].isin(pilots_in(frame, bands))
        for row, _ in shown_rows("families-scores", bands):
            if pd.isna(row["mean"]):
                continue
            point = {"First interview": 1, "Second interview": 2}[row["when"]]
            given = frame.loc[inside & frame["interview"].eq(point), row["key"]].dropna()
            assert row["n"] == len(given)
            assert row["mean"] == pytest.approx(given.mean(), abs=0.0501)
            assert row["sd"] == pytest.approx(given.std(), abs=0.0501)
            checked += 1
    assert checked


def test_shares_are_of_the_people_of_their_n_where_a_pilot_is_in_two_bands(folder):
    frame = families_of(np.random.default_rng(1))
    frame.loc[frame.index[frame["pilot"] == "A"][-2:], "band"] = "over-two"
    folder(1, family_interviews=frame)
    for bands in BANDS:
        rows = families.shares.publish(from_search(f"?band={bands}")).frame
        for _, row in rows[rows["share"].notna()].iterrows():
            point = {"First interview": 1, "Second interview": 2}[row["when"]]
            inside = frame["pilot"].isin(pilots_in(frame, bands)) & frame["interview"].eq(point)
            given = frame.loc[inside, row["key"]].dropna()
            assert (row["n"], row["people"]) == (len(given), given.eq(row["answer"]).sum())
            assert row["share"] == pytest.approx(100 * given.eq(row["answer"]).mean())


def test_a_worker_who_moves_is_counted_and_averaged_in_one_pilot(folder):
    frame = diaries_of(np.random.default_rng(1))
    again = frame[frame["worker"] == "A001"].assign(week=2, pilot="C", band="two-years", hours=9.0)
    folder(1, time_diaries=pd.concat([frame, again], ignore_index=True))
    for bands in ("beginner", "two-years"):
        shown = diaries.week.publish(from_search(f"?band={bands}")).frame
        first = frame[frame["pilot"].isin(pilots_in(frame, bands))]
        assert set(shown["n"]) == {first["worker"].nunique()}
