"""Where a request came to: its prefix, scheme and host, as set here or as a trusted proxy says.

The routes of the explorer begin at "/". This layer, below Flask, takes the prefix off the path and
hands it on as ``SCRIPT_NAME``; everything that writes an address reads it from there.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING, Final

from dash import Dash
from dash._utils import AttributeDict  # noqa: PLC2701 (Dash offers no other name for it)
from flask import Flask, Response, redirect, request
from typing_extensions import override
from werkzeug.wrappers import Response as AnyResponse

from components.prefix import at
from components.server.refusal import refuse

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

OWN_PREFIX: Final = "EXPLORER_PREFIX"  # the setting of the prefix, for every process
PROXIES: Final = "FORWARDED_ALLOW_IPS"  # the setting of who is believed, called as Gunicorn's is
NEAR: Final = "127.0.0.1,::1"  # believed where nothing else is set: proxies on this machine
LONGEST: Final = 200
REFUSED: Final = "explorer.refused"  # key in the environment of a request

_SEGMENT: Final = r"(?!\.{1,2}(?:/|$))[A-Za-z0-9._~-]+"
_PREFIX: Final = re.compile(rf"(?:/{_SEGMENT})*")
_HOST: Final = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*)|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?")
_FORWARDED: Final = ("HTTP_X_FORWARDED_PREFIX", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST")

Network = IPv4Network | IPv6Network


class ProxySettingError(ValueError):
    """A setting about the prefix or the proxies cannot be understood."""


class _BadHeaderError(ValueError):
    """A trusted proxy sends what cannot be used, or a reader what nobody may send."""


def parsed_prefix(words: str) -> str:
    """Return a prefix in its one spelling: "" or with a slash before it and none behind it.

    Args:
        words: As given, for example ``/explorer/``; slashes at either end may be left out.

    Raises:
        ProxySettingError: It has other characters than letters, digits and ``-._~``, an empty
            part or one of dots alone, or is too long.
    """
    spelt = "" if words in {"", "/"} else f"/{words.removeprefix('/').removesuffix('/')}"
    if len(spelt) > LONGEST or not _PREFIX.fullmatch(spelt):
        msg = (
            f"The prefix {words[:LONGEST]!r} cannot be used: expected a path such as /explorer/, "
            f"of letters, digits and - . _ ~, at most {LONGEST} characters long."
        )
        raise ProxySettingError(msg)
    return spelt


@dataclass(frozen=True, slots=True)
class Trusted:
    """The proxies whose word is believed.

    Attributes:
        everyone: Whether any peer is believed.
        networks: The networks believed; one address is a network of its own.
    """

    everyone: bool
    networks: tuple[Network, ...]

    def __contains__(self, peer: str) -> bool:
        """Whether a peer is believed.

        Args:
            peer: Its address, as the server saw it.
        """
        if self.everyone:
            return True
        try:
            address = ip_address(peer.partition("%")[0])
        except ValueError:
            return False
        plain = _plain(address)
        return any(plain in network for network in self.networks)


def _plain(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address of a peer that a socket of both kinds shows as IPv6."""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def trusted(words: str) -> Trusted:
    """Read a list of proxies, as ``FORWARDED_ALLOW_IPS`` has it.

    Args:
        words: Addresses and networks with commas between them; ``*`` for everyone, "" for nobody.

    Raises:
        ProxySettingError: One of them is neither.
    """
    named = [one.strip() for one in words.split(",") if one]
    try:
        networks = tuple(ip_network(one) for one in named if one != "*")
    except ValueError as fault:
        msg = (
            f"{PROXIES} cannot be used: {fault}. Expected addresses or networks with "
            "commas between them, or *."
        )
        raise ProxySettingError(msg) from fault
    return Trusted(everyone="*" in named, networks=networks)


def settings(environment: Mapping[str, str]) -> tuple[str, Trusted]:
    """Read the prefix of this process, and whom it believes, from the environment.

    Args:
        environment: Of the process.

    Raises:
        ProxySettingError: A setting cannot be understood, or is one that servers take their own
            meaning from.
    """
    if environment.get("SCRIPT_NAME"):
        msg = f"SCRIPT_NAME is set, which is not for settings: set --prefix, or {OWN_PREFIX}."
        raise ProxySettingError(msg)
    own = parsed_prefix(environment.get(OWN_PREFIX, ""))
    return own, trusted(environment.get(PROXIES, NEAR))


