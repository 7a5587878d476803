"""The selection, the address and the page say the same thing, whichever is touched."""

import pytest

from analytics.measures.indicators.registry import core

BEGINNER = "Beginner (none or under a year)"

PATHS = [
    "/",
    "/indicators",
    "/indicators/icpc_rate",
    "/pilots",
    "/expenditure",
    "/costs",
    "/claims",
    "/data",
]


def test_the_default_says_what_the_evaluation_found(reader):
    reader.open("/")
    technical = reader.page.locator("#card-answer .technical").text_content()
    assert "ICPC −13.8 (95% CI −20.2 to −7.5, n 10, p = 0.002, placebo p =" in technical
    verdict = reader.page.locator("section.card [data-part=title]").first.inner_text()
    assert verdict == "New child protection plans fell; no longer clearly in later years"


def test_a_band_of_three_says_that_it_cannot_be_tested_and_what_p_it_can_reach(reader):
    reader.open("/indicators")
    reader.tick(BEGINNER)
    reader.tick("More than 2 years")
    assert reader.page.url.endswith("/indicators?band=two-years")
    assert reader.verdict("kpis-gaps") == "Too few pilots to tell"
    assert "too few pilots" in reader.summary("kpis-gaps")
    assert "smallest p possible 0.25" in reader.technical("kpis-gaps")


def test_a_copied_link_reopens_the_view_in_another_browser(readers):
    first = readers()
    first.open("/pilots")
    first.choose("Indicator", "cpp_start_rate")
    first.choose("Compare with", "england")
    first.tick(BEGINNER)
    second = readers()
    second.open(first.page.url.removeprefix(first.address))
    assert second.page.url == first.page.url
    for card in ("pilots-changes", "pilots-bands-gaps"):
        assert second.summary(card) == first.summary(card)
    assert second.words() == first.words()
    assert not second.page.get_by_label(BEGINNER, exact=True).is_checked()


def test_back_and_forward_step_through_selections_in_place(reader):
    page = reader.open("/indicators")
    before = reader.summary("kpis-gaps")
    page.evaluate("document.querySelector('#graph-kpis-gaps').dataset.same = 'yes'")
    reader.choose("Compare with", "england")
    after = reader.summary("kpis-gaps")
    reader.tick("Up to 2 years")
    page.go_back()
    reader.changed()
    assert reader.summary("kpis-gaps") == after
    assert page.get_by_label("Up to 2 years", exact=True).is_checked()
    page.go_back()
    reader.changed()
    assert reader.summary("kpis-gaps") == before
    assert page.get_by_label("Compare with").input_value() == "neighbours"
    page.go_forward()
    reader.changed()
    assert reader.summary("kpis-gaps") == after
    assert page.locator("#graph-kpis-gaps").get_attribute("data-same") == "yes"


def test_the_selection_follows_from_page_to_page_and_back(reader):
    page = reader.open("/indicators?band=beginner&average=median")
    page.get_by_role("link", name="Pilots", exact=True).click()
    reader.changed()
    assert page.url.endswith("/pilots?band=beginner&average=median")
    page.wait_for_function("() => document.activeElement.id === 'page-title'")
    assert page.title().startswith("Compare pilots – ")
    assert (
        page.get_by_role("link", name="Pilots", exact=True).get_attribute("aria-current") == "page"
    )
    page.go_back()
    reader.changed()
    assert page.url.endswith("/indicators?band=beginner&average=median")
    assert page.get_by_label("Average of neighbours").input_value() == "median"


def test_two_readers_never_affect_each_other(readers):
    one, two = readers(), readers()
    one.open("/indicators")
    two.open("/indicators")
    default = two.technical("kpis-gaps")
    one.choose("Compare with", "england")
    two.choose("Adjust p for many tests", "bh")
    assert "England" in one.verdict("kpis-gaps")
    assert "Benjamini–Hochberg" not in one.technical("kpis-gaps")
    assert "England" not in two.verdict("kpis-gaps")
    assert "Benjamini–Hochberg" in two.technical("kpis-gaps")
    two.choose("Adjust p for many tests", "max-t")
    assert two.technical("kpis-gaps") == default


@pytest.mark.sampled(2)
@pytest.mark.parametrize("path", PATHS)
def test_a_damaged_address_gives_the_nearest_view_and_a_notice(reader, path):
    page = reader.open(f"{path}?band=novice,beginner&k=99&years=1066-2016&x=%00%ff&compare=england")
    notice = page.locator("[data-part=notice]")
    assert "novice" in notice.inner_text()
    assert "99" in notice.inner_text()
    assert page.url.endswith(f"{path}?band=beginner&compare=england")


