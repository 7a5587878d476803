"""Bytes over the wire for a first visit and for the next one, as Chromium counts them."""

from dataclasses import replace
from typing import Final

from playwright.sync_api import Browser, BrowserContext

from tests.bench.questions import PAGES
from tests.bench.report import Measure
from tests.bench.served import Served

GROUP: Final = "transfer"
FIRST: Final = 800.0
REPEAT: Final = 30.0
LARGEST: Final = 6  # files named in the results


def measure(browser: Browser, server: Served) -> list[Measure]:
    measures = list[Measure]()
    for path in PAGES:
        context = browser.new_context(viewport={"width": 1366, "height": 900})
        for visit, target in (("first visit", FIRST), ("repeat visit", REPEAT)):
            measures.append(_line(f"{path}, {visit}", visited(context, server, path), target))
        context.close()
    return measures


def earliest(browser: Browser, server: Served) -> Measure:
    """The very first visit to a server: its files are not yet packed as small as they go."""
    context = browser.new_context(viewport={"width": 1366, "height": 900})
    sizes = visited(context, server, "/")
    context.close()
    found = _line("/, the first visit of all to a new server", sizes, None)
    return replace(found, more={**found.more, "every": list(sizes)})


def visited(context: BrowserContext, server: Served, path: str) -> dict[str, float]:
    """Return kB by address, headers and compressed bodies, of everything a visit fetched."""
    page = context.new_page()
    names, sizes = dict[str, str](), dict[str, float]()

    def sent(event: dict[str, object]) -> None:
        request = event["request"]
        address = str(request["url"]) if isinstance(request, dict) else ""
        names[str(event["requestId"])] = address.removeprefix(server.address).split("?")[0]

    def finished(event: dict[str, object]) -> None:
        name = names.get(str(event["requestId"]), "")
        length = event["encodedDataLength"]
        kilobytes = length / 1e3 if isinstance(length, int | float) else 0.0
        sizes[name] = sizes.get(name, 0.0) + kilobytes

    listening = context.new_cdp_session(page)
    listening.send("Network.enable")
    listening.on("Network.requestWillBeSent", sent)
    listening.on("Network.loadingFinished", finished)
    page.goto(server.address + path, wait_until="networkidle")
    page.wait_for_timeout(300)
    page.close()
    return sizes


def _line(name: str, sizes: dict[str, float], target: float | None) -> Measure:
    largest = sorted(sizes.items(), key=lambda one: -one[1])[:LARGEST]
    return Measure(
        group=GROUP,
        name=name,
        value=sum(sizes.values()),
        unit="kB",
        target=target,
        n=len(sizes),
        more={"largest_kb": {address: round(size, 1) for address, size in largest}},
    )
