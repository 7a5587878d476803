"""Slow work on a page: start it, see how far it is, stop it, and the card then shows its result.

The work makes a finding and keeps it where every card, file and data address finds it; what comes
back here is only the word that it is there.
"""

from collections.abc import Callable, Mapping
from typing import Final

from dash import ClientsideFunction, Input, Output, State, callback, clientside_callback, dcc, html
from dash.exceptions import PreventUpdate

from analytics.publication.finding import FINDINGS, Finding
from analytics.publication.progress import heard_by
from analytics.selection.parse import from_search
from components.html_attrs import marked

WHOLE: Final = 100

Words = dict[str, str]


def job_panel(finding: Finding, *, about: str) -> html.Section:
    """Lay out the controls of a slow finding; one a page.

    Args:
        finding: What is made.
        about: What it does, and about how long it takes.
    """
    run = html.Button("Run", id="job-run", type="button", className="button-quiet")
    cancel = html.Button(
        "Cancel", id="job-cancel", type="button", className="button-quiet", disabled=True
    )
    bar = html.Progress(id="job-progress", max=str(WHOLE), value="0")
    section = html.Section(
        [
            html.P(about),
            html.Div(
                [run, cancel, marked(bar, {"aria-label": "Progress"}),
                 html.Span("", id="job-share"),
                 html.Span("", id="job-words", role="status")],
                className="job-row",
            ),
            dcc.Store(id="job-finding", data=finding.key),
            dcc.Store(id="job-asked"),
            dcc.Store(id="job-done"),
            dcc.Store(id="job-left"),
        ],
        className="job",
    )  # fmt: skip
    return marked(section, {"aria-label": "Slow work"})


clientside_callback(
    ClientsideFunction("explorer", "startJob"),
    Output("job-asked", "data"),
    Output("job-words", "children", allow_duplicate=True),
    Input("job-run", "n_clicks"),
    State("job-finding", "data"),
    prevent_initial_call=True,
)
clientside_callback(
    ClientsideFunction("explorer", "endJob"),
    Output("job-words", "children"),
    Output("job-progress", "value", allow_duplicate=True),
    Output("job-share", "children", allow_duplicate=True),
    Input("job-done", "data"),
    prevent_initial_call=True,
)
clientside_callback(
    ClientsideFunction("explorer", "cancelJob"),
    Output("job-words", "children", allow_duplicate=True),
    Output("job-progress", "value", allow_duplicate=True),
    Output("job-share", "children", allow_duplicate=True),
    Input("job-cancel", "n_clicks"),
    prevent_initial_call=True,
)
clientside_callback(
    ClientsideFunction("explorer", "leaveJob"),
    Output("job-left", "data"),
    Input("job-cancel", "disabled"),
    prevent_initial_call=True,
)


@callback(
    Output("job-done", "data"),
    Input("job-asked", "data"),
    background=True,
    interval=300,
    running=[
        (Output("job-run", "disabled"), True, False),
        (Output("job-cancel", "disabled"), False, True),
    ],
    progress=[Output("job-progress", "value"), Output("job-share", "children")],
    progress_default=["0", ""],
    cancel=[Input("job-cancel", "n_clicks")],
    prevent_initial_call=True,
)
def make(tell: Callable[[list[str]], None], asked: object) -> Words:
    """Make a slow finding for a selection, and keep it.

    Args:
        tell: Takes the state of the progress bar, and the same in words.
        asked: ``{"query": …, "finding": …}`` from the browser.

    Returns:
        Words on what became of it.

    Raises:
        PreventUpdate: It is not the question of a page.
    """
    if not isinstance(asked, Mapping):
        raise PreventUpdate
    finding, query = FINDINGS.get(str(asked.get("finding"))), asked.get("query")
    if finding is None or not finding.slow or not isinstance(query, str):
        raise PreventUpdate
    selection = from_search(query)

    def listen(share: float) -> None:
        done = f"{WHOLE * share:.0f}"
        tell([done, f"{done}%"])

    with heard_by(listen):
        finding.make(selection)
    if not finding.is_kept(selection):
        return {"words": "Done, but the result could not be kept: the cache cannot be written."}
    return {"words": "Done: the result is in the card."}
