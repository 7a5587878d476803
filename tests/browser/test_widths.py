"""Every page between a desk and a phone, and on the narrowest screen: nothing is cut off or lost.

``test_accessibility`` opens the same pages at 1366 pixels and at 320, ``test_chart_words`` at 390.
"""

import pytest

from tests.browser.test_accessibility import OF_COLOURS, PAGES, change_theme, violations
from tests.browser.test_chart_words import FAULTS, open_every_chart
from tests.browser.test_first_screen import BAR, FITS, HEADER, PLACES

WIDTHS = (1100, 768, 320)  # pixels
#: Space words out as far as a reader may (WCAG 1.4.12).
SPACED = """() => [...document.styleSheets].at(-1).insertRule(
  '* { line-height: 1.5 !important; letter-spacing: .12em !important;'
  + ' word-spacing: .16em !important; }')"""
#: Cells of tables whose words reach over the side of what cuts them off.
OVER = """() => [...document.querySelectorAll('.card td:not(:has(svg))')].filter((cell) => {
  const words = document.createRange();
  words.selectNodeContents(cell);
  const card = cell.closest('.card').getBoundingClientRect();
  return !cell.closest('.table-scroll') && words.getBoundingClientRect().right > card.right;
}).map((cell) => cell.textContent)"""


@pytest.mark.sampled(2)
@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_cut_off_or_lost_at_other_widths_in_either_theme(readers, path):
    reader = readers(width=WIDTHS[0], color_scheme="light")
    page = reader.open(path)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function(FITS)
        reader.changed()
        found = page.evaluate(PLACES)
        assert found["header"] <= HEADER, width
        assert found["bar"] <= BAR, width
        assert [found["unseen"], found["cut"], found["alone"]] == [[], [], []], width
        assert open_every_chart(reader, page) == [], width
        assert violations(page, OF_COLOURS) == [], width
        change_theme(reader)
        assert violations(page, OF_COLOURS) == [], width
    reader.errors = [fault for fault in reader.errors if "404" not in fault]


@pytest.mark.parametrize(("path", "width"), [("/councils/E09000012", 390), ("/over-time", 390)])
def test_words_that_a_reader_spaces_out_are_not_cut_off(readers, path, width):
    reader = readers(width=width)
    page = reader.open(path)
    page.evaluate(SPACED)
    page.wait_for_function(FITS)
    assert page.evaluate(OVER) == []
    assert page.evaluate(FAULTS) == []
