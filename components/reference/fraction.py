"""What expenditure ratios are: fractions that can be read, and what each line contains."""

from html import escape
from typing import Final

from dash import html

from analytics.measures.ratios.lines import LINES, QUALITY
from analytics.measures.ratios.ratio import Ratio
from analytics.measures.ratios.registry import RATIOS
from analytics.text.wording import year_label
from components.html_attrs import marked
from components.prefix import at

SHEET: Final = "fractions"


def quality() -> html.Div:
    """The label that is always beside these figures: how far the returns can be trusted."""
    return html.Div([html.Strong("Data quality. "), QUALITY], className="caution", role="note")


def fractions() -> html.Details:
    """Reserve a fold for every ratio as a fraction, written when the page has arrived."""
    region = marked(html.Div(), {"data-fill": at(f"/sheets/{SHEET}")})
    return html.Details([html.Summary("What each ratio is made of"), region], className="fold")


def written() -> str:
    """Write every ratio of the registry as a fraction, with what its lines contain."""
    ratios = "".join(_ratio(ratio) for ratio in RATIOS.values())
    codes = dict.fromkeys(code for ratio in RATIOS.values() for code in ratio.lines)
    lines = "".join(_line(code) for code in codes)
    return (
        f'<dl class="facts">{ratios}</dl><h2 class="fold-head">What each line contains</h2>'
        f'<dl class="facts">{lines}</dl>'
    )


def _ratio(ratio: Ratio) -> str:
    words = f"{ratio.unit[:1].upper()}{ratio.unit[1:]}; 2012/13 to {year_label(ratio.last_year)}."
    if ratio.quality:
        words += f" {ratio.quality}"
    return (
        f"<dt>{escape(ratio.name)}</dt>"
        f'<dd><div class="fraction"><span class="above">{escape(ratio.above)}</span>'
        f'<span class="visually-hidden"> divided by </span>'
        f'<span class="below">{escape(ratio.below)}</span></div><p>{escape(words)}</p></dd>'
    )


def _line(code: str) -> str:
    line = LINES[code]
    name = f"{line.name[:1].upper()}{line.name[1:]} ({code})"
    words = line.contains or "A line of detail of the return, to 2018/19."
    return f"<dt>{escape(name)}</dt><dd>{escape(words)}</dd>"
