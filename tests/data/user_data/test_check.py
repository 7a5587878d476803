"""Every kind of fault, each with its file, row, column, what was found and what was expected."""

import random
from dataclasses import replace

import pandas as pd
import pytest

from data.microdata.record import Field, FieldKind, RecordTable
from data.microdata.tables import RECORD_TABLES
from data.microdata.templates_csv import example_csv, template_csv
from data.user_data.check import check
from data.user_data.problem import SCREEN, UserDataError
from data.user_data.read import read

HEAD = "respondent,wave,agrees,hours,day"
GOOD = f"{HEAD}\nA,1,fully,12.5,2015-03-31\nA,2,Not  at all,,\nB,1,PARTLY,80.5,31/12/2015\n"


def faults(text: str, table: RecordTable) -> list[str]:
    with pytest.raises(UserDataError) as error:
        check(read(text.encode(), file="survey.csv"), table)
    return str(error.value).splitlines()


def test_a_good_file_is_held_typed_and_in_order(survey):
    shuffled = "Day;Agrees;wave;RESPONDENT;hours\n31/12/2015;fully;1;A;12,5\n;partly;2;A;\n"
    frame = check(read(shuffled.encode(), file="survey.csv"), survey).frame
    expected = pd.DataFrame(
        {
            "respondent": ["A", "A"],
            "wave": [1, 2],
            "agrees": ["Fully", "Partly"],
            "hours": [12.5, float("nan")],
            "day": ["2015-12-31", None],
        }
    )
    pd.testing.assert_frame_equal(frame, expected)
    assert len(check(read(GOOD.encode(), file="survey.csv"), survey).rows) == 3


CHOICES = "one of Not at all, Partly, Fully"


