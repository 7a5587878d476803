"""Serving the explorer with Gunicorn: preloaded, threaded, stopped gracefully."""

import gc
from collections.abc import Mapping
from typing import Final

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.http.message import Request
from typing_extensions import override


def _unplaced(_worker: object, request: Request) -> None:
    """Let a header called SCRIPT_NAME be a header like any other.

    Gunicorn would take the prefix of the address from it, and answer 500 where the two differ.
    ``components.web.proxy`` refuses it.
    """
    request.headers = [
        ("SCRIPT-NAME" if name == "SCRIPT_NAME" else name, value) for name, value in request.headers
    ]


SETTINGS: Final[Mapping[str, object]] = {
    "worker_class": "gthread",
    "threads": 4,
    "preload_app": True,
    "timeout": 60,
    "graceful_timeout": 20,
    "keepalive": 5,
    "max_requests": 20_000,
    "max_requests_jitter": 2_000,
    "limit_request_line": 4_094,
    "limit_request_fields": 60,
    "accesslog": None,
    "control_socket_disable": True,
    # Who is believed about scheme, host and prefix is for components.web.proxy to decide: Gunicorn
    # believes nobody about the scheme, and hands on the header that is refused there.
    "secure_scheme_headers": {},
    "forwarded_allow_ips": "*",
    "forwarder_headers": "SCRIPT_NAME",
    "pre_request": _unplaced,
}


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


def serve(server: Flask, *, host: str, port: int, workers: int) -> None:
    """Serve until told to stop.

    Args:
        server: The Flask application of the explorer.
        host: Address to listen on.
        port: Port to listen on.
        workers: Processes; one a core is enough.
    """
    # What is loaded by now is shared by the workers; left out of their collections, it stays so.
    gc.collect()
    gc.freeze()
    _Served(server, {**SETTINGS, "bind": f"{host}:{port}", "workers": workers}).run()
