"""What a reader could work out from everything that is published, by exact elimination.

Nothing of the explorer's own weighing is used here: numbers are taken from the published rows, and
people from the tables. A relation is a row of whole numbers over columns; a column belongs to some
people. Rows are eliminated modulo a large prime, so that nothing is rounded.
"""

from collections import defaultdict
from functools import cache
from itertools import chain, combinations

import numpy as np
import pandas as pd

from analytics.publication.registry import offered
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME
from data.load import load
from data.sources.simulated import SIMULATED

PRIME = 2_147_483_647
LEAST = 10
BANDS = [
    ",".join(bands)
    for bands in chain.from_iterable(combinations(HOME.band_keys, n) for n in (1, 2, 3))
]
PERSON = {"family_interviews": "family", "case_records": "record", "time_diaries": "worker",
          "social_worker_survey": "respondent"}  # fmt: skip
POINT = {"family_interviews": "interview", "case_records": "reading",
         "social_worker_survey": "wave"}  # fmt: skip
PARTS = {
    "lubben_total": ("lubben_family", "lubben_friends"),
    "yatchmenoff_total": (
        "yatchmenoff_buy_in", "yatchmenoff_receptivity", "yatchmenoff_working_relationship",
        "yatchmenoff_mistrust",
    ),
}  # fmt: skip


def frame_of(table):
    return load(SIMULATED[table]).frame


def pilots_in(frame, group):
    """Pilots of a choice of bands; a single one by its letter."""
    return places_of(frame)(group)


def places_of(frame):
    """The same of many choices, with the frame looked through once."""
    places = frame[["pilot", "band"]].astype(str).drop_duplicates().to_numpy().tolist()

    @cache
    def inside(group):
        if group.startswith("pilot="):
            return frozenset({group.removeprefix("pilot=")})
        chosen = group.replace(",", "+").split("+")
        return frozenset(pilot for pilot, band in places if band in chosen)

    return inside


def shown_rows(key, bands):
    """Rows of a finding with any number left, each beside the cells it names."""
    finding, selection = offered(HOME)[key], from_search(f"?band={bands}")
    published = finding.publish(selection)
    if published.withheld:
        return
    raw = finding.analyse({source.key: load(source) for source in finding.sources}, selection)
    own = [c.name for c in published.columns if c.is_number and not c.beside]
    beside = [c.name for c in published.columns if c.is_number and c.beside]
    for at in range(len(raw)):
        row = published.frame.iloc[at]
        cells, bases = (
            [one for one in raw.iloc[at][name].split("\n") if one] for name in ("cell", "base")
        )
        if own and row[own].notna().any():
            yield row, {*cells, *bases}
        elif row[beside].notna().any():
            yield row, set(bases)


def cells_told(keys):
    """Every cell of counts that some finding tells under some choice of bands."""
    told = chain.from_iterable(shown_rows(key, bands) for key in keys for bands in BANDS)
    return {cell for _, cells in told for cell in cells if "|mean" not in cell}


def eliminated(rows):
    """Reduced echelon form modulo the prime, and the column each row begins at."""
    left = np.mod(np.asarray(rows, dtype=np.int64), PRIME)
    leads = []
    for column in range(left.shape[1]):
        at = len(leads)
        found = np.flatnonzero(left[at:, column])
        if not len(found):
            continue
        left[[at, at + found[0]]] = left[[at + found[0], at]]
        left[at] = left[at] * pow(int(left[at, column]), -1, PRIME) % PRIME
        others = np.flatnonzero(left[:, column])
        others = others[others != at]
        left[others] = (left[others] - left[others, column, None] * left[at]) % PRIME
        leads.append(column)
    return left[: len(leads)], leads


def of_few(rows, people, *, free=frozenset()):
    """Combinations of rows that are of 1 to 9 people, as the people they are of.

    Args:
        rows: Whole numbers, shape (rows, columns).
        people: For each column, the set of people it belongs to; all of them are secret but
            columns in ``free``.
        free: Columns about which nothing is secret.
    """
    rows = np.asarray(rows, dtype=np.int64)
    alike, place = np.unique(rows, axis=1, return_inverse=True)
    whose, secret = defaultdict(set), defaultdict(bool)
    for column, at in enumerate(place.ravel()):
        whose[at] |= people[column]
        secret[at] |= column not in free
    found = set()
    chance = np.random.default_rng(1)
    for turn in range(4):
        shuffled = chance.permutation(alike.shape[1]) if turn else np.arange(alike.shape[1])
        order = sorted(shuffled, key=lambda at: min(len(whose[at]), LEAST), reverse=True)
        made, leads = eliminated(alike[:, order])
        for row, lead in zip(made, leads, strict=True):
            if len(whose[order[lead]]) >= LEAST:
                continue
            held = [order[at] for at in np.flatnonzero(row)]
            of = set().union(*(whose[at] for at in held))
            if 0 < len(of) < LEAST and any(secret[at] for at in held):
                found.add(frozenset(of))
    return found


