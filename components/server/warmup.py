"""What would make the first reader wait, done before there is one or in the background."""

import ctypes
import os
import sys
from multiprocessing import get_context
from threading import Thread
from typing import Final

import pyarrow as pa
from dash import Dash

from analytics.publication.registry import offered
from analytics.selection.parameter import Page
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME
from components.card.card import IDS_ALONE, cards_under
from components.frame.navigation import cards_of
from components.pack.pack import pack_tables

LOW: Final = 10  # added to the niceness of a thread that no reader waits for
#: Held by the worker that weighs, of all that are forked from here: the next finds what it kept.
#: A worker that is killed keeps it, so nobody waits for longer than this.
TURN: Final = get_context("fork").Lock()
LONGEST: Final = 60  # seconds


def warm(app: Dash, *, debugged: bool = False) -> None:
    """Make the first request here: Dash lays every page out for it, each card by its id alone.

    Args:
        app: The explorer, complete.
        debugged: Whether Dash's debug pages are on; they compare all layouts with the callbacks.
    """
    token = IDS_ALONE.set(True)
    try:
        app.server.test_client().get("/")
    finally:
        IDS_ALONE.reset(token)
    if not debugged:
        app.validation_layout = None


def weigh_in_background(_worker: object) -> None:
    """Let a thread weigh the records while this process answers readers.

    Args:
        _worker: The worker of Gunicorn that begins.
    """
    Thread(target=_weigh_low, name="weigh", daemon=True).start()


def _weigh_low() -> None:
    if sys.platform == "linux":  # elsewhere the whole process would step back
        os.nice(LOW)
    has_turn = TURN.acquire(timeout=LONGEST)
    try:
        weigh()
    finally:
        if has_turn:
            TURN.release()
    give_back()


def give_back() -> None:
    """Give the system back what was freed: Arrow and the C library of Linux keep it otherwise."""
    pa.default_memory_pool().release_unused()
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc alone has it
        if trim is not None:
            trim(0)


def weigh() -> None:
    """Make what readers would wait for: plans, records weighed, their first cards, packed tables.

    A first plan draws thousands of programmes for every indicator. What must stay hidden depends
    on no selection, and takes up to a second or two a table to find: nobody who looks at records
    later waits for it, nor does a process that starts with the same tables later. Nor does the
    first to take a pack away wait for its tables to be compressed.
    """
    selection = from_search("")
    for card in cards_of(Page.PLAN, HOME):
        card.pieces(selection)
    for finding in offered(HOME).values():
        finding.weigh()
    for card in cards_under(HOME).values():
        if card.finding.kind.is_simulated:
            card.pieces(selection)
    pack_tables()
