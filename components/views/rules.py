"""The rules of status, printed from where they are kept."""

from dash import html

from analytics.claims.status import RULES


def rules() -> html.Details:
    """Print how a claim comes by its status."""
    return html.Details(
        [
            html.Summary("How a claim comes by its status"),
            html.Dl(
                [part for term, words in RULES for part in (html.Dt(term), html.Dd(words))],
                className="facts",
            ),
        ],
        className="fold",
    )
