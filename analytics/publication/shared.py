"""What several machines share: signed bytes in Redis, asked with little patience.

Redis that does not answer is left alone for a few seconds, so that a page never waits for it more
than once.
"""

import logging
import time
from collections.abc import Callable
from functools import cache
from typing import Final, TypeVar

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from analytics.publication.machines import SharedGoneError, secret_key
from analytics.publication.signing import Signer

log = logging.getLogger(__name__)

PATIENCE: Final = 0.5  # seconds for one answer
REST: Final = 2.0  # seconds in which Redis that did not answer is not asked again
SELDOM: Final = 60.0  # seconds between two warnings of a process

RESTING: Final = "none a moment ago; it is not asked again yet"

T = TypeVar("T")


class Shared:
    """Bytes in one Redis, each signed, and with a time after which it is forgotten.

    Args:
        url: Of the Redis.
        secret: What the bytes are signed with.

    Raises:
        ValueError: The secret is empty.
    """

    def __init__(self, url: str, secret: str) -> None:
        self._redis = redis.Redis.from_url(
            url,
            socket_timeout=PATIENCE,
            socket_connect_timeout=PATIENCE,
            retry=Retry(NoBackoff(), 0),
        )
        self._resting_until = 0.0
        self._quiet_until = 0.0
        self._signer = Signer(secret)
        self._warned_of_forgery_at = -SELDOM

    def get(self, key: str) -> bytes | None:
        """Return what we hold under ``key``; what someone else has put there is not there for us.

        Raises:
            SharedGoneError: Redis does not answer.
        """
        found = self._found(key)
        held = self._signer.read(key, found) if found is not None else None
        if held is None and found is not None:
            self._warn_of_forgery(key)
        return held

    def set(self, key: str, held: bytes, seconds: int) -> None:
        """Hold ``held`` under ``key`` for so many seconds.

        Raises:
            SharedGoneError: Redis does not answer, or is full.
        """
        signed = self._signer.signed(key, held)
        self._ask(lambda: self._redis.set(key, signed, ex=seconds))

    def add(self, key: str, held: bytes, seconds: int) -> bool:
        """Hold ``held`` under ``key`` unless we hold something there; say whether it was free.

        Raises:
            SharedGoneError: Redis does not answer, or is full.
        """
        signed = self._signer.signed(key, held)
        if self._ask(lambda: self._redis.set(key, signed, ex=seconds, nx=True)):
            return True
        if self.get(key) is not None:
            return False
        self.set(key, held, seconds)
        return True

    def renew(self, key: str, seconds: int) -> bool:
        """Hold what is under ``key`` for so many seconds more; say whether it was still there.

        Raises:
            SharedGoneError: Redis does not answer.
        """
        return self.has(key) and bool(self._ask(lambda: self._redis.expire(key, seconds)))

    def has(self, key: str) -> bool:
        """Whether we hold something under ``key``.

        Raises:
            SharedGoneError: Redis does not answer.
        """
        return self.get(key) is not None

    def is_foreign(self, key: str) -> bool:
        """Whether something is held under ``key`` that was signed with another secret, or never.

        Raises:
            SharedGoneError: Redis does not answer.
        """
        found = self._found(key)
        return found is not None and self._signer.read(key, found) is None

    def drop(self, *keys: str) -> None:
        """Forget what is held under ``keys``.

        Raises:
            SharedGoneError: Redis does not answer.
        """
        self._ask(lambda: self._redis.delete(*keys))

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

    def _found(self, key: str) -> bytes | None:
        found = self._ask(lambda: self._redis.get(key))
        return found if isinstance(found, bytes) else None

    def _warn_of_forgery(self, key: str) -> None:
        now = time.monotonic()
        if now < self._warned_of_forgery_at + SELDOM:
            return
        self._warned_of_forgery_at = now
        log.warning("what Redis holds is not signed with our SECRET_KEY and is not used: %s", key)

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


def shared(url: str, process: int) -> Shared:
    """Return this process's way to a Redis, and what it knows of its silence.

    Args:
        url: Of the Redis.
        process: Its number: connections must not cross a fork.
    """
    return _shared(url, process, secret_key())


@cache
def _shared(url: str, _process: int, secret: str) -> Shared:
    return Shared(url, secret)
