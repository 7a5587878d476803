"""A chart in the room that is reserved for it, and what every chart of a card says."""

from typing import Final

import orjson
from dash import html

from analytics.selection.marks import markable, parameter_of
from components.charts.chart import MUTED, Figure
from components.charts.keys import keys_in
from components.html_attrs import marked, part
from data.programmes.programme import Programme
from data.sources.source import Kind

CORNER: Final = 18  # pixels above a chart for the word in its corner
#: How keys go through the points of a chart; ``chart-hint`` on every page says so for all charts.
HINT: Final = (
    "Arrow keys move between points and series. Space marks a point in every chart. "
    "Enter opens what it leads to. Escape leaves."
)
EMPTY: Final[Figure] = {"data": [], "layout": {"height": 120}}


def chart_frame(key: str, figure: Figure, topic: str) -> html.Div:
    """Return a chart in the room that is reserved for it, with its place in the order of keys.

    Args:
        key: Of the card; its title names the chart.
        figure: What is drawn.
        topic: Id of the words that say what is measured.
    """
    height, tall = _height(figure), _tall(figure)
    graph = marked(
        html.Div(id=f"graph-{key}", className="chart-place", disable_n_clicks=True),
        {"data-figure": orjson.dumps(figure, option=orjson.OPT_SERIALIZE_NUMPY).decode()},
    )
    room = {"--chart-height": f"{height}px", "--chart-tall": f"{tall}px"}
    # Whoever hears the page meets one stop that says the points: the browser hides the drawing.
    # In an application, keys go to the page at once; Orca says what is in one, not the thing.
    # So each has words of its own: none are said twice, and Orca says what the chart is of.
    stop = marked(
        html.Div(className="chart-stop", tabIndex=0, role="img"),
        {
            "aria-roledescription": "chart",
            "aria-labelledby": topic,
            "aria-describedby": "chart-hint",
        },
    )
    # Names beside their rows have room enough in cards that are narrow for names above them.
    beside = _mapping(_mapping(figure["layout"]).get("meta")).get("beside")
    look = "chart chart--beside" if beside else "chart"
    chart = html.Div([stop, graph], className=look, style=room, role="application")
    return marked(chart, {"aria-labelledby": f"card-{key}-title"})


def point_line() -> html.Div:
    """Return the line below a chart that says the point under the keyboard, or under the pointer.

    Whoever hears the page is told of the first alone: a pointer passes over many points.
    """
    point = part(html.P("", className="point"), "point")
    passing = part(html.P("", className="passing"), "passing")
    return html.Div(
        [
            marked(point, {"aria-live": "polite", "data-keys": HINT}),
            marked(passing, {"aria-hidden": "true"}),
        ],
        className="point-line",
    )


def named_simulated(figure: Figure) -> Figure:
    """Write "Simulated" in the corner of a chart, above all else in it, in room of its own.

    Args:
        figure: Of a chart.
    """
    layout = _mapping(figure["layout"])
    margin = _mapping(layout["margin"])
    corner: Figure = {
        "text": Kind.SIMULATED.label, "font": {"size": 12, "color": MUTED, "weight": 650},
        "xref": "container", "x": 1, "xanchor": "right", "yref": "container", "y": 1,
        "yanchor": "top", "pad": {"t": 3, "r": 8}, "automargin": False,
    }  # fmt: skip
    taller: Figure = {
        "height": _height(figure) + CORNER, "margin": {**margin, "t": _top(margin) + CORNER},
    }  # fmt: skip
    if "meta" in layout:
        meta = _mapping(layout["meta"])
        taller["meta"] = {**meta, **({"tall": _tall(figure) + CORNER} if "tall" in meta else {})}
    return {**figure, "layout": {**layout, **taller, "title": corner}}


def with_marks(figure: Figure, of: Programme) -> Figure:
    """Say the name of everything in a chart that can be marked, and which parameter names it.

    Args:
        figure: Of a chart.
        of: The programme that it is about.
    """
    known = markable(of)
    marks = {
        key: {"name": known[key], "parameter": parameter_of(key, of)}
        for key in keys_in(figure)
        if key in known
    }
    if not marks:
        return figure
    layout = _mapping(figure["layout"])
    told: Figure = {"meta": {"marks": marks, **_mapping(layout.get("meta"))}}
    return {**figure, "layout": {**layout, **told}}


def _mapping(part_of: object) -> Figure:
    return (
        {str(name): value for name, value in part_of.items()} if isinstance(part_of, dict) else {}
    )


def _top(margin: Figure) -> int:
    top = margin.get("t", 0)
    return top if isinstance(top, int) else 0


def _height(figure: Figure) -> int:
    layout = figure["layout"]
    height = layout.get("height", 0) if isinstance(layout, dict) else 0
    return height if isinstance(height, int) else 0


def _tall(figure: Figure) -> int:
    """Return the height where rows have their names above them; else the height."""
    tall = _mapping(_mapping(figure["layout"]).get("meta")).get("tall")
    return tall if isinstance(tall, int) else _height(figure)
