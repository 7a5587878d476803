"""Two selections side by side in a browser: one is pinned, the bar changes the other."""

from data.releases.release import release_of

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


def test_the_copied_link_spells_both_selections_and_their_release(reader):
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = reader.open("/compare/cards/indicator-years/k=5?compare=england")
    page.locator(COUNT).wait_for()
    count = page.locator(COUNT).inner_text()
    page.locator("#copy-link").click()
    page.wait_for_function(
        "() => document.getElementById('copy-link').textContent === 'Link copied'"
    )
    copied = page.evaluate("navigator.clipboard.readText()")
    path, _, query = copied.partition("?")
    for spelled in (path, query):
        assert "average=mean" in spelled
        assert f"release={release_of().id}" in spelled
    assert "k=5" in path
    assert "compare=england" in query
    reader.open(copied)
    page.locator(COUNT).wait_for()
    assert page.locator(COUNT).inner_text() == count
