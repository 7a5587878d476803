"""Pairs of selections that are ready to open."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from dash import html

from analytics.selection.differences import differences
from analytics.selection.parse import from_search
from components.frame.asked import programme_query
from components.frame.navigation import entry_of
from components.frame.pair_address import compared, pair_address
from components.prefix import at
from data.programmes.programme import Programme

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


def ready_pairs(of: Programme) -> html.Section:
    """Return links to the pairs that a programme has everything for.

    Args:
        of: The programme.
    """
    entries = [
        html.Li([html.A(one.name, href=at(one.address)), html.Span(one.page)]) for one in pairs(of)
    ]
    return html.Section([html.H2("Ready to open"), html.Ul(entries)], className="pair-rest")


@lru_cache(maxsize=16)
def pairs(of: Programme) -> tuple[Ready, ...]:
    """Return the ready pairs; all pages must have been registered.

    One whose selection is not understood is left out: another programme has other bands and pilots.

    Args:
        of: The programme.
    """
    found, named = list[Ready](), programme_query(of).removeprefix("?")
    for one in tomllib.loads(FILE.read_text(encoding="utf-8"))["pairs"]:
        a, b = (f"{named}&{one[name]}" if named else one[name] for name in ("a", "b"))
        shown, other = compared(f"{one['what']}/{a}"), from_search(b)
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
