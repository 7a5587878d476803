"""Reading a selection from an address: whatever it holds, the nearest selection and a notice."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final
from urllib.parse import parse_qsl

from analytics.selection.choices import Weights
from analytics.selection.parameter import Kind, Notice, Parameter, Reading, Refused, echo
from analytics.selection.parameters import PARAMETERS
from analytics.selection.places import pilots
from analytics.selection.repair import meant, repaired, untracked
from analytics.selection.selection import HOME, Selection
from data.programmes.group import programme_of
from data.programmes.programme import Group, Programme
from data.programmes.settings import ProgrammeError

LONGEST_QUERY: Final = 2_000
MOST_PARAMETERS: Final = 40
#: What names a programme: by its key, or as a group of councils with a start.
OF_A_PROGRAMME: Final = ("programme", "group", "start", "named")


def from_search(search: str) -> Selection:
    """Read a selection from the ``?…`` part of an address. Never raises.

    Args:
        search: The raw query, with or without its question mark.
    """
    asked = untracked(search.removeprefix("?"))
    if len(asked) > LONGEST_QUERY:
        notice = Notice(
            f"The address is too long ({len(asked):,} characters)", "; none of it was used"
        )
        return Selection(notices=(notice,))
    pairs: dict[str, list[str]] = {}
    for name, value in parse_qsl(asked, keep_blank_values=True):
        pairs.setdefault(name, []).append(value)
    return from_query(pairs)


def from_query(query: Mapping[str, object]) -> Selection:
    """Read a selection from parsed parameters. Never raises.

    Args:
        query: Values by name; a value may be a string or a list of strings. Anything else, and
            anything unknown, repeated or damaged, is left out with a notice. What only follows
            readers about, as ``utm_source`` does, is left out without one.
    """
    asked = repaired(query, PARAMETERS)
    notices, remarks = list[str](), list[str]()
    selection = _first_shown(asked, notices, remarks)
    of = selection.programme
    rest = [(name, values) for name, values in asked.items() if name not in OF_A_PROGRAMME]
    for name, values in rest[:MOST_PARAMETERS]:
        parameter = PARAMETERS.get(name)
        if parameter is None:
            notices.append(
                Notice(f"“{echo(name)}” is not a setting", " of this page and was ignored")
            )
            continue
        if len(values) > 1:
            heard = remarks if _is_one(parameter, values, of) else notices
            heard.append(Notice(f"“{echo(name)}” is given more than once", "; the first is used"))
        try:
            selection = _with(selection, parameter, _read(parameter, values[0], of))
        except Refused as refusal:
            notices.append(refusal.notice)
    if len(asked) > MOST_PARAMETERS:
        notices.append(
            Notice(
                f"The address has more than {MOST_PARAMETERS} settings", "; the others are not read"
            )
        )
    if not selection.chosen:
        notices.append(
            Notice(
                "None of the chosen pilots is in the chosen bands",
                "; all of the bands' pilots are shown",
            )
        )
        selection = replace(selection, only=())
    known = pilots(selection.programme)
    outside = [known[code].name for code in selection.only if not _in_bands(selection, code)]
    if outside:
        notices.append(Notice(f"{', '.join(outside)}: not in the chosen bands", ", and left out"))
    selection = _weighted(selection)
    every = dict.fromkeys((*selection.notices, *notices))
    known = dict.fromkeys((*selection.remarks, *remarks))
    return replace(_canonical(selection), notices=tuple(every), remarks=tuple(known))


def _first_shown(
    asked: Mapping[str, list[str]], notices: list[str], remarks: list[str]
) -> Selection:
    """Return what the programme that an address names is first shown with.

    Everything else in the address is read under that programme: its bands, pilots and years.
    """
    found = dict[str, object]()
    for name in OF_A_PROGRAMME:
        for words in asked.get(name, [])[:1]:
            try:
                reading = _read(PARAMETERS[name], words, HOME)
            except Refused as refusal:
                notices.append(refusal.notice)
                continue
            found |= reading.values
            notices += reading.notices
            remarks += reading.remarks
    return Selection.of(_named(found, asked, notices))


def _named(
    found: Mapping[str, object], asked: Mapping[str, list[str]], notices: list[str]
) -> Programme:
    """Return the programme that an address names, by its key or as a group; else the process's."""
    bands, start = found.get("group"), found.get("start")
    if isinstance(bands, tuple) and isinstance(start, int):
        if "programme" in asked:
            notices.append(Notice("An address has a programme or a group", "; the group is used"))
        group = Group(bands=bands, start=start, name=str(found.get("named", "")))
        try:
            return programme_of(group)
        except ProgrammeError as fault:
            notices.append(f"{fault}")
    elif "group" in asked and "start" not in asked:
        notices.append(Notice("A group needs the year its programme started", "; it is not used"))
    elif "group" not in asked and any(name in asked for name in ("start", "named")):
        notices.append(Notice("A start and a name are of a group", ", and none is given"))
    of = found.get("programme")
    return of if isinstance(of, Programme) else HOME


def _in_bands(selection: Selection, code: str) -> bool:
    return pilots(selection.programme)[code].band in selection.bands


def _weighted(selection: Selection) -> Selection:
    """Let all neighbours count alike, and say why, where closeness cannot weigh them."""
    reason = selection.why_unweighted
    if selection.weights is Weights.EQUAL or not reason:
        return selection
    notices = (*selection.notices, reason)
    return replace(selection, weights=Weights.EQUAL, notices=notices)


def _canonical(selection: Selection) -> Selection:
    """Leave out a choice of pilots that is the same as choosing their bands."""
    in_bands = tuple(code for code in pilots(selection.programme) if _in_bands(selection, code))
    only = tuple(code for code in in_bands if code in selection.only)
    return replace(selection, only=() if only == in_bands else only)


def _read(parameter: Parameter, words: str, of: Programme) -> Reading:
    """Read a value as it stands; where that cannot be, as it was before its way here.

    Raises:
        Refused: It cannot be used either way.
    """
    refusal: Refused | None = None
    accepted = list[Reading]()
    for one in dict.fromkeys((words, meant(words))):
        try:
            accepted.append(parameter.read(one, of))
        except Refused as refused:
            refusal = refusal or refused
    if not accepted and refusal is not None:
        raise refusal
    return min(accepted, key=lambda one: bool(one.notices or one.fault))


def _is_one(parameter: Parameter, values: list[str], of: Programme) -> bool:
    """Whether several values of a parameter all mean the same."""
    try:
        first, *others = (_read(parameter, one, of) for one in dict.fromkeys(values))
    except Refused:
        return False
    return all((one.values, one.fault) == (first.values, first.fault) for one in others)


def _with(selection: Selection, parameter: Parameter, reading: Reading) -> Selection:
    """Return a selection with what was read set, and what was not understood noted."""
    changes = dict(reading.values)
    if parameter.kind is Kind.AMOUNT:
        costs = selection.costs
        for key, value in reading.values.items():
            costs = costs.setting(key, value if isinstance(value, float) else None)
        changes = {"costs": costs}
    faults = (*selection.faults, *([reading.fault] if reading.fault else []))
    notices = (*selection.notices, *reading.notices)
    remarks = (*selection.remarks, *reading.remarks)
    return replace(selection, **changes, notices=notices, faults=faults, remarks=remarks)
