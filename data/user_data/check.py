"""A reader's file beside what its table is: every cell that does not fit, in one pass."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
import pandera.pandas as pandera
from pandera.errors import SchemaErrorReason, SchemaErrors

from data.microdata.record import Field, FieldKind, RecordTable
from data.user_data.problem import Cause, Place, Problem, UserDataError, odd, one, shown
from data.user_data.read import Sheet
from data.user_data.rules import broken
from data.user_data.understand import NO_NUMBER, NO_TEXT, Understood, understood
from data.wording import joined

_NUMBERS: Final = {FieldKind.WHOLE, FieldKind.NUMBER}
_WIDEST: Final = float(np.finfo(float).max)
_HEADED: Final = 5  # rows under the headings that may be headings too
_TRIED: Final = 60  # rows among which one must be of answers
_LONG: Final = 160  # characters of what a cell must be, before it is said more shortly
_SAID: Final = 3  # ways to say nothing that a note names


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The records of a file.

    Attributes:
        frame: Typed, in the order of the table's fields.
        rows: The row of the file that each is from.
        notes: What was left out, or taken for granted.
    """

    frame: pd.DataFrame
    rows: np.ndarray
    notes: tuple[str, ...]


def check(sheet: Sheet, table: RecordTable) -> Checked:
    """Return the records of a file.

    Args:
        sheet: As read.
        table: What its columns, answers and keys are to be.

    Raises:
        UserDataError: Something does not fit; everything that does not is listed.
    """
    fields = {field.name: field for field in table.fields}
    commas = sheet.delimiter == ";"
    columns = {
        name: understood(sheet.frame[name], field, commas=commas)
        for name, field in fields.items()
        if name in sheet.frame
    }
    frame = sheet.frame.assign(**{name: column.held for name, column in columns.items()})
    if headed := _further_headings(frame, sheet, table):
        raise UserDataError([headed])
    if not len(frame):
        words = "no rows below the headings"
        raise UserDataError([*sheet.problems, one(sheet.file, words, "one at least")])
    cells = _cells(frame, sheet, table, columns)
    rules, noted = broken(_known(frame, table), sheet, table)
    problems = [*sheet.problems, *cells, *rules]
    if problems:
        raise UserDataError(problems)
    names = [field.name for field in table.fields]
    held = _whole_as_whole(frame[names], table)
    notes = [*sheet.notes, *noted, *_said_nothing(columns, sheet), *_taken(columns, sheet)]
    return Checked(
        frame=held.reset_index(drop=True), rows=held.index.to_numpy(), notes=tuple(notes)
    )


def _known(frame: pd.DataFrame, table: RecordTable) -> pd.DataFrame:
    """Return the cells that were understood, the others as missing: no rule may judge those."""
    kept = {field: frame[field.name] for field in table.fields if field.name in frame}
    return pd.DataFrame(
        {
            field.name: cells.mask(cells.eq(NO_NUMBER if field.kind in _NUMBERS else NO_TEXT))
            for field, cells in kept.items()
        },
        index=frame.index,
    )


def _further_headings(frame: pd.DataFrame, sheet: Sheet, table: RecordTable) -> Problem | None:
    """Name rows right under the headings in which no cell is an answer, with answers below."""
    named = [f for f in table.fields if f.name in frame and f.kind is not FieldKind.LABEL]
    if not named or not len(frame):
        return None
    head = frame.head(_TRIED)
    fits = pd.DataFrame({field.name: _fitting(head[field.name], field) for field in named})
    filled = head[list(fits)].notna()
    right, all_of = fits.sum(axis=1), filled.sum(axis=1)
    wrong = (right.eq(0) & all_of.gt(len(named) / 2)).to_numpy()
    many = int(wrong.argmin()) if not wrong.all() else len(wrong)
    answered = (right.gt(all_of / 2)).to_numpy()
    if not 0 < many <= _HEADED or not answered[many:].any():
        return None
    first = sheet.frame.loc[head.index[0]].dropna().iloc[0]
    rows = tuple(int(row) for row in head.index[:many])
    looks = "a row that looks" if many == 1 else "rows that look"
    words = f"{looks} like further headings ({shown(first)})"
    expected = "answers below the headings; delete " + ("it" if many == 1 else "them")
    return one(sheet.file, words, expected, rows=rows)


def _fitting(cells: pd.Series, field: Field) -> pd.Series:
    if field.kind in _NUMBERS:
        return cells.between(*_range(field))
    if field.kind is FieldKind.CHOICE:
        return cells.isin(field.allowed)
    return cells.notna() & cells.ne(NO_TEXT)


