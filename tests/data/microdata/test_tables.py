"""What holds in the description of every record table."""

import re

import pytest

from data.load import load
from data.microdata.case_records import CASE_RECORDS, GRADES, REASONABLE_OR_GOOD, TOOLS
from data.microdata.record import FieldKind
from data.microdata.self_profile import GROUPS, ITEMS, STRONGEST, WEAKEST
from data.microdata.social_workers import (
    ACTIVITIES,
    DIRECT_CONTACT,
    SOCIAL_WORKER_SURVEY,
)
from data.microdata.tables import RECORD_TABLES
from data.sources.evaluation import PROFILE_ITEMS

TABLES = list(RECORD_TABLES.values())
FIELDS = [(table, field) for table in TABLES for field in table.fields]


def named(part):
    return getattr(part, "key", None) or getattr(part, "name", None)


def test_there_are_five_tables():
    assert list(RECORD_TABLES) == [
        "social_worker_survey",
        "time_diaries",
        "family_interviews",
        "case_records",
        "self_profile",
    ]


@pytest.mark.parametrize("table", TABLES, ids=named)
def test_a_table_names_its_rows_and_who_is_protected_by_fields_it_has(table):
    names = [field.name for field in table.fields]
    assert len(names) == len(set(names))
    assert {*table.unique, table.person, "pilot", "band"} <= set(names)
    assert not any(table.field(name).optional for name in (*table.unique, table.person))


@pytest.mark.parametrize(("table", "field"), FIELDS, ids=named)
def test_a_field_says_what_its_cells_may_be(table, field):
    assert table.field(field.name) is field
    assert re.fullmatch(r"[a-z][a-z0-9_]*", field.name)
    assert field.label
    assert field.expected
    if field.kind is FieldKind.CHOICE:
        assert len(set(field.allowed)) == len(field.allowed) >= 2
        assert not [answer for answer in field.allowed if answer != answer.strip() or "," in answer]
    else:
        assert not field.allowed
    if field.kind in {FieldKind.WHOLE, FieldKind.NUMBER}:
        assert field.minimum < field.maximum


@pytest.mark.parametrize("table", TABLES, ids=named)
def test_an_unknown_field_is_refused_with_those_there_are(table):
    with pytest.raises(LookupError, match=f"{table.key} has no field name; it has .*pilot"):
        table.field("name")


def test_every_item_of_the_survey_has_five_ordered_answers_and_may_be_left_empty():
    items = SOCIAL_WORKER_SURVEY.fields[4:]
    assert len(items) == 15
    assert all(len(item.allowed) == 5 and item.ordered and item.optional for item in items)


def test_the_areas_of_the_self_profile_are_worded_as_published():
    published = load(PROFILE_ITEMS).frame
    for group, strongest in ((STRONGEST, True), (WEAKEST, False)):
        rows = published[published["group_key"] == group]
        assert set(rows["group"]) == {GROUPS[group]}
        words = rows["item"].tolist()
        assert [item.label for item in ITEMS if item.strongest is strongest] == words
    assert len({item.key for item in ITEMS}) == 15


def test_direct_contact_is_among_the_activities():
    assert set(DIRECT_CONTACT) < set(ACTIVITIES)


def test_the_grades_counted_together_are_the_upper_two():
    assert CASE_RECORDS.field("grade").allowed == GRADES
    assert GRADES[2:] == REASONABLE_OR_GOOD
    assert all(CASE_RECORDS.field(name).allowed == ("absent", "present") for name in TOOLS)
