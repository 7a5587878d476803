"""The first page in a real browser: its answer is there at once, and follows the selection."""

import pytest

TILES = "#card-answer .tile"
ROWS = "#card-overview-rows tbody tr"


def texts(page, selector):
    return [one.strip() for one in page.locator(selector).all_inner_texts()]


def test_the_answer_and_a_whole_chart_are_in_the_first_screen_without_another_request(readers):
    reader = readers()
    reader.page.set_viewport_size({"width": 1366, "height": 768})
    asked = []
    reader.page.on("request", lambda request: asked.append(request.url))
    page = reader.open("/")
    assert not [url for url in asked if "/cards/" in url]
    assert page.locator(TILES).count() == 6
    for picture in page.locator(f"{TILES} svg").all():
        box = picture.bounding_box()
        assert box["y"] + box["height"] < 768
    chart = page.locator("#card-answer-years .chart").bounding_box()
    assert chart["y"] + chart["height"] <= 768
    assert page.evaluate("document.documentElement.scrollHeight") <= 6 * 768
    table = page.locator("#card-overview-rows table").bounding_box()
    assert table["height"] <= 1110


def test_on_a_phone_the_first_picture_is_near_and_nothing_is_cut(readers):
    reader = readers(width=390)
    reader.page.set_viewport_size({"width": 390, "height": 844})
    page = reader.open("/")
    assert page.locator(f"{TILES} svg").first.bounding_box()["y"] < 1.5 * 844
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate("document.documentElement.scrollHeight") <= 14 * 844


def test_tiles_and_rows_follow_the_selection_and_come_back(reader):
    page = reader.open("/")
    before = texts(page, f"{TILES} .tile-large")
    assert before[0] == "4 of 24"
    reader.choose("Compare with", "england")
    page.wait_for_function("() => document.querySelector('.tile-large').textContent[0] !== '4'")
    assert "against England" in page.locator(TILES).nth(1).inner_text()
    assert "England" in page.locator("#card-overview-rows thead").inner_text()
    page.go_back()
    page.wait_for_function("() => document.querySelector('.tile-large').textContent[0] === '4'")
    assert texts(page, f"{TILES} .tile-large") == before


def test_another_page_and_back_shows_the_tiles_again(reader):
    page = reader.open("/?k=5")
    page.get_by_role("link", name="Did spending change?").click()
    page.wait_for_selector("#card-expenditure-changes")
    assert page.url.endswith("/expenditure?k=5")
    page.go_back()
    page.wait_for_selector(TILES)
    reader.settle()
    assert page.locator(TILES).count() == 6
    assert page.locator(ROWS).count() == 24


@pytest.mark.parametrize(("order", "first"), [("relative", "Time taken"), ("name", "Assessments")])
def test_rows_are_put_in_the_order_chosen_and_stay_in_it(reader, order, first):
    page = reader.open("/")
    assert texts(page, f"{ROWS} th")[0] == "New child protection plans"
    page.locator("#rows-order").select_option(order)
    assert texts(page, f"{ROWS} th")[0].startswith(first)
    assert "Ordered by" in page.locator("#live").inner_text()
    rows = set(texts(page, f"{ROWS} th"))
    reader.choose("Adjust p for many tests", "none")
    page.wait_for_function("() => document.querySelector('.tile-large').textContent[0] !== '4'")
    reader.settle()
    assert page.locator("#rows-order").input_value() == order
    assert set(texts(page, f"{ROWS} th")) == rows
    if order == "name":
        assert texts(page, f"{ROWS} th")[0] == first


def test_a_council_is_opened_by_the_button_alone(reader):
    page = reader.open("/")
    page.locator("#council").select_option("E08000035")
    page.wait_for_timeout(300)
    assert page.url == f"{reader.address}/"
    page.locator("#council-go").click()
    page.wait_for_function("() => location.pathname.startsWith('/councils/')")
    assert page.url == f"{reader.address}/councils/E08000035"


def test_the_chosen_authority_is_dashed_in_the_lead_chart(reader):
    page = reader.open("/?area=E08000035")
    page.wait_for_selector("#graph-answer-years .main-svg")
    dashed = "() => document.querySelector('#graph-answer-years .js-plotly-plot').data"
    names = page.evaluate(f"{dashed}".replace(".data", ".data.map((one) => one.name)"))
    assert "Leeds" in names
