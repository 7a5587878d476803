"""All that is published of records, put together, tells no small count: by exact elimination.

The atoms are counted from the files again, by the names of the cells alone.
"""

import csv
import io
import json
import re
from collections import Counter
from fractions import Fraction
from functools import cache
from itertools import chain, combinations

import numpy as np
import pandas as pd
import pytest

import analytics.findings  # noqa: F401 (registers the findings)
from analytics.disclosure import release
from analytics.publication.export import to_csv, to_json
from analytics.publication.registry import offered
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME
from data.load import load
from data.sources.simulated import SIMULATED
from tests.analytics.disclosure.exact import leaks_of_means, means_told

BANDS = [
    ",".join(bands)
    for bands in chain.from_iterable(combinations(HOME.band_keys, n) for n in (1, 2, 3))
]
KEYS = [
    key
    for key, finding in offered(HOME).items()
    if finding.kind.is_simulated and SIMULATED["self_profile"] not in finding.sources
]
LEAST = 10
PERSON = {"family_interviews": "family", "case_records": "record", "time_diaries": "worker",
          "social_worker_survey": "respondent"}  # fmt: skip
UPPER_OF_THE_SURVEY = {
    "fairly confident", "very confident", "often", "almost always", "improved", "much improved",
    "agree", "strongly agree",
}  # fmt: skip
UPPER = {
    "agreeing": {"yes", "present", "reasonable", "good", *UPPER_OF_THE_SURVEY},
    "limited+": {"limited", "reasonable", "good"},
    "good+": {"good"},
}


@cache
def people_of(table):
    """Each person of a table: pilot, band, and the cells of each point."""
    made = {}
    source = next(
        s for f in offered(HOME).values() for s in f.sources if s.file.endswith(file_of(table))
    )
    with source.path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            who = made.setdefault(row[PERSON[table]], {"pilot": row["pilot"], "band": row["band"]})
            point = next((row[n] for n in ("interview", "reading", "wave") if n in row), "")
            who[point] = row
    return tuple(made.values())


def file_of(table):
    return f"simulated-{table.replace('_', '-')}.csv"


@cache
def read(cell):
    """What a cell counts, from its name: table, points, items, group and answers expected."""
    view, group, part = cell.split("|")
    table, rest = view.split(":", 1)
    items, _, when = rest.partition("@")
    points = when.partition("=")[2].split(",") if when else [""]
    return table, items.split("x"), points, group, part


def holds(cell, person):
    """Whether a person is of a cell."""
    _, items, points, group, part = read(cell)
    inside = group.removeprefix("pilot=") == person["pilot"] or person["band"] in group.split("+")
    if len(points) == 2:
        return inside and all(person.get(p, {}).get(items[0]) for p in points)
    row = person.get(points[0], {})
    given = [row.get(item, "") for item in items]
    if len(items) == 1:
        expected = bool(given[0]) if part == "n" else is_answer(given[0], part)
    else:
        first, rest = part.split(":")
        expected = given[0] == first and (
            bool(given[1]) if rest == "n" else is_answer(given[1], rest)
        )
    return inside and expected


def is_answer(given, part):
    return given in UPPER[part] if part in UPPER else given == part


def told(key, bands):
    """The cells a published finding tells, with the numbers of its row."""
    finding = offered(HOME)[key]
    selection = from_search(f"?band={bands}")
    published = finding.publish(selection)
    if published.withheld:
        return published, []
    raw = finding.analyse({source.key: load(source) for source in finding.sources}, selection)
    own = [c.name for c in published.columns if c.is_number and not c.beside]
    beside = [c.name for c in published.columns if c.is_number and c.beside]
    rows = []
    for at in range(len(raw)):
        row = published.frame.iloc[at]
        cells, bases = (
            [cell for cell in raw.iloc[at][name].split("\n") if cell and "|mean" not in cell]
            for name in ("cell", "base")
        )
        if own and row[own].notna().any():
            rows.append((row, [*cells, *bases], bases))
        elif row[beside].notna().any():
            rows.append((row, bases, bases))
    return published, rows


def together():
    return {
        cell for key in KEYS for b in BANDS for _, cells, _ in told(key, b)[1] for cell in cells
    }


def reduced(rows):
    """Rows in echelon form over the rationals, by their leading column."""
    basis = {}
    for row in rows:
        left = remainder(basis, row)
        lead = next((at for at, cell in enumerate(left) if cell), None)
        if lead is not None:
            basis[lead] = [cell / left[lead] for cell in left]
    return basis


def remainder(basis, row):
    left = [Fraction(int(cell)) for cell in row]
    for lead in sorted(basis):
        if left[lead]:
            times = left[lead]
            left = [a - times * b for a, b in zip(left, basis[lead], strict=True)]
    return left


def linked(cells):
    """Groups of cells that count some item at the same point: they are weighed together."""
    groups = []
    for cell in sorted(cells):
        table, items, points, _, _ = read(cell)
        marks = {(table, item, point) for item in items for point in points}
        joined = [group for group in groups if group[0] & marks]
        groups = [group for group in groups if not group[0] & marks]
        groups.append((
            marks.union(*(group[0] for group in joined)),
            [*chain.from_iterable(group[1] for group in joined), cell],
        ))  # fmt: skip
    return groups


