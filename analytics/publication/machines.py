"""Whether several machines serve the explorer together, and what goes wrong between them."""

import os


class SettingError(ValueError):
    """A setting from the environment is missing, or is not that of the other processes."""


class SharedGoneError(OSError):
    """Redis cannot be reached, or does not do what it is asked.

    Args:
        found: What came instead of an answer.
        is_news: Whether a warning is due: none has been for a minute.
    """

    def __init__(self, found: str, *, is_news: bool) -> None:
        super().__init__(f"an answer of Redis was expected; found: {found}")
        self.is_news = is_news


def redis_url() -> str:
    """Return the address of the Redis that machines share; empty where this one is alone."""
    return os.environ.get("REDIS_URL", "")


def secret_key() -> str:
    """Return what signs everything that is shared; empty where it is not set."""
    return os.environ.get("SECRET_KEY", "")
