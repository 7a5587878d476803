"""What a reader sees in real Chromium: first charts, and charts after a change."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.questions import CHARTED
from tests.bench.report import Measure, middle, p95, spread
from tests.bench.served import Served

FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WATCH: Final = (Path(__file__).parent / "watch.js").read_text(encoding="utf-8")
PLOTS: Final = ".js-plotly-plot"
CONTENT: Final = "#_pages_content"
WORDS: Final = "section.card, [data-headline]"
LOAD: Final = "cold load"
CHANGE: Final = "change"
FIRST_CHART: Final = 0.75
PAINTED_P50: Final = 65.0
PAINTED_P95: Final = 100.0
QUIET: Final = 200  # ms without a change by which the last one was the last
LONGEST: Final = 5_000

Parts = dict[str, float | None]


@contextmanager
def chromium() -> Generator[Browser]:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


def opened(browser: Browser, watched: str) -> Page:
    """A tab of a new reader, who has nothing cached."""
    context = browser.new_context(viewport={"width": 1366, "height": 900})
    page = context.new_page()
    page.add_init_script(WATCH.replace("__WATCHED__", watched))
    return page


def _known(parts: list[Parts], name: str) -> list[float]:
    return [value for one in parts if (value := one[name]) is not None]


def _parts(parts: list[Parts], *names: str) -> dict[str, object]:
    return {f"{name}_ms": round(middle(_known(parts, name)), 1) for name in names}


def cold_loads(browser: Browser, server: Served, *, quick: bool) -> list[Measure]:
    """Navigation to first chart painted, for a reader who was never here."""
    times = 2 if quick else 7
    chart = [_cold(browser, server, path, PLOTS, times) for path in CHARTED]
    return [*chart, _cold(browser, server, "/data", CONTENT, times)]


def _cold(browser: Browser, server: Served, path: str, watched: str, times: int) -> Measure:
    found = list[Parts]()
    for _ in range(times):
        page = opened(browser, watched)
        page.goto(server.address + path, wait_until="commit")
        found.append(page.evaluate(f"bench.loaded({2 * QUIET}, {LONGEST})"))
        page.context.close()
    seconds = [one / 1_000 for one in _known(found, "painted")]
    thing = "first chart" if watched == PLOTS else "content"
    below = "" if watched != PLOTS or found[0]["in_view"] else ", below the fold"
    return Measure(
        group=LOAD,
        name=f"{path} → {thing} painted{below}",
        value=middle(seconds),
        unit="s",
        target=FIRST_CHART,
        n=len(seconds),
        more={**spread(seconds), **_parts(found, "content", "asked", "answered")},
    )


def walk(ground: int) -> list[tuple[str, str]]:
    """Changes of one control at a time that never come to the same selection twice.

    Args:
        ground: How many neighbours, so that pages that share findings share no selection.
    """
    up, down = range(2018, 2025), range(2023, 2016, -1)
    turns = ("average", "median"), ("model", "2021"), ("average", "mean"), ("model", "2025")
    steps = [("k", str(ground))]
    for turn, years in zip(turns, (up, down, up, down), strict=True):
        steps += [turn, *(("last", str(year)) for year in years)]
    return steps


BACK: Final = (("model", "pre-2021"), ("last", "2016"))  # from the end of a walk to its beginning


def changes(browser: Browser, server: Served, *, quick: bool) -> list[Measure]:
    """Change of a control to every chart in view painted: at first, and seen before."""
    measures = list[Measure]()
    for ground, path in enumerate(CHARTED, start=6):
        page = _ready(browser, server, path, PLOTS)
        if not page.evaluate("bench.has('last')"):  # it follows the bands alone
            page.context.close()
            continue
        page.evaluate("bench.show()")
        first, again = _walked(page, walk(ground)[: 13 if quick else None], quick=quick)
        measures += _lines(f"{path}, first time", first)
        measures += _lines(f"{path}, seen before", again)
        page.context.close()
    return [*measures, _words(browser, server, quick=quick)]


def _ready(browser: Browser, server: Served, path: str, watched: str) -> Page:
    page = opened(browser, watched)
    page.goto(server.address + path, wait_until="load")
    page.evaluate(f"bench.loaded({2 * QUIET}, {LONGEST})")
    return page


def _change(page: Page, step: tuple[str, str]) -> Parts:
    return page.evaluate(f"([name, value]) => bench.change(name, value, {QUIET}, 3000)", step)


def _walked(
    page: Page, steps: list[tuple[str, str]], *, quick: bool
) -> tuple[list[Parts], list[Parts]]:
    ground, *way = steps
    _change(page, ground)
    first = [_change(page, step) for step in way]
    for step in (("average", "mean"), *BACK) if quick else BACK:
        _change(page, step)
    return first, [_change(page, step) for step in way]


def _lines(name: str, found: list[Parts]) -> list[Measure]:
    painted = _known(found, "painted")
    more = {
        **spread(painted),
        **_parts(found, "asked", "answered", "changed", "shown"),
        "without_change": len(found) - len(painted),
    }
    bounds = (("p50", middle(painted), PAINTED_P50), ("p95", p95(painted), PAINTED_P95))
    return [
        Measure(
            group=CHANGE,
            name=f"{name} → charts in view painted, {which}",
            value=value,
            unit="ms",
            target=target,
            n=len(painted),
            more=more,
        )
        for which, value, target in bounds
    ]


def _words(browser: Browser, server: Served, *, quick: bool) -> Measure:
    """The top of the overview has no chart in view: its headline and its table are what change."""
    page = _ready(browser, server, "/", WORDS)
    steps = walk(5)[: 9 if quick else 19]
    found = [_change(page, step) for step in steps]
    page.context.close()
    painted = _known(found, "painted")
    return Measure(
        group=CHANGE,
        name="/ at the top → headline and tables in view painted, p50",
        value=middle(painted),
        unit="ms",
        n=len(painted),
        more={**spread(painted), **_parts(found, "asked", "answered", "changed")},
    )
