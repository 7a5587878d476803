"""The same journey through Dash's own testing browser, on Selenium."""

from dash.testing.wait import until
from selenium.webdriver.common.by import By

HEADING = "Did Signs of Safety make a difference in ten English councils?"


def test_a_band_is_left_out_and_the_page_follows(dash_br, address):
    dash_br.server_url = address
    dash_br.wait_for_text_to_equal("h1", HEADING)
    dash_br.wait_for_element("#card-answer-years .main-svg")
    summary = "#card-answer-years [data-part=summary]"
    before = dash_br.find_element(summary).text
    dash_br.find_element("[data-bar=who] summary").click()
    dash_br.driver.find_elements(By.CSS_SELECTOR, ".field-band input")[0].click()
    dash_br.wait_for_contains_text("[data-bar=who] .bar-words", "6 pilots")
    until(lambda: dash_br.find_element(summary).text != before, timeout=10)
    assert dash_br.driver.current_url.endswith("/?band=two-years,over-two")
    assert dash_br.get_logs() == []
