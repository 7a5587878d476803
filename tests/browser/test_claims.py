"""The claims and the grid in a browser: your choice beside the status, links carry it."""


def status(page, claim):
    article = page.locator("article.claim", has_text=claim).first
    return article.locator(".claim-whole .claim-status").first.text_content()


def said(page):
    return page.locator("#card-claims .summary").inner_text()


def test_a_change_of_model_stands_beside_the_status_in_place(reader):
    page = reader.open("/claims")
    page.wait_for_selector("article.claim")
    assert status(page, "KPI-3") == "Already there before the project"
    before = said(page)
    reader.choose("Neighbour list", "2025")
    page.wait_for_function(
        "() => [...document.querySelectorAll('article.claim')].some(one => "
        "one.textContent.includes('KPI-3') && "
        "one.textContent.includes('Under your choice: partly reproduced'))"
    )
    assert status(page, "KPI-3") == "Already there before the project"
    assert page.url.endswith("/claims?model=2025")
    assert said(page) != before
    page.go_back()
    reader.changed()
    assert said(page) == before


def test_links_of_claims_carry_the_selection_to_their_chart(reader):
    page = reader.open("/claims?model=2025")
    page.get_by_text("Pilots held fewer initial child protection conferences").click()
    page.get_by_role("link", name="KPI-3: its chart").click()
    page.wait_for_selector("#card-indicator-years")
    assert page.url.endswith("/indicators/icpc_rate?model=2025")
    assert "May 2025" in reader.words()


def test_a_cell_of_the_grid_leads_to_its_page_with_the_selection(reader):
    page = reader.open("/?k=5")
    cell = page.locator("#card-triangulation summary", has_text="No clear change in spending")
    cell.click()
    page.get_by_role("link", name="No clear change in spending").click()
    page.wait_for_selector("#card-expenditure-changes")
    assert page.url.endswith("/expenditure?k=5")


def test_the_grid_is_a_table_on_a_desk_and_a_list_on_a_phone(readers):
    desk = readers().open("/")
    heads = desk.locator("#card-triangulation thead")
    desk.wait_for_selector("#card-triangulation table.grid")
    assert heads.bounding_box()["height"] > 20
    phone = readers(width=390).open("/")
    phone.wait_for_selector("#card-triangulation table.grid")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert phone.locator("#card-triangulation td.nothing").first.is_hidden()
    assert phone.locator("#card-triangulation .grid-strand").first.is_visible()
    assert phone.locator("#card-triangulation [role=cell]:not(.nothing)").count() == 13


def test_a_band_of_three_says_what_cannot_be_judged(reader):
    page = reader.open("/claims?band=two-years")
    page.wait_for_selector("article.claim")
    assert (
        "Under your choice, all have the same status: cannot be judged with so few pilots"
        in said(page)
    )
    article = page.locator("article.claim", has_text="KPI-3").first
    assert article.locator("summary .claim-status").count() == 1
    assert article.locator(".claim-status").first.inner_text() == (
        "Under your choice: cannot be judged with so few pilots"
    )


def test_an_address_that_names_a_claim_opens_its_row_and_no_other(reader):
    page = reader.open("/claims#claim-FAM-3")
    page.wait_for_selector("#claim-FAM-3[open]")
    assert page.locator(".claim details[open]").count() == 1
    assert 0 <= page.locator("#claim-FAM-3").bounding_box()["y"] < 300
    page.evaluate("location.hash = 'claim-KPI-3'")
    page.wait_for_selector("#claim-KPI-3[open]")
