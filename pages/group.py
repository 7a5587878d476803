"""Evaluate another group: councils, a start and a name, and what can be asked of them."""

from dash import register_page
from dash.development.base_component import Component

from analytics.selection.parse import from_query
from components.frame.shell import page
from components.group.draft import PARAMETERS, without_draft
from components.group.form import group_form
from components.group.ready_made import ready_made
from components.html_attrs import marked


def layout(**query: object) -> Component:
    """The page: an address that holds a group, or a part of one, fills the form."""
    shown = page(
        "Evaluate another group",
        from_query(without_draft(query)),
        [group_form(query), ready_made()],
        lede="The same evaluation for councils and a start of your own. Nothing is stored.",
        path="/group",
    )
    return marked(shown, {"data-keeps": ",".join(PARAMETERS)})


register_page(
    __name__,
    path="/group",
    name="Another group",
    order=16,
    group="Other programmes",
    title="Evaluate another group",
)
