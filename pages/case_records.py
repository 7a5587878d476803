"""Case records: what was published, then simulated records at two readings."""

from dash import register_page
from dash.development.base_component import Component

from analytics.findings.people import case_records_published, case_records_read
from analytics.selection.parse import from_query
from components.card.card import card, offered, shown
from components.charts.share_dots import grades, ribbon, tools
from components.frame.banner import banner
from components.frame.shell import cards, empty_page, more, page

PUBLISHED = card(case_records_published.published, chart=None)
RIBBON = card(case_records_read.steps, chart=ribbon)
TOOLS = card(case_records_read.found, chart=tools)
GRADES = card(case_records_read.graded, chart=grades)
ALL = (PUBLISHED, RIBBON, TOOLS, GRADES)


def layout(**query: str) -> Component:
    """The page for the selection in the address."""
    selection = from_query(query)
    if not offered(*ALL):
        return empty_page(
            "Case records", selection, "records of people or cases", path="/case-records"
        )
    return page(
        "Case records",
        selection,
        [
            cards(*shown(selection, PUBLISHED, place="wide")),
            banner(
                case_records_read.found,
                reproduces="They give back the printed share graded reasonable or good.",
            ),
            more(*shown(selection, *ALL[1:], place="folded")),
        ],
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
    empty=not offered(*ALL),
)
