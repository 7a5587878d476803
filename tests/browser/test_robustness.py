"""Over time, neighbours, how sure: their own controls, links from dots, and slow work."""

import re

import pytest

from analytics.findings.robustness import specifications
from analytics.measures.indicators.registry import core
from analytics.selection.selection import Selection

CURVE = "#card-robustness-specifications"


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_timeout(80)


def test_the_base_is_chosen_and_kept_in_the_address(reader):
    page = reader.open("/over-time?indicator=cpp_start_rate")
    verdict = page.locator("[data-headline=change-verdict]")
    assert verdict.inner_text() == "New child protection plans fell against similar councils"
    reader.choose("Measure change from", "2014")
    assert "base=2014" in page.url
    assert "may have fallen" in verdict.inner_text()
    page.go_back()
    reader.changed()
    assert "base" not in page.url
    assert page.get_by_label("Measure change from").input_value() == "2013-2014"


def test_no_figures_before_the_start_is_an_answer(reader):
    reader.open("/over-time?indicator=assess_days_median")
    withheld = reader.page.locator("#card-change-windows [data-part=withheld]")
    assert "No figures before the pilots started" in withheld.inner_text()


def test_another_list_updates_the_verdicts_in_place(reader):
    page = reader.open("/neighbours")
    before = reader.summary("neighbours-lists")
    reader.choose("Neighbour list", "2025")
    assert "model=2025" in page.url
    assert reader.summary("neighbours-lists") != before
    assert "depend on the choice" in page.locator("#card-neighbours-flips").inner_text()


def test_closeness_unknown_is_said_and_not_guessed(reader):
    page = reader.open("/neighbours")
    reader.choose("Neighbours count", "closeness")
    notice = page.locator("[data-part=notice]")
    assert "not known for the list in use before April 2021" in notice.inner_text()
    assert "weights" not in page.url
    reader.choose("Neighbour list", "2021")
    reader.choose("Neighbours count", "closeness")
    assert "weights=closeness" in page.url
    assert "closeness-weighted mean" in reader.words()


def test_a_dot_opens_its_view_by_keyboard(reader):
    page = reader.open("/robustness")
    page.locator(f"{CURVE} .card-opener").click()
    chart = page.locator(f"{CURVE} .chart-stop")
    chart.scroll_into_view_if_needed()
    page.wait_for_selector(f"{CURVE} .main-svg")
    chart.focus()
    press(page, "ArrowRight", "ArrowDown", "ArrowRight")
    said = page.locator(f"{CURVE} [data-part=point]").inner_text()
    number = re.search(r"[−+]\d+\.\d+", said)[0]
    press(page, "Enter")
    reader.changed()
    assert "outcome=log" in page.url
    assert number in reader.technical("robustness-view")
    assert page.evaluate("document.activeElement.id") == "card-robustness-view"
    page.go_back()
    reader.changed()
    assert "outcome" not in page.url


def test_a_dot_opens_its_view_by_mouse(reader):
    page = reader.open("/robustness")
    page.locator(f"{CURVE} .card-opener").click()
    page.locator(f"{CURVE} .chart").scroll_into_view_if_needed()
    page.wait_for_selector(f"{CURVE} .scatterlayer .point")
    box = page.locator(f"{CURVE} .scatterlayer .trace").first.locator(".point").first.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_timeout(200)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    reader.changed()
    assert "?" in page.url


def test_the_same_links_stand_in_the_table(reader):
    page = reader.open("/robustness")
    page.locator(f"{CURVE} .card-opener").click()
    page.locator(CURVE).get_by_role("tab", name="Table").click()
    page.wait_for_selector(f"{CURVE} tbody a[data-view]")
    links = page.locator(f"{CURVE} tbody a[data-view]")
    assert links.count() == len(specifications.specifications.publish(Selection()).frame)
    address = links.nth(5).get_attribute("href")
    links.nth(5).click()
    reader.changed()
    assert page.url.endswith(address)


