"""Bytes signed with ``SECRET_KEY``: what is read from a shared place is then known to be ours."""

import hmac
from typing import Final

ALGORITHM: Final = "sha256"
LENGTH: Final = 32  # bytes of a signature
PURPOSE: Final = b"explorer: what is shared, 1"


class Signer:
    """Signs bytes for the name they are kept under; under another name they are worth nothing.

    Args:
        secret: Known to every process that shares, and to nobody else.

    Raises:
        ValueError: The secret is empty.
    """

    def __init__(self, secret: str) -> None:
        if not secret:
            msg = "what is shared must be signed: SECRET_KEY is not set"
            raise ValueError(msg)
        self._key = hmac.digest(secret.encode(), PURPOSE, ALGORITHM)

    def signed(self, name: str, held: bytes) -> bytes:
        """Return bytes with their signature before them.

        Args:
            name: What they are kept under; without a zero character.
            held: The bytes.
        """
        return self._signature(name, held) + held

    def read(self, name: str, found: bytes) -> bytes | None:
        """Return the bytes that were signed for this name; None for anything else.

        Args:
            name: What they are kept under.
            found: The signature and the bytes.
        """
        signature, held = found[:LENGTH], found[LENGTH:]
        return held if hmac.compare_digest(signature, self._signature(name, held)) else None

    def _signature(self, name: str, held: bytes) -> bytes:
        return hmac.digest(self._key, name.encode() + b"\0" + held, ALGORITHM)
