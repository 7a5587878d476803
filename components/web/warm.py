"""Everything that would make the first reader wait, done before there is one."""

from dash import Dash, html
from dash.development.base_component import Component


def warm(app: Dash) -> None:
    """Make the first request here, and send readers only the ids of the layouts Dash checks.

    Dash sends the layout of every page with every page, so that the browser can prove that each
    callback's components exist. The proof needs their ids, not their figures.

    Args:
        app: The explorer, complete.
    """
    app.server.test_client().get("/")
    whole = app.validation_layout
    if isinstance(whole, Component):
        app.validation_layout = html.Div([_bare(one) for one in _with_ids(whole)])


def _with_ids(whole: Component) -> list[Component]:
    found: dict[str, Component] = {}
    # Iterating over a component walks the ids of everything in it; indexing finds each by its id.
    for name in whole:
        found.setdefault(str(name), whole[name])
    return list(found.values())


def _bare(one: Component) -> Component:
    return type(one)(id=getattr(one, "id"))  # noqa: B009 (subclasses declare it, the base does not)
