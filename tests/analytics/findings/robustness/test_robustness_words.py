"""What is said of robustness where groups cannot be drawn, or little is left to say."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analytics.evaluation import band_words, doubts, placebo_verdicts
from analytics.evaluation.measure_families import INDICATOR_FAMILY, TABLES
from analytics.evaluation.placebo_pool import field_of
from analytics.findings.robustness import (
    leave_one_out,
    placebo,
    placebo_each,
    placebo_many,
    planning,
    robustness,
    robustness_bands,
)
from analytics.methods.placebo import TooFewToDrawError
from analytics.methods.refusal import NotEstimableError
from analytics.selection.parse import from_search
from analytics.selection.places import authorities
from data.load import load

ALL = from_search("")
HELD = {source.key: load(source) for source in TABLES}


def too_few(*_given):
    raise TooFewToDrawError


@pytest.fixture
def none_drawn(monkeypatch):
    """No group can be drawn."""
    for module in (placebo, placebo_each):
        monkeypatch.setattr(module, "means_of", too_few)
    monkeypatch.setattr(placebo_many, "group_means", too_few)


def test_where_no_group_can_be_drawn_it_is_said():
    counties = (code for code, one in authorities().items() if code[:3] == "E10" and one.current)
    of_counties = from_search(f"?group={','.join(counties)}&start=2017")
    words = "No groups like the pilots can be drawn"
    with pytest.raises(NotEstimableError, match=words):
        placebo.histogram(HELD, of_counties)
    rows = placebo_each.every_placebo(HELD, of_counties)
    assert len(rows)
    assert rows["withheld"].str.startswith(words).all()


def test_a_verdict_without_groups_has_no_placebo_p():
    field = field_of(HELD, ALL, INDICATOR_FAMILY.core()[:1])
    many = replace(field, expected=field.expected + len(field.kinds))
    assert np.isnan(list(placebo_verdicts.among_placebo(many, 0, 1.0).values())).all()


@pytest.mark.usefixtures("none_drawn")
def test_no_draw_is_counted_where_none_can_be_made():
    field = field_of(HELD, ALL, INDICATOR_FAMILY.core()[:2])
    assert not placebo_many._count(field, 10).drawn.any()


def test_a_series_without_an_estimate_is_not_drawn_for():
    field = field_of(HELD, ALL, INDICATOR_FAMILY.core()[:2])
    counted = placebo_many._count(replace(field, mean=np.array([np.nan, field.mean[1]])), 10)
    assert counted.drawn.tolist() == [False, True]


def test_a_measure_without_an_estimate_has_no_placebo_p():
    field = field_of(HELD, ALL, INDICATOR_FAMILY.core()[:1])
    assert np.isnan(list(placebo_verdicts.among_placebo(field, 0, np.nan).values())).all()
    assert np.isfinite(list(doubts.placebo(HELD, ALL).values())).all()


def test_without_an_estimate_elsewhere_nothing_is_said_of_leaving_out():
    frame = leave_one_out.leave_one_out.publish(ALL).frame
    rows = frame.assign(estimate=frame["estimate"].where(frame["role"] == leave_one_out.WHOLE))
    assert leave_one_out._range_words(rows, ALL) == ()
    assert leave_one_out._range_words(frame, ALL)


def few(*relative, adjusted=np.nan):
    return pd.DataFrame({
        "relative": relative, "short": "Rate", "relative_adjusted": adjusted,
    })  # fmt: skip


def test_one_size_that_would_be_found_is_said_once():
    (said,) = planning._range(few(12.0), ALL)
    assert said == "It would find 12% of the usual level four times in five."


def test_what_most_measures_could_show_once_tests_are_counted():
    assert planning._counted(few(1.0, 2.0, 3.0, adjusted=[np.nan, np.nan, 5.0]), ALL) == (
        "Once the number of tests is counted, most measures could show nothing."
    )
    assert "about 5% would" in planning._counted(few(1.0, adjusted=5.0), ALL)


def test_without_an_adjusted_level_none_is_named():
    assert planning._level(pd.DataFrame({"level_adjusted": [np.nan]}), ALL) == ""
    assert planning._level(pd.DataFrame({"level_adjusted": [0.01]}), ALL).endswith("at 0.01")


def test_without_a_margin_nothing_is_said_of_one():
    row = pd.Series({"margin": np.inf, "p_equivalence": np.nan})
    assert robustness._margin(row) == ""
    assert robustness._margin_note(row, ALL) == ()


def test_bands_compared_in_logarithms_have_no_size_in_units():
    log = from_search("?outcome=log")
    frame = robustness_bands.pairs.publish(log).frame
    (said,) = band_words._pairs_plain(frame, log)
    assert "apart at most" not in said
    assert len(band_words._pairs_plain(frame, ALL)) == 2


@pytest.mark.parametrize(
    ("search", "verdict", "uncounted"),
    [
        ("", "Possibly unusual: few groups of other councils differ as much", True),
        ("?compare=region", "Some groups of other councils differ as much as the pilots", False),
    ],
)
def test_a_placebo_verdict_is_no_surer_than_its_one_p(search, verdict, uncounted):
    published = placebo.placebo.publish(from_search(search))
    assert published.verdict == verdict
    assert ("number of tests is not counted" in published.plain) == uncounted


def test_what_so_few_pilots_cannot_show_is_said_of_the_one_test():
    few = planning.detectables.publish(from_search("?band=beginner"))
    assert "nothing could be told" not in few.plain
    assert "another test" in few.plain
    assert "sign-flip test: smallest p possible" in few.technical


@pytest.mark.parametrize(
    ("many", "said"), [(0, "0 move the"), (1, "1 moves the"), (2, "2 move the")]
)
def test_as_many_places_as_move_the_answer_are_counted_in_grammar(many, said):
    frame = leave_one_out.leave_one_out.publish(ALL).frame
    rows = frame[frame["role"] != leave_one_out.WHOLE].head(many)
    crossed = leave_one_out._Crossings(places=rows, out_of_reach=rows.head(0))
    assert f"{said} answer" in leave_one_out._technical(frame, ALL, crossed)


@pytest.mark.parametrize(
    ("adjusted", "said"),
    [
        ([np.nan, np.nan, np.nan], "so few pilots could show nothing."),
        ([20.0, np.nan, np.nan], "most measures could show nothing."),
        ([20.0, 30.0, np.nan], "about 30% would be needed."),
    ],
)
def test_what_would_be_found_once_tests_are_counted_is_no_number_where_none_would(adjusted, said):
    few = pd.DataFrame({"relative_adjusted": adjusted})
    assert planning._counted(few, from_search("")).endswith(said)
