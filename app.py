"""Where the parts are put together. Nothing imports this but the server and the tests."""

import argparse
import os
import sys
from pathlib import Path

from dash import Dash, page_registry

from analytics.indicators.registry import INDICATORS
from components.catalogue import sheets
from components.fragments import fragments
from components.shell import INDEX, NAME, shell
from components.web import guard, log, speed
from components.web.api import api
from components.web.head import PLACED, head, plotly
from components.web.jobs import SettingError, manager, secret, work
from components.web.lean import Lean
from components.web.serve import serve
from components.web.speed import StaticFiles
from components.web.warm import warm
from data.load import ChecksumError, MissingTableError, load_all, use
from data.own.problem import HINT, OwnDataError
from data.schema import SchemaError

PAGES = ("/", "/data")
ASSETS = Path(__file__).parent / "assets"
OWN_DATA = "EXPLORER_DATA"  # the folder of the reader's own data, for every process
OWN_FAULTS = "EXPLORER_FAULTS"  # the file for everything that is wrong with it


def create_app() -> tuple[Dash, StaticFiles]:
    """Build the explorer, its pages and its data addresses.

    Returns:
        The explorer, and its static files.

    Raises:
        MissingTableError: A table is missing.
        ChecksumError: A table is not the one that was built.
        SchemaError: A table does not hold what it promises.
        OwnDataError: The reader's own data cannot be used.
        SettingError: A setting from the environment is missing.
    """
    signed_with = secret()
    _use_own(os.environ.get(OWN_DATA, ""))
    load_all()
    app = Lean(
        __name__,
        use_pages=True,
        title=NAME,
        update_title="",
        compress=True,
        use_async=False,
        serve_locally=True,
        assets_ignore=PLACED,
        index_string=_index(),
        health_endpoint=None,
        background_callback_manager=manager(),
    )
    app.server.secret_key = signed_with
    app.layout = shell
    app.server.register_blueprint(api())
    app.server.register_blueprint(fragments())
    app.server.register_blueprint(sheets())
    ancestors = os.environ.get("FRAME_ANCESTORS", "'none'")
    guard.install(app, known_path=known_path, frame_ancestors=ancestors)
    files = speed.install(app)
    warm(app)
    return app, files


def _use_own(folder: str) -> None:
    """Let the reader's own tables stand in for simulated ones, and say which."""
    if not folder:
        return
    from data.own.given import given  # noqa: PLC0415 (what checks it is loaded for nothing else)

    held = given(Path(folder))
    use(held.tables)
    for key, table in held.tables.items():
        say(f"Your data: {key}, from {table.source.file}")
    for note in held.notes:
        say(f"Your data: {note}")


def say(words: str) -> None:
    """Print a line in whatever letters the terminal has.

    Args:
        words: The line.
    """
    letters = sys.stdout.encoding or "utf-8"
    print(words.encode(letters, "backslashreplace").decode(letters), flush=True)


def _written(fault: OwnDataError, file: str) -> str:
    """Return what is wrong, and where the whole of it was written, if that was asked for."""
    if not file:
        return str(fault)
    short = str(fault).removesuffix(f"\n{HINT}")
    try:
        fault.write(Path(file))
    except OSError as failed:
        return f"{short}\nThe whole list could not be written to {file!r} ({failed.strerror})."
    return f"{short}\nThe whole list is in {file!r}."


def _index() -> str:
    placed = INDEX.replace("<!--head-->", head(ASSETS, "/assets/"))
    return placed.replace("<!--plotly-->", plotly(ASSETS, "/assets/"))


def known_path(path: str) -> bool:
    """Whether an address leads to a page.

    Args:
        path: From the first slash, without the query.
    """
    path = path.rstrip("/") or "/"
    if path.startswith("/indicators/"):
        return path.removeprefix("/indicators/") in INDICATORS
    return path in {one["path"] for one in page_registry.values() if one["path"] != "/404"}


def main() -> None:
    """Serve the explorer until told to stop."""
    options = argparse.ArgumentParser(description=NAME)
    options.add_argument("--host", default="127.0.0.1")
    options.add_argument("--port", type=int, default=8050)
    options.add_argument("--workers", type=int, default=2)
    options.add_argument(
        "--data",
        metavar="FOLDER",
        default=os.environ.get(OWN_DATA, ""),
        help="a folder of CSV files that replace simulated tables",
    )
    options.add_argument(
        "--faults",
        metavar="FILE",
        default=os.environ.get(OWN_FAULTS, ""),
        help="where to write everything that is wrong with your data, if it cannot be used",
    )
    options.add_argument("--pack", action="store_true", help="pack the static files and stop")
    options.add_argument("--worker", action="store_true", help="do slow work, asked for in Redis")
    chosen = options.parse_args()
    os.environ[OWN_DATA] = chosen.data
    log.start()
    try:
        app, files = create_app()
        if chosen.worker:
            sys.exit(work())
    except (MissingTableError, ChecksumError, SchemaError, SettingError) as fault:
        sys.exit(f"The explorer was not started. {fault}")
    except OwnDataError as fault:
        words = _written(fault, chosen.faults)
        sys.exit(f"The explorer was not started. Your data cannot be used:\n{words}")
    if chosen.pack:
        print(f"{files.press_all(PAGES)} files packed")
        return
    serve(app.server, host=chosen.host, port=chosen.port, workers=chosen.workers)


if __name__ == "__main__":
    main()
else:
    explorer, _ = create_app()
    server = explorer.server
