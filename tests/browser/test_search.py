"""The search by keyboard and by touch: found, opened and left, with the selection kept."""


def results(page):
    return page.locator("#search-results")


def test_the_search_is_reached_opened_and_left_by_keys(reader):
    page = reader.open("/pilots?k=5")
    page.keyboard.press("/")
    field = page.get_by_role("combobox", name="Search")
    assert page.evaluate("document.activeElement.id") == "search-field"
    page.keyboard.type("how long do assessments take")
    option = results(page).get_by_role("option", selected=True)
    assert "Median working days" in option.inner_text()
    assert field.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    assert "within 45" in option.inner_text()
    assert field.get_attribute("aria-activedescendant") == "search-option-1"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    assert results(page).get_by_role("option").count() == 0
    page.keyboard.press("Escape")
    assert field.input_value() == ""
    page.keyboard.type("hackney")
    results(page).get_by_role("option", name="Hackney").wait_for()
    page.keyboard.press("Enter")
    reader.changed()
    assert page.url.endswith("/councils/E09000012?k=5")


def test_a_ratio_is_opened_with_the_selection_beside_it(reader):
    page = reader.open("/councils/E09000012?k=5")
    page.keyboard.press("Control+k")
    page.keyboard.type("xylophone")
    page.get_by_text("Nothing found.").wait_for()
    page.keyboard.press("Control+k")
    page.keyboard.type("spend per child")
    results(page).get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")
    reader.changed()
    assert page.url.endswith("/expenditure?k=5&area=E09000012&ratio=spend_per_child")


def test_on_a_phone_a_button_opens_the_field_and_a_tap_a_result(readers):
    reader = readers(width=390, has_touch=True)
    page = reader.open("/indicators")
    field = page.get_by_role("combobox", name="Search")
    assert not field.is_visible()
    page.get_by_role("button", name="Search").tap()
    assert field.is_visible()
    page.keyboard.type("ofsted")
    results(page).get_by_role("option", name="Ofsted's judgements over time").tap()
    reader.changed()
    assert page.url.endswith("/pilots#card-pilots-inspections")
    assert not field.is_visible()