def _range(field: Field) -> tuple[float, float]:
    least = -_WIDEST if field.minimum is None else field.minimum
    return least, _WIDEST if field.maximum is None else field.maximum


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
        return pandera.Check.in_range(*_range(field), n_failure_cases=1)
    return pandera.Check.str_length(min_value=1, n_failure_cases=1)


def _cells(
    frame: pd.DataFrame, sheet: Sheet, table: RecordTable, columns: dict[str, Understood]
) -> list[Problem]:
    try:
        _schema(table).validate(frame, lazy=True)
    except SchemaErrors as faults:
        problems = _headings(frame, sheet, table)
        for fault in faults.schema_errors:
            if isinstance(fault.check_output, pd.Series):
                name = str(fault.schema.name)
                wrong = fault.check_output.index[~fault.check_output.to_numpy(bool)]
                problems += _wrong_cells(sheet, table.field(name), wrong, columns[name])
            elif fault.reason_code not in {
                SchemaErrorReason.COLUMN_NOT_IN_DATAFRAME,
                SchemaErrorReason.COLUMN_NOT_IN_SCHEMA,
            }:
                raise fault from faults
        return problems
    return []


def _headings(frame: pd.DataFrame, sheet: Sheet, table: RecordTable) -> list[Problem]:
    """Say which headings there are not, and which there should not be, a line each."""
    names = [field.name for field in table.fields]
    missing = [name for name in names if name not in frame]
    unknown = [str(name) for name in frame if name not in names]
    problems: list[Problem] = []
    if missing:
        words = f"no heading {joined(missing)}"
        expected = f"every heading of the template: {', '.join(names)}"
        if len(missing) == len(names):
            words = f"no heading of this table, but {joined([shown(one) for one in unknown[:3]])}"
            return [one(sheet.file, words, expected, rows=(sheet.heading,))]
        problems.append(_in_headings(sheet, words, expected))
    if unknown:
        many = "an unknown heading" if len(unknown) == 1 else "unknown headings"
        words = f"{many} {joined([shown(name) for name in unknown])}"
        problems.append(_in_headings(sheet, words, "only those of the template"))
    return problems


def _in_headings(sheet: Sheet, words: str, expected: str) -> Problem:
    return one(sheet.file, words, expected, rows=(sheet.heading,), cause=Cause.HEADINGS)


def _wrong_cells(sheet: Sheet, field: Field, wrong: pd.Index, column: Understood) -> list[Problem]:
    """Name the words of a failed check with the rows they stand in, by what each should be."""
    rows: dict[str, dict[str, list[int]]] = {}
    words = sheet.frame[field.name].loc[wrong]
    for row, word in zip(wrong.tolist(), words.tolist(), strict=True):
        found = "an empty cell" if pd.isna(word) else _shown(str(word), column)
        expected = column.expected.get(str(word), _expected(field))
        rows.setdefault(expected, {}).setdefault(found, []).append(int(row))
    return [
        Problem(
            file=sheet.file,
            expected=expected,
            places=tuple(Place(found=found, rows=tuple(at)) for found, at in by.items()),
            columns=(field.name,),
        )
        for expected, by in rows.items()
    ]


def _shown(word: str, column: Understood) -> str:
    silent = ", which says nothing" if word in column.nothing else ""
    return f"{shown(word)}{odd(word)}{silent}"


def _expected(field: Field) -> str:
    if len(field.expected) <= _LONG or not field.allowed:
        return field.expected
    many = len(field.allowed)
    return (
        f"one of the {many} answers on the page “Data and methods”, such as “{field.allowed[-1]}”"
    )


def _said_nothing(columns: dict[str, Understood], sheet: Sheet) -> list[str]:
    """Say which words were read as no answer, and in how many cells of which column."""
    silent = {name: column.nothing for name, column in columns.items() if column.nothing}
    if not silent:
        return []
    words = dict.fromkeys(word for counts in silent.values() for word in counts)
    more = f" and {len(words) - _SAID} other forms" if len(words) > _SAID else ""
    named = ", ".join(shown(word) for word in list(words)[:_SAID])
    counted = ", ".join(f"{name} {sum(counts.values()):,}" for name, counts in silent.items())
    return [f"{sheet.file}: read as no answer ({named}{more}): {counted}"]


def _taken(columns: dict[str, Understood], sheet: Sheet) -> list[str]:
    return [
        f"{sheet.file}: column {name}: {note}"
        for name, column in columns.items()
        for note in column.notes
    ]


def _whole_as_whole(frame: pd.DataFrame, table: RecordTable) -> pd.DataFrame:
    """Hold whole numbers as a table of the project does: as integers where none is missing."""
    full = [
        field.name
        for field in table.fields
        if field.kind is FieldKind.WHOLE and bool(frame[field.name].notna().all())
    ]
    return frame.astype(dict.fromkeys(full, "int64"))
