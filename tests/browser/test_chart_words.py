"""Words in charts are inside, beside each other and level, and ticks say how long a line is."""

import pytest

from tests.browser.test_first_screen import (
    APART,
    DESK,
    WATCH,
    WHOLE_CHARTS,
    open_first_screen,
    open_on_a_phone,
)

PAGES = [
    "/", "/indicators", "/indicators/icpc_rate", "/pilots?area=E08000035", "/over-time",
    "/expenditure", "/costs", "/neighbours", "/robustness", "/social-workers", "/families",
    "/case-records", "/self-profile", "/cards/kpis-gaps",
    "/over-time?programme=families_first_pathfinder",
]  # fmt: skip
#: Those that ``test_accessibility`` opens with another selection, or not at all.
ON_A_DESK = [
    "/expenditure", "/costs", "/social-workers", "/cards/kpis-gaps",
    "/over-time?programme=families_first_pathfinder",
]  # fmt: skip
#: Pixels at 1366: the most a chart may have where its card is not folded, and those that differ.
MOST = 335
TALLER = {
    "overview-gaps": 480, "kpis-gaps": 480, "kpis-changes": 480, "change-verdict": 480,
    "neighbours-verdicts": 560, "robustness-without": 380, "families-measures": 400,
    "answer-years": 400,
}  # fmt: skip
OPEN = """() => {
  document.querySelectorAll('details.trial').forEach((one) => { one.open = true; });
  document.querySelectorAll('.card-opener[aria-expanded=false]').forEach((one) => one.click());
}"""
#: Lines of words as boxes; a pair that shares more than a pixel or three is one over the other.
FAULTS = """() => [...document.querySelectorAll('.chart')]
  .filter((chart) => chart.querySelector('.main-svg') && chart.offsetHeight)
  .flatMap((chart) => {
    const key = chart.closest('.card')?.dataset.card ?? 'beside another';
    const frame = chart.getBoundingClientRect();
    const texts = [...chart.querySelectorAll('svg text')];
    const lines = texts.flatMap((one) => {
      const parts = [...one.querySelectorAll('tspan.line')];
      return parts.length ? parts : [one];
    });
    const boxes = lines.map((one) => [one.textContent.trim(), one.getBoundingClientRect()])
      .filter(([words, box]) => words && box.width);
    const outside = boxes.filter(([, box]) =>
      box.left < frame.left - 1 || box.top < frame.top - 1 ||
      box.right > frame.right + 1 || box.bottom > frame.bottom + 1)
      .map(([words]) => `${key}: "${words}" is cut off`);
    const over = boxes.flatMap(([words, box], at) => boxes.slice(at + 1)
      .filter(([, other]) =>
        Math.min(box.right, other.right) - Math.max(box.left, other.left) > 1 &&
        Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top) > 3)
      .map(([others]) => `${key}: "${words}" is over "${others}"`));
    const titles = [...chart.querySelectorAll('.ytitle')].map(() => `${key}: a title is upright`);
    const middle = (one) => {
      const box = one.getBoundingClientRect();
      return (box.left + box.right) / 2;
    };
    const worded = [...chart.querySelectorAll('.xtick text')]
      .filter((one) => one.textContent.trim() && one.getBoundingClientRect().width
        && getComputedStyle(one).opacity !== '0').map(middle);
    const last = Math.max(...[...chart.querySelectorAll('path.xtick.ticks')].map(middle));
    const bare = last > 0 && !worded.some((at) => Math.abs(at - last) < 6)
      ? [`${key}: the last tick has no words`] : [];
    const layout = chart.querySelector('.js-plotly-plot')?._fullLayout ?? {};
    const axes = Object.keys(layout).filter((name) => /^[xy]axis\\d*$/.test(name));
    const short = axes.filter((name) => {
      const { _id, type, visible, showticklabels, ticktext, range: [low, high] } = layout[name];
      if (type !== 'linear' || !visible || !showticklabels || ticktext) return false;
      const ticks = [...chart.querySelectorAll(`.${_id}tick text`)]
        .filter((one) => one.textContent.trim() && one.getBoundingClientRect().width)
        .map((one) => one.__data__.x);
      const side = (high - low) / 10;
      return ticks.length < 3 || (low < -side && high > 0 && Math.min(...ticks) >= 0)
        || (high > side && low < 0 && Math.max(...ticks) <= 0);
    }).map((name) => `${key}: the ${name} has too few numbers`);
    const unseen = [...chart.querySelectorAll('.js-plotly-plot')]
      .filter((one) => one.offsetHeight < frame.height / 2).map(() => `${key}: is not seen`);
    return [...unseen, ...outside, ...over, ...titles, ...bare, ...short];
  })"""
