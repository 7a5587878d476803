"""A reader's file beside what its table is: every cell that does not fit, in one pass."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd
import pandera.pandas as pandera
from pandera.errors import SchemaError, SchemaErrorReason, SchemaErrors

from data.own.problem import MOST, OwnDataError, Problem, Problems, shown
from data.own.read import Sheet
from data.own.understand import understood
from data.records.record import Field, FieldKind, RecordTable

_NUMBERS: Final = {FieldKind.WHOLE, FieldKind.NUMBER}
_EMPTY: Final = "filled"


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
        none = Problem(file=sheet.file, found="no rows below the headings", wanted="one at least")
        problems += Problems(listed=(none,), count=1)
    if problems.count:
        raise OwnDataError([problems])
    names = [field.name for field in table.fields]
    return _whole_as_whole(frame[names], table).reset_index(drop=True)


def _typed(sheet: Sheet, table: RecordTable) -> pd.DataFrame:
    fields = {field.name: field for field in table.fields}
    commas = sheet.delimiter == ";"
    return pd.DataFrame(
        {
            name: understood(cells, fields[name], commas=commas) if name in fields else cells
            for name, cells in sheet.frame.items()
        },
        index=sheet.frame.index,
    )


def _schema(table: RecordTable) -> pandera.DataFrameSchema:
    columns = {field.name: _column(field) for field in table.fields}
    return pandera.DataFrameSchema(columns, strict=True)


def _column(field: Field) -> pandera.Column:
    """Describe a field; emptiness is a check like others, so that its failures are counted."""
    checks = [_fits(field)]
    if not field.optional:
        filled = pandera.Check(pd.Series.notna, ignore_na=False, name=_EMPTY, n_failure_cases=1)
        checks.append(filled)
    kind = float if field.kind in _NUMBERS else str
    return pandera.Column(kind, checks, nullable=True)


def _fits(field: Field) -> pandera.Check:
    few = {"n_failure_cases": 1}  # rows are taken from what the check says of every cell
    if field.kind is FieldKind.CHOICE:
        return pandera.Check.isin(field.allowed, **few)
    if field.kind in _NUMBERS:
        least = -np.finfo(float).max if field.minimum is None else field.minimum
        most = np.finfo(float).max if field.maximum is None else field.maximum
        return pandera.Check.in_range(least, most, **few)
    return pandera.Check.str_length(min_value=1, **few)


def _cells(frame: pd.DataFrame, sheet: Sheet, table: RecordTable) -> Problems:
    try:
        _schema(table).validate(frame, lazy=True)
    except SchemaErrors as faults:
        found = (_problems(fault, sheet, table) for fault in faults.schema_errors)
        return sum(found, Problems())
    return Problems()


def _problems(fault: SchemaError, sheet: Sheet, table: RecordTable) -> Problems:
    reason = fault.reason_code
    if reason is SchemaErrorReason.COLUMN_NOT_IN_DATAFRAME:
        return _heading(sheet, "no column {}", str(fault.failure_cases), "it")
    if reason is SchemaErrorReason.COLUMN_NOT_IN_SCHEMA:
        known = ", ".join(field.name for field in table.fields)
        return _heading(sheet, "a column {}", str(fault.failure_cases), f"none but {known}")
    return _wrong_cells(fault, sheet, table)