@pytest.mark.parametrize(
    ("was", "now", "words"),
    [
        ("A,1,", "A,one,", (
            "row 2, column wave: found 'one', expected a whole number from 1 to 3")),
        ("A,1,", "A,1.5,", (
            "row 2, column wave: found '1.5', expected a whole number from 1 to 3")),
        ("A,1,", "A,4,", (
            "row 2, column wave: found '4', expected a whole number from 1 to 3")),
        ("A,1,", "A,,", (
            "row 2, column wave: found an empty cell, expected a whole number from 1 to 3")),
        ("12.5", '"12,5"', (
            "row 2, column hours: found '12,5', expected a number from 0 to 80.5, or empty")),
        ("80.5", "80.6", (
            "row 4, column hours: found '80.6', expected a number from 0 to 80.5, or empty")),
        ("fully", "wholly", f"row 2, column agrees: found 'wholly', expected {CHOICES}"),
        ("fully", "", f"row 2, column agrees: found an empty cell, expected {CHOICES}"),
        ("31/12/2015", "31/13/2015", (
            "row 4, column day: found '31/13/2015', expected the day as 2015-03-31")),
        ("B,1", "=B,1", (
            "row 4, column respondent: found '=B', "
            "expected a label of 1 to 60 letters, digits, spaces or -_.,&'/()")),
        ("B,1", "A,1", (
            "rows 2 and 4, columns respondent and wave: found respondent 'A', wave '1' twice, "
            "expected it once")),
        ("fully,", '"\x1b[31m\u202e\n",', (
            f"row 2, column agrees: found '\\x1b[31m\\u202e', expected {CHOICES}")),
        ("fully", "N/A", (
            f"row 2, column agrees: found 'N/A', which says nothing, expected {CHOICES}")),
        ("fully", "fullу", (
            "row 2, column agrees: found 'fullу' (with the letter CYRILLIC SMALL LETTER U), "
            f"expected {CHOICES}")),
        ("12.5", "99", (
            "row 2, column hours: found '99', expected a number from 0 to 80.5, or empty; 99 looks "
            "like a code for no answer: leave such cells empty")),
        ("fully", "x" * 100, f"row 2, column agrees: found '{'x' * 59}…', expected {CHOICES}"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_named(survey, was, now, words):
    changed = GOOD.replace(was, now, 1)
    assert changed != GOOD
    assert faults(changed, survey) == [f"survey.csv: {words}"]


@pytest.mark.parametrize(
    ("head", "places"),
    [
        ("respondent,wave,agrees,hours,date", ["no heading day", "an unknown heading 'date'"]),
        ("respondent,wave,agrees,day,day", ["a second column 'day'", "no heading hours"]),
        ("respondent,wave,x,y,z", ["no heading agrees, hours and day", "'x', 'y' and 'z'"]),
        ("u,v,x,y,z", ["no heading of this table, but 'u', 'v' and 'x'"]),
    ],
)
def test_a_wrong_heading_is_named(survey, head, places):
    found = faults(f"{head}\nA,1,fully,,\n", survey)
    assert len(found) == len(places)
    for line, words in zip(found, places, strict=True):
        assert line.startswith("survey.csv: row 1: found ")
        assert words in line


def test_a_file_without_rows_is_refused(survey):
    words = "survey.csv: found no rows below the headings, expected one at least"
    assert faults(HEAD, survey) == [words]
    assert faults(f"{HEAD}\n\n,,,,\n", survey) == [words]


def test_faults_come_cause_first_one_line_for_each_kind(survey):
    text = f"{HEAD},colour\nA,9,wholly,,,\n\nA,9,partially,x,soon,red\nB,1,fully,1,,,extra\n"
    found = faults(text, survey)
    places = [line.removeprefix("survey.csv: ").partition(": found ")[0] for line in found]
    assert places == [
        "row 5",
        "row 1",
        "column wave, 2 cells",
        "column agrees, 2 cells",
        "row 4, column hours",
        "row 4, column day",
        "rows 2 and 4, columns respondent and wave",
    ]


def test_cells_of_a_kind_are_one_line_with_examples_and_counts(survey):
    rows = "".join(f"R{at},{40 + at % 4},no,,\n" for at in range(400))
    with pytest.raises(UserDataError) as error:
        check(read(f"{HEAD}\n{rows}".encode(), file="survey.csv"), survey)
    wave, agrees, hint = str(error.value).splitlines()
    assert wave == (
        "survey.csv: column wave, 400 cells: found '40' (row 2 and 99 more), '41' (row 3 and 99 "
        "more), '42' (row 4 and 99 more) and 100 more, expected a whole number from 1 to 3"
    )
    assert "column agrees, 400 cells: found 'no' (row 2 and 399 more), expected" in agrees
    assert "--faults" in hint
    assert len(list(error.value.whole())) == 800


def test_a_message_is_a_screen_at_most(survey):
    many = tuple(
        Field(name=f"item_{at}", label="Item", kind=FieldKind.CHOICE, allowed=("yes", "no"))
        for at in range(90)
    )
    wide = replace(survey, fields=many, unique=())
    text = ",".join(field.name for field in many) + "\n" + ("maybe," * 90 + "\n") * 3 + "yes," * 90
    found = faults(text.replace("maybe", "yes", 1), wide)
    assert sum(-(-len(line) // 80) for line in found) <= SCREEN + 4
    assert "more kinds of fault, " in found[-2]


def test_rows_that_share_a_key_are_counted_against_a_slow_count(survey):
    chance = random.Random(4)  # noqa: S311 (the same keys every time)
    keys = [(chance.choice("ABC"), chance.choice("123")) for _ in range(30)]
    text = HEAD + "".join(f"\n{a},{b},fully,," for a, b in keys)
    with pytest.raises(UserDataError) as error:
        check(read(text.encode(), file="survey.csv"), survey)
    first: dict[tuple[str, str], int] = {}
    expected = set()
    for row, key in enumerate(keys, 2):
        if key in first:
            expected.add(f"survey.csv: rows {first[key]} and {row}, columns")
        first.setdefault(key, row)
    found = error.value.whole()
    assert {line[: line.index("columns") + len("columns")] for line in found} == expected


def test_what_is_not_understood_is_never_said_to_stand_twice(survey):
    found = faults(f"{HEAD}\n=1,1,fully,,\n=2,1,fully,,\nA,x,fully,,\nA,y,fully,,\n", survey)
    assert not [line for line in found if "twice" in line]
    assert len(found) == 2


@pytest.mark.parametrize("extra", [1, 2])
def test_further_headings_are_one_line(survey, extra):
    texts = ["Your code?,Which wave?,Do you agree?,How long?,When?", '"{""Id"":1}",q2,q3,q4,q5']
    text = "\n".join([HEAD, *texts[:extra], *["A,1,fully,2,", "B,1,partly,3,", "C,x,fully,4,"]])
    (line,) = faults(text, survey)
    where = "row 2:" if extra == 1 else "rows 2 and 3:"
    assert line.startswith(f"survey.csv: {where} found ")
    assert "further headings ('Your code?')" in line


def test_rows_of_wrong_answers_only_are_no_headings(survey):
    found = faults(f"{HEAD}\nA,x,no,x,x\nB,y,no,x,x\n", survey)
    assert not [line for line in found if "further headings" in line]


def test_notes_count_what_says_nothing_by_column(survey):
    text = f"{HEAD}\nA,1,fully,N/A,-\nB,1,partly,n/a,2015-03-31\nC,1,fully,Prefer not to say,.\n"
    (note,) = check(read(text.encode(), file="survey.csv"), survey).notes
    assert note.startswith("survey.csv: read as no answer ('N/A', 'n/a', 'Prefer not to say'")
    assert note.endswith(": hours 3, day 2")


def test_a_key_of_one_column(survey):
    alone = replace(survey, unique=("respondent",))
    assert faults(f"{HEAD}\nA,1,fully,,\nA,2,fully,,\n", alone) == [
        "survey.csv: rows 2 and 3, column respondent: found respondent 'A' twice, expected it once"
    ]


def test_rows_equal_but_for_how_they_are_written_share_a_key(survey):
    found = faults(f"{HEAD}\nA,1,fully,,\nA,1.0,fully,,\n", survey)
    assert found[0].startswith("survey.csv: rows 2 and 3, columns respondent and wave")


@pytest.mark.slow
def test_a_hundred_thousand_rows_are_held(survey):
    items = tuple(
        Field(name=f"item_{at}", label="Item", kind=FieldKind.CHOICE, allowed=("yes", "no"))
        for at in range(16)
    )
    wide = replace(survey, fields=(*survey.fields[:2], *items, *survey.fields[3:]))
    head = ",".join(field.name for field in wide.fields)
    row = ",yes,no" * 8
    text = head + "".join(f"\nR{at},1{row},1.5,2015-01-01" for at in range(100_000))
    frame = check(read(text.encode(), file="survey.csv"), wide).frame
    assert frame.shape == (100_000, 20)
    assert int(frame["wave"].sum()) == 100_000


@pytest.mark.slow
def test_any_damage_is_a_frame_or_a_list(survey):
    chance = random.Random(7)  # noqa: S311 (the same damage every time)
    noise = ["", '"', ",", "\n", ";", "é", "9" * 50, "\t", "=", "\x00", "1e400", "\r", "\ufeff"]
    refused = []
    for _ in range(120):
        at = chance.randrange(len(GOOD))
        damaged = GOOD[:at] + chance.choice(noise) + GOOD[at + chance.randrange(6) :]
        try:
            check(read(damaged.encode(), file="survey.csv"), survey)
        except UserDataError as fault:
            refused += str(fault).splitlines() or [""]
    assert len(refused) > 25
    assert all(line.startswith("survey.csv") for line in refused)


def some(field: Field) -> object:
    match field.kind:
        case FieldKind.CHOICE:
            return field.allowed[-1]
        case FieldKind.DATE:
            return "2015-03-31"
        case FieldKind.LABEL:
            return "A 1"
        case _:
            return field.minimum


@pytest.mark.parametrize("table", RECORD_TABLES.values(), ids=lambda table: table.key)
def test_every_template_filled_in_is_held_and_an_empty_one_refused(table):
    row = pd.DataFrame({field.name: [some(field)] for field in table.fields})
    frame = check(read(example_csv(table, row), file="a.csv"), table).frame
    assert frame.iloc[0].tolist() == [some(field) for field in table.fields]
    empty = read(template_csv(table), file="a.csv")
    with pytest.raises(UserDataError, match=r"^a\.csv: found no rows below the headings"):
        check(empty, table)
    least = row.assign(**{field.name: [None] for field in table.fields if field.optional})
    held = check(read(example_csv(table, least), file="a.csv"), table).frame
    assert held.isna().iloc[0].tolist() == [field.optional for field in table.fields]
