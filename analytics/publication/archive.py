"""ZIP files that are the same byte for byte, from members that are compressed once and kept.

A table of 20 MB is in many packs and takes seconds to compress: its compressed bytes are joined to
others as they are, which ``zipfile`` does not do. So the size of a pack is known before it is made.

Source:
    PKWARE, APPNOTE.TXT, .ZIP File Format Specification, version 6.3.10, sections 4.3.7 to 4.3.16.
"""

import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

_LEVEL: Final = 6
_VERSION: Final = 20
_UTF8: Final = 0x800
_DEFLATED, _STORED = 8, 0
_UNIX: Final = (3 << 8) | _VERSION
_READABLE: Final = 0o100644 << 16
#: The first day a ZIP file can hold, so that bytes do not depend on the hour: 1 January 1980.
_DAY: Final = (1 << 5) | 1
_LARGEST: Final = 2**32 - 1

_LOCAL: Final = struct.Struct("<4s5H3L2H")
_CENTRAL: Final = struct.Struct("<4s6H3L5H2L")
_END: Final = struct.Struct("<4s4H2LH")


class ArchiveTooLargeError(ValueError):
    """An archive would need the form for more than 4 GiB, which is not written here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file of an archive, compressed.

    Attributes:
        path: Where it is in the archive, with "/" between folders.
        content: Its bytes, compressed where that makes them fewer.
        method: How they are compressed, as the specification numbers it.
        size: How many bytes it has before that.
        crc: Its checksum, CRC-32.
    """

    path: str
    content: bytes
    method: int
    size: int
    crc: int


def member(path: str, content: bytes, *, compressed: bool = True) -> Member:
    """Compress a file.

    Args:
        path: Where it is in the archive.
        content: Its bytes.
        compressed: Whether to try; files that are compressed already gain nothing.
    """
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    smaller = packer.compress(content) + packer.flush() if compressed else content
    shrinks = len(smaller) < len(content)
    return Member(
        path=path,
        content=smaller if shrinks else content,
        method=_DEFLATED if shrinks else _STORED,
        size=len(content),
        crc=zlib.crc32(content),
    )


def archive(members: Sequence[Member]) -> bytes:
    """Return a ZIP file.

    Args:
        members: Its files, in order.

    Raises:
        ArchiveTooLargeError: It would have more than 4 GiB.
    """
    total = archive_size(members)
    if total > _LARGEST:
        msg = f"found an archive of {total:,} bytes, expected at most {_LARGEST:,}"
        raise ArchiveTooLargeError(msg)
    files, entries, at = list[bytes](), list[bytes](), 0
    for one in members:
        name = one.path.encode()
        head = _LOCAL.pack(b"PK\x03\x04", _VERSION, *_facts(one), len(name), 0) + name
        files += (head, one.content)
        entries.append(_entry(one, at))
        at += len(head) + len(one.content)
    many, listing = len(members), b"".join(entries)
    end = _END.pack(b"PK\x05\x06", 0, 0, many, many, len(listing), at, 0)
    return b"".join((*files, listing, end))


def archive_size(members: Iterable[Member]) -> int:
    """Return how many bytes the ZIP file of some members has, without making it.

    Args:
        members: Its files.
    """
    each = (
        _LOCAL.size + _CENTRAL.size + 2 * len(one.path.encode()) + len(one.content)
        for one in members
    )
    return sum(each) + _END.size


def _facts(one: Member) -> tuple[int, ...]:
    """Return what the header of a file and its entry in the listing have alike."""
    return (_UTF8, one.method, 0, _DAY, one.crc, len(one.content), one.size)


def _entry(one: Member, start: int) -> bytes:
    name = one.path.encode()
    head = (_UNIX, _VERSION, *_facts(one), len(name), 0, 0, 0, 0, _READABLE, start)
    return _CENTRAL.pack(b"PK\x01\x02", *head) + name