def small_that_follow(cells):
    """Every count of 1 to 9 people, and every 0 of a real answer, that the cells tell."""
    found = []
    # How many gave no answer is no secret: groups with nothing but n tell no more.
    for marks, group in (one for one in linked(cells) if {read(c)[4] for c in one[1]} != {"n"}):
        table = next(iter(marks))[0]
        axes = sorted({(item, point) for _, item, point in marks})
        atoms, samples = Counter(), {}
        for person in people_of(table):
            given = [person.get(point, {}).get(item, "") for item, point in axes]
            answers = tuple(given)
            if any(answers):
                atoms[person["pilot"], answers] += 1
                samples[person["pilot"], answers] = person
        bands = {one["pilot"]: one["band"] for one in people_of(table)}
        names = list(atoms)
        basis = reduced([holds(cell, samples[name]) for name in names] for cell in group)
        secrets = [[other == name for other in names] for name in names]
        secrets += [
            [bands[p] == band and a == answers for p, a in names]
            for band in set(bands.values())
            for answers in {a for _, a in names}
        ]
        pilots = sorted({pilot for pilot, _ in names})
        for at in range(len(axes)):
            for answer in {a[at] for _, a in names} - {""}:
                secrets += [[p == one and a[at] == answer for p, a in names] for one in pilots]
        for secret in secrets:
            count = sum(atoms[name] for name, of in zip(names, secret, strict=True) if of)
            if 0 < count < LEAST and not any(remainder(basis, secret)):
                found.append((axes, [n for n, of in zip(names, secret, strict=True) if of], count))
    return found


@cache
def size(cell):
    return sum(holds(cell, person) for person in people_of(read(cell)[0]))


def test_there_are_findings_to_weigh():
    assert {"families-answers", "families-goals", "records-tools", "records-grades"} <= {*KEYS}


@pytest.mark.parametrize("key", KEYS)
def test_numbers_are_those_of_the_cells_a_row_names(key):
    for bands in BANDS:
        for row, cells, bases in told(key, bands)[1]:
            if "people" in row and pd.notna(row["people"]):
                assert row["people"] == size(cells[0])
                assert row["share"] == pytest.approx(100 * size(cells[0]) / size(cells[-1]))
            if bases and "n" in row and pd.notna(row["n"]):
                assert row["n"] == sum(size(base) for base in bases)


@pytest.mark.parametrize("key", KEYS)
def test_no_file_sentence_or_chart_says_more_than_the_frame(key):
    for bands in BANDS:
        published, _ = told(key, bands)
        numbers = [c.name for c in published.columns if c.is_number]
        held = published.frame[numbers].to_numpy(float)
        kept = pd.read_csv(io.BytesIO(to_csv(published)))
        told_by_json = pd.DataFrame(json.loads(to_json(published))["rows"])
        for frame in (kept, told_by_json):
            if len(held):
                values = frame[numbers].astype(float).to_numpy()
                np.testing.assert_allclose(values, held, equal_nan=True)
        rounded = {
            f"{abs(v):,.{places}f}" for v in held[~np.isnan(held)].ravel() for places in range(5)
        }
        gone = int(published.frame[numbers].isna().any(axis=1).sum())
        rounded |= {str(len(held)), str(gone), *rows_counted(published.frame)}
        said = re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", published.summary)
        assert {one for one in said if one not in rounded} <= {"95", "0.001"}, published.summary


def rows_counted(frame):
    """Counts of rows shown and hidden, and the names of waves: none of them counts people."""
    made = {"1", "2"}
    for name, value in (("measure", "change"), ("level", "share")):
        if name in frame and value in frame:
            for _, rows in frame.groupby(name):
                made |= counted(rows, value)
    if "answer" in frame and "change" in frame:
        made |= counted(frame[frame["when"] == "Second minus first"], "change")
    return made


def counted(rows, value):
    """How many rows there are, are shown, are hidden, and have an interval that leaves out 0."""
    shown = rows[rows[value].notna()]
    low, high = ("change_low", "change_high") if "change_low" in rows else ("low", "high")
    clear = (shown[low] > 0) | (shown[high] < 0)
    counts = (len(rows), len(shown), len(rows) - len(shown), int(clear.sum()))
    return {str(one) for one in counts}


def test_no_small_count_is_shown_and_none_follows():
    cells = together()
    assert cells
    assert min(size(cell) for cell in cells) >= LEAST
    assert small_that_follow(cells) == []
    assert leaks_of_means(means_told()) == set()


def test_the_check_fails_when_nothing_is_hidden(fresh, monkeypatch):
    assert fresh
    monkeypatch.setattr(release, "hidden_cells", lambda _table, _key: frozenset())
    cells = together()
    assert min(size(cell) for cell in cells) < LEAST
    assert small_that_follow(cells)
