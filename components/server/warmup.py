"""Everything that would make the first reader wait, done before there is one."""

from collections.abc import Iterator

from dash import Dash, html
from dash.development.base_component import Component

from components.card.card import IDS_ALONE


def warm(app: Dash) -> None:
    """Make the first request here, and send readers only the ids of the layouts Dash checks.

    Dash sends the layout of every page with every page, so that the browser can prove that each
    callback's components exist. The proof needs their ids, not their figures.

    Args:
        app: The explorer, complete.
    """
    token = IDS_ALONE.set(True)
    try:
        app.server.test_client().get("/")
    finally:
        IDS_ALONE.reset(token)
    whole = app.validation_layout
    if isinstance(whole, Component):
        app.validation_layout = html.Div([_bare(one) for one in _with_ids(whole)])


def _with_ids(whole: Component) -> list[Component]:
    found: dict[str, Component] = {}
    for one in _walk(whole):
        if getattr(one, "id", None) is not None:
            found.setdefault(str(getattr(one, "id")), one)  # noqa: B009 (not declared by the base)
    return list(found.values())


def _walk(component: Component) -> Iterator[Component]:
    # Dash's own iteration looks every id up from the top again: seconds for pages like these.
    yield component
    children = getattr(component, "children", None)
    for child in children if isinstance(children, list | tuple) else [children]:
        if isinstance(child, Component):
            yield from _walk(child)


def _bare(one: Component) -> Component:
    return type(one)(id=getattr(one, "id"))  # noqa: B009 (not declared by the base)
