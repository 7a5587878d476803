"""axe-core finds nothing on any page, in both themes, on a desk and on a phone, in every tab.

The phone is as narrow as they come: nothing in the style sheets changes between 320 pixels and 480.
"""

from pathlib import Path

import pytest

from components.frame.shell import NAME
from tests.browser import test_chart_words as charts

AXE = Path(__file__).parents[1] / "vendor" / "axe.min.js"
NARROW = 320  # pixels
PAGES = [
    "/",
    "/indicators",
    "/indicators/icpc_rate",
    "/councils",
    "/councils/E06000063",
    "/pilots?area=E08000035",
    "/expenditure?ratio=early_help_to_statutory",
    "/costs?fte=many",
    "/social-workers?item=use_mapping",
    "/families",
    "/case-records",
    "/claims?model=2025",
    "/self-profile",
    "/data",
    "/over-time",
    "/neighbours",
    "/robustness",
    "/compare/indicators/model=2021?model=2025&adjust=holm",
    "/group?group=New:E06000023,E06000041;Old:E08000036&start=2019",
    "/nowhere",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: Those that go by colours: what a change of theme can break.
OF_COLOURS = ["color-contrast", "link-in-text-block"]


#: Runs rules, and brings back what was violated and where, not the places that are well.
RUN = """async ([type, values]) => {
  const options = {runOnly: {type, values}, resultTypes: ['violations']};
  const found = await axe.run(document, options);
  const where = (one) => one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160));
  return found.violations.map((one) => [one.id, where(one)]);
}"""


def violations(page, rules=RULES):
    """What is violated of the rules with these tags, or of those of colours."""
    # Injected as the browser's own tools do, past the page's policy on scripts.
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8") + ";void 0")
    return page.evaluate(RUN, ["tag" if rules is RULES else "rule", rules])


#: Plots of the charts that are drawn, with less room than a reader of the narrowest screen needs.
DRAWN = "document.querySelectorAll('.js-plotly-plot:has(.main-svg)')"
CRAMPED = f"""() => [...{DRAWN}].flatMap((plot) => {{
  const layout = plot._fullLayout;
  const axes = Object.keys(layout).filter((name) => /^xaxis\\d*$/.test(name));
  const widest = Math.max(...axes.map((name) => layout[name]._length));
  return widest < 180 ? [[plot.closest('.card').dataset.card, widest]] : [];
}})"""

#: Panels of the bar and the menu lie above the page: one is open at a time.
UNFOLD = """document.querySelectorAll('details:not(.bar-open, .bar-whole, .menu)')
  .forEach(one => { one.open = true })"""


def change_theme(reader):
    reader.page.evaluate("document.getElementById('theme-toggle').click()")
    reader.changed()


def in_both_themes(reader):
    """What is violated as the page is, and of colours in the other theme."""
    found = violations(reader.page)
    change_theme(reader)
    return found + violations(reader.page, OF_COLOURS)


def test_every_page_with_charts_is_opened_on_a_desk_here_or_with_its_charts():
    assert {*charts.PAGES} == {*charts.ON_A_DESK} | ({*PAGES} & {*charts.PAGES})


@pytest.mark.sampled(6)
@pytest.mark.parametrize("path", PAGES)
def test_no_violations_on_a_desk_in_both_themes_and_on_a_phone_in_the_dark(readers, path):
    """In one window, which is made narrow: ``test_chart_words`` opens pages on a phone.

    Pages with charts are the same walk on a desk for their first screen and the words of charts.
    """
    reader = readers(color_scheme="light")
    has_charts = path in charts.PAGES
    page = charts.open_charts_on_a_desk(reader, path) if has_charts else reader.open(path)
    assert page.locator("h1").count() == 1
    assert page.title().endswith(NAME if "group=" not in path else "evaluation explorer")
    assert page.locator("html").get_attribute("lang") == "en-GB"
    page.evaluate(UNFOLD)
    assert violations(page) == []
    change_theme(reader)
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"
    assert violations(page, OF_COLOURS) == []
    page.set_viewport_size({"width": NARROW, "height": 900})
    page.wait_for_function(f"() => document.documentElement.scrollWidth <= {NARROW}")
    reader.changed()
    assert page.evaluate(CRAMPED) == []
    assert violations(page) == []
    if has_charts:
        page.set_viewport_size(charts.DESK)
        reader.changed()
        assert charts.open_every_chart(reader, page) == []
    reader.errors = [fault for fault in reader.errors if "404" not in fault]


@pytest.mark.sampled(1)
@pytest.mark.parametrize("width", [1366, 390])
def test_no_violations_in_the_panels_of_the_bar_and_the_menu(readers, width):
    reader = readers(width=width)
    page = reader.open("/pilots?pilots=E06000023&k=3")
    if width < 1000:
        page.locator("#menu").click()
        assert in_both_themes(reader) == []
        page.keyboard.press("Escape")
        page.locator(".bar-whole > summary").click()
    panels = page.locator(".bar-open > summary").all()
    assert len(panels) == 5
    for rules in (OF_COLOURS, RULES):
        for panel in panels:
            panel.click()
            assert violations(page, rules) == []
        change_theme(reader)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("tab", ["Table", "About", "Download"])
def test_no_violations_in_the_tabs_of_a_card(readers, tab):
    reader = readers()
    page = reader.open("/indicators/icpc_rate")
    for card in page.locator("section.card").all():
        card.get_by_role("tab", name=tab).click()
    reader.settle()
    assert in_both_themes(reader) == []
