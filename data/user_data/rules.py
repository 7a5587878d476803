"""Cells that are right one by one and wrong together: keys, pilots, days, totals, hours."""

from collections.abc import Callable, Iterable
from typing import Final

import pandas as pd

from data.microdata.fields import BAND, PILOT
from data.microdata.record import FieldKind, RecordTable, Sum
from data.user_data.problem import Cause, Place, Problem, shown
from data.user_data.read import Sheet
from data.user_data.spelling import labels_apart, pilots_apart
from data.user_data.words import CODES
from data.wording import joined

_FEWEST_CODES: Final = 2
_LEAST_CODE: Final = 77
_APART: Final = 2  # times that a code is above all other values

PERSON_RULE: Final = "one pilot for each, the same in all its rows"
BAND_RULE: Final = "one band for each pilot, the same in all its rows"

Rule = Callable[[pd.DataFrame, Sheet, RecordTable], list[Problem]]


def broken(
    frame: pd.DataFrame, sheet: Sheet, table: RecordTable
) -> tuple[list[Problem], list[str]]:
    """Return every rule between cells that a file breaks, and what a reader should look at.

    Args:
        frame: The cells that were understood, typed, the others missing; rows as in the file.
        sheet: As read.
        table: Which rules there are.
    """
    rules: tuple[Rule, ...] = (_keys, _pilots, _bands, pilots_apart, _days, _sums, _codes)
    problems = [problem for rule in rules for problem in rule(frame, sheet, table)]
    if table.limit and not any(problem.columns == (table.limit.field,) for problem in problems):
        problems += _limit(frame, sheet, table)
    apart, notes = labels_apart(frame, sheet, table)
    return [*problems, *apart], notes


def _problem(
    sheet: Sheet, expected: str, places: Iterable[Place], columns: tuple[str, ...]
) -> list[Problem]:
    listed = tuple(places)
    made = Problem(
        file=sheet.file, expected=expected, places=listed, columns=columns, cause=Cause.ROWS,
        together=True,
    )  # fmt: skip
    return [made] if listed else []


def _keys(frame: pd.DataFrame, sheet: Sheet, table: RecordTable) -> list[Problem]:
    """Name the rows that share a key, each with the first that has it."""
    key = list(table.unique)
    if not key or not set(key) <= set(frame):
        return []
    named = frame[key].dropna()
    again = named[named.duplicated()]
    if not len(again):
        return []
    firsts = named[~named.duplicated()].reset_index().set_index(key)["row"]
    first = firsts.loc[again[key[0]] if len(key) == 1 else pd.MultiIndex.from_frame(again)]
    words = sheet.frame.loc[again.index, key].astype(str).to_numpy().tolist()
    places = (
        Place(
            found=f"{', '.join(f'{n} {shown(w)}' for n, w in zip(key, cells, strict=True))} twice",
            rows=(int(one), int(other)),
        )
        for cells, one, other in zip(words, first.tolist(), again.index.tolist(), strict=True)
    )
    return _problem(sheet, "it once", places, table.unique)


def _two(frame: pd.DataFrame, of: str, by: str) -> dict[str, dict[str, tuple[int, ...]]]:
    """Return what stands in several of something, each with its rows, most rows first."""
    if of == by or of not in frame or by not in frame:
        return {}
    pairs = frame[[of, by]].dropna()
    distinct = pairs.drop_duplicates()
    several = distinct.loc[distinct[of].duplicated(), of].unique()
    found: dict[str, dict[str, tuple[int, ...]]] = {}
    for name, rows in pairs[pairs[of].isin(several)].groupby(of, sort=False):
        groups = rows.groupby(by, sort=False).groups
        listed = {str(key): tuple(int(row) for row in at) for key, at in groups.items()}
        found[str(name)] = dict(sorted(listed.items(), key=lambda one: -len(one[1])))
    return found


def _pilots(frame: pd.DataFrame, sheet: Sheet, table: RecordTable) -> list[Problem]:
    """Name people that stand in two pilots."""
    found = _two(frame, table.person, PILOT.name)
    places = (
        Place(
            found=f"{table.person} {shown(person)} in {_in('pilot', by)}",
            rows=tuple(sorted(at[0] for at in by.values())),
        )
        for person, by in found.items()
    )
    return _problem(sheet, PERSON_RULE, places, (table.person, PILOT.name))


def _bands(frame: pd.DataFrame, sheet: Sheet, table: RecordTable) -> list[Problem]:
    """Name pilots that stand in two bands, with the rows of the rarer one."""
    del table
    places: list[Place] = []
    for pilot, by in _two(frame, PILOT.name, BAND.name).items():
        most, *rest = by
        rows = sorted(row for band in rest for row in by[band])
        found = f"pilot {shown(pilot)} in {_in('band', rest)}, elsewhere in band {shown(most)}"
        places.append(Place(found=found, rows=tuple(rows)))
    return _problem(sheet, BAND_RULE, places, (PILOT.name, BAND.name))


