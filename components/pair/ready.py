"""Pairs of selections that are ready to open."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Final

from dash import html

from analytics.selection.parse import from_search
from components.frame.pair_address import compared, pair_address
from components.prefix import at

FILE: Final = Path(__file__).with_name("ready.toml")


def ready_pairs() -> html.Section:
    """Return links to the pairs that the programme has everything for."""
    entries = [html.Li(html.A(name, href=at(address))) for name, address in addresses()]
    return html.Section([html.H2("Ready to open"), html.Ul(entries)], className="pair-rest")


@cache
def addresses() -> tuple[tuple[str, str], ...]:
    """Return names and addresses of the ready pairs; all pages must have been registered.

    One whose selection is not understood is left out: another programme has other bands and pilots.
    """
    found = list[tuple[str, str]]()
    for one in tomllib.loads(FILE.read_text(encoding="utf-8"))["pairs"]:
        shown, other = compared(f"{one['what']}/{one['a']}"), from_search(one["b"])
        if shown and shown.cards and not shown.one.said and not other.said:
            found.append((one["name"], pair_address(shown.what, shown.one, other)))
    return tuple(found)
