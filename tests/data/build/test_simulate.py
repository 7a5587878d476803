"""The simulated tables come back byte for byte, keep to their schema and are not too tidy."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.build import simulate
from data.load import load
from data.microdata.fields import BANDS
from data.microdata.record import FieldKind
from data.microdata.tables import RECORD_TABLES
from data.sources.evaluation import PILOTS, STANDARDISED_MEASURES
from data.sources.registry import AUTHORITIES, SOURCES
from data.sources.simulated import MARK, SIMULATED
from data.sources.source import Kind

SURVEY, DIARIES, FAMILIES, RECORDS, PROFILE = (load(SIMULATED[key]).frame for key in RECORD_TABLES)
POINTS = {
    "social_worker_survey": "wave",
    "time_diaries": "week",
    "family_interviews": "interview",
    "case_records": "reading",
    "self_profile": "point",
}


def answers(key, name):
    """An item as numbers, least first."""
    frame, field = load(SIMULATED[key]).frame, RECORD_TABLES[key].field(name)
    if field.kind is FieldKind.CHOICE:
        return frame[name].map({words: place for place, words in enumerate(field.allowed)})
    return frame[name]


def intraclass(cells, group):
    """Intraclass correlation from a one-way analysis of variance, groups of unequal size."""
    rows = pd.DataFrame({"cell": cells.astype("float"), "group": group}).dropna()
    cells_of = rows.groupby("group")["cell"]
    n, k = cells_of.size(), rows["group"].nunique()
    size = (n.sum() - (n**2).sum() / n.sum()) / (k - 1)
    between = (n * (cells_of.mean() - rows["cell"].mean()) ** 2).sum() / (k - 1)
    within = ((rows["cell"] - cells_of.transform("mean")) ** 2).sum() / (len(rows) - k)
    return (between - within) / (between + (size - 1) * within)


def test_the_tables_are_simulated_again_byte_for_byte(tmp_path):
    simulate.write(load(STANDARDISED_MEASURES).frame, tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {source.path.name: source.path.read_bytes() for source in SIMULATED.values()}


def test_another_process_with_another_hash_seed_simulates_the_same(tmp_path):
    code = (
        "from pathlib import Path; from data.build import simulate; from data.load import load; "
        "from data.sources.evaluation import STANDARDISED_MEASURES as S; "
        f"simulate.write(load(S).frame, Path({str(tmp_path)!r}))"
    )
    here = Path(__file__).parents[3]
    environment = {**os.environ, "PYTHONHASHSEED": "271828"}
    subprocess.run([sys.executable, "-c", code], check=True, cwd=here, env=environment)  # noqa: S603
    for source in SIMULATED.values():
        assert (tmp_path / source.path.name).read_bytes() == source.path.read_bytes()


@pytest.mark.parametrize("key", RECORD_TABLES)
def test_a_simulated_table_says_so_in_its_kind_name_rows_and_notes(key):
    source = SIMULATED[key]
    assert SOURCES[source.key] is source
    assert source.kind is Kind.SIMULATED
    assert source.key == key
    assert source.path.stem.startswith("simulated-")
    assert "simulated" in source.title
    assert (load(source).frame["simulated"] == MARK).all()
    assert source.notes[0].startswith("Simulated: nobody gave these answers.")


@pytest.mark.parametrize("key", RECORD_TABLES)
def test_every_cell_is_one_its_field_allows(key):
    table, frame = RECORD_TABLES[key], load(SIMULATED[key]).frame
    assert [*frame.columns] == [*(field.name for field in table.fields), "simulated"]
    assert not frame.duplicated(list(table.unique)).any()
    for field in table.fields:
        cells = frame[field.name]
        assert field.optional or cells.notna().all()
        given = cells.dropna()
        match field.kind:
            case FieldKind.CHOICE:
                assert set(given) == set(field.allowed)  # and each answer is given by somebody
            case FieldKind.WHOLE:
                assert given.between(field.minimum, field.maximum).all()
                assert (given == np.floor(given)).all()
            case FieldKind.NUMBER:
                assert given.between(field.minimum, field.maximum).all()
            case FieldKind.DATE:
                assert given.str.fullmatch(r"20\d\d-\d\d-\d\d").all()
            case FieldKind.LABEL:
                assert given.str.fullmatch(r"[A-J]|[A-Z]\d{3}").all()


@pytest.mark.parametrize("key", RECORD_TABLES)
def test_a_pilot_is_a_letter_with_one_band_and_a_person_has_one_pilot(key):
    frame, person = load(SIMULATED[key]).frame, RECORD_TABLES[key].person
    bands = frame.drop_duplicates(["pilot", "band"]).set_index("pilot")["band"]
    assert "".join(sorted(bands.index)) == "ABCDEFGHIJ"
    assert bands.value_counts().loc[list(BANDS)].tolist() == [4, 3, 3]
    assert load(PILOTS).frame["band"].value_counts().loc[list(BANDS)].tolist() == [4, 3, 3]
    assert frame.drop_duplicates([person, "pilot"])[person].is_unique


def test_no_authority_is_named_anywhere_in_the_simulated_files():
    places = load(AUTHORITIES).frame
    names = {*places["name"], *places["code"], *load(PILOTS).frame["name"]}
    for source in SIMULATED.values():
        text = source.path.read_text(encoding="utf-8")
        assert not [name for name in names if name in text]


@pytest.mark.parametrize(
    ("key", "first", "second", "both"),
    [
        ("social_worker_survey", 300, 215, 175),
        ("time_diaries", 90, 78, 78),
        ("family_interviews", 270, 150, 150),
        ("case_records", 220, 170, 170),
        ("self_profile", 10, 10, 10),
    ],
)
def test_so_many_are_there_at_each_point_and_at_both(key, first, second, both):
    frame, person = load(SIMULATED[key]).frame, RECORD_TABLES[key].person
    one, two = (set(frame.loc[frame[POINTS[key]] == point, person]) for point in (1, 2))
    assert (len(one), len(two), len(one & two)) == (first, second, both)


def test_ten_families_were_answered_for_by_another_parent_the_second_time():
    another = FAMILIES["answered_by"] == "another parent"
    assert another.sum() == 10
    assert (FAMILIES.loc[another, "interview"] == 2).all()


def test_half_a_hundred_workers_kept_diaries_and_answered_the_survey():
    both = set(SURVEY["respondent"]) & set(DIARIES["worker"])
    assert len(both) == 50
    homes = pd.concat(
        [
            SURVEY[["respondent", "pilot"]].set_axis(["person", "pilot"], axis=1),
            DIARIES[["worker", "pilot"]].set_axis(["person", "pilot"], axis=1),
        ]
    )
    assert homes.drop_duplicates()["person"].is_unique


def test_some_items_are_not_answered_and_none_by_many():
    items = [field.name for field in RECORD_TABLES["social_worker_survey"].fields if field.optional]
    empty = SURVEY[items].isna().mean()
    assert (empty > 0).all()
    assert (empty < 0.05).all()


CLUSTERED = [
    *(
        ("social_worker_survey", field.name)
        for field in RECORD_TABLES["social_worker_survey"].fields[4:]
    ),
    *(
        ("family_interviews", name)
        for name in (
            "involved_planning",
            "goals_agreed",
            "told_criteria",
            "strengths_recognised",
            "satisfied_contact",
            "lives_improved",
            "goals_achieved",
            "lubben_total",
            "pearlin_total",
            "yatchmenoff_total",
        )
    ),
    ("case_records", "grade"),
    ("case_records", "mapping"),
    ("self_profile", "score"),
]


@pytest.mark.parametrize(("key", "name"), CLUSTERED)
def test_answers_of_a_pilot_are_alike(key, name):
    pilot = load(SIMULATED[key]).frame["pilot"]
    assert 0 < intraclass(answers(key, name), pilot) < 0.45


def test_direct_contact_hours_of_a_pilot_are_alike():
    direct = DIARIES[DIARIES["activity"].str.startswith("direct contact")]
    weeks = direct.groupby(["worker", "week", "pilot"], as_index=False)["hours"].sum()
    assert intraclass(weeks["hours"], weeks["pilot"]) > 0


def test_items_go_together_and_people_stay_much_the_same():
    levels = {name: answers("social_worker_survey", name) for name in SURVEY.columns[4:-2]}
    between = pd.DataFrame(levels).corr().to_numpy()
    assert between[np.triu_indices_from(between, 1)].min() > 0.1
    for name in ("lubben_total", "pearlin_total", "yatchmenoff_total", "sdq_total"):
        wide = FAMILIES.pivot(index="family", columns="interview", values=name)
        assert wide[1].corr(wide[2]) > 0.2


def test_totals_are_the_sums_of_their_parts():
    for total, parts in (
        ("lubben_total", ["lubben_family", "lubben_friends"]),
        (
            "yatchmenoff_total",
            [name for name in FAMILIES.columns if name.startswith("yatchmenoff_")][:4],
        ),
    ):
        assert (FAMILIES[total].dropna() == FAMILIES[parts].dropna().sum(axis=1)).all()
        assert FAMILIES[total].isna().equals(FAMILIES[parts].isna().any(axis=1))


def test_scores_are_skewed_as_such_scores_are():
    assert FAMILIES["sdq_total"].skew() > 0.3
    assert FAMILIES["yatchmenoff_total"].skew() < -0.2


def test_goals_achieved_is_asked_at_the_second_interview_only():
    first = FAMILIES["interview"] == 1
    assert FAMILIES.loc[first, "goals_achieved"].isna().all()
    assert FAMILIES.loc[~first, "goals_achieved"].notna().all()


def test_a_diary_week_lists_every_activity_once_and_is_a_working_week():
    weeks = DIARIES.groupby(["worker", "week"])
    assert (weeks["activity"].nunique() == 12).all()
    assert weeks["hours"].sum().between(25, 60).all()
    assert ((4 * DIARIES["hours"]) % 1 == 0).all()


def test_what_was_not_printed_as_changing_has_the_same_answers_at_both_waves():
    for name in SURVEY.columns[4:-1]:
        level = answers("social_worker_survey", name).groupby(SURVEY["wave"]).mean()
        moved = abs(level[2] - level[1])
        assert (moved > 0.2) == (name in {"use_mapping", "use_safety_planning"}), name


def test_most_self_profile_scores_rose_but_some_fell():
    wide = PROFILE.pivot(index=["pilot", "item"], columns="point", values="score")
    change = wide[2] - wide[1]
    assert (change > 0).mean() > 0.5
    assert (change < 0).any()


def test_records_are_of_both_cohorts_alike():
    first = RECORDS[RECORDS["reading"] == 1]
    assert first["cohort"].value_counts().tolist() == [110, 110]
