"""The programmes that the explorer holds, as examples of what a group may be."""

from urllib.parse import urlencode

from dash import html

from analytics.selection.group import spell_bands
from analytics.selection.selection import HOME
from analytics.text.wording import counted
from components.prefix import at
from data.programmes.programme import Programme
from data.programmes.read import called, keys


def ready_made() -> html.Section:
    """Return links to each programme that has a file, and to its councils as a list to change."""
    others = [called(key) for key in keys() if called(key) != HOME]
    return html.Section(
        [
            html.H2("Ready made"),
            html.P("Programmes that are held here, and their councils as a list to change."),
            html.Ul([html.Li(_one(programme)) for programme in (HOME, *others)]),
        ],
        className="group-ready",
    )


def _one(programme: Programme) -> list[html.A | str]:
    query = {} if programme == HOME else {"programme": programme.key}
    councils = f"{counted(len(programme.pilots))} councils"
    return [
        html.A(programme.name, href=_address("/", query)),
        f", from {programme.start_words}: ",
        html.A(f"its {councils} as a list", href=_address("/group", _as_group(programme))),
    ]


def _as_group(programme: Programme) -> dict[str, str]:
    """Return the councils, bands and start of a programme as the address of a group holds them."""
    bands = tuple(
        (band.label, tuple(one.code for one in programme.pilots if one.band == band.key))
        for band in programme.bands
    )
    codes = tuple(one.code for one in programme.pilots)
    spelt = spell_bands(bands if len(bands) > 1 else (("", codes),))
    return {"group": spelt, "start": f"{programme.first_after}"}


def _address(path: str, query: dict[str, str]) -> str:
    return f"{at(path)}?{urlencode(query, safe=',:;')}" if query else at(path)
