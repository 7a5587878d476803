"""With published and official figures only, nothing a reader gets depends on a simulated row.

Every page, every card in a table and every finding as JSON are looked at; of what is made of the
same, some, or all with ``--whole``.
"""

import json
import re
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from dash import page_registry
from plotly.utils import PlotlyJSONEncoder

from analytics.publication.registry import offered
from analytics.selection.selection import HOME, Selection
from components.card.card import cards_under
from components.server.response_cache import ResponseCache
from data.load import built
from data.releases import release
from data.sources.simulated import SIMULATED
from tests.stand_in import use

REAL = "?evidence=real"
SHEET = re.compile(r'"data-fill": "(/sheets/[^"]+)"')
LINK = re.compile(r"/api/v1/tables/(\w+)\.")
VERSION = re.compile(r"\b[0-9a-f]{8,64}\b")


#: What the check itself is tried with: the survey of social workers takes longest.
FEW_PAGES = ("pages.families", "pages.case_records")
SIZE = re.compile(r"[\d.,]+ [kM]?B\b")
FEW_TABLES = {SIMULATED[key] for key in ("family_interviews", "case_records")}


def everything(client, query, findings, pages, some):
    """Every page, what each fetches when it is opened, and every file, by name."""
    found = {}
    for page in (one for one in page_registry.values() if one["module"] in pages):
        chosen = {"evidence": "real"} if query else {}
        found[page["module"]] = json.dumps(page["layout"](**chosen), cls=PlotlyJSONEncoder)
        for sheet in SHEET.findall(found[page["module"]]):
            found[sheet] = client.get(sheet).get_data(as_text=True)
    for key, one in cards_under(HOME).items():
        if one.finding.key not in findings:
            continue
        for tab in some(("about", "table", "download", "copy"), 1, key):
            found[f"{key} {tab}"] = client.get(f"/cards/{key}/{tab}{query}").get_data(as_text=True)
    for key in findings:
        # A workbook takes longest to write, and holds no more than what follows from the tables:
        # it is not looked at where simulated numbers are shown, only where there may be none.
        of_records = not SIMULATED.keys().isdisjoint(one.key for one in offered(HOME)[key].sources)
        endings = ("json", "csv", "xlsx") if query and of_records else ("json", "csv")
        for ending in some(endings, 1, key) if query else endings:
            reply = client.get(f"/api/v1/findings/{key}.{ending}{query}")
            content = reply.get_data()
            found[f"{key}.{ending}"] = (
                sheets(content) if ending == "xlsx" and reply.status_code == 200 else str(content)
            )
    # The size of a file that is packed follows the name of its release too.
    return {
        name: SIZE.sub("a size", VERSION.sub("a version", words)) for name, words in found.items()
    }


def sheets(content):
    with zipfile.ZipFile(BytesIO(content)) as book:
        return "".join(str(book.read(name)) for name in book.namelist() if "docProps" not in name)


def others():
    """The simulated tables with every other row left out: other numbers, marked the same."""
    whole = {key: built(source) for key, source in SIMULATED.items()}
    return {
        key: replace(table, frame=table.frame[::2].reset_index(drop=True), digest=64 * str(n))
        for n, (key, table) in enumerate(whole.items())
    }


def numbers(finding):
    return finding.publish(Selection()).frame.select_dtypes("number").count().sum()


@pytest.fixture
def both_ways(client, monkeypatch, some):
    monkeypatch.setattr(
        ResponseCache, "get", lambda *_: None
    )  # it keeps files for as long as it runs
    made, day = release._release_of, release.releases()[0].day
    dated = lambda store: replace(made(store), day=day)  # noqa: E731 (its digest is left out above)
    monkeypatch.setattr(release, "_release_of", dated)

    def seen(query, findings=None, pages=page_registry):
        findings = offered(HOME) if findings is None else findings
        before = everything(client, query, findings, pages, some)
        use(others())
        try:
            return before, everything(client, query, findings, pages, some)
        finally:
            use({})

    return seen


@pytest.mark.slow
def test_no_simulated_number_is_left_anywhere(both_ways):
    before, after = both_ways(REAL)
    differ = [name for name in before if before[name] != after[name]]
    assert differ == ["pages.releases"]  # it says that the other tables were not released
    assert not {key for words in before.values() for key in LINK.findall(words)} & {*SIMULATED}
    marked = {name for name, words in before.items() if "_simulated." in words}
    assert not marked


@pytest.mark.slow
def test_the_check_finds_them_when_they_are_shown(both_ways):
    few = {key for key, one in offered(HOME).items() if not FEW_TABLES.isdisjoint(one.sources)}
    assert all(offered(HOME)[key].kind.is_simulated for key in few)
    before, after = both_ways("", few, FEW_PAGES)
    differ = {name for name in before if before[name] != after[name]}
    shown = {key for key in few if numbers(offered(HOME)[key]) > 0}
    assert len(shown) > 5
    assert {f"{key}.csv" for key in shown} | {*FEW_PAGES} <= differ
