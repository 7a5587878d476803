"""Files packed as small as they go, kept on disk by what they hold, so that it is done once."""

import logging
import os
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

from components.server.response_cache import BROTLI_BEST, Encoding, Packed, pack

log = logging.getLogger(__name__)

ROOT: Final = Path(__file__).parents[2]
DIGEST: Final = 32  # bytes of SHA-256 before the packed ones, to know a damaged file


def pressed(content: bytes) -> Packed | None:
    """Return what was packed before, or None if it was not or the file is damaged.

    Args:
        content: The bytes, not packed.
    """
    digest = sha256(content).hexdigest()
    try:
        held = (_folder() / f"{digest}.br").read_bytes()
    except OSError:
        return None
    packed = held[DIGEST:]
    if sha256(packed).digest() != held[:DIGEST]:
        return None
    return Packed(content=packed, encoding=Encoding.BROTLI, digest=digest)


def press(content: bytes) -> Packed:
    """Pack with Brotli 11, seconds for a large script, and keep the result where that is possible.

    Args:
        content: The bytes, not packed.
    """
    packed = pressed(content) or pack(content, Encoding.BROTLI, quality=BROTLI_BEST)
    if packed.encoding is Encoding.BROTLI:
        _keep(packed)
    return packed


def _folder() -> Path:
    return Path(os.environ.get("EXPLORER_PACKED", ROOT / ".cache" / "packed"))


def _keep(packed: Packed) -> None:
    target = _folder() / f"{packed.digest}.br"
    if target.is_file():
        return
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=target.parent, delete=False) as part:
            part.write(sha256(packed.content).digest() + packed.content)
        Path(part.name).replace(target)  # whole or not at all, whoever else writes it
    except OSError as fault:
        log.warning("packed file not kept: %s", fault)
