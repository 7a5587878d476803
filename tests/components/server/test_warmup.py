"""Records are weighed in the background, once, and then by nobody who looks at them."""

import os
import sys
from threading import Event, get_native_id

import psutil
import pytest

from analytics.disclosure import release
from analytics.publication import finding
from analytics.publication.lru_cache import LruCache
from analytics.publication.registry import offered
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME
from components.server import warmup


@pytest.fixture
def forget(tmp_path, monkeypatch):
    """Forget what was published, in memory and on disk, as often as asked."""

    def forgotten():
        monkeypatch.setenv("EXPLORER_CACHE", str(tmp_path / str(len(list(tmp_path.iterdir())))))
        held = LruCache(200_000, weight=lambda published: published.frame.size)
        monkeypatch.setattr(finding, "_MEMORY", held)
        finding._weighed.cache_clear()

    forgotten()
    return forgotten


def again(*_given):
    msg = "made again"
    raise AssertionError(msg)


@pytest.mark.usefixtures("explorer")
def test_nothing_of_records_is_made_again_after_the_start(forget, monkeypatch):
    release.hidden_cells.cache_clear()
    warmup.weigh()
    of_people = [one for one in offered(HOME).values() if one.kind.is_simulated]
    shown = [
        card.finding for card in warmup.cards_under(HOME).values() if card.finding in of_people
    ]
    assert shown
    with monkeypatch.context() as patch:
        patch.setattr(finding, "kept", again)
        for one in shown:
            one.publish(from_search(""))
    monkeypatch.setattr(release, "views_of", again)
    release.hidden_cells.cache_clear()  # as in a process that starts later
    finding._weighed.cache_clear()
    for one in of_people:
        for query in ("?band=beginner", "?band=two-years,over-two"):
            one.publish(from_search(query))
    forget()
    release.hidden_cells.cache_clear()
    with pytest.raises(AssertionError, match="made again"):
        shown[0].publish(from_search(""))


def test_the_thread_steps_back_and_the_process_does_not(monkeypatch):
    before = os.getpriority(os.PRIO_PROCESS, get_native_id())
    done, found = Event(), []

    def weigh():
        found.append(os.getpriority(os.PRIO_PROCESS, get_native_id()))
        done.set()

    monkeypatch.setattr(warmup, "weigh", weigh)
    warmup.weigh_in_background(object())
    assert done.wait(10)
    lower = warmup.LOW if sys.platform == "linux" else 0
    assert found == [min(before + lower, 19)]
    assert os.getpriority(os.PRIO_PROCESS, get_native_id()) == before


def test_one_worker_weighs_at_a_time(monkeypatch):
    done = Event()
    monkeypatch.setattr(warmup, "weigh", done.set)
    with warmup.TURN:
        warmup.weigh_in_background(object())
        assert not done.wait(0.2)
    assert done.wait(10)


def test_nobody_waits_for_ever_for_a_worker_that_was_killed(monkeypatch):
    done = Event()
    monkeypatch.setattr(warmup, "weigh", done.set)
    monkeypatch.setattr(warmup, "LONGEST", 0.01)
    with warmup.TURN:
        warmup.weigh_in_background(object())
        assert done.wait(10)


@pytest.mark.skipif(sys.platform != "linux", reason="the C library of Linux keeps what is freed")
def test_what_was_freed_goes_back_to_the_system():
    own = psutil.Process()
    pieces = [bytes(2_000) for _ in range(50_000)]  # 100 MB, each small enough to be kept
    last = bytes(2_000)  # holds the end of the heap
    full = own.memory_info().rss
    del pieces
    warmup.give_back()
    assert full - own.memory_info().rss > 60_000_000
    assert last
