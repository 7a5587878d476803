"""The floor: the same charts in a static page, with everything worked out before.

Nothing that draws these charts with this Plotly in this browser can be quicker. The explorer and
the floor are measured in turn, so that ratios mean the same on any machine and under any load.
"""

import json
import re
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import socket
from socketserver import BaseServer
from typing import Final

import brotli
import orjson
from playwright.sync_api import Browser, Page

from analytics.selection.parse import from_search
from analytics.selection.selection import HOME
from components.card.card import cards_under
from components.frame.head import PLOTLY
from tests.bench.browser import LONGEST, PLOTS, QUIET, opened
from tests.bench.questions import cards_of
from tests.bench.report import Measure, middle, p95, spread
from tests.bench.served import HOST, ROOT, Served

GROUP: Final = "floor"
#: Pages with two charts or more in the first screen.
PATHS: Final = ("/indicators", "/pilots", "/expenditure")
IN_VIEW: Final = 2
CONTROL: Final = "k"
STARTED: Final = 1_000  # ms after the charts, in which Dash starts behind them
STEPS: Final = ("9", "8", "7", "6", "5", "4", "3", "10")
COLD: Final = 1.25
P50: Final = 1.2
P95: Final = 1.5
#: 10 Mbit/s and 40 ms, as a mobile connection has.
SLOW: Final = {
    "offline": False,
    "latency": 40,
    "downloadThroughput": 10e6 / 8,
    "uploadThroughput": 10e6 / 8,
}
_TOKEN: Final = re.compile(rb'"@[a-z0-9-]+"')
_PAGE: Final = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Floor</title>
<style>.row{{display:flex}}.row>div{{width:560px}}</style></head><body>
<select id='{{"name":"{control}","type":"control"}}'>{options}</select>
<div class="row">{places}</div>
<script src="/plotly.js"></script>
<script>
const draw = (figures) => figures.forEach((one, at) =>
  Plotly.react("chart" + at, one.data, one.layout, {{ displayModeBar: false }}));
document.querySelector("select").addEventListener("change", async (event) =>
  draw(await (await fetch("/" + event.target.value + ".json")).json()));
draw({figures});
</script></body></html>"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Static:
    """The static pages.

    Attributes:
        address: Where they are served, without a slash at its end.
    """

    address: str


def _figures(path: str, query: str) -> bytes:
    """The first charts of a page for a selection, as the static page draws them."""
    drawn = [
        cards_under(HOME)[key] for key in cards_of(path) if cards_under(HOME)[key].chart is not None
    ][:IN_VIEW]
    selection = from_search(query)
    found = orjson.dumps(
        [one.figure(one.finding.publish(selection)) for one in drawn],
        option=orjson.OPT_SERIALIZE_NUMPY,
    )
    figures = json.loads(_TOKEN.sub(b'"#12436D"', found))
    for one in figures:
        # The explorer's browser sets the entries of a key in lines; here they are in one.
        for note in one["layout"].get("annotations", []):
            if isinstance(note["text"], list):
                note["text"] = "   ".join(note["text"])
    return orjson.dumps(figures)


def _files(path: str) -> dict[str, tuple[str, bytes]]:
    places = "".join(f'<div id="chart{at}"></div>' for at in range(IN_VIEW))
    options = "".join(f"<option>{step}</option>" for step in STEPS)
    page = _PAGE.format(
        control=CONTROL, options=options, places=places, figures=_figures(path, "").decode()
    )
    script = (ROOT / "assets" / PLOTLY).read_bytes()
    made = {"/": ("text/html", page.encode()), "/plotly.js": ("text/javascript", script)}
    for step in STEPS:
        words = _figures(path, f"?{CONTROL}={step}")
        made[f"/{step}.json"] = ("application/json", words)
    return {name: (kind, brotli.compress(body)) for name, (kind, body) in made.items()}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def __init__(
        self,
        files: dict[str, tuple[str, bytes]],
        request: socket,
        client: tuple[str, int],
        server: BaseServer,
    ) -> None:
        self._files = files
        super().__init__(request, client, server)

    def do_GET(self) -> None:
        kind, body = self._files.get(self.path, ("", b""))
        self.send_response(200 if kind else 404)
        self.send_header("Content-Type", kind or "text/plain")
        if kind:
            self.send_header("Content-Encoding", "br")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its name there)
        """Say nothing."""


