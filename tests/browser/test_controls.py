"""Controls show their state: in both themes, and where the system's colours replace ours."""

import pytest

BAND = ".field-band input"


def settled_look(page, input_):
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement.blur()")
    page.wait_for_timeout(200)  # the knob has moved
    return input_.screenshot()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_on_and_off_can_be_told_apart_in_forced_colours(readers, theme):
    reader = readers(color_scheme=theme, forced_colors="active")
    page = reader.open("/indicators")
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    input_ = reader.reach(page.locator(BAND).first)
    before = settled_look(page, input_)
    input_.click()
    reader.changed()
    assert settled_look(page, input_) != before
    assert input_.evaluate("one => getComputedStyle(one).appearance") == "auto"


def test_marks_that_are_filled_stay_filled_in_forced_colours(readers):
    page = readers(forced_colors="active", color_scheme="dark").open("/claims")
    page.wait_for_selector(".claim-status")
    shapes = {}
    for shape in ("full", "half", "before", "crossed", "none"):
        marks = page.locator(f".claim-status[data-shape={shape}]")
        if marks.count():
            shapes[shape] = marks.first.evaluate(
                """one => {
                    const mark = getComputedStyle(one, '::before');
                    return [mark.backgroundColor, mark.backgroundImage, mark.height].join();
                }"""
            )
    assert len(shapes) > 2
    assert len(set(shapes.values())) == len(shapes)


def test_charts_keep_a_surface_that_their_ink_can_be_read_on(readers):
    page = readers(forced_colors="active", color_scheme="light").open("/indicators")
    chart = page.locator("#card-kpis-gaps .chart")
    assert chart.evaluate("one => getComputedStyle(one).backgroundColor") == "rgb(255, 255, 255)"
    assert chart.evaluate("one => getComputedStyle(one).forcedColorAdjust") == "none"


def test_a_field_that_was_refused_says_so_beside_it(reader):
    page = reader.open("/costs")
    field = page.locator('[id=\'{"name":"fte","type":"control"}\']')
    field.fill("many")
    field.press("Enter")
    fault = page.locator("#fault-fte")
    page.wait_for_function("() => document.getElementById('fault-fte').textContent !== ''")
    assert fault.is_visible()
    assert fault.get_attribute("role") == "alert"
    assert field.get_attribute("aria-invalid") == "true"
    assert "fault-fte" in field.get_attribute("aria-describedby")
    assert field.input_value() == "many"