def test_a_cell_of_the_matrix_opens_the_indicators_under_that_choice(reader):
    page = reader.open("/neighbours")
    chart = page.locator("#card-neighbours-verdicts .chart-stop")
    chart.focus()
    press(page, "ArrowRight", "ArrowRight", "Enter")
    page.wait_for_selector("main[data-path='/indicators']")
    reader.settle()
    assert "with-pilots=1" in page.url


def test_slow_work_starts_tells_how_far_it_is_and_is_cancelled(reader):
    page = reader.open("/robustness?k=3")
    card = page.locator("#card-robustness-placebos-long")
    assert "Not run for this selection yet" in card.inner_text()
    page.get_by_role("button", name="Run", exact=True).click()
    page.wait_for_function(
        "() => Number(document.getElementById('job-progress').getAttribute('value')) > 0"
    )
    assert page.locator("#job-run").is_disabled()
    page.get_by_role("button", name="Cancel").click()
    page.wait_for_function("() => !document.getElementById('job-run').disabled")
    assert page.locator("#job-words").inner_text() == "Cancelled; nothing was kept."
    assert page.locator("#job-progress").get_attribute("value") == "0"
    assert page.locator("#job-share").inner_text() == ""
    page.wait_for_timeout(1500)
    page.reload()
    reader.settle()
    assert "Not run for this selection yet" in card.inner_text()


def test_slow_work_that_the_server_has_forgotten_is_said_and_can_be_run_again(reader):
    page = reader.open("/robustness?k=4&compare=region")
    page.route(
        "**/_dash-update-component?*cacheKey=*",
        lambda route: route.continue_(
            url=f"{reader.address}/_dash-update-component?cacheKey=of+another&job=server"
        ),
    )
    page.get_by_role("button", name="Run", exact=True).click()
    page.wait_for_function(
        "() => document.getElementById('job-words').textContent.startsWith('The work was lost')"
    )
    assert page.locator("#job-progress").get_attribute("value") == "0"
    assert page.locator("#job-run").is_enabled()
    assert page.locator("#job-cancel").is_disabled()
    page.unroute("**/_dash-update-component?*cacheKey=*")
    page.get_by_role("button", name="Run", exact=True).click()
    page.wait_for_function(
        "() => Number(document.getElementById('job-progress').getAttribute('value')) > 0"
    )
    page.get_by_role("button", name="Cancel").click()
    page.wait_for_function(
        "() => document.getElementById('job-words').textContent.startsWith('Cancelled')"
    )


def test_slow_work_is_shown_in_its_card_and_at_its_address(reader):
    page = reader.open("/robustness?k=6")
    page.get_by_role("button", name="Run", exact=True).click()
    page.wait_for_function(
        "() => document.getElementById('job-words').textContent.startsWith('Done')", timeout=120_000
    )
    reader.settle()
    page.wait_for_selector("#card-robustness-placebos-long table")
    reply = page.request.get("/api/v1/findings/robustness-placebos-long.json?k=6")
    assert len(reply.json()["rows"]) == len(core())
    page.goto("/robustness?k=6")
    reader.settle()
    page.wait_for_selector("#card-robustness-placebos-long table")


@pytest.mark.sampled(1)
@pytest.mark.parametrize("path", ["/over-time", "/neighbours", "/robustness"])
def test_every_point_of_every_chart_is_reached_by_keyboard(reader, path):
    page = reader.open(path)
    for button in page.locator(".card-opener").all():
        button.click()
    reader.settle()
    for chart in page.locator(".chart").all():
        chart.scroll_into_view_if_needed()
        chart.locator(".main-svg").first.wait_for(state="attached")
        reader.settle()
        chart.locator(".chart-stop").focus()
        press(page, "ArrowRight", "ArrowDown")
        said = chart.locator("xpath=..").locator("[data-part=point]").inner_text()
        assert said
        assert re.match(r"(.+\. )?\d+ of \d+: ", said)
        assert "<br>" not in said