@contextmanager
def static(path: str) -> Generator[Static]:
    """Serve the floor of a page until the block ends."""
    server = ThreadingHTTPServer((HOST, 0), partial(_Handler, _files(path)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Static(address=f"http://{HOST}:{server.server_port}")
    finally:
        server.shutdown()
        server.server_close()


def measure(browser: Browser, running: Served, *, quick: bool) -> list[Measure]:
    measures = list[Measure]()
    for path in PATHS:
        with static(path) as floor:
            addresses = (running.address + path, f"{floor.address}/")
            for slow in (False, True):
                measures.append(_cold(browser, path, addresses, slow=slow, times=3 if quick else 9))
            measures += _changes(browser, path, addresses, rounds=1 if quick else 4)
    return measures


def _loaded(browser: Browser, address: str, *, slow: bool) -> float:
    page = opened(browser, PLOTS)
    if slow:
        page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)
    page.goto(address, wait_until="commit")
    painted = page.evaluate(f"bench.loaded({2 * QUIET}, {4 * LONGEST})")["painted"]
    page.context.close()
    if painted is None:
        msg = f"no chart was drawn at {address}"
        raise RuntimeError(msg)
    return painted


def _cold(
    browser: Browser, path: str, addresses: tuple[str, str], *, slow: bool, times: int
) -> Measure:
    """Navigation to the first chart, of a reader who was never here."""
    found = [[_loaded(browser, one, slow=slow) for one in addresses] for _ in range(times)]
    ours, floor = ([row[at] for row in found] for at in (0, 1))
    over = ", 10 Mbit/s and 40 ms" if slow else ""
    return _ratio(f"{path}, cold → first chart{over}", middle(ours), middle(floor), COLD, ours)


def _changes(
    browser: Browser, path: str, addresses: tuple[str, str], *, rounds: int
) -> list[Measure]:
    """A change of one control to the charts in view.

    First the explorer's server has seen each selection before and the reader has not; then the
    reader goes back to one. The floor asks its server each time.
    """
    found: dict[str, list[list[float]]] = {}
    for nth in range(rounds + 1):
        pages = [_ready(browser, address) for address in addresses]
        for by in ("seen before by others", "seen before by the reader"):
            kept = found.setdefault(by, [[], []])
            for step in STEPS:
                for at, page in enumerate(pages):
                    page.bring_to_front()
                    painted = page.evaluate(
                        f"([name, value]) => bench.change(name, value, {QUIET}, 3000)",
                        (CONTROL, step),
                    )["painted"]
                    if nth and painted is not None:
                        kept[at].append(painted)
        for page in pages:
            page.context.close()
    return [
        _ratio(f"{path}, change → charts in view painted, {by}, {name}", *compared, ours)
        for by, (ours, floor) in found.items()
        for name, compared in {
            "p50": (middle(ours), middle(floor), P50),
            "p95": (p95(ours), p95(floor), P95),
        }.items()
    ]


def _ready(browser: Browser, address: str) -> Page:
    page = opened(browser, PLOTS)
    page.goto(address, wait_until="load")
    page.evaluate(f"bench.loaded({2 * QUIET}, {LONGEST})")
    page.wait_for_timeout(STARTED)  # nobody chooses anything sooner
    return page


def _ratio(name: str, ours: float, floor: float, target: float, every: list[float]) -> Measure:
    return Measure(
        group=GROUP,
        name=name,
        value=ours / floor,
        unit="× floor",
        target=target,
        n=len(every),
        more={"ours_ms": round(ours, 1), "floor_ms": round(floor, 1), **spread(every)},
    )
