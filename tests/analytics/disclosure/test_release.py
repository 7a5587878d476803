"""What is left of the records tells no small count, whichever pages and bands are put together."""

from itertools import chain, combinations

import numpy as np
import pandas as pd
import pytest

from analytics.disclosure.crosstab import BASE, Part, View, crosstab, scope, scopes
from analytics.disclosure.release import hidden_of
from analytics.disclosure.rules import LEAST_BASE, LEAST_PEOPLE
from data.microdata.fields import BANDS
from tests.analytics.methods.test_disclosure import follows

ANSWERS = ("low", "middle", "high")
PILOT_BANDS = {one: BANDS["ABCDEF".index(one) // 2] for one in "ABCDEF"}
VIEW = View(
    table="t",
    person="who",
    items=("answer",),
    point=("wave", 1),
    parts=(
        Part(name=BASE, answers=frozenset((a,) for a in ANSWERS), base="", by_pilot=True),
        *(Part(name=a, answers=frozenset({(a,)})) for a in ANSWERS),
        Part(name="agree", answers=frozenset({("high",)}), by_pilot=True),
    ),
)


def people(seed, each=25):
    chance = np.random.default_rng(seed)
    rows = [
        {"who": f"{pilot}{at}", "pilot": pilot, "band": band, "wave": 1,
         "answer": chance.choice([*ANSWERS, None], p=[0.15, 0.3, 0.5, 0.05])}
        for pilot, band in PILOT_BANDS.items()
        for at in range(int(chance.integers(4, each * 2)))
    ]  # fmt: skip
    return pd.DataFrame(rows)


def test_scopes_are_every_choice_of_bands_and_every_pilot():
    found = scopes(people(1))
    bands = [scope(c) for c in chain.from_iterable(combinations(BANDS, n) for n in (1, 2, 3))]
    assert list(found) == [*bands, *(f"pilot={one}" for one in "ABCDEF")]
    assert found["beginner+over-two"] == ("A", "B", "E", "F")


def test_people_are_counted_once_by_pilot_and_answer():
    frame = people(2)
    twice = pd.concat([frame, frame.assign(wave=2), frame.head(5)])
    found = crosstab(VIEW, twice)
    for row, pilot in enumerate(found.pilots):
        for column, (answer,) in enumerate(found.combinations):
            own = frame[(frame["pilot"] == pilot) & (frame["answer"] == answer)]
            assert found.people[row, column] == len(own)


@pytest.mark.parametrize("seed", range(25))
def test_no_small_count_follows_from_everything_that_is_shown(seed):
    frame = people(seed)
    hidden = hidden_of([VIEW], frame)
    found = crosstab(VIEW, frame)
    atoms = found.people.ravel()
    shown = []
    for group, pilots in scopes(frame).items():
        inside = np.isin(found.pilots, pilots)
        for part in VIEW.parts:
            if group.startswith("pilot=") and not part.by_pilot:
                continue
            row = np.outer(inside, [one in part.answers for one in found.combinations]).ravel()
            if VIEW.cell(group, part.name) not in hidden:
                shown.append(row.astype(int))
                count = int(row @ atoms)
                assert count >= LEAST_PEOPLE
                if part.base:
                    assert found.of(VIEW.parts[0])[inside].sum() >= LEAST_BASE
    for at, count in enumerate(atoms):
        if count < LEAST_PEOPLE:
            assert not follows(shown, np.eye(len(atoms), dtype=int)[at])


def test_something_is_left_where_people_are_many():
    frame = people(3, each=200)
    hidden = hidden_of([VIEW], frame)
    assert VIEW.cell(scope(tuple(BANDS)), "agree") not in hidden


def test_too_many_pilots_are_not_shown_one_by_one():
    frame = people(4)
    many = pd.concat([frame.assign(pilot=frame["pilot"] + str(copy)) for copy in range(3)])
    assert not [name for name in scopes(many) if name.startswith("pilot=")]
