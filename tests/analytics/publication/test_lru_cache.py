"""Memory within a bound: the oldest goes first, and threads cannot spoil the count."""

from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from threading import Barrier

from analytics.publication.lru_cache import LruCache


def test_what_was_used_longest_ago_goes_first():
    memory = LruCache[str, int](2)
    for at, key in enumerate("abc"):
        memory.put(key, at)
        memory.get("a")
    assert [memory.get(key) for key in "abc"] == [0, None, 2]
    assert memory.total == 2


def test_values_are_held_up_to_a_total_weight():
    memory = LruCache[str, bytes](100, weight=len)
    for key in "abc":
        memory.put(key, b"x" * 40)
    assert [memory.get(key) is None for key in "abc"] == [True, False, False]
    assert memory.total == 80


def test_a_value_put_again_is_the_new_one_and_is_weighed_once():
    memory = LruCache[str, bytes](100, weight=len)
    for size in (30, 40):
        memory.put("a", b"x" * size)
    assert memory.get("a") == b"x" * 40
    assert memory.total == 40


def test_a_value_too_heavy_is_not_held_and_pushes_nothing_else_out():
    memory = LruCache[str, bytes](100, weight=len)
    memory.put("a", b"x" * 60)
    memory.put("b", b"x" * 101)
    assert memory.get("a") is not None
    assert memory.get("b") is None
    memory.put("a", b"x" * 101)  # the old value is no longer the value of this key
    assert memory.get("a") is None
    assert memory.total == 0


def test_a_cleared_memory_starts_again_from_nothing():
    memory = LruCache[str, int](1)
    memory.put("a", 1)
    memory.clear()
    assert memory.get("a") is None
    assert memory.total == 0
    memory.put("b", 2)
    assert memory.get("b") == 2


def use(memory: LruCache[str, int]) -> None:
    memory.put("a", 1)
    assert memory.get("a") == 1


def test_a_forked_process_is_not_stopped_by_a_lock_its_parent_held():
    memory = LruCache[str, int](1)
    with memory._lock:
        child = get_context("fork").Process(target=use, args=(memory,))
        child.start()
        child.join(20)
        child.kill()
    child.join()
    assert child.exitcode == 0


def test_threads_at_the_same_time_never_pass_the_bound_or_lose_count():
    memory = LruCache[int, bytes](1_000, weight=len)
    start = Barrier(8)

    def work(worker: int) -> int:
        start.wait()
        for at in range(2_000):
            key = (worker * 7 + at) % 50
            memory.put(key, bytes([key]) * (1 + at % 90))
            found = memory.get((key + at) % 50)
            assert found is None or set(found) == {(key + at) % 50}
            if at % 500 == 0:
                memory.clear()
        return memory.total

    with ThreadPoolExecutor(8) as workers:
        totals = list(workers.map(work, range(8)))
    assert max(totals) <= 1_000
    held = [memory.get(key) for key in range(50)]
    assert memory.total == sum(len(one) for one in held if one is not None) > 0
