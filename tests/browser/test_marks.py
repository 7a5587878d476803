"""What a reader points at, or has pressed, is marked in every chart of the page."""

#: Where a point of a chart is in the window, after it was brought there.
POINT = """([card, trace, point]) => {
  const drawn = document.querySelectorAll(`#card-${card} .js-plotly-plot .point`);
  const found = [...drawn].find((one) => one.__data__.i === point &&
    one.closest("g.trace").__data__[0].trace.name === trace);
  found.scrollIntoView({ block: "center" });
  const box = found.getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
}"""
#: How many of the points of a card stand so to what is marked.
COUNT = """([card, how]) =>
  document.querySelectorAll(`#card-${card} .point[data-marked=${how}]`).length"""
#: Milliseconds to mark another place in every chart, with the layout of the page: the best of
#: three, for other tests may run at the same time.
SPENT = """() => Math.min(...["E08000036", "E09000005", "E10000018"].map((key) => {
  const begun = performance.now();
  explorer.marks.show([key]);
  document.body.getBoundingClientRect();
  return performance.now() - begun;
}))"""
NORFOLK = "mark=E10000020"


def count(page, card, how="own"):
    page.wait_for_timeout(100)
    return page.evaluate(COUNT, [card, how])


def test_a_pilot_is_marked_in_every_chart_without_the_server(reader):
    page = reader.open("/pilots")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    at = page.evaluate(POINT, ["pilots-changes", "After", 1])
    page.mouse.move(*at)
    assert count(page, "pilots-changes") == 4  # before and after, its own and its comparator's
    named = page.locator("#card-pilots-changes .ytick[data-marked=own]")
    assert named.all_text_contents() == ["Norfolk"]
    assert count(page, "pilots-inspections") == 4
    assert count(page, "pilots-inspections", "other") > 20
    assert count(page, "pilots-bands-gaps", "other") == 0  # a chart without it stays as it is
    assert NORFOLK not in page.url  # passed over, not kept
    assert page.evaluate(SPENT) < 50
    page.mouse.click(*at)
    page.mouse.move(5, 5)
    assert count(page, "pilots-inspections") == 4
    assert page.url.endswith(f"/pilots?{NORFOLK}")
    heard = page.locator("#live").inner_text()
    assert heard == "Marked in 2 charts: Norfolk. Press it again to open its page."
    assert page.locator("#card-pilots-changes p.point").inner_text().startswith("Norfolk: ")
    assert page.locator(".bar-mark a").get_attribute("href") == f"/councils/E10000020?{NORFOLK}"
    assert [one for one in asked if "favicon" not in one] == []


def test_a_mark_outlives_the_selection_until_it_is_taken_away(reader):
    page = reader.open(f"/pilots?{NORFOLK}")
    reader.choose("Compare with", "england")
    assert page.url.endswith(f"?compare=england&{NORFOLK}")
    assert count(page, "pilots-changes") == 4  # drawn again, and marked again
    page.go_back()
    reader.changed()
    assert page.url.endswith(f"/pilots?{NORFOLK}")
    assert count(page, "pilots-changes") == 4
    page.keyboard.press("Escape")  # closes the panel
    page.keyboard.press("Escape")
    assert count(page, "pilots-changes") == 0
    assert page.url.endswith("/pilots")
    assert page.locator(".bar-mark").is_hidden()
    page.locator("#card-pilots-inspections .chart-stop").focus()
    page.keyboard.press("ArrowRight")
    assert count(page, "pilots-changes") == 4
    point = page.locator("#card-pilots-inspections p.point")
    assert point.inner_text().endswith(" Marked in 2 charts.")
    page.keyboard.press("ArrowDown")
    assert "Marked in" not in point.inner_text()  # as many, and said already
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Space")
    page.wait_for_url(f"**/pilots?{NORFOLK}")
    page.locator("#mark-clear").click()
    assert page.url.endswith("/pilots")
    assert page.evaluate("document.activeElement.id") == "page-title"
