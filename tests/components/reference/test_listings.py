import re
from html import escape, unescape

import pytest

from analytics.evaluation.method_card import SYMMETRY
from analytics.findings.costs import resources
from analytics.findings.expenditure import expenditure
from analytics.findings.indicators import kpis
from analytics.measures.indicators.registry import INDICATORS
from analytics.publication.registry import offered
from analytics.selection.cost_inputs import INPUTS
from analytics.selection.selection import HOME, Selection
from data.sources.registry import SOURCES
from tests.word_faults import SPACED_PERCENT


@pytest.mark.parametrize(
    "sheet",
    ["indicators", "methods", "exactness", "families", "symbols", "findings", "cost-fields"],
)
def test_every_sheet_is_a_table_with_caption_and_scopes(client, sheet):
    words = client.get(f"/sheets/{sheet}").get_data(as_text=True)
    assert "<caption>" in words
    assert 'scope="col"' in words
    assert 'scope="row"' in words
    assert not SPACED_PERCENT.search(unescape(words))


def test_sheets_are_printed_from_the_registries(client):
    indicators = client.get("/sheets/indicators").get_data(as_text=True)
    assert all(key in indicators for key in INDICATORS)
    findings = client.get("/sheets/findings").get_data(as_text=True)
    assert all(key in findings for key in offered(HOME))
    fields = client.get("/sheets/cost-fields").get_data(as_text=True)
    for one in INPUTS.values():
        assert f">{one.key}<" in fields
        assert escape(one.expected) in fields


def test_what_the_test_assumes_is_said_in_the_list_of_methods(client):
    assert SYMMETRY in unescape(client.get("/sheets/methods").get_data(as_text=True))


def test_the_methods_that_decide_a_verdict_are_listed_with_their_sources(client):
    words = unescape(client.get("/sheets/methods").get_data(as_text=True))
    for one in ("Canay, Romano and Shaikh (2017)", "Schuirmann (1987)", "Cumming and Finch (2001)",
                "Conley and Taber (2011)", "Reach", "by default", "Partial pooling",
                "Efron and Morris (1975)", "Rambachan and Roth (2023)", "Daw and Hatfield (2018)",
                "Horowitz and Manski (2000)", "There before the project"):  # fmt: skip
        assert one in words
    assert "Student's t over pilots" not in words


def test_the_families_of_tests_are_those_of_the_findings(client):
    words = client.get("/sheets/families").get_data(as_text=True)
    counts = [int(cell) for cell in re.findall(r"<td[^>]*>(\d+)</td>", words)]
    found = [len(one.publish(Selection()).frame)
             for one in (kpis.gaps, kpis.changes, expenditure.gaps, expenditure.changes,
                         resources.gaps)]  # fmt: skip
    assert found == [24, 24, 13, 13, 8]
    assert counts == [24, 24, 24, 13, 13, 13, 8, 3]


@pytest.mark.parametrize("key", SOURCES)
def test_every_table_has_its_dictionary(client, key):
    words = client.get(f"/sheets/dictionary/{key}").get_data(as_text=True)
    assert all(f">{column.name}<" in words for column in SOURCES[key].columns)


@pytest.mark.parametrize("key", SOURCES)
def test_every_table_says_where_it_is_from_and_of_what_kind_it_is(client, key):
    source = SOURCES[key]
    words = unescape(client.get(f"/sheets/dictionary/{key}").get_data(as_text=True))
    facts = (source.citation, source.licence, source.kind.label, source.sha256, *source.notes)
    assert all(f"<dd>{fact}</dd>" in words for fact in facts)


@pytest.mark.parametrize("path", ["/sheets/nothing", "/sheets/dictionary/nothing", "/sheets/"])
def test_what_is_not_there_is_not_found(client, path):
    assert client.get(path).status_code == 404
