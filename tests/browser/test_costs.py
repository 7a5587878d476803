"""The cost card in a browser: typed, refused, shared, taken back, by keyboard alone."""

LINK = (
    "/costs?area=E08000035&fte=0.5&annual-cost=61500&on-costs=27.5&cost-years=2"
    "&social-workers=212.4&training-people=150&training-days=3&day-cost=310&caseload=18.2&swing=10"
)
FIELDS = {
    "People leading the work, each council": "0.5",
    "Cost of a person a year": "61,500",
    "On-costs added to it": "27.5",
    "Years of the work": "2",
    "Social workers, each council": "212.4",
    "People trained, each council": "150",
    "Days of training a person": "3",
    "Cost of a day of training a person, time and fee": "310",
    "Caseload of a social worker": "18.2",
    "How far each may be off, for the tornado": "10",
}
FTE = "People leading the work, each council"


def type_into(reader, label, words):
    field = reader.page.get_by_label(label)
    field.fill(words)
    field.press("Enter")
    reader.changed()


def test_a_shared_link_restores_every_field(readers):
    first = readers()
    page = first.open(LINK)
    for label, words in FIELDS.items():
        assert page.get_by_label(label).input_value() == words
    second = readers()
    second.open(page.url.removeprefix(first.address))
    assert second.summary("costs-tornado") == first.summary("costs-tornado")
    assert second.page.url == page.url


def test_a_change_is_worked_out_and_back_takes_it_back(reader):
    page = reader.open("/costs")
    before = reader.verdict("costs-estimate")
    type_into(reader, FTE, "3")
    assert page.url.endswith("/costs?fte=3")
    after = reader.verdict("costs-estimate")
    assert after != before
    page.go_back()
    reader.changed()
    assert reader.verdict("costs-estimate") == before
    assert page.get_by_label(FTE).input_value() == "1"


def test_bad_values_are_refused_beside_the_field_and_kept(reader):
    page = reader.open("/costs")
    before = reader.verdict("costs-estimate")
    for typed in ("lots", "-4", "1e99", "<img src=x onerror=alert(1)>"):
        type_into(reader, FTE, typed)
        field = page.get_by_label(FTE)
        assert field.input_value() == typed[:40]
        assert field.get_attribute("aria-invalid") == "true"
        fault = page.locator("#fault-fte").inner_text()
        assert fault.startswith("Found “")
        assert fault.endswith("expected a number from 0 to 100, such as 1.5.")
        assert reader.verdict("costs-estimate") == before
        assert page.url.endswith("/costs")
    type_into(reader, FTE, "2")
    assert page.locator("#fault-fte").inner_text() == ""
    assert page.get_by_label(FTE).get_attribute("aria-invalid") is None
    assert page.url.endswith("/costs?fte=2")


def test_a_fault_stays_while_another_field_changes(reader):
    page = reader.open("/costs")
    type_into(reader, FTE, "many")
    page.wait_for_function("document.getElementById('fault-fte').textContent !== ''")
    assert page.locator("#live").text_content() == ""  # the answer, which is the same, is not read
    type_into(reader, "On-costs added to it", "20")
    assert page.get_by_label(FTE).input_value() == "many"
    assert "many" in page.locator("#fault-fte").inner_text()
    assert page.url.endswith("/costs?on-costs=20")


def test_the_fields_follow_to_another_page_and_back(reader):
    page = reader.open("/costs?fte=2")
    page.get_by_role("link", name="Indicators", exact=True).click()
    page.wait_for_selector("#card-kpis-gaps")
    assert page.url.endswith("/indicators?fte=2")
    page.get_by_role("link", name="Costs", exact=True).click()
    page.wait_for_selector("#card-costs-tornado")
    assert page.get_by_label(FTE).input_value() == "2"


def test_a_band_and_an_authority_are_costed(reader):
    reader.open("/costs")
    reader.tick("Beginner (none or under a year)")
    assert "for each of six pilots over" in reader.verdict("costs-estimate")
    reader.choose("Your authority", "E08000035")
    assert "for Leeds over" in reader.verdict("costs-estimate")


def test_another_field_never_changes_what_one_holds(reader):
    page = reader.open("/costs")
    type_into(reader, FTE, "0.125")
    type_into(reader, "On-costs added to it", "20")
    assert page.get_by_label(FTE).input_value() == "0.125"
    assert page.url.endswith("/costs?fte=0.125&on-costs=20")


