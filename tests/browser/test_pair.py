"""Two selections side by side in a browser: one is pinned, the bar changes the other, one link has both."""

COUNT = ".pair-count"
RANGES = """() => [...document.querySelectorAll('.pair .js-plotly-plot')]
  .map((one) => one._fullLayout.xaxis.range.map((end) => end.toFixed(4)).join())"""


def test_a_selection_is_pinned_beside_another_and_the_link_reopens_both(reader):
    page = reader.open("/cards/kpis-named?k=5")
    page.get_by_role("button", name="Compare with another selection").click()
    page.wait_for_selector(COUNT)
    reader.settle()
    assert page.url.endswith("/compare/cards/kpis-named/k=5?k=5")
    assert page.locator(COUNT).inner_text() == "A and B are the same so far"
    reader.choose("Compare with", "england")
    assert page.url.endswith("/compare/cards/kpis-named/k=5?compare=england&k=5")
    said = page.locator(COUNT).inner_text()
    assert "verdict" in said
    page.go_back()
    reader.changed()
    assert page.locator(COUNT).inner_text() == "A and B are the same so far"
    page.go_forward()
    reader.changed()
    assert page.locator(COUNT).inner_text() == said
    page.get_by_role("link", name="Change A: swap A and B").click()
    page.wait_for_url("**/compare/cards/kpis-named/compare=england&k=5?k=5")
    reader.settle()
    assert page.locator(COUNT).inner_text() == said


def test_both_charts_have_the_same_axis_and_are_read_by_key(reader):
    page = reader.open("/compare/cards/kpis-gaps/model=2021?model=2025")
    one, other = page.evaluate(RANGES)
    assert one == other
    chart = page.locator(".pair .chart").nth(1)
    chart.focus()
    page.keyboard.press("ArrowRight")
    said = page.locator(".pair-column").nth(1).locator("p.point")
    said.filter(has_text="n = ").wait_for()
