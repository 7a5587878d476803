"""What proves that a result came through the door.

Import contracts let two modules in: the one that says what a result is, and the one that makes it.
"""

from typing import Final

SEAL: Final = object()


class UnsealedError(TypeError):
    """Something other than ``Finding.publish`` tried to make a result."""


def require(seal: object) -> None:
    """Refuse whatever was made without the seal.

    Args:
        seal: What the maker holds.

    Raises:
        UnsealedError: It is something else.
    """
    if seal is not SEAL:
        msg = "only Finding.publish makes a Published"
        raise UnsealedError(msg)
