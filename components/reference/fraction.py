"""What expenditure ratios are: fractions that can be read, and what each line contains."""

from typing import Final

from dash import html
from markupsafe import Markup

from analytics.measures.ratios.lines import LINES, QUALITY
from analytics.measures.ratios.ratio import FIRST_YEAR, Ratio
from analytics.measures.ratios.registry import RATIOS
from analytics.text.wording import upper_first, years_label
from components.html_attrs import marked
from components.prefix import at
from components.templates.render import render

SHEET: Final = "fractions"


def quality() -> html.Div:
    """The label that is always beside these figures: how far the returns can be trusted."""
    return html.Div([html.Strong("Data quality. "), QUALITY], className="caution", role="note")


def fractions() -> html.Details:
    """Reserve a fold for every ratio as a fraction, written when the page has arrived."""
    region = marked(html.Div(), {"data-fill": at(f"/sheets/{SHEET}")})
    return html.Details([html.Summary("What each ratio is made of"), region], className="fold")


def written() -> Markup:
    """Write every ratio of the registry as a fraction, with what its lines contain."""
    codes = dict.fromkeys(code for ratio in RATIOS.values() for code in ratio.lines)
    return render(
        "fractions.html",
        ratios=[(ratio, _about(ratio)) for ratio in RATIOS.values()],
        lines=[_line(code) for code in codes],
    )


def _about(ratio: Ratio) -> str:
    words = f"{upper_first(ratio.unit)}; {years_label(FIRST_YEAR, ratio.last_year)}."
    if ratio.quality:
        words += f" {ratio.quality}"
    return words


def _line(code: str) -> tuple[str, str]:
    line = LINES[code]
    name = f"{upper_first(line.name)} ({code})"
    words = line.contains or "A line of detail of the return, to 2018/19."
    return name, words
