"""Whether this process may use the memory the explorer needs, and how much of it it keeps.

Imports nothing heavy: it is called before anything else is imported.
"""

import ctypes
import resource
import sys
from typing import Final

LEAST: Final = 1_000_000_000  # bytes of addresses; libraries fail in odd ways below
_ARENA_MAX: Final = -8  # M_ARENA_MAX of glibc's malloc.h


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


def use_one_heap() -> None:
    """Let all threads take memory from one heap: what one gives back, the others take.

    The C library of Linux has a heap for every thread otherwise, each as large as the largest
    answer of its thread. Threads wait for each other in Python anyhow.
    """
    if sys.platform == "linux":
        set_option = getattr(ctypes.CDLL(None), "mallopt", None)  # glibc alone has it
        if set_option is not None:
            set_option(_ARENA_MAX, 1)
