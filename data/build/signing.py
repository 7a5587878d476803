"""Checksums of the tables as they were built."""

from hashlib import sha256
from pathlib import Path

from data.sources.registry import SOURCES
from data.sources.source import checksums


def sign(sums: Path) -> None:
    """Write the checksum of every table that is there.

    Args:
        sums: File to write.
    """
    lines = [
        f"{sha256(source.read()).hexdigest()}  {source.file}"
        for source in SOURCES.values()
        if source.path.is_file() and not source.content
    ]
    sums.write_text("\n".join(lines) + "\n", encoding="utf-8")
    checksums.cache_clear()
