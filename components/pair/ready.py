"""Pairs of selections that are ready to open."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from dash import html

from analytics.selection.differences import differences
from analytics.selection.parse import from_search
from components.frame.navigation import entry_of
from components.frame.pair_address import compared, pair_address
from components.prefix import at

FILE: Final = Path(__file__).with_name("ready.toml")


class Ready(NamedTuple):
    """A pair that is ready to open.

    Attributes:
        name: What is beside what.
        page: The page whose cards are shown.
        address: From the first slash.
    """

    name: str
    page: str
    address: str


def ready_pairs() -> html.Section:
    """Return links to the pairs that the programme has everything for."""
    entries = [
        html.Li([html.A(one.name, href=at(one.address)), html.Span(one.page)]) for one in pairs()
    ]
    return html.Section([html.H2("Ready to open"), html.Ul(entries)], className="pair-rest")


@cache
def pairs() -> tuple[Ready, ...]:
    """Return the ready pairs; all pages must have been registered.

    One whose selection is not understood is left out: another programme has other bands and pilots.
    """
    found = list[Ready]()
    for one in tomllib.loads(FILE.read_text(encoding="utf-8"))["pairs"]:
        shown, other = compared(f"{one['what']}/{one['a']}"), from_search(one["b"])
        if shown is None or not shown.cards or shown.one.said or other.said:
            continue
        [choice] = differences(shown.one, other, shown.page)
        found.append(
            Ready(
                name=f"{choice.label}: {choice.one} beside {choice.other}",
                page=str(entry_of(shown.page)["name"]),
                address=pair_address(shown.path, shown.one, other),
            )
        )
    return tuple(found)
