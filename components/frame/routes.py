"""Ways into the explorer from its first page: a field for one council, and routes for readers."""

from typing import Final

import dash_bootstrap_components as dbc
from dash import html, page_registry

from analytics.selection.places import authorities
from components.card.card import CARDS
from components.frame.navigation import is_empty
from components.html_attrs import follow, marked
from components.prefix import at
from data.programmes.programme import Programme

#: For each reader, steps in order: words, and the page that each leads to. Those that begin with
#: "#" are places in the first page.
ROUTES: Final = {
    "If you direct children's services": (
        ("What changed, in short", "#card-answer"),
        ("Was it there before the project?", "/over-time"),
        ("The pilots one by one", "/pilots"),
        ("What families said", "/families"),
        ("What it would cost", "/costs"),
        ("What happened later", "#card-later-studies"),
    ),
    "If you commission or fund": (
        ("What changed and what lasted", "/over-time"),
        ("Whether spending changed", "/expenditure"),
        ("What the work costs", "/costs"),
        ("How far it was put in place", "/self-profile"),
        ("What became of each claim", "/claims"),
        ("How sure all this is", "/robustness"),
    ),
    "If you do research": (
        ("Every indicator, tested together", "/indicators"),
        ("Who similar councils are", "/neighbours"),
        ("What other choices would give", "/robustness"),
        ("What case records showed", "/case-records"),
        ("What social workers said", "/social-workers"),
        ("Data, methods and files", "/data"),
    ),
}


def council_field() -> html.Div:
    """Return a list of every council with a button that leads to the page of the one chosen.

    The list alone leads nowhere, so that it can be looked through by key.
    """
    options = {code: one.label for code, one in authorities().items()}
    chosen = dbc.Select(id="council", options=options, placeholder="Choose a council")
    return html.Div(
        [
            html.Div([html.Label("Your council", htmlFor="council"), chosen]),
            html.Button("Go", type="button", id="council-go", className="button-quiet"),
        ],
        className="council-field",
    )


def routes(of: Programme, *, path: str = "") -> html.Section:
    """Return a list of steps for each reader, without those to what a programme has nothing of.

    Args:
        of: The programme.
        path: Of the first page, where they are on another.
    """
    pages = (str(one["path"]) for one in page_registry.values() if not is_empty(one, of))
    cards = (f"#card-{key}" for key, one in CARDS.items() if one.finding.is_offered(of))
    there = {*pages, *cards}
    columns = [
        html.Div(
            [
                html.H3(reader),
                html.Ol([_step(words, to, path) for words, to in steps if to in there]),
            ]
        )
        for reader, steps in ROUTES.items()
    ]
    section = html.Section(
        [html.H2("Where to go from here"), html.Div(columns, className="routes")],
        className="prose routes-of",
    )
    return marked(section, {"aria-label": "Where to go from here"})


def _step(words: str, to: str, path: str) -> html.Li:
    if to.startswith("#") and not path:
        return html.Li(html.A(words, href=to))
    to = f"{path}{to}" if to.startswith("#") else to
    return html.Li(follow(html.A(words, href=at(to))))