def test_reset_clears_fields_and_what_was_wrong_with_them(reader):
    page = reader.open("/costs?annual-cost=61500&caseload=18")
    type_into(reader, FTE, "lots")
    page.locator("#reset").click()
    reader.changed()
    assert page.url.endswith("/costs")
    assert page.get_by_label(FTE).input_value() == "1"
    assert page.get_by_label("Cost of a person a year").input_value() == "50,000"
    assert page.get_by_label("Caseload of a social worker").input_value() == ""
    assert page.locator("#fault-fte").inner_text() == ""


def test_a_field_says_what_is_wrong_to_those_who_cannot_see_it(reader):
    page = reader.open("/costs?fte=lots")
    field = page.get_by_label(FTE)
    described = field.get_attribute("aria-describedby").split()
    said = " ".join(page.locator(f"#{one}").inner_text() for one in described)
    assert "Found “lots”; expected a number from 0 to 100, such as 1.5." in said
    assert "Published: about one full-time person in each pilot" in said
    assert field.get_attribute("aria-invalid") == "true"
    assert field.get_attribute("inputmode") == "decimal"
    assert page.url.endswith("/costs")  # the address keeps only what is used


def test_by_keyboard_alone(reader):
    page = reader.open("/costs")
    page.get_by_label(FTE).focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("2")
    page.keyboard.press("Tab")
    reader.changed()
    assert page.url.endswith("/costs?fte=2")
    label = "e => document.querySelector(`label[for='${e}']`).textContent"
    assert page.evaluate(label, page.evaluate("document.activeElement.id")) == (
        "Cost of a person a year"
    )
    page.keyboard.press("Control+A")
    page.keyboard.type("a lot")
    page.keyboard.press("Enter")
    reader.changed()
    assert page.evaluate("document.activeElement.value") == "a lot"
    assert "a lot" in page.locator("#fault-annual-cost").inner_text()


def test_what_was_typed_is_never_run(reader):
    page = reader.open("/costs")
    for typed in ("<b onmouseover=x>1</b>", "=1+1", "';--", "\u202e1"):
        type_into(reader, FTE, typed)
        assert page.locator("#fault-fte b").count() == 0
        assert page.locator("#fault-fte").inner_text().startswith("Found “")
    assert page.url.endswith("/costs")


def test_the_result_follows_the_field_of_social_workers(reader):
    page = reader.open("/costs?area=E09000012&fte=2&cost-years=3&training-people=300")
    official = page.locator("#official-social-workers")
    assert official.inner_text() == "Official: 169.7 social workers in Hackney, September 2016."
    type_into(reader, "Social workers, each council", "300")
    result = page.locator(".cost-result")
    assert "£2,550" in result.get_by_role("row", name="Per social worker").inner_text()
    assert "total ÷ 300 (set by you)" in result.inner_text()
    assert "1.28%" in result.get_by_role("row", name="Share of three years").inner_text()
    assert "£7,650,000" not in result.inner_text()
    assert page.url.endswith("&social-workers=300&training-people=300")
    reader.choose("Your authority", "E08000035")
    assert "in Leeds" in official.inner_text()
    assert "one council, Leeds" in result.inner_text()


def test_result_stands_beside_the_fields_where_there_is_room_and_nothing_is_cut_off(readers):
    for width, beside in ((1366, True), (390, False)):
        page = readers(width=width).open("/costs?area=E09000012&cost-years=3")
        fields, result = (
            page.locator(one).bounding_box() for one in (".cost-card", ".cost-result")
        )
        assert (result["x"] > fields["x"] + fields["width"]) is beside
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        cut = "e => e.scrollWidth > e.parentElement.clientWidth + 1"
        assert not page.locator(".cost-result").evaluate(cut)


def test_the_whole_result_and_the_last_field_are_in_view_together(readers):
    reader = readers(width=1366)
    reader.page.set_viewport_size({"width": 1366, "height": 768})
    page = reader.open("/costs?area=E09000012&fte=2&cost-years=3&training-people=300")
    page.wait_for_selector(".cost-result")
    last = page.get_by_label("How far each may be off, for the tornado")
    page.evaluate("scrollTo(0, 160)")
    page.wait_for_function("scrollY === 160")
    result = page.locator("#card-costs-estimate").bounding_box()
    bar = page.locator(".selection-bar").bounding_box()
    assert result["y"] >= bar["y"] + bar["height"]
    assert result["y"] + result["height"] <= 768
    field = last.bounding_box()
    assert field["y"] + field["height"] <= 768


def test_on_a_small_phone_the_base_of_a_figure_has_a_line_of_its_own(readers):
    page = readers(width=320).open("/costs")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    last = page.locator(".cost-result tbody tr td:last-child")
    for box in (one.bounding_box() for one in last.all()):
        assert box["width"] > 150
