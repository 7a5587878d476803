"""What every finding must do, for every choice of pilots, authority and indicator.

``tests/components/server/test_every_selection.py`` has the same checked for every pair of options.
So here each choice of pilots meets comparators in turn, and each indicator the periods and lists:
for each finding some of them, or all with ``--whole``.
"""

import re
from itertools import chain, combinations, cycle, islice

import numpy as np
import pandas as pd
import pytest

import analytics.findings  # noqa: F401 (registers the findings)
from analytics.measures.indicators.registry import INDICATORS
from analytics.publication.registry import offered, register
from analytics.selection.choices import Comparator
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME
from data.schema import ColumnKind
from data.sources.registry import SOURCES
from data.sources.source import Kind
from tests.followed import pages_with, restricted
from tests.word_faults import faults

BANDS = [
    ",".join(bands)
    for bands in chain.from_iterable(combinations(HOME.band_keys, n) for n in (1, 2, 3))
]
ABOUT_AN_INDICATOR = [
    key
    for key, finding in offered(HOME).items()
    if finding.title_for(from_search("?indicator=s47_rate")) != finding.title_for(from_search(""))
]
#: A verdict that the rules of honesty forbid, or a hole where a word should be.
FORBIDDEN = re.compile(
    r"no difference\b|\bbetter\b|\bworse\b|\bnan\b|\bNone\b(?! of| is)|\bnat\b|  |\{|\binf\b"
)


def check(published) -> None:
    assert [*published.frame.columns] == [column.name for column in published.columns]
    assert published.sources
    assert set(published.sources) <= set(SOURCES.values())
    assert isinstance(published.kind, Kind)
    sentences = [published.summary, published.title, *published.notes]
    assert all(sentence.strip() for sentence in sentences)
    assert published.summary.endswith((".", "!"))
    assert not FORBIDDEN.search(published.summary), published.summary
    for words in (published.title, published.subtitle, published.unit, *published.notes):
        assert not re.search(r"\bnan\b|\bNone\b|\{", words), words
    assert all(term and words for term, words in published.method)
    if published.withheld:  # the one reason, wherever a reader looks
        assert published.withheld == published.summary == published.plain
        assert published.withheld.endswith(".")
    else:
        assert len(published.frame)
    for column in published.columns:
        cells = published.frame[column.name]
        if column.kind is ColumnKind.TEXT:
            kinds = {*map(type, cells.tolist())}
            assert all(issubclass(kind, str) for kind in kinds), column.name
        elif column.kind is not ColumnKind.FLAG:
            assert cells.dtype == np.float64
            assert not np.isinf(cells.to_numpy()).any()
    assert hidden_values(published).isna().all()


def hidden_values(published):
    """The values of the rows that the publisher suppressed; none where a finding has no such."""
    if not {"status", "value"} <= {*published.frame}:
        return pd.Series(dtype=float)
    return published.frame.loc[published.frame["status"] == "c", "value"]


def test_each_thing_that_is_checked_occurs():
    """Otherwise the checks above would pass because there is nothing to check."""
    every = [one.publish(from_search("?pilots=E06000041")) for one in offered(HOME).values()]
    assert any(one.withheld and len(one.frame) for one in every)
    assert any(one.withheld and one.frame.empty for one in every)
    assert any(not one.withheld for one in every)
    assert any(len(hidden_values(one)) for one in every)
    kinds = {column.kind for one in every for column in one.columns}
    assert ColumnKind.TEXT in kinds
    assert kinds - {ColumnKind.TEXT, ColumnKind.FLAG}


@pytest.mark.parametrize("key", offered(HOME))
def test_every_choice_of_bands_is_published_or_withheld(key, some):
    every = (f"band={bands}&compare={one}" for bands, one in zip(BANDS, cycle(Comparator)))
    for query in some(restricted(pages_with(key), tuple(every)), 2, key):
        published = offered(HOME)[key].publish(from_search(query))
        assert published.key == key
        assert published.selection.notices == ()
        check(published)


SEARCHES = (
    "",
    "&vintage=first&compare=region",
    "&years=2023-2025&model=2025",
    "&k=1&years=2013-2013",
)


@pytest.mark.parametrize("key", ABOUT_AN_INDICATOR)
def test_every_indicator_is_published_or_withheld(key, whole):
    """Every indicator under one of the searches: the next one in the next finding.

    Of four indicators each finding has one, and the next finding the next.
    """
    at, step = ABOUT_AN_INDICATOR.index(key), 1 if whole else 4
    turns = islice(cycle(SEARCHES), at, None)
    for indicator, search in [*zip(INDICATORS, turns, strict=False)][at % step :: step]:
        query = f"?indicator={indicator}{search}&area=E09000012"
        published = offered(HOME)[key].publish(from_search(query))
        assert published.selection.indicator == indicator
        check(published)


PILOTS = ("E06000041", "E06000041,E10000020", "E09000005,E09000030")


@pytest.mark.parametrize("key", offered(HOME))
def test_one_or_two_pilots_are_published_or_withheld(key):
    """Two of the comparators for each finding, the other two for the next."""
    every = [f"pilots={some}&compare={one}" for some, one in zip(cycle(PILOTS), Comparator)]
    for query in restricted(pages_with(key), tuple(every[[*offered(HOME)].index(key) % 2 :: 2])):
        published = offered(HOME)[key].publish(from_search(query))
        assert published.selection.only == from_search(query).only
        check(published)
        assert published.withheld or not [*map(str, faults(published))]


@pytest.mark.parametrize("key", offered(HOME))
def test_any_authority_can_be_yours(key):
    """The smallest one and another: the walk of pairs tries each finding with every kind."""
    others = ("E06000058", "E06000028", "E06000053", "E09000005")
    areas = ("E09000001", others[[*offered(HOME)].index(key) % len(others)])
    every = tuple(f"area={area}&years=2012-2025" for area in areas)
    for query in restricted(pages_with(key), every):
        published = offered(HOME)[key].publish(from_search(query))
        assert published.selection.area == from_search(query).area
        check(published)


@pytest.mark.parametrize("key", offered(HOME))
def test_a_whole_table_is_a_finding(key):
    finding = offered(HOME)[key]
    assert finding.key == key
    assert re.fullmatch(r"[a-z0-9-]+", key)
    assert not finding.whole or finding.whole in offered(HOME)
    assert finding.about_under(HOME).endswith(".")
    assert len({column.name for column in finding.columns_under(HOME)}) == len(
        finding.columns_under(HOME)
    )


def test_two_findings_cannot_share_a_key():
    one = offered(HOME)["kpis-gaps"]
    assert register(one) is one
    double = type(one)(**{
        name: getattr(one, name) for name in one.__dataclass_fields__
    })  # fmt: skip
    with pytest.raises(ValueError, match="kpis-gaps"):
        register(double)
    assert offered(HOME)["kpis-gaps"] is one
