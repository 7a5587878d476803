"""What a reader without JavaScript is shown: the answer in words, and the data in plain links."""

from typing import Final

from markupsafe import Markup

from analytics.findings import answer
from analytics.programme import explorer_of
from analytics.selection.selection import Selection
from components.prefix import at
from components.templates.render import render
from data.programmes.programme import Programme

#: Stands in the index page for these words.
PLACE: Final = "<!--no-script-->"
#: Data addresses that need no script: words, and the address of each.
LINKS: Final = (
    ("The answer as a table (CSV)", "/api/v1/findings/answer.csv"),
    ("Every indicator: gap, range and tests (CSV)", "/api/v1/findings/kpis-gaps.csv"),
    ("Every indicator: change since the start (CSV)", "/api/v1/findings/kpis-changes.csv"),
    ("Every finding, with its data address (JSON)", "/api/v1/findings.json"),
    ("Every table of this project (JSON)", "/api/v1/tables.json"),
)


def no_script(of: Programme) -> Markup:
    """Write the answer for the default selection, and links to the data.

    Args:
        of: The programme that the page is about.

    Returns:
        An element that browsers show where scripts are off; the same for every page about one
        programme, because the selection of an address cannot be followed without a script.
    """
    words: tuple[str, ...] = ()
    plain = Selection.of(of)
    if answer.finding.is_offered(of):
        published = answer.finding.publish(plain)
        words = (published.withheld,) if published.withheld else (published.words.headline,)
    links = [(said, at(f"{address}{plain.to_query()}")) for said, address in LINKS]
    return render("no_script.html", name=explorer_of(of), words=words, links=links)
