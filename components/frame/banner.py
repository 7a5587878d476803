"""What a page on records says at its top, always: whose the records are."""

from typing import Final

from dash import html

from analytics.programme import PROGRAMME
from analytics.publication.finding import Finding
from components.html_attrs import follow
from components.prefix import at
from data.sources.source import Kind

OWN: Final = "Your data. Below the published figures, everything is worked out from your own table."
MADE_UP: Final = (
    "The evaluation's records were never published. Cards marked “Simulated” show made-up records "
    "with its design, so that the analysis can be seen and tried; they say nothing about "
    f"{PROGRAMME.name} beyond what was printed."
)
LOAD: Final = "To load your own data, start with “python app.py --data folder”; templates are on "


def banner(finding: Finding, *, reproduces: str) -> html.Div:
    """Say that records are simulated, what for and what they give back, or that they are yours.

    Args:
        finding: Any on the records of the page.
        reproduces: What the simulated table gives back of what was printed.
    """
    if finding.kind_loaded is Kind.OWN:
        return html.Div(html.Strong(OWN), className="caution", role="note")
    return html.Div(
        [
            html.Strong("Simulated. "),
            f"{MADE_UP} {reproduces} {LOAD}",
            follow(html.A("Data and methods", href=at("/data"))),
            ".",
        ],
        className="caution",
        role="note",
    )
