"""The one door: sealed, the same from cache, memory or analysis, never another reader's."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError, fields, replace
from itertools import product

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from analytics.findings.claims import claims
from analytics.findings.indicators import area, indicator_figures, kpi_values, kpis
from analytics.publication import cache, finding
from analytics.publication.finding import Finding
from analytics.publication.lru_cache import LruCache
from analytics.publication.published import Published
from analytics.publication.seal import UnsealedError
from analytics.publication.withheld import FEW_PEOPLE, TOO_FEW
from analytics.selection.follows import GAPS
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME, Selection
from analytics.text.words import Words
from data.load import Table, load
from data.schema import SchemaError, text
from data.sources.registry import PILOTS
from data.sources.source import Kind
from data.symbols import Symbol
from tests.stand_in import use

FINDINGS = [
    kpis.gaps, kpis.changes, kpi_values.values, indicator_figures.years, indicator_figures.places,
    indicator_figures.values, area.area,
]  # fmt: skip
SEARCHES = ["", "?band=two-years", "?area=E06000017&indicator=cpp_second_pct", "?compare=pilots"]


def same(one: Published, other: Published) -> None:
    for field in fields(Published):
        if field.name != "frame":
            assert getattr(one, field.name) == getattr(other, field.name), field.name
    assert one.selection.notices == other.selection.notices
    assert_frame_equal(one.frame, other.frame, check_exact=True)


def test_nothing_but_the_door_makes_a_result():
    published = kpis.gaps.publish(Selection())
    parts = {field.name: getattr(published, field.name) for field in fields(Published)}
    for seal in (None, object(), "seal"):
        with pytest.raises(UnsealedError):
            Published(**parts, seal=seal)
        with pytest.raises(UnsealedError):
            replace(published, words=Words(verdict="Better"), seal=seal)
    with pytest.raises((UnsealedError, ValueError, TypeError)):
        replace(published, words=Words(verdict="Better"))
    with pytest.raises(TypeError):
        Published(**parts)


def test_a_result_cannot_be_changed():
    published = kpis.gaps.publish(Selection())
    with pytest.raises(FrozenInstanceError):
        published.words = Words(verdict="Better")


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize("one", FINDINGS, ids=lambda one: one.key)
@pytest.mark.parametrize("search", SEARCHES)
def test_a_result_from_the_cache_is_the_one_that_was_made(one, search, forgetful, monkeypatch):
    made = one.publish(from_search(search))
    forgetful()
    monkeypatch.setattr(Finding, "_made", lambda *_: pytest.fail("made twice"))
    again = one.publish(from_search(search))
    assert again is not made
    same(again, made)
    assert one.publish(from_search(search)) is again


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize("where", ["/proc/explorer", "/dev/null"])
def test_a_result_without_a_cache_is_the_same(where, forgetful, monkeypatch):
    made = kpis.gaps.publish(Selection())
    forgetful()
    monkeypatch.setenv("EXPLORER_CACHE", where)
    again = kpis.gaps.publish(Selection())
    assert again is not made
    same(again, made)


@pytest.mark.usefixtures("fresh")
def test_a_result_survives_a_pickle_and_garbage_in_the_cache(fresh, forgetful):
    made = kpis.gaps.publish(Selection())
    forgetful()
    digests = (load(source).digest for source in kpis.gaps.sources)
    key = cache.fingerprint("kpis-gaps", finding.VERSION, HOME.digest, "", *digests)
    assert isinstance(cache.store().get(key), bytes)
    cache.store().set(key, {"a": "pickle"})
    same(kpis.gaps.publish(Selection()), made)
    forgetful()
    for file in fresh.glob("cache.db*"):
        file.write_bytes(b"garbage" * 2_000)
    same(kpis.gaps.publish(Selection()), made)


@pytest.mark.slow
@pytest.mark.usefixtures("fresh")
def test_two_selections_never_get_each_others_result(forgetful):
    options = product(
        ("", "band=beginner"),
        ("", "compare=england", "k=5"),
        ("", "years=2014-2016"),
        ("", "average=median", "vintage=first", "adjust=bh"),
    )
    searches = ["?" + "&".join(filter(None, parts)) for parts in options]
    for _ in range(2):  # made, then found
        for search in searches:
            selection = from_search(search)
            tables = {source.key: load(source) for source in kpis.gaps.sources}
            whole = kpis.gaps.analyse(tables, selection)
            published = kpis.gaps.publish(selection)
            assert published.selection == selection
            assert published.frame["gap"].tolist() == pytest.approx(
                whole["gap"].tolist(), rel=0, abs=0, nan_ok=True
            )
            assert published.frame["p_adjusted"].tolist() == pytest.approx(
                whole["p_adjusted"].tolist(), rel=0, abs=0, nan_ok=True
            )
        forgetful()


@pytest.mark.usefixtures("fresh")
def test_a_notice_is_given_to_the_reader_it_is_for():
    damaged, plain = from_search("?colour=red"), from_search("")
    for order in ((damaged, plain), (plain, damaged)):
        for selection in order:
            assert kpis.gaps.publish(selection).selection.notices == selection.notices


@pytest.mark.usefixtures("fresh")
def test_what_a_finding_does_not_follow_is_said_of_it_and_makes_nothing_again(forgetful):
    asked = []
    one = replace(
        kpis.gaps,
        key="followed",
        follows=GAPS,
        analyse=lambda tables, s: asked.append(s) or kpis.gaps.analyse(tables, s),
    )
    plain, others = from_search("?k=5"), from_search("?k=5&area=E08000035&indicator=referrals_rate")
    first, again = one.publish(plain), one.publish(others)
    forgetful()
    found = one.publish(others)
    assert asked == [plain]
    assert (again.selection, again.subtitle) == (others, others.label)
    assert again.subtitle != first.subtitle
    same(found, again)
    assert_frame_equal(again.frame, first.frame, check_exact=True)


@pytest.mark.usefixtures("fresh")
def test_readers_at_the_same_time_get_their_own():
    searches = [f"?k={k}&band={band}" for k in range(3, 10) for band in ("beginner", "over-two")]
    with ThreadPoolExecutor(8) as readers:
        found = list(readers.map(lambda one: kpis.gaps.publish(from_search(one)), searches * 2))
    for search, published in zip(searches * 2, found, strict=True):
        assert published.selection == from_search(search)
        same(published, kpis.gaps.publish(from_search(search)))


@pytest.mark.usefixtures("fresh")
def test_memory_forgets_the_oldest():
    published = kpis.gaps.publish(Selection())
    memory = LruCache(2 * finding._weight(published), weight=finding._weight)
    for key in "abc":
        memory.put(key, published)
        memory.get("a")
    assert [key for key in "abc" if memory.get(key)] == ["a", "c"]


@pytest.mark.usefixtures("fresh")
def test_an_analysis_that_breaks_its_promise_is_not_published():
    broken = replace(kpis.gaps, key="broken", analyse=lambda *_: pd.DataFrame({"key": ["a"]}))
    with pytest.raises(SchemaError, match="broken: column name"):
        broken.publish(Selection())


def test_suppressed_cells_are_counted_and_sources_are_cited():
    selection = from_search("?indicator=cpp_second_pct&years=2012-2025")
    published = indicator_figures.values.publish(selection)
    hidden = published.frame["status"].eq("c")
    assert published.suppressed == hidden.sum() > 0
    assert published.frame.loc[hidden, "value"].isna().all()
    assert all(source.citation in published.citation for source in published.sources)
    assert published.kind is Kind.OFFICIAL


def test_memory_holds_no_more_cells_than_it_may():
    memory = LruCache(3_000, weight=finding._weight)
    kept = [kpis.gaps.publish(Selection(k=k)) for k in range(1, 11)]
    for at, published in enumerate(kept):
        memory.put(str(at), published)
    assert memory.get("9") is kept[9]
    assert memory.get("0") is None
    assert memory.total <= 3_000
    memory.put("9", kept[9])
    assert memory.total <= 3_000
    memory.clear()
    assert memory.get("9") is None


def made_of(*kinds: Kind) -> tuple[Finding, dict[str, Table]]:
    """A simulated finding of tables of these kinds, and one of the reader's own for each."""
    sources = tuple(replace(PILOTS, key=f"table-{at}", kind=kind) for at, kind in enumerate(kinds))
    table = load(PILOTS)
    own = {
        one.key: replace(table, source=replace(one, kind=Kind.OWN, publication="mine.csv"))
        for one in sources
    }
    return replace(kpis.gaps, key="own-test", sources=sources, kind=Kind.SIMULATED,
                   analyse=lambda *_: kpis.gaps.publish(Selection()).frame), own  # fmt: skip


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize(
    ("kinds", "replaced", "kind"),
    [
        ((Kind.SIMULATED,), (), Kind.SIMULATED),
        ((Kind.SIMULATED,), (0,), Kind.OWN),
        ((Kind.SIMULATED, Kind.SIMULATED), (1,), Kind.SIMULATED),
        ((Kind.SIMULATED, Kind.SIMULATED), (0, 1), Kind.OWN),
        ((Kind.SIMULATED, Kind.OFFICIAL), (0,), Kind.OWN),
        ((Kind.OFFICIAL,), (0,), Kind.SIMULATED),
    ],
)
def test_a_finding_is_the_readers_own_once_no_table_of_it_is_simulated(kinds, replaced, kind):
    one, own = made_of(*kinds)
    try:
        use({f"table-{at}": own[f"table-{at}"] for at in replaced})
        published = one.publish(Selection())
        assert published.kind is one.kind_loaded(HOME) is kind
        assert [source.publication == "mine.csv" for source in published.sources] == [
            at in replaced and was is Kind.SIMULATED for at, was in enumerate(kinds)
        ]
        assert bool(published.publishers) is any(
            one.kind is not Kind.OWN for one in published.sources
        )
    finally:
        use({})


def test_figures_of_too_few_people_say_so_in_the_title():
    frame = kpis.gaps.publish(Selection()).frame.assign(status=Symbol.SMALL.value)
    few = replace(
        kpis.gaps,
        key="few-test",
        columns=(*kpis.gaps.columns, text("status", "Status")),
        analyse=lambda *_: frame,
    )
    published = few.publish(Selection())
    assert published.verdict == FEW_PEOPLE
    assert published.withheld == TOO_FEW


def test_addresses_below_a_prefix_are_a_copy_for_one_reader():
    published = claims.claims.publish(Selection())
    before = published.frame.copy()
    below = published.under("/sos")
    assert_frame_equal(published.frame, before)
    assert published.under("") is published
    assert below.frame["link"].tolist() == [f"/sos{link}" for link in before["link"]]
    assert_frame_equal(below.frame.drop(columns="link"), before.drop(columns="link"))
    assert (
        kpis.gaps.publish(Selection()).under("/sos").frame is kpis.gaps.publish(Selection()).frame
    )


def test_a_release_is_named_by_its_code_and_its_tables(monkeypatch):
    before = finding.release()
    assert finding.release() == before
    monkeypatch.setattr(finding, "VERSION", "another")
    assert finding.release() != before
