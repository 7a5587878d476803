"""Social workers and the self-profile in a real browser."""


def test_choosing_an_item_changes_its_card_and_the_address(reader):
    page = reader.open("/social-workers")
    assert reader.says("survey-change").startswith("Simulated")
    reader.choose("Survey item", "use_mapping")
    assert "item=use_mapping" in page.url
    assert page.locator("#card-survey-bands .card-title").inner_text().startswith("How often mapp")
    assert "how often mapping is used" in reader.says("survey-bands")
    page.reload()
    reader.settle()
    assert page.get_by_label("Survey item", exact=True).input_value() == "use_mapping"


def test_hidden_stretches_are_drawn_and_said(reader):
    page = reader.open("/social-workers?band=two-years")
    page.locator("#card-survey-answers").scroll_into_view_if_needed()
    page.wait_for_selector("#card-survey-answers .js-plotly-plot .bars")
    assert "are hidden." in reader.says("survey-answers")
    assert page.locator("#card-survey-answers pattern").count() > 0


def test_published_comes_first_and_stays_when_simulated_figures_are_hidden(reader):
    page = reader.open("/self-profile?evidence=real")
    first = page.locator("section.card").first
    assert first.get_attribute("data-card") == "profile-published"
    assert "embedding an organisational commitment to SoS" in first.inner_text()
    withheld = page.locator("#card-profile-change .withheld")
    assert "Simulated figures are hidden" in withheld.inner_text()
    assert page.locator(".caution").inner_text().startswith("Simulated")
