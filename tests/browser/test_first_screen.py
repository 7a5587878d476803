"""What a reader sees before scrolling: the page's first verdict, below a bar of one line."""

import pytest

#: Page: the last pixel at which its first chart may begin; None where it has none. What stands
#: between the first card's title and its chart, or before its first chart, is the cards' own.
FIRST_CHART = {
    "/": 400,
    "/indicators": 430,
    "/indicators/icpc_rate": 400,
    "/pilots": 430,
    "/councils": None,
    "/councils/E09000012": None,
    "/over-time": 460,
    "/expenditure": 460,
    "/costs": 2400,
    "/social-workers": 1800,
    "/families": 1800,
    "/case-records": 1800,
    "/self-profile": 1800,
    "/claims": None,
    "/neighbours": 430,
    "/robustness": 430,
    "/compare": None,
    "/data": None,
}
HEADER, BAR, VERDICT = 57, 56, 300  # pixels: height, height, where the first title begins at most

WATCH = """() => {
  window.moved = 0;
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) window.moved += one.value;
  }).observe({ type: 'layout-shift', buffered: true });
}"""
PLACES = """() => {
  const box = (one) => one && one.getBoundingClientRect();
  const shown = [...document.querySelectorAll('.chart')].filter((one) => one.offsetHeight);
  return {
    header: box(document.querySelector('.site-header')).height,
    bar: box(document.querySelector('.selection-bar')).height,
    lede: box(document.querySelector('.lede'))?.height ?? 0,
    title: box(document.querySelector('.card-title'))?.top ?? 0,
    chart: box(shown[0])?.top ?? null,
  };
}"""


def open_first_screen(reader, path):
    """Open a page on a small desk, and check what is seen at once."""
    reader.page.set_viewport_size({"width": 1366, "height": 768})
    reader.page.add_init_script(f"({WATCH})()")
    page = reader.open(path)
    path = path.partition("?")[0]
    found = page.evaluate(PLACES)
    assert found["header"] <= HEADER
    assert found["bar"] <= BAR
    assert found["lede"] < 30  # one line
    assert found["title"] < VERDICT
    if FIRST_CHART[path] is None:
        assert found["chart"] is None
    else:
        assert found["chart"] <= FIRST_CHART[path]
    assert page.evaluate("window.moved") == 0
    return page


@pytest.mark.parametrize("path", ["/", *(path for path, at in FIRST_CHART.items() if at is None)])
def test_the_first_verdict_is_in_the_first_screen_and_nothing_moves(readers, path):
    """The first page on a first visit, when fonts and scripts come late, and those without charts.

    ``test_chart_words`` opens all others.
    """
    open_first_screen(readers(fresh=path == "/"), path)


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_the_bar_stays_in_one_line_at_the_top_with_everything_changed(readers, width, height):
    reader = readers(width=width)
    reader.page.set_viewport_size({"width": width, "height": height})
    page = reader.open(
        "/expenditure?ratio=early_help_to_statutory&pilots=E06000023,E10000020&compare=region"
        "&k=3&years=2014-2019&adjust=holm&area=E08000035"
    )
    page.mouse.wheel(0, 1200)
    page.wait_for_function("() => scrollY > 1000")
    bar = page.locator(".selection-bar").bounding_box()
    assert bar["y"] == pytest.approx(0, abs=1)
    assert bar["height"] <= BAR
    over = "one => one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight"
    assert not page.locator(".bar-parts").evaluate(over)
    reset = page.locator("#reset")
    if width > 1000:
        assert reset.bounding_box()["y"] < bar["height"]
    else:
        assert not reset.is_visible()


def test_what_has_the_focus_is_never_below_the_bar(readers):
    reader = readers()
    reader.page.set_viewport_size({"width": 1366, "height": 768})
    page = reader.open("/claims")
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.locator(".site-footer a").focus()
    seen = 0
    for _ in range(25):
        page.keyboard.press("Shift+Tab")
        found = page.evaluate(
            """() => {
              const one = document.activeElement;
              const bar = document.querySelector('.selection-bar').getBoundingClientRect();
              return [one.closest('main') !== null && one.closest('.selection-bar') === null,
                one.getBoundingClientRect().bottom > bar.bottom];
            }"""
        )
        seen += found[0]
        assert not found[0] or found[1]
    assert seen > 10
