"""What is said of a group while it is put together: how many, which years, what cannot be asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component
from flask import has_request_context, request

from analytics.evaluation.cannot_be_asked import what_cannot_be_asked
from analytics.selection.council_names import Named, Unknown, read_names
from analytics.selection.group import (
    FEWEST_COUNCILS,
    read_group,
    read_named,
    read_start,
    spell_bands,
)
from analytics.selection.parameter import Refused, fault_of
from analytics.selection.places import place_name
from analytics.selection.selection import HOME
from analytics.text.wording import counted, listed, pluralise, years_label
from components.group.address import group_address
from data.programmes.group import Group, programme_of
from data.programmes.programme import Programme

MOST_UNKNOWN: Final = 12  # names that are not understood; more are counted
NONE: Final = "No councils so far."
EMPTY: Final = (
    f"Name {counted(FEWEST_COUNCILS)} councils or more, and what can be asked of them is said here."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a form holds, read.

    Attributes:
        shown: What can be asked, and the link.
        told: The same in one short sentence, for those who hear the page; empty where a fault says
            it.
        faults: What of the list of names cannot be used, in sentences.
        remarks: What to say of names that were understood.
        name_said: What was changed of the name, or empty.
    """

    shown: list[Component]
    told: str
    faults: tuple[str, ...]
    remarks: tuple[str, ...]
    name_said: str


def answer(names: str, start: str, name: str) -> Answer:
    """Read what a form holds and say what can be asked of it.

    Args:
        names: The list of councils as it stands.
        start: The year, as an address spells it; empty where none is chosen.
        name: What the reader calls the programme.
    """
    found, named = read_names(names), read_named(name, HOME)
    faults, remarks, shown = _faults(found), _remarks(found), list[Component]()
    said = " ".join(fault_of(one) for one in named.notices)
    told = f"{pluralise(len(found.codes), 'council')} so far." if found.codes else NONE
    if len(found.codes) < FEWEST_COUNCILS:
        shown += [html.P(f"{told} {EMPTY}" if found.codes else EMPTY)]
    elif refused := _refused(found):
        faults, told = (*faults, refused), ""
        shown += [html.P("See what is said below the list.")]
    else:
        asked, told = _asked(found, start, str(named.values["named"]))
        shown += asked
    return Answer(shown=shown, told=told, faults=faults, remarks=remarks, name_said=said)


def unknown(names: str) -> tuple[str, ...]:
    """Say of each name that is not understood which one is meant.

    Args:
        names: A list of councils.
    """
    return tuple(_unknown(one) for one in read_names(names).unknown)


def _faults(found: Named) -> tuple[str, ...]:
    shown = [_unknown(one) for one in found.unknown[:MOST_UNKNOWN]]
    left = len(found.unknown) - len(shown)
    return (*shown, *([f"{pluralise(left, 'more name')} not understood."] if left else []))


def _unknown(one: Unknown) -> str:
    meant = f" Did you mean {listed(one.nearest, link='or')}?" if one.nearest else ""
    return f"“{one.typed}” is not the name or code of one English council.{meant}"


def _remarks(found: Named) -> tuple[str, ...]:
    again = f"More than once in the list, and counted once: {listed(found.again)}."
    return (*found.remarks, *([again] if found.again else []))


def _refused(found: Named) -> str:
    """Return why councils that were all understood are no group, or ""."""
    without = [place_name(code) for label, codes in found.bands if not label for code in codes]
    if without and len(found.bands) > 1:
        return (
            f"Some councils have no band: {listed(without)}. Put a label and a colon before them, "
            "or take the labels away."
        )
    try:
        read_group(spell_bands(found.bands), HOME)
    except Refused as refusal:
        return fault_of(refusal.notice)
    return ""


def _asked(found: Named, start: str, name: str) -> tuple[list[Component], str]:
    """Return what can be asked of a group, and the same in one sentence."""
    bands = f" in {pluralise(len(found.bands), 'band')}" if len(found.bands) > 1 else ""
    many = f"{pluralise(len(found.codes), 'council')}{bands}"
    count = html.P(many, className="group-count")
    each = [_band(label, codes) for label, codes in found.bands]
    if not start:
        wanted = "Choose the start to see which years can be asked."
        return [count, *each, html.P(wanted)], f"{many}. {wanted}"
    year = read_start(start, HOME).values["start"]
    programme = programme_of(Group(bands=found.bands, start=int(str(year)), name=name))
    before, after = _spans(programme)
    refused = what_cannot_be_asked(programme)
    short = f"; {pluralise(len(refused), 'note')} on what cannot be asked" if refused else ""
    told = f"{many}; before the start {before}, from it on {after}{short}."
    shown = [count, *each, _years(before, after), *_cannot(refused), *_link(found, start, name)]
    return shown, told


def _band(label: str, codes: Sequence[str]) -> html.P:
    lead = [html.B(f"{label}: ")] if label else []
    return html.P([*lead, listed([place_name(code) for code in codes])], className="group-band")


def _spans(programme: Programme) -> tuple[str, str]:
    """Return the years before the start and those from it on, in words."""
    first, last = programme.window
    return (
        years_label(first, programme.last_before),
        years_label(programme.first_after, last),
    )


def _years(before: str, after: str) -> html.Dl:
    return html.Dl(
        [
            html.Div([html.Dt("Before the start"), html.Dd(before)]),
            html.Div([html.Dt("From the start on"), html.Dd(after)]),
        ],
        className="group-years",
    )


def _cannot(said: Sequence[str]) -> list[Component]:
    if not said:
        return [html.P("Nothing of the places, years or bands stands against asking.")]
    return [html.H3("What cannot be asked"), html.Ul([html.Li(one) for one in said])]


def _link(found: Named, start: str, name: str) -> list[Component]:
    path = group_address("/", found.bands, start, name)
    host = request.host_url.rstrip("/") if has_request_context() else ""
    return [
        html.P(html.A("Evaluate this group", href=path, id="group-link", className="button-lead")),
        html.Label("The address holds all of it; nothing is stored here.", htmlFor="group-address"),
        dbc.Input(id="group-address", value=f"{host}{path}", readonly=True),
    ]
