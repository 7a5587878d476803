"""Everything that is shown of the record tables. A cell that is not of a view is never shown."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import chain, product
from typing import Final

from analytics.disclosure.crosstab import ANSWERED, BASE, SILENT, Part, View
from data.microdata.case_records import GRADES, REASONABLE_OR_GOOD
from data.microdata.families import HOW_FAR, NO_YES
from data.microdata.record import Field, FieldKind, RecordTable
from data.microdata.social_workers import AGREEMENT, CONFIDENCE, FREQUENCY, IMPROVEMENT
from data.microdata.tables import RECORD_TABLES

#: The point in time of a row, by table; a table without one is counted whole.
POINTS: Final = {
    "social_worker_survey": "wave",
    "family_interviews": "interview",
    "case_records": "reading",
}
#: The answers of each scale that are counted together as agreeing.
AGREEING: Final[dict[tuple[str, ...], tuple[str, ...]]] = {
    CONFIDENCE: CONFIDENCE[3:],
    FREQUENCY: FREQUENCY[3:],
    IMPROVEMENT: IMPROVEMENT[3:],
    AGREEMENT: AGREEMENT[3:],
    HOW_FAR: ("yes",),
    NO_YES: ("yes",),
    GRADES: REASONABLE_OR_GOOD,
    ("absent", "present"): ("present",),
}
#: The part of those who agree; no answer may have its name.
AGREE: Final = "agreeing"
#: Two items counted together: the share agreeing with the second among each answer to the first.
CROSSED: Final = {
    "family_interviews": (("involved_planning", "goals_achieved"),),
    "case_records": (("cohort", "grade"),),
}
#: Fields that everybody has: how many people there are at a point is counted by them.
EVERYBODY: Final = {
    "social_worker_survey": "band",
    "family_interviews": "answered_by",
    "case_records": "cohort",
}
#: Upper answers counted together in crossed pairs, beside those that agree: so that the shares
#: that reach at least each answer can be drawn.
AT_LEAST: Final[dict[tuple[str, ...], dict[str, tuple[str, ...]]]] = {
    GRADES: {f"{grade}+": GRADES[at:] for at, grade in enumerate(GRADES) if at in {1, 3}}
}
#: Tables of which anything is shown pilot by pilot.
BY_PILOT: Final = frozenset({"social_worker_survey"})
#: Scores that are the sum of others, by table: what is known of all but one tells the one.
TOTALS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "family_interviews": {
        "lubben_total": ("lubben_family", "lubben_friends"),
        "yatchmenoff_total": (
            "yatchmenoff_buy_in",
            "yatchmenoff_receptivity",
            "yatchmenoff_working_relationship",
            "yatchmenoff_mistrust",
        ),
    },
}
#: Tables whose rows are of authorities and not of people: there is nobody to protect.
OF_AUTHORITIES: Final = frozenset({"self_profile"})


@cache
def views_of(key: str) -> tuple[View, ...]:
    """Return every view of a record table.

    Args:
        key: Key of the record table.
    """
    return () if key in OF_AUTHORITIES else tuple(_views(RECORD_TABLES[key]))


def paired_of(key: str, item: str) -> View:
    """Return the view that counts who has a score at both points in time.

    Args:
        key: Key of the record table.
        item: A score.

    Raises:
        LookupError: There is no such view.
    """
    return view_of(key, item, item)


def view_of(key: str, *items: str, point: int | None = None) -> View:
    """Return the view that counts some items at a point in time.

    Args:
        key: Key of the record table.
        items: One item, or two that are counted together.
        point: Wave, interview or reading; None where the table has none.

    Raises:
        LookupError: There is no such view.
    """
    when = (POINTS[key], point) if point is not None else None
    for view in views_of(key):
        if view.items == items and view.point == when:
            return view
    msg = f"{key} has no view of {', '.join(items)} at {when}"
    raise LookupError(msg)


def scores_of(key: str) -> tuple[str, ...]:
    """Return the names of the items of a record table that have a mean at two points.

    Args:
        key: Key of the record table.
    """
    return tuple(one.name for one in items_of(key) if key in POINTS and _is_score(one))


def items_of(key: str) -> tuple[Field, ...]:
    """Return the items of a record table that are counted: answers and scores.

    Args:
        key: Key of the record table.
    """
    table = RECORD_TABLES[key]
    plain = {*table.unique, table.person, "pilot", "band", "cohort", "answered_by", "date", "week"}
    return tuple(
        field
        for field in table.fields
        if field.name not in plain and field.kind is not FieldKind.LABEL
    )


def _views(table: RecordTable) -> Iterator[View]:
    points = (1, 2) if table.key in POINTS else (None,)
    if table.key in POINTS:
        yield from (_paired(table, field) for field in items_of(table.key) if _is_score(field))
    for point in points:
        when = (POINTS[table.key], point) if point else None
        alone = {
            field.name: _view(
                table, (field.name,), when, _parts(field, by_pilot=table.key in BY_PILOT)
            )
            for field in items_of(table.key)
        }
        yield from alone.values()
        if table.key in EVERYBODY:
            yield _everybody(table, when)
        for names in CROSSED.get(table.key, ()):
            first, second = (table.field(name) for name in names)
            apart = [_apart(view, (first, second)) for name, view in alone.items() if name in names]
            yield _view(table, names, when, chain(_crossed(first, second), *apart))


def _is_score(field: Field) -> bool:
    return field.kind in {FieldKind.WHOLE, FieldKind.NUMBER}


def _paired(table: RecordTable, field: Field) -> View:
    """Count who has a score at both points."""
    both = frozenset({(ANSWERED, ANSWERED)})
    return View(
        table=table.key,
        person=table.person,
        items=(field.name, field.name),
        point=None,
        parts=(Part(name=BASE, answers=both, base="", whole=True),),
        twice=POINTS[table.key],
    )


def _everybody(table: RecordTable, when: tuple[str, int] | None) -> View:
    field = table.field(EVERYBODY[table.key])
    every = frozenset((answer,) for answer in field.allowed)
    return _view(table, (field.name,), when, [Part(name=BASE, answers=every, base="")])


def _view(
    table: RecordTable,
    items: tuple[str, ...],
    point: tuple[str, int] | None,
    parts: Iterable[Part],
) -> View:
    return View(table=table.key, person=table.person, items=items, point=point, parts=tuple(parts))


def _apart(view: View, fields: tuple[Field, Field]) -> Iterator[Part]:
    """Return the parts of one item alone, as sums of answers to both."""
    (item,) = view.items
    at = 0 if fields[0].name == item else 1
    other = (*fields[1 - at].allowed, SILENT)
    for part in view.parts:
        given = [one for (one,) in part.answers]
        pairs = product(given, other) if at == 0 else product(other, given)
        yield replace(part, answers=frozenset(pairs), owner=view.key)


def _parts(field: Field, *, by_pilot: bool) -> Iterator[Part]:
    if field.kind is not FieldKind.CHOICE or not field.ordered:
        yield Part(name=BASE, answers=frozenset({(ANSWERED,)}), base="", by_pilot=by_pilot)
        return
    every = frozenset((answer,) for answer in field.allowed)
    yield Part(name=BASE, answers=every, base="", by_pilot=by_pilot)
    for answer in field.allowed:
        yield Part(name=answer, answers=frozenset({(answer,)}))
    upper = frozenset((answer,) for answer in AGREEING[field.allowed])
    yield Part(name=AGREE, answers=upper, by_pilot=by_pilot)


def _crossed(first: Field, second: Field) -> Iterator[Part]:
    for answer in first.allowed:
        base = f"{answer}:{BASE}"
        pairs = frozenset(product((answer,), second.allowed))
        agreeing = frozenset(product((answer,), AGREEING[second.allowed]))
        yield Part(name=base, answers=pairs, base="")
        yield Part(name=f"{answer}:{AGREE}", answers=agreeing, base=base)
        for name, upper in AT_LEAST.get(second.allowed, {}).items():
            reaching = frozenset(product((answer,), upper))
            yield Part(name=f"{answer}:{name}", answers=reaching, base=base)
