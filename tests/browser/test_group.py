"""The form of another group by keyboard and on a phone; its whole journey is one of the tasks."""


def test_the_form_works_by_keyboard_alone_and_fits_a_phone(reader):
    page = reader.open("/group")
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_label("The list").focus()
    page.keyboard.insert_text("Kent\nWirrall")
    page.get_by_text("Did you mean Wirral?").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.type("Leeds")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('#group-names').value.includes('Leeds')")
    assert page.get_by_label("The list").input_value() == "Kent\nWirrall\nLeeds"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
