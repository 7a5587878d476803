"""Case records: what was published; folded, simulated records at two readings."""

from dash import register_page
from dash.development.base_component import Component

from analytics.findings.people import case_records_published, case_records_read
from analytics.selection.parse import from_query
from components.card.card import card, offered, shown
from components.charts.share_dots import grades, ribbon, tools
from components.frame.banner import records_page
from components.frame.shell import empty_page, page
from components.views.printed import printed_view
from components.views.view import CardView

PUBLISHED = card(
    case_records_published.published,
    chart=None,
    view=CardView(
        name="Findings", write=printed_view, at_once=True, is_spoken=True, is_technical=True
    ),
)
RIBBON = card(case_records_read.steps, chart=ribbon)
TOOLS = card(case_records_read.found, chart=tools)
GRADES = card(case_records_read.graded, chart=grades)
TRIED = (TOOLS, GRADES, RIBBON)
ALL = (PUBLISHED, *TRIED)


def layout(**query: str) -> Component:
    """The page for the selection in the address."""
    selection = from_query(query)
    if not offered(selection.programme, *ALL):
        return empty_page(
            "Case records", selection, "records of people or cases", path="/case-records"
        )
    return page(
        "Case records",
        selection,
        records_page(
            selection,
            case_records_read.found,
            printed=shown(selection, PUBLISHED, place="wide"),
            tried=shown(selection, *TRIED, place="wide"),
            reproduces="They give back the printed share graded reasonable or good.",
        ),
        lede="Which parts of the approach case records held, and how the recording was graded.",
        path="/case-records",
    )


register_page(
    __name__,
    path="/case-records",
    name="Case records",
    order=9,
    group="Practice",
    title="Case records",
    needs=ALL,
)
