"""Where the parts are put together. Nothing imports this but the server and the tests."""

import argparse
import io
import os
import sys
from importlib import import_module
from pathlib import Path

from components.server.memory import require_memory, use_one_heap
from data.programmes.read import programme
from data.programmes.settings import SETTING, ProgrammeError
from data.years import YearsError

#: What refuses a programme whose files cannot be used, and tables that hold no years.
REFUSING = "analytics.claims.complete"


def _add_programme(options: argparse.ArgumentParser) -> None:
    options.add_argument(
        "--programme",
        metavar="FILE",
        default=os.environ.get(SETTING, ""),
        help="the programme to explore: a TOML file, or the key of one in data/programmes",
    )


def _set_programme() -> None:
    """Set the programme that the command line names, before what reads it is imported."""
    early = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    _add_programme(early)
    os.environ[SETTING] = early.parse_known_args()[0].programme


if __name__ == "__main__":
    require_memory()
    _set_programme()
    use_one_heap()
    # Its threads would take memory for every core, and nothing here is large enough to gain.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        import_module(REFUSING).require_complete(programme())
    except (ProgrammeError, YearsError) as fault:
        sys.exit(f"The explorer was not started. {fault}")

from dash import Dash, page_registry

from analytics.selection.parameters import PARAMETERS
from analytics.selection.selection import HOME
from components.card.card import CARDS
from components.card.fragments import fragments
from components.frame.cited import comparisons
from components.frame.head import head, plotly
from components.frame.pair_address import compared
from components.frame.shell import INDEX, NAME, name_windows, shell
from components.jobs.backend import SettingError, manager, secret, work
from components.prefix import NAMED, PAIRS, named_by
from components.reference import search
from components.reference.listings import listings
from components.server import guard, log, private, proxy, speed
from components.server.api import api
from components.server.briefings import briefings
from components.server.citations import citations
from components.server.lean import PREFIX, Lean
from components.server.proxy import OWN_PREFIX, ProxySettingError
from components.server.runs import runs
from components.server.serve import ListenError, bound, serve
from components.server.speed import StaticFiles
from components.server.warmup import warm, weigh_in_background
from data.load import (
    ChecksumError,
    MissingTableError,
    TableStore,
    load_all,
    start_with,
    started,
)
from data.schema import SchemaError
from data.user_data.problem import HINT, UserDataError

PAGES = ("/", "/data")
ASSETS = Path(__file__).parent / "assets"
OWN_DATA = "EXPLORER_DATA"  # the folder of the reader's own data, for every process
OWN_FAULTS = "EXPLORER_FAULTS"  # the file for everything that is wrong with it
ALLOW_HOST = "EXPLORER_ALLOW_HOST"  # names the explorer answers to
FULL = "This machine has too little memory left for the explorer; it uses about 300 MB."


STOPPING = (
    MissingTableError,
    ChecksumError,
    SchemaError,
    SettingError,
    ProxySettingError,
    ListenError,
)


def create_app() -> tuple[Dash, StaticFiles]:
    """Build the explorer, its pages and its data addresses.

    Returns:
        The explorer, and its static files.

    Raises:
        MissingTableError: A table is missing.
        ChecksumError: A table is not the one that was built.
        SchemaError: A table does not hold what it promises.
        UserDataError: The reader's own data cannot be used.
        SettingError: A setting from the environment is missing.
        ProxySettingError: The prefix or the list of trusted proxies cannot be understood.
    """
    own_prefix, proxies = proxy.settings(os.environ)
    signed_with = secret()
    _use_own(os.environ.get(OWN_DATA, ""))
    load_all()
    jobs = manager()
    app = Lean(
        __name__,
        use_pages=True,
        title=NAME,
        update_title="",
        compress=True,
        use_async=False,
        serve_locally=True,
        index_string=_index(),
        health_endpoint=None,
        background_callback_manager=jobs,
    )
    name_windows()
    app.server.secret_key = signed_with
    app.layout = shell
    app.server.register_blueprint(api())
    app.server.register_blueprint(briefings())
    app.server.register_blueprint(citations())
    app.server.register_blueprint(comparisons())
    app.server.register_blueprint(runs(jobs))
    app.server.register_blueprint(fragments())
    app.server.register_blueprint(listings())
    app.server.register_blueprint(search.index())
    own_data = started().has_user_data
    allowed = private.hosts(os.environ.get(ALLOW_HOST, ""), own_data=own_data)
    private.install(app.server, allowed=allowed, own_data=own_data)
    ancestors = os.environ.get("FRAME_ANCESTORS", "'none'")
    proxy.install(app, own=own_prefix, proxies=proxies)
    guard.install(app, known_path=known_path, frame_ancestors=ancestors)
    files = speed.install(app)
    warm(app)
    return app, files


