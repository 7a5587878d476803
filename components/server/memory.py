"""Whether this process may use the memory the explorer needs, said before it is used.

Imports nothing heavy: it is called before anything else is imported.
"""

import resource
import sys
from typing import Final

LEAST: Final = 1_000_000_000  # bytes of addresses; libraries fail in odd ways below


def require_memory() -> None:
    """Stop with one sentence where ``ulimit -v`` leaves too little.

    Raises:
        SystemExit: It does.
    """
    allowed, _ = resource.getrlimit(resource.RLIMIT_AS)
    if allowed != resource.RLIM_INFINITY and allowed < LEAST:
        sys.exit(
            f"The explorer was not started. This process may use {allowed / 1e9:.1f} GB of memory "
            f"addresses (ulimit -v); it needs {LEAST / 1e9:.0f} GB."
        )
