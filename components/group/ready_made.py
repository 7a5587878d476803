"""The programmes that the explorer holds, as examples of what a group may be."""

from dash import html

from analytics.selection.group import Bands
from analytics.selection.selection import HOME, Selection
from analytics.text.wording import counted
from components.group.address import group_address
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
    councils = f"{counted(len(programme.pilots))} councils"
    return [
        html.A(programme.name, href=f"{at('/')}{Selection.of(programme).to_query()}"),
        f", from {programme.start_words}: ",
        html.A(
            f"its {councils} as a list",
            href=group_address("/group", _bands(programme), f"{programme.first_after}"),
        ),
    ]


def _bands(programme: Programme) -> Bands:
    """Return the councils of a programme in its bands; without a label where there is one."""
    return tuple(
        (
            band.label if len(programme.bands) > 1 else "",
            tuple(one.code for one in programme.pilots if one.band == band.key),
        )
        for band in programme.bands
    )
