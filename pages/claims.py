"""Claims, checked: every statement of the published summary, and what became of it."""

from dash import register_page
from dash.development.base_component import Component

from analytics.findings.claims import claims, claims_choices, later
from analytics.selection.parse import from_query
from components.card.card import card, offered, shown
from components.frame.shell import cards, empty_page, more, page
from components.views.choices import choices_view
from components.views.claims import claims_view, rules, studies_view
from components.views.view import CardView

CLAIMS = card(
    claims.claims, chart=None, view=CardView(name="Claims", write=claims_view, is_technical=True)
)
CHOICES = card(claims_choices.choices, chart=None, view=CardView(name="Matrix", write=choices_view))
LATER = card(
    later.studies, chart=None, key="claims-later", view=CardView(name="Studies", write=studies_view)
)
ALL = (CLAIMS, CHOICES, LATER)


def layout(**query: str) -> Component:
    """The page for the selection in the address."""
    selection = from_query(query)
    if not offered(selection.programme, *ALL):
        return empty_page("Claims, checked", selection, "claims or later studies", path="/claims")
    return page(
        "Claims, checked",
        selection,
        [
            cards(*shown(selection, CLAIMS, place="wide")),
            rules(),
            more(*shown(selection, CHOICES, LATER, place="folded")),
        ],
        lede="Each claim is judged on what it is about; what your own choice gives is beside it.",
        path="/claims",
    )


register_page(
    __name__,
    path="/claims",
    name="Claims",
    order=11,
    group="Trust",
    title="Claims, checked",
    needs=ALL,
)
