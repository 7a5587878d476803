"""First visits that do not wait: static files packed once, and one line of the renderer mended."""

import mimetypes
import pkgutil
import re
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Lock, Thread
from typing import Final

import dash
from dash import Dash
from dash.fingerprint import check_fingerprint
from flask import Flask, Response, request
from werkzeug.exceptions import NotFound

from components.server.assets import find_asset
from components.server.headers import SUITES
from components.server.precompress import press, pressed
from components.server.response_cache import (
    Encoding,
    Packed,
    ResponseCache,
    best_encoding,
    packable,
    respond,
)

KEPT: Final = 24 * 1024 * 1024

RENDERER: Final = "dash-renderer/build/dash_renderer.min.js"
MENDED_VERSION: Final = "4.4.1"

# Every component that mounts dispatches RESET_COMPONENT_STATE, which every other one hears: a page
# of n components takes n² steps (dash 4.2 to 4.4.1, plotly/dash issue 3846, mended in 4.5). Here
# it is dispatched only where there is a state to reset.
SLOW: Final = b"l&&p(ia({itempath:a}))"
QUICK: Final = (
    b"l&&p(function(d,g){var h=g().layoutHashes,q=$i(a),x;"
    b"for(x in h)if(x.indexOf(q)===0){d(ia({itempath:a}));break}})"
)


def install(app: Dash) -> "StaticFiles":
    """Serve the files of components and the assets packed, from memory.

    How long browsers may keep them is for ``guard.install`` to say.

    Args:
        app: The application.

    Returns:
        The files, for a test or a benchmark to wait for.
    """
    files = StaticFiles(app)
    server: Flask = app.server
    server.before_request(files.serve)
    return files


def mended(script: bytes, version: str = dash.__version__) -> bytes:
    """Return the renderer with its slow line mended, or as it is if it is not the one we know."""
    if version != MENDED_VERSION or script.count(SLOW) != 1:
        return script
    return script.replace(SLOW, QUICK)


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """A file to serve: a name no request can vary, its type, and how to read it."""

    name: str
    mimetype: str
    read: Callable[[], bytes]


class StaticFiles:
    """The files of an application, packed once a process.

    A file packed before, at set-up or by another process, is taken from disk. Otherwise the first
    to ask is given one packed quickly (Brotli 5); a thread then packs it as small as it goes
    (Brotli 11, seconds for a large script), for everyone after.

    Args:
        app: The application.
    """

    def __init__(self, app: Dash) -> None:
        self._app = app
        self._responses = ResponseCache(KEPT)
        self._one_at_a_time = Lock()
        self._packing = list[Thread]()

    def serve(self) -> Response | None:
        """Answer a request for a static file; None leaves any other to Dash."""
        if request.method not in {"GET", "HEAD"}:
            return None
        path = request.path.removeprefix(self._app.config.routes_pathname_prefix)
        file = self._suite(path) or self._asset(path)
        if file is None:
            return None
        encoding = best_encoding(file.mimetype)
        packed = self._responses.get(file.name, encoding)
        if packed is None:
            packed = self._first(file, encoding)
        return respond(packed, file.mimetype)

    def press_all(self, pages: Iterable[str]) -> int:
        """Pack every file that pages ask for as small as it goes, and keep it on disk.

        Args:
            pages: Addresses of pages.

        Returns:
            How many files were packed.
        """
        client = self._app.server.test_client()
        found = {address for page in pages for address in _files_of(client.get(page).text)}
        prefix = f"{self._app.server.config['APPLICATION_ROOT'].rstrip('/')}/"
        named = (self._suite(name) or self._asset(name) for name in _named(found, prefix))
        files = [file for file in named if file is not None]
        contents = [file.read() for file in files if packable(file.mimetype)]
        with ThreadPoolExecutor(2) as several:  # two, as each needs memory
            list(several.map(press, sorted(contents, key=len, reverse=True)))
        return len(files)

    def _first(self, file: _File, encoding: Encoding) -> Packed:
        """Return a file nobody has asked this process for: from disk, or packed quickly."""
        before = pressed(file.read()) if encoding is Encoding.BROTLI else None
        if before is not None:
            self._responses.put(file.name, encoding, before)
            return before
        packed = self._responses.kept(file.name, encoding, file.read)
        if packed.encoding is Encoding.BROTLI:
            self._pack_smaller(file)
        return packed

    def settle(self) -> None:
        """Wait until every file asked for is as small as it goes."""
        for thread in self._packing:
            thread.join()

    def _suite(self, path: str) -> _File | None:
        """Return a file of a component library, if Dash has registered it."""
        if not path.startswith(SUITES):
            return None
        package, _, marked = path.removeprefix(SUITES).partition("/")
        inner, _ = check_fingerprint(marked)
        registered = self._app.registered_paths
        if package not in registered or inner not in registered[package]:
            return None
        return _File(
            name=f"{package}/{inner}",
            mimetype=_mimetype(inner),
            read=partial(_package_file, package, inner),
        )

    def _asset(self, path: str) -> _File | None:
        """Return a file of the assets folder, as it is on disk now."""
        folder = f"{self._app.config.assets_url_path.strip('/')}/"
        if not path.startswith(folder):
            return None
        found = find_asset(Path(self._app.config.assets_folder), path.removeprefix(folder))
        if found is None:
            return None
        return _File(name=found.version, mimetype=_mimetype(found.name), read=found.read)

    def _pack_smaller(self, file: _File) -> None:
        thread = Thread(target=self._smallest, args=(file,), daemon=True)
        self._packing.append(thread)
        thread.start()

    def _smallest(self, file: _File) -> None:
        with self._one_at_a_time:
            packed = press(file.read())
        self._responses.put(file.name, Encoding.BROTLI, packed)


def _files_of(page: str) -> list[str]:
    """Return the addresses that a page loads: scripts, styles, and what it preloads."""
    return re.findall(r'(?:src|href)="(/[^"]+)"', page)


def _named(addresses: Iterable[str], prefix: str) -> list[str]:
    return [address.split("?")[0].removeprefix(prefix) for address in sorted(addresses)]


def _mimetype(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _package_file(package: str, inner: str) -> bytes:
    """Read a file of an installed library.

    Raises:
        NotFound: The library promised a file that is not there.
    """
    try:
        content = pkgutil.get_data(package, inner)
    except OSError as missing:
        raise NotFound from missing
    if content is None:
        raise NotFound
    return mended(content) if (package, inner) == ("dash", RENDERER) else content