def leaks_of_counts(table, cells):
    """People of whom a count follows from cells of one table, item by item."""
    frame = frame_of(table)
    points = defaultdict(set)
    for cell in cells:
        view, group, part = cell.split("|")
        if view.startswith(f"{table}:"):
            items, _, when = view.removeprefix(f"{table}:").partition("@")
            for point in when.partition("=")[2].split(",") if when else [""]:
                if "," not in when:
                    points[point].add((items, group, part))
    found = set()
    for point, told in points.items():
        rows = frame[frame[POINT[table]] == int(point)] if point else frame
        rows = rows.drop_duplicates(PERSON[table]).set_index(PERSON[table])
        found |= _leaks_at(table, rows, told)
    return found


def _leaks_at(table, rows, told):
    everybody = {"social_worker_survey": "band", "family_interviews": "answered_by",
                 "case_records": "cohort"}.get(table, "")  # fmt: skip
    places = places_of(rows)
    known = {group for items, group, part in told if items == everybody and part == "n"}
    pilots = rows["pilot"].astype(str)
    silent = {item: set(pilots[rows[item].isna()]) for item, *_ in told if item in rows}
    for items, group, part in told:  # where everybody answered, n tells how many there are
        if part == "n" and items in silent and not silent[items] & places(group):
            known.add(group)
    found = set()
    crossed = {("involved_planning", "goals_achieved"), ("cohort", "grade")}
    alone = {items for items, _, _ in told if items in rows}
    joined = [pair for pair in crossed if any(f"{pair[0]}x{pair[1]}" == i for i, _, _ in told)]
    alone -= set(chain.from_iterable(joined))
    for items in [*((one,) for one in alone), *joined]:
        found |= _leaks_of_items(rows, items, told, known, places)
    return found


def _leaks_of_items(rows, items, told, known, places):
    given = rows[["pilot", *items]].astype(object).where(rows[["pilot", *items]].notna(), "")
    scored = [i for i in items if pd.api.types.is_numeric_dtype(rows[i])]
    atoms = defaultdict(set)
    for who, *answers in given.itertuples():
        pilot, *said = map(str, answers)
        said = ["given" if i in scored and s else s for i, s in zip(items, said, strict=True)]
        atoms[pilot, tuple(said)].add(who)
    names = list(atoms)
    lines = []
    for held, group, part in told:
        expected = _expected(held, items, part)
        if expected:
            lines.append([p in places(group) and expected(said) for p, said in names])
    lines += [
        [p in places(group) for p, _ in names]
        for group in known
        if len(items) == 1 or names_given(names, places(group))
    ]
    free = {at for at, (_, said) in enumerate(names) if not any(said)}
    return {(items, of) for of in of_few(lines, [atoms[n] for n in names], free=free)}


def names_given(names, places):
    """Whether all who answered one of two items answered both; that some did not is no secret."""
    return all(all(said) or not any(said) for pilot, said in names if pilot in places)


UPPER = {
    "agreeing": {
        "yes", "present", "reasonable", "good", "fairly confident", "very confident", "often",
        "almost always", "improved", "much improved", "agree", "strongly agree",
    },
    "limited+": {"limited", "reasonable", "good"},
    "good+": {"good"},
}  # fmt: skip


def _is(given, part):
    if part == "n":
        return bool(given)
    return given in UPPER[part] if part in UPPER else given == part


def _expected(held, items, part):
    """Who is of a cell, as a question to the answers of a person; None for other items."""
    if held in items:
        at = items.index(held)
        return lambda said: _is(said[at], part)
    if len(items) == 2 and held == f"{items[0]}x{items[1]}":
        first, rest = part.split(":")
        return lambda said: said[0] == first and _is(said[1], rest)
    return None


def means_told():
    """Every mean of scores that is published: score, point or both, and choice of bands."""
    when = {"First interview": (1,), "Second interview": (2,), "Families with both": (1, 2)}
    return {
        (row["key"], when[row["when"]], bands)
        for bands in BANDS
        for row, _ in shown_rows("families-scores", bands)
        if row[["mean", "change"]].notna().any()
    }


def leaks_of_means(told):
    """Families by whom sums of scores differ, and so follow from published means."""
    frame = frame_of("family_interviews")
    places = places_of(frame)
    held = {
        point: frame[frame["interview"] == point].set_index("family").to_dict("index")
        for point in (1, 2)
    }
    lines = [dict(_adds(held, places, *mean)) for mean in sorted(told)]
    columns = {one: at for at, one in enumerate(dict.fromkeys(chain.from_iterable(lines)))}
    rows = np.zeros((len(lines), len(columns)), dtype=np.int64)
    for at, line in enumerate(lines):
        for column, sign in line.items():
            rows[at, columns[column]] = sign
    return of_few(rows, [{family} for family, _, _ in columns]) if columns else set()


def _adds(held, places, score, points, bands):
    """What a mean adds up: scores of families, a total as its parts where it has them all."""
    parts = PARTS.get(score, ())
    with_it = [{f for f, row in held[point].items() if pd.notna(row[score])} for point in points]
    for family in set.intersection(*with_it):
        if str(held[points[-1]][family]["pilot"]) not in places(bands):
            continue
        for point in points:
            sign = -1 if len(points) == 2 and point == 1 else 1
            whole = parts and all(pd.notna(held[point][family][part]) for part in parts)
            for one in parts if whole else (score,):
                yield (family, one, point), sign


def follows(rows, expected):
    """Whether a sum is a combination of other sums."""
    return len(eliminated(rows)[0]) == len(eliminated([*rows, expected])[0])
