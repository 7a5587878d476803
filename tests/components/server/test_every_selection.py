"""Every finding under every pair of options: an answer, a reason in words, or a refusal.

What every finding must do is checked here for every pair of options, of what the door publishes and
of what the data address sends: for each finding a sample, for all of them with ``--whole``.
"""

import csv
import io
from itertools import combinations

import orjson
import pytest

from analytics.publication.registry import offered
from analytics.selection.parameter import Page
from analytics.selection.parameters import PARAMETERS
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME
from components.server.api import REMARKS
from data.schema import visible
from tests.analytics.findings.test_every_finding import check
from tests.followed import QUERIES, follow, pages_with, restricted
from tests.pairwise import ODD, REMARKED, covering, parameters


def test_every_pair_of_values_stands_in_some_selection():
    values = parameters()
    rows = covering(values)
    for one, other in combinations(values, 2):
        held = {(row[one], row[other]) for row in rows}
        assert held == {(a, b) for a in values[one] for b in values[other]}
    assert len(rows) < 2 * max(len(values[a]) * len(values[b]) for a, b in combinations(values, 2))
    assert not [query for query in QUERIES if from_search(query).notices]


@pytest.mark.parametrize("page", Page)
def test_what_a_page_follows_is_tried_in_every_pair_that_all_parameters_together_are(page):
    pages = frozenset({page})
    names = [name for name in PARAMETERS if follow(pages, name)]

    def pairs(queries):
        selections = [from_search(query).to_pairs() for query in queries]
        rows = ([(name, one.get(name, "")) for name in names] for one in selections)
        return {pair for row in rows for pair in combinations(row, 2)}

    assert len(names) > 1
    assert pairs(restricted(pages)) == pairs(QUERIES)


def checked(client, key: str, query: str) -> dict:
    answer = client.get(f"/api/v1/findings/{key}.json?{query}")
    assert answer.status_code == 200, query
    found = orjson.loads(answer.data)
    assert found["key"] == key
    assert found["sentence"]
    assert found["rows"] or found["withheld"], query
    check(offered(HOME)[key].publish(from_search(query)))  # from memory: it was published just now
    return found


def test_every_finding_is_published_or_withheld_with_words_for_every_pair_of_options(client, some):
    empty = {}
    for key in offered(HOME):
        for query in some(restricted(pages_with(key)), 3, key):
            if not (found := checked(client, key, query))["rows"]:
                empty.setdefault((key, found["withheld"]), query)
    assert empty
    for (key, words), query in empty.items():
        answer = client.get(f"/api/v1/findings/{key}.csv?{query}")
        head, *rows = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
        assert head[-1] == "withheld"
        assert set(head) >= {
            column.written for column in visible(offered(HOME)[key].columns_under(HOME))
        }
        assert rows == [[*[""] * (len(head) - 1), words]]


@pytest.mark.parametrize("query", ODD)
def test_what_is_not_understood_is_refused_with_words_by_every_finding(client, query):
    for key in offered(HOME):
        answer = client.get(f"/api/v1/findings/{key}.json?{query}")
        assert answer.status_code == 400
        assert all(orjson.loads(answer.data)["reasons"])


@pytest.mark.parametrize("query", REMARKED)
def test_what_is_understood_with_a_remark_is_answered_with_it(client, query):
    for key in ("area-years", "kpis-gaps", "pilots-profile"):
        answer = client.get(f"/api/v1/findings/{key}.json?{query}")
        assert answer.status_code == 200
        found = orjson.loads(answer.data)
        assert found["rows"] or found["withheld"]
        assert answer.headers[REMARKS]