def test_choosing_pilots_one_by_one_and_resetting(reader):
    page = reader.open("/indicators?band=beginner")
    reader.tick("Wakefield")
    assert "pilots=" in page.url
    assert "Wakefield" not in reader.words()
    page.locator("#reset").click()
    reader.changed()
    assert page.url.endswith("/indicators")
    assert page.get_by_label("Wakefield", exact=True).is_checked()


def test_too_few_pilots_are_told_in_the_card(reader):
    page = reader.open("/indicators?pilots=E09000005")
    withheld = page.locator("#card-kpis-gaps [data-part=withheld]")
    assert "An average of 1 pilot says too little; 3 are needed." in withheld.inner_text()
    reader.choose("Compare with", "region")
    assert withheld.is_visible()


def test_the_indicator_page_changes_its_address_with_its_indicator(reader):
    page = reader.open("/indicators/icpc_rate?band=beginner")
    reader.choose("Indicator", "s47_rate")
    assert page.url.endswith("/indicators/icpc_rate?band=beginner")
    page.get_by_role("button", name="Show this indicator").click()
    reader.changed()
    assert page.url.endswith("/indicators/s47_rate?band=beginner")
    assert page.locator("h1").inner_text() == "Section 47 enquiries per 10,000 children"
    reader.choose("Compare with", "england")
    assert page.url.endswith("/indicators/s47_rate?band=beginner&compare=england")
    page.go_back()
    page.go_back()
    reader.changed()
    assert page.url.endswith("/indicators/icpc_rate?band=beginner")


def test_your_authority_is_added_beside_the_pilots(reader):
    page = reader.open("/pilots")
    assert "Choose your authority" in page.locator("#card-area-years").inner_text()
    reader.choose("Your authority", "E08000035")
    assert "area=E08000035" in page.url
    assert reader.verdict("area-years").startswith("Leeds was ")
    assert "Leeds" in page.locator("#card-pilots-changes .ytick").all_text_contents()


def test_a_change_is_announced_politely(reader):
    page = reader.open("/indicators")
    reader.choose("Adjust p for many tests", "none")
    page.wait_for_function(
        "words => document.getElementById('live').textContent.includes(words)",
        arg=f"of {len(core())} measures differ clearly",
    )
    assert page.locator("#live").get_attribute("aria-live") == "polite"


def test_a_ratio_is_chosen_in_place_and_kept_in_the_address(reader):
    page = reader.open("/expenditure")
    before = reader.summary("expenditure-changes")
    page.evaluate("document.querySelector('#graph-expenditure-years').dataset.same = 'yes'")
    reader.choose("Ratio", "safeguarding_to_cla")
    assert page.url.endswith("/expenditure?ratio=safeguarding_to_cla")
    assert "Safeguarding to children looked after" in page.inner_text("#card-expenditure-years")
    assert page.locator("#graph-expenditure-years[data-same=yes]").count() == 1
    assert reader.summary("expenditure-changes") == before
    page.go_back()
    reader.changed()
    assert "Share of spend on children looked after" in page.inner_text("#card-expenditure-years")


def test_what_a_ratio_is_made_of_can_be_read(reader):
    page = reader.open("/expenditure")
    page.get_by_text("What each ratio is made of").click()
    fold = page.locator("details", has_text="What each ratio is made of")
    assert "family support (3.4.6)" in fold.inner_text()
    assert "residential care (3.1.1)" in fold.inner_text()
    assert "uneven quality" in page.locator(".caution").inner_text()


ONLY = "Published and official figures only"


def test_hiding_simulated_figures_is_kept_in_the_address_and_follows(reader):
    page = reader.open("/self-profile?band=beginner")
    reader.control(ONLY).click()
    page.wait_for_url("**/self-profile?band=beginner&evidence=real")
    reader.changed()
    more = page.locator("[data-bar=more] .bar-words").inner_text()
    assert more.split() == ["More:", "one", "changed"]
    page.get_by_role("link", name="Indicators", exact=True).click()
    page.wait_for_selector("#card-kpis-gaps")
    assert page.url.endswith("/indicators?band=beginner&evidence=real")
    assert page.get_by_label(ONLY).count() == 0
    page.locator(".rail-pages a", has_text="Data").click()
    page.wait_for_selector("#sheet-methods")
    assert "(simulated)" not in page.inner_text("main")
    page.locator(".rail-pages a", has_text="Self-profile").click()
    page.wait_for_selector("#card-profile-published")
    reader.settle()
    assert page.get_by_label(ONLY).is_checked()
    reader.control(ONLY).click()
    page.wait_for_function("() => location.search === '?band=beginner'")
