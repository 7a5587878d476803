"""The page of a council in a browser: its path names it, whatever is chosen or gone back to."""


def test_a_choice_keeps_the_council_and_a_button_leads_to_another(reader):
    page = reader.open("/councils/E09000012?area=E09000005")
    assert page.url.endswith("/councils/E09000012")
    first = reader.verdict("council-indicators")
    page.get_by_role("link", name="Show up to 2024/25").first.click()
    reader.changed()
    assert page.url.endswith("/councils/E09000012?years=2013-2025")
    assert reader.verdict("council-indicators") != first
    page.go_back()
    reader.changed()
    assert page.url.endswith("/councils/E09000012")
    assert reader.verdict("council-indicators") == first
    reader.choose("How many neighbours", "5")
    assert page.url.endswith("/councils/E09000012?k=5")
    reader.control("Your authority").select_option("E10000006")
    page.get_by_role("button", name="Show this council").click()
    reader.changed()
    assert page.url.endswith("/councils/E10000006?k=5")
    assert page.locator("h1").inner_text() == "Cumbria (to 2022/23)"


def test_links_keep_the_council_and_the_list_is_narrowed(reader):
    page = reader.open("/councils")
    page.get_by_label("Narrow the list").fill("hack")
    assert page.get_by_text("1 council", exact=True).is_visible()
    page.get_by_role("link", name="Hackney").click()
    reader.changed()
    assert page.url.endswith("/councils/E09000012")
    page.locator("tr[data-mark=icpc_rate] td.own").click()
    assert page.url.endswith("/councils/E09000012?mark=icpc_rate")
    assert page.locator(".bar-mark a").inner_text() == "Child protection conferences"
    page.keyboard.press("Escape")
    page.locator("tr[data-mark=icpc_rate]").get_by_role("link").click()
    reader.changed()
    assert page.url.endswith("/indicators/icpc_rate?area=E09000012")
    page.go_back()
    reader.changed()
    page.get_by_role("link", name="The cost card for Hackney").click()
    reader.changed()
    assert page.url.endswith("/costs?area=E09000012")


def test_on_a_phone_the_judgements_are_read_without_scrolling_sideways(readers):
    page = readers(width=390).open("/councils/E06000058")
    table = page.locator("#card-council-inspections .table-scroll")
    table.scroll_into_view_if_needed()
    page.wait_for_selector("#card-council-inspections td")
    wide, room = table.evaluate("one => [one.scrollWidth, one.clientWidth]")
    assert wide <= room
