"""What a browser asks when a reader changes the selection, and a check of what it is answered."""

from functools import cache
from typing import Final

import orjson
from dash import page_registry
from dash.development.base_component import Component

from analytics.selection.parse import from_search

ADDRESS: Final = "/_dash-update-component"
CHARTED: Final = (
    "/",
    "/indicators",
    "/indicators/icpc_rate",
    "/pilots",
    "/expenditure",
    "/costs",
    "/over-time",
    "/neighbours",
    "/robustness",
    "/social-workers",
    "/families",
    "/case-records",
    "/self-profile",
)
PAGES: Final = (*CHARTED, "/claims", "/data")

#: The default and six others, of every kind of choice.
SELECTIONS: Final = (
    "",
    "?compare=england",
    "?compare=region&years=2013-2024",
    "?band=beginner",
    "?model=2025&k=5&average=median&years=2014-2020",
    "?adjust=max-t&with-pilots=1&indicator=cla_31mar_rate",
    "?vintage=first&area=E09000007&years=2012-2016",
)


class WrongAnswerError(AssertionError):
    """An answer was for another question."""


@cache
def cards_of(path: str) -> tuple[str, ...]:
    """Keys of the cards a page shows, in reading order."""
    template, given = path, {}
    if path.startswith("/indicators/"):
        template, given = "/indicators/none", {"named_indicator": path.rpartition("/")[2]}
    layout = next(
        one["layout"]
        for one in page_registry.values()
        if template in {one["path"], one["relative_path"]}
    )
    shown = layout(**given)
    parts = [part for part in shown._traverse() if isinstance(part, Component)]
    found = tuple(
        str(getattr(part, "id", "")).removeprefix("card-")
        for part in parts
        if "card" in (getattr(part, "className", None) or "").split()
    )
    if not found and path in CHARTED:
        msg = f"no card was found on {path}"
        raise ValueError(msg)
    return found


def body(query: str, cards: tuple[str, ...], step: str) -> bytes:
    """The request a browser sends, as Dash 4.4.1 spells it."""
    asked = {"query": query, "cards": list(cards), "step": step}
    return orjson.dumps(
        {
            "output": "answered.data",
            "outputs": {"id": "answered", "property": "data"},
            "inputs": [{"id": "asked", "property": "data", "value": asked}],
            "changedPropIds": ["asked.data"],
            "parsedChangedPropsIds": ["asked.data"],
        }
    )


def check(content: bytes, query: str, cards: tuple[str, ...], step: str) -> None:
    """Refuse an answer that is not the one for this question of this reader."""
    found = orjson.loads(content)["response"]["answered"]["data"]
    selection = from_search(query)
    expected = {
        "query": selection.to_query(),
        "words": selection.label,
        "step": step,
        "cards": set(cards),
    }
    had = {**{name: found[name] for name in expected}, "cards": set(found["cards"])}
    if had != expected:
        msg = f"asked {expected}, answered {had}"
        raise WrongAnswerError(msg)
