"""A reader's file beside what its table is: every cell that does not fit, in one pass."""

from typing import Final

import numpy as np
import pandas as pd
import pandera.pandas as pandera
from pandera.errors import SchemaError, SchemaErrorReason, SchemaErrors

from data.own.problem import MOST, OwnDataError, Problem, Problems, one, shown
from data.own.read import Sheet
from data.own.understand import understood
from data.records.record import Field, FieldKind, RecordTable

_NUMBERS: Final = {FieldKind.WHOLE, FieldKind.NUMBER}
_WIDEST: Final = float(np.finfo(float).max)


def check(sheet: Sheet, table: RecordTable) -> pd.DataFrame:
    """Return the records of a file, typed and in the order of the table's fields.

    Args:
        sheet: As read.
        table: What its columns, answers and keys are to be.

    Raises:
        OwnDataError: Something does not fit; everything that does not is listed.
    """
    frame = _typed(sheet, table)
    problems = sheet.problems + _cells(frame, sheet, table) + _keys(frame, sheet, table)
    if not len(frame):
        problems += one(sheet.file, "no rows below the headings", "one at least")
    if problems.count:
        raise OwnDataError([problems])
    names = [field.name for field in table.fields]
    return _whole_as_whole(frame[names], table).reset_index(drop=True)


def _typed(sheet: Sheet, table: RecordTable) -> pd.DataFrame:
    fields = {field.name: field for field in table.fields}
    commas = sheet.delimiter == ";"
    frame = sheet.frame
    return frame.assign(
        **{
            name: understood(frame[name], field, commas=commas)
            for name, field in fields.items()
            if name in frame
        }
    )


def _schema(table: RecordTable) -> pandera.DataFrameSchema:
    columns = {field.name: _column(field) for field in table.fields}
    return pandera.DataFrameSchema(columns, strict=True)


def _column(field: Field) -> pandera.Column:
    """Describe a field; emptiness is a check like others, so that its failures are counted."""
    checks = [_fits(field)]
    if not field.optional:
        filled = pandera.Check(pd.Series.notna, ignore_na=False, n_failure_cases=1)
        checks.append(filled)
    kind = float if field.kind in _NUMBERS else str
    return pandera.Column(kind, checks, nullable=True)


def _fits(field: Field) -> pandera.Check:
    """Describe the answers of a field; rows are taken from what the check says of every cell."""
    if field.kind is FieldKind.CHOICE:
        return pandera.Check.isin(field.allowed, n_failure_cases=1)
    if field.kind in _NUMBERS:
        least = -_WIDEST if field.minimum is None else field.minimum
        most = _WIDEST if field.maximum is None else field.maximum
        return pandera.Check.in_range(least, most, n_failure_cases=1)
    return pandera.Check.str_length(min_value=1, n_failure_cases=1)


def _cells(frame: pd.DataFrame, sheet: Sheet, table: RecordTable) -> Problems:
    try:
        _schema(table).validate(frame, lazy=True)
    except SchemaErrors as faults:
        found = (_problems(fault, sheet, table) for fault in faults.schema_errors)
        return sum(found, Problems())
    return Problems()


def _problems(fault: SchemaError, sheet: Sheet, table: RecordTable) -> Problems:
    name = str(fault.failure_cases)
    if fault.reason_code is SchemaErrorReason.COLUMN_NOT_IN_DATAFRAME:
        wanted = f"it, over cells that hold {table.field(name).wanted}"
        return one(sheet.file, "no such heading", wanted, rows=(1,), columns=(name,))
    if fault.reason_code is SchemaErrorReason.COLUMN_NOT_IN_SCHEMA:
        found = f"an unknown column {shown(name)}"
        wanted = ", ".join(field.name for field in table.fields)
        return one(sheet.file, found, wanted, rows=(1,))
    if isinstance(fault.check_output, pd.Series):
        return _wrong_cells(str(fault.schema.name), fault.check_output, sheet, table)
    raise fault


def _wrong_cells(name: str, passed: pd.Series, sheet: Sheet, table: RecordTable) -> Problems:
    """Name the rows of a failed check, each with the words that stand there."""
    wrong = passed.index[~passed.to_numpy(bool)]
    words = sheet.frame[name]
    listed = tuple(
        Problem(
            file=sheet.file,
            found="an empty cell" if pd.isna(words[row]) else shown(words[row]),
            wanted=table.field(name).wanted,
            rows=(int(row),),
            columns=(name,),
        )
        for row in wrong[:MOST]
    )
    return Problems(listed=listed, count=len(wrong))


def _keys(frame: pd.DataFrame, sheet: Sheet, table: RecordTable) -> Problems:
    """Name the rows that share a key, each with the first that has it."""
    key = list(table.unique)
    if not key or not set(key) <= set(frame):
        return Problems()
    named = frame[key].dropna()
    again = named.index[named.duplicated()]
    if not len(again):
        return Problems()
    firsts = named[~named.duplicated()].reset_index().set_index(key)["row"]
    listed: list[Problem] = []
    for row in again[:MOST]:
        cells = named.loc[row]
        first = firsts.loc[tuple(cells)] if len(key) > 1 else firsts.loc[cells.iloc[0]]
        words = ", ".join(f"{name} {shown(str(sheet.frame.loc[row, name]))}" for name in key)
        listed.append(
            Problem(
                file=sheet.file,
                found=f"{words} twice",
                wanted="it once",
                rows=(int(first), int(row)),
                columns=table.unique,
            )
        )
    return Problems(listed=tuple(listed), count=len(again))


def _whole_as_whole(frame: pd.DataFrame, table: RecordTable) -> pd.DataFrame:
    """Hold whole numbers as a table of the project does: as integers where none is missing."""
    full = [
        field.name
        for field in table.fields
        if field.kind is FieldKind.WHOLE and bool(frame[field.name].notna().all())
    ]
    return frame.astype(dict.fromkeys(full, "int64"))
