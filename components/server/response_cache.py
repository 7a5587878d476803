"""Bodies of answers, packed once in the encodings browsers accept and kept within a bound."""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Final

import brotli
from flask import Response, request

from analytics.publication.lru_cache import LruCache
from data.releases.release import release_of

SMALLEST: Final = 500  # bytes below which packing saves nothing
GZIP_LEVEL: Final = 6
BROTLI_QUICK: Final = 5
BROTLI_BEST: Final = 11

_PACKABLE: Final = {
    "application/javascript",
    "application/json",
    "application/manifest+json",
    "image/svg+xml",
    "image/x-icon",
}


class Encoding(StrEnum):
    """How the bytes of a body are packed."""

    IDENTITY = "identity"
    GZIP = "gzip"
    BROTLI = "br"


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """A body as it is sent.

    Attributes:
        content: The bytes, packed.
        encoding: How they are packed.
        digest: SHA-256 of the bytes before packing, by which browsers know what they hold.
    """

    content: bytes
    encoding: Encoding
    digest: str


def _bytes(packed: Packed) -> int:
    return len(packed.content)


class ResponseCache:
    """The bodies a process has made lately. Pure of its inputs, so safe to share by readers.

    Args:
        most: Bytes to keep; the body that was asked for longest ago goes first.
    """

    def __init__(self, most: int) -> None:
        self._held = LruCache[tuple[str, Encoding], Packed](most, weight=_bytes)
        self._most = most

    @property
    def size(self) -> int:
        """Bytes kept."""
        return self._held.total

    def get(self, key: str, encoding: Encoding) -> Packed | None:
        """Return the body of this name in this encoding, or None."""
        return self._held.get((key, encoding))

    def put(self, key: str, encoding: Encoding, packed: Packed) -> None:
        """Keep a body, unless it is so large that it would push out most others."""
        if _bytes(packed) <= self._most // 2:
            self._held.put((key, encoding), packed)

    def kept(self, key: str, encoding: Encoding, make: Callable[[], bytes]) -> Packed:
        """Return the body of this name, making, packing and keeping it the first time."""
        found = self.get(key, encoding)
        if found is None:
            found = pack(make(), encoding)
            self.put(key, encoding, found)
        return found


def pack(content: bytes, encoding: Encoding, *, quality: int = BROTLI_QUICK) -> Packed:
    """Pack a body; a very small one is left as it is.

    Args:
        content: The bytes.
        encoding: How to pack them.
        quality: Of Brotli, 0 to 11; 5 for what is made while a reader waits, 11 for files.
    """
    digest = sha256(content).hexdigest()
    if encoding is Encoding.IDENTITY or len(content) < SMALLEST:
        return Packed(content=content, encoding=Encoding.IDENTITY, digest=digest)
    if encoding is Encoding.GZIP:
        smaller = gzip.compress(content, GZIP_LEVEL, mtime=0)
    else:
        smaller = brotli.compress(content, quality=quality)
    return Packed(content=smaller, encoding=encoding, digest=digest)


def packable(mimetype: str) -> bool:
    """Whether packing a body of this type saves anything."""
    return mimetype.startswith("text/") or mimetype in _PACKABLE


def best_encoding(mimetype: str) -> Encoding:
    """Return the best encoding that the browser accepts for this type."""
    if not packable(mimetype):
        return Encoding.IDENTITY
    accepted = request.accept_encodings
    return next(
        (one for one in (Encoding.BROTLI, Encoding.GZIP) if accepted.quality(one.value) > 0),
        Encoding.IDENTITY,
    )


def respond(packed: Packed, mimetype: str) -> Response:
    """Send a body, or 304 to a browser that holds it.

    The tag is the digest whatever the encoding: strong for the bytes themselves, weak when packed.
    """
    response = Response(packed.content, mimetype=mimetype)
    response.set_etag(packed.digest, weak=packed.encoding is not Encoding.IDENTITY)
    if packed.encoding is not Encoding.IDENTITY:
        response.content_encoding = packed.encoding.value
    response.vary.add("Accept-Encoding")
    response.make_conditional(request)
    return response


def dated(response: Response) -> Response:
    """Say when the figures of an answer last changed: on the day of the release.

    An answer from an earlier release has its own day already.
    Nothing is answered by that day alone, but by the tag: a slow finding that waits to be made
    changes within a release. Tables that were not released have no day.
    """
    day = release_of().modified
    if day is not None and response.last_modified is None:
        response.last_modified = day
    return response
