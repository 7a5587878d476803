"""Values a process holds in memory, within a bound: what was used longest ago goes first."""

import os
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Final, Generic, Protocol, TypeVar
from weakref import WeakSet

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class _Locked(Protocol):
    def unlock(self) -> None: ...


_CACHES: Final = WeakSet[_Locked]()


def _unlock_all() -> None:
    for cache in _CACHES:
        cache.unlock()


os.register_at_fork(after_in_child=_unlock_all)


def _one(_value: object) -> int:
    return 1


class LruCache(Generic[Key, Value]):
    """Values by key, safe to share by threads and to use after a fork; bounded by total weight.

    Args:
        most: Largest total weight; the largest number of entries unless ``weight`` is given.
        weight: Weighs one value, in bytes or cells; the same for the same value every time.
    """

    def __init__(self, most: int, *, weight: Callable[[Value], int] = _one) -> None:
        self._held: OrderedDict[Key, Value] = OrderedDict()
        self._lock = Lock()
        self._most = most
        self._weight = weight
        self._total = 0
        _CACHES.add(self)

    @property
    def total(self) -> int:
        """Weight of everything held."""
        return self._total

    def get(self, key: Key) -> Value | None:
        """Return the value of a key, which has then been used last, or None."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
            return self._held.get(key)

    def put(self, key: Key, value: Value) -> None:
        """Hold a value, in place of any other of this key; one heavier than all may be is not."""
        weight = self._weight(value)
        with self._lock:
            if key in self._held:
                self._total -= self._weight(self._held.pop(key))
            if weight > self._most:
                return
            self._held[key] = value
            self._total += weight
            while self._total > self._most:
                _, oldest = self._held.popitem(last=False)
                self._total -= self._weight(oldest)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._held.clear()
            self._total = 0

    def unlock(self) -> None:
        """Take a new lock, as after a fork: a thread of the parent may have held the old one."""
        self._lock = Lock()