def _in(what: str, names: Iterable[str]) -> str:
    listed = [shown(name) for name in names]
    return f"{what if len(listed) == 1 else what + 's'} {joined(listed)}"


def _days(frame: pd.DataFrame, sheet: Sheet, table: RecordTable) -> list[Problem]:
    """Name the rows of a person whose later point has an earlier day."""
    needed = [table.person, table.point, table.day]
    if not all(needed) or not set(needed) <= set(frame):
        return []
    rows = frame[needed].dropna().reset_index().sort_values([table.person, table.point])
    before = rows.shift()
    wrong = (
        rows[table.person].eq(before[table.person])
        & rows[table.point].gt(before[table.point])
        & rows[table.day].lt(before[table.day])
    )
    places = (
        Place(
            found=(
                f"{table.point} {later:g} on {day}, before {table.point} {earlier:g} on {other}"
            ),
            rows=(int(first), int(row)),
        )
        for row, first, later, earlier, day, other in zip(
            rows["row"][wrong], before["row"][wrong], rows[table.point][wrong],
            before[table.point][wrong], rows[table.day][wrong], before[table.day][wrong],
            strict=True,
        )
    )  # fmt: skip
    return _problem(sheet, "days in the order of the points", places, (table.day,))


def _sums(frame: pd.DataFrame, sheet: Sheet, table: RecordTable) -> list[Problem]:
    return [problem for one in table.sums for problem in _sum(frame, sheet, table, one)]


def _sum(frame: pd.DataFrame, sheet: Sheet, table: RecordTable, one: Sum) -> list[Problem]:
    """Name rows whose total its parts cannot make, those left empty taken at any value."""
    if not {one.total, *one.parts} <= set(frame):
        return []
    total = frame[one.total]
    least = sum((frame[part].fillna(table.field(part).minimum or 0) for part in one.parts), 0)
    most = sum((frame[part].fillna(table.field(part).maximum) for part in one.parts), 0)
    wrong = frame[total.lt(least) | total.gt(most)]
    places = (
        Place(found=f"{whole:g} for {_added(parts)}", rows=(int(row),))
        for row, whole, parts in zip(
            wrong.index.tolist(), wrong[one.total], wrong[[*one.parts]].to_numpy(), strict=True
        )
    )
    return _problem(sheet, f"the total of {joined([*one.parts])}", places, (one.total,))


def _added(parts: Iterable[float]) -> str:
    return " + ".join("?" if pd.isna(part) else f"{part:g}" for part in parts)


def _codes(frame: pd.DataFrame, sheet: Sheet, table: RecordTable) -> list[Problem]:
    """Name numbers such as 99 that stand far above all others of a column, again and again."""
    problems: list[Problem] = []
    for field in table.fields:
        if field.kind not in {FieldKind.WHOLE, FieldKind.NUMBER} or field.name not in frame:
            continue
        cells = frame[field.name]
        if field.maximum is not None:
            cells = cells[cells.le(field.maximum)]  # of those above it the check has spoken
        high = cells[cells.ge(_LEAST_CODE)]
        high = high[high.isin(CODES)]
        if len(high) < _FEWEST_CODES:
            continue
        others = cells[~cells.index.isin(high.index)].max()
        if not high.min() > _APART * others:
            continue
        places = (
            Place(found=f"{number:g}", rows=tuple(int(row) for row in rows))
            for number, rows in high.groupby(high).groups.items()
        )
        problems.append(
            Problem(
                file=sheet.file,
                because="this looks like a code for no answer",
                expected=(
                    f"{'an empty cell' if field.optional else 'no such row'}: no other number is "
                    f"above {others:g}"
                ),
                places=tuple(places),
                columns=(field.name,),
            )
        )
    return problems


def _limit(frame: pd.DataFrame, sheet: Sheet, table: RecordTable) -> list[Problem]:
    """Name what adds up to more than there can be."""
    limit = table.limit
    if limit is None or not {limit.field, *limit.of} <= set(frame):
        return []
    rows = frame[[*limit.of, limit.field]].dropna()
    sums = rows.groupby(list(limit.of))[limit.field].transform("sum")
    over = rows[sums.gt(limit.most)]
    places: list[Place] = []
    for names, group in over.groupby(list(limit.of), sort=False):
        who = ", ".join(
            f"{field} {shown(name) if isinstance(name, str) else f'{name:g}'}"
            for field, name in zip(limit.of, names, strict=True)
        )
        found = f"{group[limit.field].sum():g} for {who}"
        places.append(Place(found=found, rows=tuple(int(row) for row in group.index)))
    return _problem(sheet, f"at most {limit.label}", places, (limit.field,))
