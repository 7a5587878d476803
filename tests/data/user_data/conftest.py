import pandas as pd
import pytest

from data.load import Table
from data.microdata.record import Field, FieldKind, RecordTable
from data.schema import Column, ColumnKind, text
from data.sources.source import Kind, Source

RECORDS = RecordTable(
    key="survey",
    title="A survey",
    row="An answer of one respondent in one wave",
    fields=(
        Field(name="respondent", label="Respondent", kind=FieldKind.LABEL),
        Field(name="wave", label="Wave", kind=FieldKind.WHOLE, minimum=1, maximum=3),
        Field(
            name="agrees", label="Agrees", kind=FieldKind.CHOICE, ordered=True,
            allowed=("Not at all", "Partly", "Fully"),
        ),
        Field(
            name="hours", label="Hours", kind=FieldKind.NUMBER, minimum=0, maximum=80.5,
            optional=True,
        ),
        Field(name="day", label="Day", kind=FieldKind.DATE, optional=True),
    ),
    unique=("respondent", "wave"),
    person="respondent",
)  # fmt: skip
DIARIES = RecordTable(
    key="diaries", title="Diaries", row="A day",
    fields=(Field(name="diary", label="Diary", kind=FieldKind.LABEL),),
    unique=("diary",), person="diary",
)  # fmt: skip


def simulated_source(record: RecordTable) -> Source:
    numbers = {FieldKind.WHOLE, FieldKind.NUMBER}
    return Source(
        key=record.key, title=record.title, publisher="This explorer", publication="A simulation",
        edition="seed 1", period="2015", kind=Kind.SIMULATED, file=f"simulated/{record.key}.csv",
        columns=tuple(
            Column(name=field.name, label=field.label, kind=ColumnKind.NUMBER)
            if field.kind in numbers
            else text(field.name, field.label)
            for field in record.fields
        ),
        row_key=record.unique,
    )  # fmt: skip


def simulated_table(record: RecordTable, **cells: list[object]) -> Table:
    frame = pd.DataFrame(cells)
    return Table(source=simulated_source(record), digest=f"simulated {record.key}", frame=frame)


@pytest.fixture
def survey() -> RecordTable:
    return RECORDS


@pytest.fixture
def records() -> dict[str, RecordTable]:
    return {one.key: one for one in (RECORDS, DIARIES)}


@pytest.fixture
def simulated() -> dict[str, Table]:
    whole = {"respondent": ["S1"], "wave": [1], "agrees": ["Partly"], "hours": [2.5], "day": [None]}
    return {
        "survey": simulated_table(RECORDS, **whole),
        "diaries": simulated_table(DIARIES, diary=["D1", "D2"]),
    }
