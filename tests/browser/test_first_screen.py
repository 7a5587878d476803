"""What a reader sees before scrolling, on a desk and a phone: the first verdict, whole charts."""

import pytest

#: Page: how many whole charts its first screen shows at 1366 x 768. Those without are lists alone.
WHOLE_CHARTS = {
    "/": 2,
    "/indicators": 2,
    "/indicators/icpc_rate": 1,
    "/pilots": 2,
    "/councils": 0,
    "/councils/E09000012": 1,
    "/over-time": 1,
    "/expenditure": 2,
    "/costs": 1,
    "/social-workers": 1,
    "/families": 1,
    "/case-records": 1,
    "/self-profile": 1,
    "/claims": 1,
    "/neighbours": 1,
    "/robustness": 1,
    "/compare": 0,
    "/data": 0,
    "/cards/kpis-gaps": 1,
}
#: Pages without a verdict: they list what there is.
LISTS = {"/councils", "/compare", "/data"}
#: Pages that draw no chart by Plotly.
APART = ("/councils", "/councils/E09000012", "/claims", "/compare", "/data")
DESK, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
HEADER, BAR, VERDICT = 57, 56, 300  # pixels: height, height, where the first title begins at most
SCREENS, PHONE_SCREENS, PHONE_CHART = 6, 14, 1.5  # of the page at most; to its first chart at most

WATCH = """() => {
  window.moved = 0;
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) window.moved += one.value;
  }).observe({ type: 'layout-shift', buffered: true });
}"""
#: True once charts are drawn for the width of the window: nothing reaches over its side.
FITS = "() => document.documentElement.scrollWidth <= innerWidth"
#: A chart is whatever draws figures: Plotly's, and the bars, marks and small pictures of views.
PLACES = """() => {
  const drawn = '.chart, svg.picture, .printed-bar, .claim-marks, table.council svg';
  const seen = (one) => one.checkVisibility() && one.closest('main');
  const box = (one) => one && one.getBoundingClientRect();
  const words = (one) => one.textContent.trim().slice(0, 60);
  const titles = [...document.querySelectorAll('.card-title')].filter(seen);
  const charts = [...document.querySelectorAll(drawn)].filter(seen).map(box);
  return {
    header: box(document.querySelector('.site-header')).height,
    bar: box(document.querySelector('.selection-bar'))?.height ?? 0,
    lede: box(document.querySelector('.lede'))?.height ?? 0,
    title: box(titles[0])?.top ?? null,
    chart: charts.length ? Math.min(...charts.map((one) => one.top)) : null,
    whole: charts.filter((one) => one.top > 0 && one.bottom <= innerHeight).length,
    screens: document.documentElement.scrollHeight / innerHeight,
    unseen: titles.filter((one) => !one.checkVisibility({ opacityProperty: true })).map(words),
    cut: [...document.querySelectorAll('.card-foot > *, .technical, .bar-words')]
      .filter((one) => seen(one) && (one.scrollWidth > one.clientWidth
        || (!one.matches('details') && one.scrollHeight > one.clientHeight + 1))).map(words),
    alone: [...document.querySelectorAll('.cards')].flatMap((grid) => {
      const cells = [...grid.children].filter(seen);
      const beside = (one, other) => one !== other && box(one).top === box(other).top;
      return cells.filter((one) => one.offsetWidth < grid.offsetWidth
        && !cells.some((other) => beside(one, other))).map(words);
    }),
  };
}"""


def open_first_screen(reader, path):
    """Open a page on a small desk, and check what is seen at once."""
    reader.page.set_viewport_size(DESK)
    reader.page.add_init_script(f"({WATCH})()")
    page = reader.open(path)
    path = path.partition("?")[0]
    found = page.evaluate(PLACES)
    assert found["header"] <= HEADER
    assert found["bar"] <= BAR
    assert found["lede"] < 30  # one line
    if path in LISTS:
        assert found["title"] is None
    else:
        assert found["title"] < VERDICT
    assert found["whole"] >= WHOLE_CHARTS[path]
    assert found["screens"] <= SCREENS
    assert [found["unseen"], found["cut"], found["alone"]] == [[], [], []]
    assert page.evaluate("window.moved") == 0
    return page


def open_on_a_phone(reader, path):
    """Open a page on a phone: a header of one row, a bar of one line, and a chart soon."""
    reader.page.set_viewport_size(PHONE)
    page = reader.open(path)
    page.wait_for_function(FITS)
    found = page.evaluate(PLACES)
    assert found["header"] <= HEADER
    assert found["bar"] <= BAR
    assert found["screens"] <= PHONE_SCREENS
    assert found["cut"] == []
    if WHOLE_CHARTS[path.partition("?")[0]]:
        assert found["chart"] <= PHONE_CHART * PHONE["height"]
    return page


@pytest.mark.sampled(3)
@pytest.mark.parametrize("path", ["/", *APART])
def test_the_first_verdict_is_in_the_first_screen_and_nothing_moves(readers, path):
    """The first page on a first visit, when fonts and scripts come late, and those without charts.

    ``test_accessibility`` and ``test_chart_words`` open all others.
    """
    reader = readers(fresh=path == "/")
    open_first_screen(reader, path)
    assert open_on_a_phone(reader, path).locator("h1").is_visible()


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
    page.locator(".site-footer a").last.focus()
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


#: Notes the first chart that is drawn while Dash has laid no page out, and how far anything moves.
EARLY = """(() => {
  window.moved = 0;
  const shifts = new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) window.moved += value;
  });
  shifts.observe({ type: 'layout-shift', buffered: true });
  new MutationObserver(() => {
    if (document.querySelector('main[data-path]')) return;
    window.early ??= document.querySelector('.js-plotly-plot:has(.main-svg)');
  }).observe(document, { childList: true, subtree: true });
})();"""


@pytest.mark.parametrize("path", ["/indicators", "/"])
def test_first_charts_are_drawn_before_dash_is_up_and_stay_where_they_are(readers, path):
    reader = readers()
    reader.page.add_init_script(EARLY)
    page = reader.open(path)
    assert page.evaluate("window.early.closest('main[data-path]') !== null")
    assert page.locator("main").count() == 1
    assert page.locator("[inert]").count() == 0
    assert page.evaluate("window.moved") < 0.02
