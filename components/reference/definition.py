"""What an indicator is, in words printed from its entry in the registry."""

from dash import html

from analytics.measures.indicators.indicator import Indicator
from analytics.programme import PROGRAMME


def definition(indicator: Indicator) -> html.Dl:
    """Print an indicator's definition, direction, publication and breaks.

    Args:
        indicator: From the registry.
    """
    facts = [
        ("Definition", indicator.definition),
        ("Unit", indicator.unit),
        ("Direction", f"{indicator.polarity.label}. {indicator.argument}".strip()),
        ("Published in", indicator.publication),
        ("Breaks", indicator.breaks or "None known."),
    ]
    if PROGRAMME.evaluation.named:
        named = "Yes" if indicator.key in PROGRAMME.evaluation.named else "No"
        facts.append(("Named in the evaluation's summary", named))
    return html.Dl(
        [part for term, words in facts for part in (html.Dt(term), html.Dd(words))],
        className="facts",
    )
