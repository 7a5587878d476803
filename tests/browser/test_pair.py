"""Two selections side by side in a browser: one is pinned, the bar changes the other."""

COUNT = ".pair-count"
SAME = "A and B are the same so far"
RANGES = """() => [...document.querySelectorAll('.pair .js-plotly-plot')]
  .map((one) => one._fullLayout.yaxis.range.map((end) => end.toFixed(4)).join())"""


def test_a_selection_is_pinned_beside_another_and_one_link_has_both(reader):
    page = reader.open("/cards/indicator-years?k=5")
    page.get_by_role("button", name="Compare with another selection").click()
    page.locator(COUNT).wait_for()
    reader.settle()
    assert page.url.endswith("/compare/cards/indicator-years/k=5?k=5")
    assert page.locator(COUNT).inner_text() == SAME
    reader.choose("Compare with", "england")
    assert page.url.endswith("/compare/cards/indicator-years/k=5?compare=england&k=5")
    assert page.locator(COUNT).inner_text().startswith("The verdict")
    one, other = page.evaluate(RANGES)
    assert one == other
    page.locator(".pair .chart-stop").nth(1).focus()
    page.keyboard.press("ArrowRight")
    page.locator(".pair-column").nth(1).locator("p.point", has_text="England").wait_for()
    page.go_back()
    reader.changed()
    assert page.locator(COUNT).inner_text() == SAME
