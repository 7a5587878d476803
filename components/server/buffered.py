"""A Gunicorn worker in which no thread waits for a reader: it is given whole requests only.

Gunicorn starts, watches and stops the processes. In each, one loop (Waitress) reads every
connection and writes every answer; a request takes a thread once its last byte is here. Slow and
silent connections therefore cost a little memory, and are closed after the limits below.
"""

import logging
import os
import resource
import socket
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Final

from gunicorn.workers.base import Worker
from typing_extensions import override
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask, Task, ThreadedTaskDispatcher, WSGITask
from waitress.utilities import BadRequest, ServerNotImplemented

from components.server.refusal import PROBLEM, refusal_body

log = logging.getLogger(__name__)

HEADERS: Final = 10.0  # seconds from the first byte of a request to the end of its headers
WHOLE: Final = 30.0  # seconds from its first byte to its last
IDLE: Final = 75.0  # seconds without a byte either way; proxies keep theirs open for 60
ANSWER: Final = 300.0  # seconds to take an answer, however slowly
LINGER: Final = 2.0  # seconds in which a stopping worker still takes requests on open connections

LONGEST_HEADERS: Final = 32 * 1024  # bytes; a ticket of single sign-on alone may take 12,000
LONGEST_LINE: Final = 8 * 1024
LONGEST_BODY: Final = 64 * 1024 + 1
SPARE_FILES: Final = 128  # open files that are no connections: tables, caches, libraries
MOST_CONNECTIONS: Final = 1_000
UNLIMITED: Final = 1_000_000
SWEEP: Final = 1.0  # seconds between two looks for connections past a limit
NOTIFY: Final = 1.0  # seconds between two signs of life to Gunicorn
BEAT: Final = 0.5  # seconds that the loop waits for something to happen

#: Set by servers between processes on one machine, never by a browser.
FORGED: Final = "SCRIPT_NAME"


class Parser(HTTPRequestParser):
    """Reads a request; what cannot be read is the sender's fault and is answered 400."""

    @override
    def parse_header(self, header_plus: bytes) -> None:
        """Read the first line and the headers.

        Args:
            header_plus: Both, as they were sent.

        Raises:
            ParsingError: They are no HTTP request.
        """
        first, _, rest = header_plus.partition(b"\r\n")
        if len(first) > LONGEST_LINE:
            msg = f"The first line has {len(first):,} bytes; at most {LONGEST_LINE:,} are read."
            raise ParsingError(msg)
        names = (line.partition(b":")[0].strip().upper() for line in rest.split(b"\r\n"))
        if any(name.replace(b"-", b"_") == FORGED.encode() for name in names):
            msg = f"{FORGED} is not a header of a request."
            raise ParsingError(msg)
        try:
            super().parse_header(header_plus)
        except ValueError as fault:  # a length of thousands of digits, say
            msg = "The headers cannot be read."
            raise ParsingError(msg) from fault