HEIGHTS = """() => Object.fromEntries([...document.querySelectorAll('.card')]
  .filter((card) => !card.matches('.card--folded') && card.querySelector('.chart .main-svg'))
  .map((card) => [card.dataset.card, card.querySelector('.chart').offsetHeight]))"""


def test_every_page_that_begins_with_a_chart_is_opened():
    assert {path.partition("?")[0] for path in PAGES} == WHOLE_CHARTS.keys() - set(APART)


def open_every_chart(reader, page):
    """Unfold what holds a chart, until all are drawn; return what is wrong with their words."""
    page.evaluate(OPEN)
    page.wait_for_function(
        "() => [...document.querySelectorAll('.chart')]"
        ".every((one) => !one.offsetHeight || one.querySelector('.main-svg'))"
    )
    reader.settle()
    return page.evaluate(FAULTS)


def open_charts_on_a_desk(reader, path):
    """Open a page on a small desk, and check what is seen at once and how high its charts are."""
    page = open_first_screen(reader, path)
    assert page.viewport_size == DESK
    assert page.evaluate(FAULTS) == []
    heights = page.evaluate(HEIGHTS)
    assert {key for key, height in heights.items() if height > TALLER.get(key, MOST)} == set()
    return page


@pytest.mark.sampled(2)
@pytest.mark.parametrize("path", ON_A_DESK)
def test_no_words_of_a_chart_are_cut_off_or_over_others_on_a_desk(reader, path):
    """``test_accessibility`` opens all others, and checks the same."""
    assert open_every_chart(reader, open_charts_on_a_desk(reader, path)) == []


@pytest.mark.sampled(5)
@pytest.mark.parametrize("path", PAGES)
def test_no_words_of_a_chart_are_cut_off_or_over_others_on_a_phone(readers, path):
    reader = readers(width=390)
    assert open_every_chart(reader, open_on_a_phone(reader, path)) == []


@pytest.mark.parametrize(("path", "width"), [("/costs", 1366), ("/expenditure", 390)])
def test_a_font_that_comes_after_the_charts_moves_nothing(readers, path, width):
    """Words keep the font that charts were arranged for, so none is cut off."""
    reader = readers(fresh=True, width=width)
    reader.page.add_init_script(f"({WATCH})()")
    held = []

    def hold(route):
        held.append(route)

    reader.page.route("**/inter.woff2*", hold)
    reader.page.goto(path, wait_until="commit")
    reader.page.wait_for_selector(".chart .main-svg")
    held.pop().continue_()
    reader.settle()
    assert reader.page.evaluate("window.moved") == 0
    assert reader.page.evaluate(FAULTS) == []


def test_a_chart_is_arranged_again_when_its_width_changes(readers):
    reader = readers()
    page = reader.open("/expenditure")
    page.set_viewport_size({"width": 420, "height": 900})
    page.wait_for_function(
        "() => [...document.querySelectorAll('.chart .main-svg')]"
        ".every((one) => one.clientWidth <= 420)"
    )
    reader.settle()
    assert page.evaluate(FAULTS) == []


def test_the_hand_is_shown_where_a_press_leads_somewhere_or_marks(reader):
    page = reader.open("/neighbours")
    leads = """(key) => document.querySelector(`#graph-${key} .js-plotly-plot, #graph-${key}`)
      .closest('.chart').querySelector('.js-plotly-plot').matches('.leads')"""
    assert page.evaluate(leads, "neighbours-verdicts")
    assert not page.evaluate(leads, "neighbours-survival")
    cursor = """(key) => {
      const plot = document.querySelector(`#card-${key} .js-plotly-plot`);
      const drag = plot.querySelector('.nsewdrag');
      drag.classList.add('cursor-pointer');
      return getComputedStyle(drag).cursor;
    }"""
    assert page.evaluate(cursor, "neighbours-verdicts") == "pointer"
    assert page.evaluate(cursor, "neighbours-survival") == "pointer"
    assert reader.open("/indicators/icpc_rate").evaluate(cursor, "indicator-years") == "default"
