"""Which selections to try of a page or a finding: those that differ in what it follows.

``tests/pages/test_parameters.py`` proves that a page, and with it every finding in its cards,
follows the parameters of the registry and no other. Under two selections that are the same in
those it is the same page, so one of the two is enough.
"""

import sys
from functools import cache, partial
from urllib.parse import parse_qsl, urlencode

import app
from analytics.selection.parameter import Page
from analytics.selection.parameters import PARAMETERS
from analytics.selection.parse import from_search
from components.card.card import Card
from tests.pairwise import queries

assert app  # it registers the pages
QUERIES = queries()
SHOWN = {
    page: tuple(one for one in vars(sys.modules[f"pages.{page}"]).values() if isinstance(one, Card))
    for page in Page
}


def pages_with(finding: str) -> frozenset[Page]:
    """Return the pages that have a card with a finding; none for a table that is only sent."""
    return frozenset(
        page for page, cards in SHOWN.items() if finding in {one.finding.key for one in cards}
    )


def follow(pages: frozenset[Page], name: str) -> bool:
    """Whether some of these pages follow a parameter; where there is no page, it may be so."""
    return not pages or not pages.isdisjoint(PARAMETERS[name].pages)


@cache
def restricted(pages: frozenset[Page], every: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return queries with only what some of these pages follow, every selection once.

    Args:
        pages: Of which it is enough that one follows a parameter.
        every: The queries to restrict; unless given, those that hold every pair of the values of
            the parameters that these pages follow.
    """
    found = dict[str, str]()
    for query in every or queries(partial(follow, pages)):
        pairs = [(name, value) for name, value in parse_qsl(query) if follow(pages, name)]
        kept = urlencode(pairs, safe=",")
        found.setdefault(from_search(kept).to_query(), kept)
    return tuple(found.values())