class Refusal(ErrorTask):
    """Answers what was no request, in the words and the form of the data addresses."""

    @override
    def execute(self) -> None:
        """Send the answer; the connection is closed after it."""
        fault = getattr(self.request, "error")  # noqa: B009 (typed as another class)
        if isinstance(fault, ServerNotImplemented):  # an unknown transfer coding: the sender's too
            fault = BadRequest(fault.body)
        body = refusal_body(fault.code, f"{fault.reason}: {fault.body}")
        self.status = f"{fault.code} {fault.reason}"
        self.response_headers = [
            ("Content-Type", PROBLEM),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class Answer(WSGITask):
    """Answers a request; the last of its connection where the worker is stopping."""

    @override
    def execute(self) -> None:
        """Ask the explorer, and send what it says."""
        if isinstance(self.channel, Connection) and self.channel.closing:
            self.set_close_on_finish()
        super().execute()


class Connection(HTTPChannel):
    """One connection, which knows when its present request began."""

    parser_class = Parser
    task_class = Answer
    error_task_class = Refusal

    begun = 0.0
    closing = False

    @override
    def received(self, data: bytes) -> bool:
        """Take what was read.

        Args:
            data: Bytes of a request.

        Returns:
            Whether they were of use.
        """
        if self.request is None:
            self.begun = time.monotonic()
        return super().received(data)

    @override
    def handle_error(self) -> None:
        """Close after a fault of ours, saying nothing of who is at the other end."""
        log.error("a connection failed", exc_info=sys.exc_info())
        self.handle_close()

    @property
    def waits(self) -> bool:
        """Whether it is the reader's turn: no request of this connection is being answered."""
        return not self.requests

    def overdue(self) -> bool:
        """Whether the reader has taken longer than anyone is given."""
        if time.time() - self.last_activity > IDLE:
            return True
        taken = time.monotonic() - self.begun
        if self.request is not None:
            return taken > (WHOLE if self.request.headers_finished else HEADERS)
        return bool(self.total_outbufs_len) and taken > ANSWER


class Listener(TcpWSGIServer):
    """Takes connections; where there are too many, the one silent for longest makes room."""

    channel_class = Connection

    most = MOST_CONNECTIONS
    counted: Callable[[], None] | None = None

    @property
    def connections(self) -> list[Connection]:
        """Those that are open."""
        held = vars(self)["active_channels"]  # by number of file
        return [one for one in held.values() if isinstance(one, Connection)]

    @override
    def maintenance(self, now: float) -> None:
        """Close connections whose reader has taken too long.

        Args:
            now: Seconds since the epoch.
        """
        for one in self.connections:
            if one.waits and one.overdue():
                one.will_close = True

    @override
    def readable(self) -> bool:
        """Whether another connection can be taken."""
        ready = super().readable()
        return ready and (self._has_room() or any(one.waits for one in self.connections))

    def _has_room(self) -> bool:
        return len(vars(self)["active_channels"]) < self.most

    @override
    def handle_accept(self) -> None:
        """Take a connection, in place of another where there is no more room."""
        if not self._has_room():
            waiting = [one for one in self.connections if one.waits]
            if waiting:
                min(waiting, key=_last_to_keep).will_close = True
        super().handle_accept()

    @override
    def add_task(self, task: Task) -> None:
        """Hand a request to a thread.

        Args:
            task: What a thread calls: the connection that the request is of.
        """
        if self.counted:
            self.counted()
        super().add_task(task)

    def stop(self) -> None:
        """Take no more connections, and one more request at most of each that is open."""
        # Its trigger, by which threads wake the loop, is left to work.
        wasyncore.dispatcher.close(self)
        for one in self.connections:
            one.closing = True

    @property
    def busy(self) -> bool:
        """Whether an answer is being made or sent."""
        return any(not one.waits or one.total_outbufs_len for one in self.connections)


def _last_to_keep(one: Connection) -> tuple[bool, float]:
    """Order connections by who makes room: the longest silent first, never one twice."""
    return one.will_close, one.last_activity


class BufferedWorker(Worker):
    """Runs Waitress's loop in a process that Gunicorn looks after."""

    @override
    def run(self) -> None:
        """Answer until told to stop, then finish what has begun."""
        threads = ThreadedTaskDispatcher()
        threads.set_thread_count(self.cfg.threads)
        files: dict[int, socket.socket] = {}  # what the loop looks at, by number of file
        listeners = [self._listener(one, files, threads) for one in self.sockets]
        turn = partial(wasyncore.loop, timeout=BEAT, use_poll=True, map=files, count=1)
        told = 0.0
        while self.alive and self.ppid == os.getppid():
            if time.monotonic() - told > NOTIFY:
                told = time.monotonic()
                self.notify()
            turn()
        self._finish(listeners, turn)
        threads.shutdown(timeout=1)

    def _listener(
        self, held: object, files: dict[int, socket.socket], threads: ThreadedTaskDispatcher
    ) -> Listener:
        plain: socket.socket = getattr(held, "sock")  # noqa: B009 (Gunicorn's wrapper has no types)
        made = Listener(
            getattr(self, "wsgi"),  # noqa: B009 (two sets of stubs type WSGI apart)
            files,
            _sock=plain,
            dispatcher=threads,
            adj=settings(threads=self.cfg.threads),
            bind_socket=False,
            sockinfo=(plain.family, plain.type, plain.proto, plain.getsockname()),
        )
        made.most = most_connections()
        made.counted = self._count
        return made

    def _count(self) -> None:
        self.nr += 1
        if self.nr >= self.max_requests and self.alive:
            self.log.info("worker ends after %d requests", self.nr)
            self.alive = False

    def _finish(self, listeners: list[Listener], turn: Callable[[], object]) -> None:
        """Take no new connections; answer what is asked on open ones, for a moment."""
        for one in listeners:
            one.stop()
        begun = time.monotonic()
        while (spent := time.monotonic() - begun) < self.cfg.graceful_timeout:
            open_still = any(one.connections for one in listeners)
            if not any(one.busy for one in listeners) and not (open_still and spent < LINGER):
                return
            self.notify()
            turn()


def settings(*, threads: int) -> Adjustments:
    """Return what Waitress is told.

    Args:
        threads: How many answer at once.
    """
    return Adjustments(
        threads=threads,
        ident=None,
        connection_limit=UNLIMITED,  # ``Listener`` makes room itself
        cleanup_interval=SWEEP,
        channel_timeout=IDLE,
        max_request_header_size=LONGEST_HEADERS,
        max_request_body_size=LONGEST_BODY,
        send_bytes=1,  # threads send at once what they have; the loop sends what is left
        clear_untrusted_proxy_headers=False,  # components.server.proxy decides whom to believe
        log_socket_errors=False,
    )


def most_connections() -> int:
    """Return how many connections a process takes: fewer where few files may be open."""
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return max(16, min(MOST_CONNECTIONS, files - SPARE_FILES))
