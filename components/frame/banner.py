"""The records of a page: a folded section that says whose they are, with what they give."""

from collections.abc import Sequence
from typing import Final

from dash import html
from dash.development.base_component import Component

from analytics.publication.finding import Finding
from analytics.selection.selection import Selection
from components.frame.shell import cards
from components.html_attrs import follow, marked
from components.prefix import at
from data.programmes.programme import Programme
from data.sources.source import Kind

TRY: Final = "Try the analysis with made-up or your own records"
YOURS: Final = "Your own records"
OWN: Final = "Your data. Everything in this section is worked out from your own table."
MADE_UP: Final = (
    "The evaluation's records were never published. Cards marked “Simulated” show made-up records "
    "with its design, so that the analysis can be seen and tried; they say nothing about "
    "{name} beyond what was printed."
)
#: Said while something is chosen; the browser hides it while nothing is (61-trial.css).
FOR_ALL: Final = (
    "Published for all {many} pilots together; what you choose applies to {where} only."
)
LOAD: Final = "To load your own data, start with “python app.py --data folder”; templates are on "


def records_page(
    selection: Selection,
    finding: Finding,
    *,
    printed: Sequence[Component],
    tried: Sequence[Component],
    reproduces: str,
) -> list[Component]:
    """Set what was printed before the section that tries the analysis; own records lead.

    Args:
        selection: What the reader chose.
        finding: Any on the records of the page.
        printed: Cards on what was printed.
        tried: Cards on the records.
        reproduces: What the simulated table gives back of what was printed.
    """
    of = selection.programme
    own = finding.kind_loaded(of) is Kind.OWN
    published = cards(*printed)
    if not tried:
        return [published]
    section = html.Details(
        [
            html.Summary(html.H2(YOURS if own else TRY, className="more-title")),
            _banner(reproduces, of, own=own),
            cards(*tried),
        ],
        className="trial",
        open=own,
    )
    where = "your own records" if own else "the trial below"
    words = html.P(FOR_ALL.format(many=of.many, where=where), className="for-all")
    if own:
        return [words, section, published]
    return [words, published, marked(section, {"data-folded": ""})]


def _banner(reproduces: str, of: Programme, *, own: bool) -> html.Div:
    """Say that records are simulated, what for and what they give back, or that they are yours."""
    if own:
        return html.Div(html.Strong(OWN), className="caution", role="note")
    return html.Div(
        [
            html.Strong("Simulated. "),
            f"{MADE_UP.format(name=of.name)} {reproduces} {LOAD}",
            follow(html.A("Data and methods", href=at("/data"))),
            ".",
        ],
        className="caution",
        role="note",
    )