def _use_own(folder: str) -> None:
    """Let the reader's own tables stand in for simulated ones, and say which."""
    if not folder:
        return
    from data.user_data.hold import given  # noqa: PLC0415 (what checks it is loaded for nothing else)

    held = given(Path(folder))
    start_with(TableStore(user_tables=held.tables))
    for key, table in held.tables.items():
        log.tell(f"Your data: {key}, from {table.source.file}")
    for note in held.notes:
        log.tell(f"Your data: {note}")


def _written(fault: UserDataError, file: str) -> str:
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
    placed = INDEX.replace("<!--head-->", head(ASSETS, PREFIX))
    return placed.replace("<!--plotly-->", plotly(ASSETS, PREFIX))


def known_path(path: str) -> bool:
    """Whether an address leads to a page.

    Args:
        path: From the first slash, without the query.
    """
    path = path.rstrip("/") or "/"
    page = named_by(path)
    if page:
        named = NAMED[page]
        return PARAMETERS[named.parameter].accepts(path.removeprefix(named.below), HOME)
    if path.startswith(PAIRS):
        return compared(path.removeprefix(PAIRS)) is not None
    if path.startswith("/cards/"):
        return path.removeprefix("/cards/") in CARDS
    return path in {one["path"] for one in page_registry.values() if one["path"] != "/404"}


def main() -> None:
    """Serve the explorer until told to stop."""
    chosen = _options().parse_args()
    os.environ[OWN_DATA] = chosen.data
    os.environ[ALLOW_HOST] = chosen.allow_host
    os.environ[OWN_PREFIX] = chosen.prefix
    _speak_plainly()
    log.start(private=bool(chosen.data))
    try:
        _run(chosen)
    except UserDataError as fault:
        words = _written(fault, chosen.faults)
        sys.exit(f"The explorer was not started. Your data cannot be used:\n{words}")
    except STOPPING as fault:
        sys.exit(f"The explorer was not started. {fault}")
    except MemoryError:
        sys.exit(f"The explorer was not started. {FULL}")


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(description=NAME, allow_abbrev=False)
    options.add_argument("--host", default="127.0.0.1", help="name or address to listen on")
    options.add_argument("--port", type=int, default=8050)
    options.add_argument("--workers", type=_some, default=2, help="processes; one a core")
    _add_programme(options)
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
    options.add_argument(
        "--allow-host",
        metavar="NAMES",
        default=os.environ.get(ALLOW_HOST, ""),
        help="names the explorer answers to, commas between; with your own data, this machine's "
        "own names unless others are given",
    )
    options.add_argument(
        "--prefix",
        metavar="PATH",
        default=os.environ.get(OWN_PREFIX, ""),
        help="the path the explorer is reached under, for example /explorer/",
    )
    options.add_argument("--pack", action="store_true", help="pack the static files and stop")
    options.add_argument("--worker", action="store_true", help="do slow work, asked for in Redis")
    return options


def _some(words: str) -> int:
    if not words.isdecimal() or not int(words):
        msg = f"found {words!r}, expected a number from 1 up"
        raise argparse.ArgumentTypeError(msg)
    return int(words)


def _speak_plainly() -> None:
    """Write what a terminal cannot show as an escape, in place of an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _run(chosen: argparse.Namespace) -> None:
    serves = not (chosen.worker or chosen.pack)
    listener = bound(chosen.host, chosen.port) if serves else None
    app, files = create_app()
    if chosen.worker:
        sys.exit(work())
    if listener is None:
        log.tell(f"{files.press_all(PAGES)} files packed")
        return
    serve(app.server, listener, workers=chosen.workers, begins=weigh_in_background)


if __name__ == "__main__":
    main()
else:
    explorer, _ = create_app()
    server = explorer.server
