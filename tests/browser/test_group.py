"""From a list of names to the address of their evaluation, in few actions, by keyboard too."""

from urllib.parse import parse_qs, urlsplit

MOST_ACTIONS = 12
NAMES = "Bristol\nHull\nKent\nLeeds\nCamden\nCounty Durham"


def test_a_new_reader_goes_from_names_to_the_answer_in_few_actions(reader):
    page = reader.open("/")
    actions = [
        lambda: page.get_by_role("link", name="Another group").click(),
        lambda: page.get_by_label("The list").click(),
        lambda: page.keyboard.insert_text(NAMES),
        lambda: page.get_by_label("Start", exact=True).focus(),
        lambda: page.get_by_label("Start", exact=True).select_option("2019"),
        lambda: page.get_by_role("link", name="Evaluate this group").click(),
    ]
    for act in actions:
        act()
    page.wait_for_url("**/?group=*")
    asked = parse_qs(urlsplit(page.url).query)
    assert asked["start"] == ["2019"]
    assert len(asked["group"][0].split(",")) == 6
    assert len(actions) <= MOST_ACTIONS


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