class Proxied:
    """A WSGI application at the place its readers see it at.

    Args:
        wsgi_app: The application, with routes that begin at "/".
        own: The prefix set for this process, from ``parsed_prefix``.
        proxies: Those whose ``X-Forwarded-Prefix``, ``-Proto`` and ``-Host`` are believed. Those
            of anybody else are taken away, so that nothing further in believes them.
    """

    def __init__(self, wsgi_app: "WSGIApplication", *, own: str, proxies: Trusted) -> None:
        self._wsgi_app = wsgi_app
        self._own = own
        self._proxies = proxies

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer a request at the place it came to."""
        try:
            self._place(environ)
        except _BadHeaderError as fault:
            environ["SCRIPT_NAME"] = ""
            environ[REFUSED] = str(fault)
        return self._wsgi_app(environ, start_response)

    def _place(self, environ: "WSGIEnvironment") -> None:
        said = {name: _last(environ.pop(name, "")) for name in _FORWARDED}
        # Some servers make SCRIPT_NAME of a header of this name. Nobody else may set the prefix.
        if "HTTP_SCRIPT_NAME" in environ or environ.get("SCRIPT_NAME", "") not in {"", self._own}:
            msg = "A request must not name SCRIPT_NAME."
            raise _BadHeaderError(msg)
        if environ.get("REMOTE_ADDR", "") not in self._proxies:
            said = dict.fromkeys(_FORWARDED, "")
        _set_scheme(environ, said["HTTP_X_FORWARDED_PROTO"].lower())
        _set_host(environ, said["HTTP_X_FORWARDED_HOST"])
        _set_prefix(environ, _prefix_of(said["HTTP_X_FORWARDED_PREFIX"], self._own))


def _last(value: str) -> str:
    """Return what the nearest proxy said; any before it may have been the reader's."""
    return value.rpartition(",")[2].strip()


def _prefix_of(said: str, own: str) -> str:
    try:
        return parsed_prefix(said) if said else own
    except ProxySettingError as fault:
        msg = "X-Forwarded-Prefix is not a path."
        raise _BadHeaderError(msg) from fault


def _set_scheme(environ: "WSGIEnvironment", scheme: str) -> None:
    if not scheme:
        return
    if scheme not in {"http", "https"}:
        msg = "X-Forwarded-Proto is neither http nor https."
        raise _BadHeaderError(msg)
    environ["wsgi.url_scheme"] = scheme


def _set_host(environ: "WSGIEnvironment", host: str) -> None:
    if not host:
        return
    if not _HOST.fullmatch(host):
        msg = "X-Forwarded-Host is not the name of a host."
        raise _BadHeaderError(msg)
    environ["HTTP_HOST"] = host


def _set_prefix(environ: "WSGIEnvironment", before: str) -> None:
    """Hand the prefix on, and take it off the path unless a proxy has done so before."""
    path = environ.get("PATH_INFO", "")
    if path == before or path.startswith(f"{before}/"):
        environ["PATH_INFO"] = path.removeprefix(before)
    environ["SCRIPT_NAME"] = before


class _Config(AttributeDict):
    """The settings of Dash, with the prefix of the request that is being answered."""

    @override
    def __getitem__(self, name: str) -> object:
        if name == "requests_pathname_prefix":
            return at("/")
        return super().__getitem__(name)


def install(app: Dash, *, own: str, proxies: Trusted) -> None:
    """Serve an application below its prefix. To be called before ``guard.install``.

    Args:
        app: The application.
        own: The prefix set for this process, from ``parsed_prefix``.
        proxies: Those whose word is believed.
    """
    held = app.config
    app.config = _Config(held)
    vars(app.config).update(vars(held))  # which of them are for reading only
    server: Flask = app.server
    server.config["APPLICATION_ROOT"] = own or "/"
    server.wsgi_app = Proxied(server.wsgi_app, own=own, proxies=proxies)
    server.before_request(_refused)


def _refused() -> Response | AnyResponse | None:
    """Refuse a request that could not be placed; lead one for the bare prefix to the first page."""
    found = request.environ.get(REFUSED, "")
    if found:
        return refuse(400, found)
    bare = request.script_root and not request.environ.get("PATH_INFO")
    if bare and request.method in {"GET", "HEAD"}:
        query = request.query_string.decode("latin-1")
        return redirect(at(f"/?{query}" if query else "/"), 308)
    return None
