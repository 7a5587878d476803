"""What several machines share: bytes in Redis, asked with little patience.

Redis that does not answer is left alone for a few seconds, so that a page never waits for it more
than once.
"""

import time
from collections.abc import Callable
from functools import cache
from typing import Final, TypeVar

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from analytics.publication.machines import SharedGoneError

PATIENCE: Final = 0.5  # seconds for one answer
REST: Final = 2.0  # seconds in which Redis that did not answer is not asked again
SELDOM: Final = 60.0  # seconds between two warnings of a process

RESTING: Final = "none a moment ago; it is not asked again yet"

T = TypeVar("T")


class Shared:
    """Bytes in one Redis, each with a time after which it is forgotten.

    Args:
        url: Of the Redis.
    """

    def __init__(self, url: str) -> None:
        self._redis = redis.Redis.from_url(
            url,
            socket_timeout=PATIENCE,
            socket_connect_timeout=PATIENCE,
            retry=Retry(NoBackoff(), 0),
        )
        self._resting_until = 0.0
        self._quiet_until = 0.0

    def get(self, key: str) -> bytes | None:
        """Return what is held under ``key``.

        Raises:
            SharedGoneError: Redis does not answer.
        """
        found = self._ask(lambda: self._redis.get(key))
        return found if isinstance(found, bytes) else None

    def set(self, key: str, held: bytes, seconds: int) -> None:
        """Hold ``held`` under ``key`` for so many seconds.

        Raises:
            SharedGoneError: Redis does not answer, or is full.
        """
        self._ask(lambda: self._redis.set(key, held, ex=seconds))

    def renew(self, key: str, seconds: int) -> bool:
        """Hold what is under ``key`` for so many seconds more; say whether it was still there.

        Raises:
            SharedGoneError: Redis does not answer.
        """
        return bool(self._ask(lambda: self._redis.expire(key, seconds)))

    def has(self, key: str) -> bool:
        """Whether something is held under ``key``.

        Raises:
            SharedGoneError: Redis does not answer.
        """
        return bool(self._ask(lambda: self._redis.exists(key)))

    def drop(self, *keys: str) -> None:
        """Forget what is held under ``keys``.

        Raises:
            SharedGoneError: Redis does not answer.
        """
        self._ask(lambda: self._redis.delete(*keys))

    def count(self, key: str, seconds: int) -> int:
        """Count one more under ``key``, forgotten after so many seconds; return the count.

        Raises:
            SharedGoneError: Redis does not answer.
        """
        with self._redis.pipeline() as both:
            both.incr(key)
            both.expire(key, seconds)
            counted = self._ask(both.execute)
        return int(counted[0])

    def length(self, queue: str) -> int:
        """Return how much waits in a queue, whose name is taken as it is.

        Raises:
            SharedGoneError: Redis does not answer.
        """
        return self._ask(lambda: self._redis.llen(queue))

    def answers(self) -> bool:
        """Whether Redis answers; not asked again within the rest it is given."""
        try:
            return bool(self._ask(self._redis.ping))
        except SharedGoneError:
            return False

    def _ask(self, question: Callable[[], T]) -> T:
        if time.monotonic() < self._resting_until:
            raise self._gone(RESTING)
        try:
            return question()
        except (redis.ConnectionError, redis.TimeoutError, OSError) as fault:
            self._resting_until = time.monotonic() + REST
            raise self._gone(str(fault)) from fault
        except redis.RedisError as fault:
            raise self._gone(str(fault)) from fault

    def _gone(self, found: str) -> SharedGoneError:
        now = time.monotonic()
        is_news = now >= self._quiet_until
        if is_news:
            self._quiet_until = now + SELDOM
        return SharedGoneError(found, is_news=is_news)


@cache
def shared(url: str, _process: int) -> Shared:
    """Return this process's way to a Redis, and what it knows of its silence.

    Args:
        url: Of the Redis.
        _process: Its number: connections must not cross a fork.
    """
    return Shared(url)
