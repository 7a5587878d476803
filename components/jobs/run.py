"""Slow work on a page: start it, see how far it is, stop it, and the card then shows its result.

The work makes a finding, or one large file, and keeps it where every process finds it; what comes
back here is only the word that it is there.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from dash import ClientsideFunction, Input, Output, State, callback, clientside_callback, dcc, html
from dash.exceptions import PreventUpdate

from analytics.publication.finding import Finding
from analytics.publication.progress import heard_by
from analytics.publication.registry import offered
from analytics.selection.parse import from_search
from analytics.selection.selection import Selection
from components.briefing.all_councils import ALL_COUNCILS, make_briefings
from components.html_attrs import marked

WHOLE: Final = 100

Words = dict[str, str]

DONE: Final[Words] = {"words": "Done: the result is in the card."}
NOT_KEPT: Final[Words] = {
    "words": "Done, but the result could not be kept: the cache cannot be written."
}


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
    """Make a slow finding or file for a selection, and keep it.

    Args:
        tell: Takes the state of the progress bar, and the same in words.
        asked: ``{"query": …, "finding": …}`` from the browser or a data address.

    Returns:
        Words on what became of it.

    Raises:
        PreventUpdate: It is not the question of a page.
    """
    work = _work_of(asked)
    if work is None:
        raise PreventUpdate

    def listen(share: float) -> None:
        done = f"{WHOLE * share:.0f}"
        tell([done, f"{done}%"])

    with heard_by(listen):
        return DONE if work() else NOT_KEPT


def _work_of(asked: object) -> Callable[[], bool] | None:
    """Return what makes and keeps what is asked for, and says whether it is kept."""
    if not isinstance(asked, Mapping) or not isinstance(asked.get("query"), str):
        return None
    selection, name = from_search(asked["query"]), str(asked.get("finding"))
    if name == ALL_COUNCILS:
        words = {part: str(asked.get(part, "")) for part in ("day", "site")}
        return partial(make_briefings, selection, **words)
    finding = offered(selection.programme).get(name)
    return partial(_made, finding, selection) if finding and finding.slow else None


def _made(finding: Finding, selection: Selection) -> bool:
    finding.make(selection)
    return finding.is_kept(selection)
