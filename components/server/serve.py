"""Serving the explorer with Gunicorn: preloaded, a thread for whole requests only."""

import errno
import gc
import socket
from collections.abc import Callable, Mapping
from typing import Final

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.config import Config
from gunicorn.glogging import Logger
from gunicorn.workers.base import Worker
from typing_extensions import override

from components.server.buffered import BufferedWorker

SETTINGS: Final[Mapping[str, object]] = {
    "worker_class": BufferedWorker,
    "threads": 4,
    "preload_app": True,
    "timeout": 60,
    "graceful_timeout": 20,
    "max_requests": 20_000,
    "max_requests_jitter": 2_000,
    "accesslog": None,
    "control_socket_disable": True,
}
BACKLOG: Final = 1_024
#: New objects until Python looks for cycles among them. At its own 700 it looks several times while
#: one answer is made, and finds nothing.
COLLECTED_AFTER: Final = 20_000
HIGHEST_PORT: Final = 65_535

_REASONS: Final = {
    errno.EADDRINUSE: "another program listens there. Stop it, or choose another with --port "
    "(make run PORT=8060)",
    errno.EACCES: "this user may not listen there. Choose a port above 1023 with --port",
    errno.EADDRNOTAVAIL: "this machine has no such address. Choose one it has with --host, for "
    "example 127.0.0.1, or 0.0.0.0 for all",
    errno.EAFNOSUPPORT: "this machine does not use addresses of this kind. Choose another with "
    "--host, for example 127.0.0.1",
}


class ListenError(OSError):
    """The explorer cannot listen where it was told to; says why and what to do."""


class Lines(Logger):
    """Gunicorn's own messages, written as every other line of the log is."""

    @override
    def setup(self, cfg: Config) -> None:
        """Send messages to the log of this process, and nowhere else.

        Args:
            cfg: Gunicorn's settings.
        """
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True


class _Served(BaseApplication):
    """A Flask application under Gunicorn, with settings given in code."""

    def __init__(self, server: Flask, settings: Mapping[str, object]) -> None:
        self._settings = settings
        super().__init__()
        # What Gunicorn would otherwise load by name; its stubs type it more narrowly than WSGI is.
        setattr(self, "callable", server)  # noqa: B010

    @override
    def load_config(self) -> None:
        for name, value in self._settings.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)


def bound(host: str, port: int) -> socket.socket:
    """Take an address before anything is loaded, so that a taken one is said at once.

    Connections are refused until ``serve`` listens: whoever waits for the start is told apart.

    Args:
        host: Name or address, IPv4 or IPv6; "::" is all of both, where the machine has both.
        port: Port, 0 for any that is free.

    Raises:
        ListenError: It cannot be had.
    """
    plain = host.strip().removeprefix("[").removesuffix("]")
    where = f"{host} port {port}"
    if not 0 <= port <= HIGHEST_PORT:
        msg = f"It cannot listen on {where}: ports go from 1 to {HIGHEST_PORT}."
        raise ListenError(msg)
    try:
        family, _, _, _, address = socket.getaddrinfo(
            plain, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (socket.gaierror, UnicodeError) as fault:
        msg = f"It cannot listen on {where}: no machine is known by this name."
        raise ListenError(msg) from fault
    try:
        return _bound(family, address)
    except OSError as fault:
        raise ListenError(_reason(where, fault)) from fault


def _bound(family: socket.AddressFamily, address: tuple[object, ...]) -> socket.socket:
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            both = address[0] == "::" and socket.has_dualstack_ipv6()
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, int(not both))
        made.bind(address)
    except OSError:
        made.close()
        raise
    return made


def _reason(where: str, fault: OSError) -> str:
    reason = _REASONS.get(fault.errno or 0, f"the system says: {fault.strerror}")
    return f"It cannot listen on {where}: {reason}."


def serve(
    server: Flask,
    listener: socket.socket,
    *,
    workers: int,
    begins: Callable[[Worker], None] | None = None,
) -> None:
    """Serve until told to stop.

    Args:
        server: The Flask application of the explorer.
        listener: From ``bound``.
        workers: Processes; one a core is enough.
        begins: Called in each of them before it answers; it must return at once.

    Raises:
        ListenError: Another program has begun to listen there since.
    """
    try:
        listener.listen(BACKLOG)
    except OSError as fault:
        where = "{} port {}".format(*listener.getsockname()[:2])
        raise ListenError(_reason(where, fault)) from fault
    # What is loaded by now is shared by the workers; left out of their collections, it stays so.
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECTED_AFTER)
    settings = {**SETTINGS, "bind": f"fd://{listener.detach()}", "workers": workers}
    hooks = {"post_worker_init": begins} if begins else {}
    _Served(server, {**settings, **hooks, "logger_class": Lines}).run()
