"""Charts of the survey, the diaries and the self-profile draw their frames, hidden cells apart."""

import numpy as np
import pandas as pd
import pytest

from analytics.findings.people import (
    diaries,
    self_profile,
    social_workers,
    social_workers_bands,
    social_workers_change,
)
from analytics.text.quantity import Quantity
from components.charts.answer_bars import HATCHED, diverging
from components.charts.change_rows import dumbbells, hours, pilot_grid, waves
from components.charts.share_dots import groups


def drawn(publish, finding, chart, query=""):
    published = publish(finding, query)
    return published.frame, chart(published.frame, published.quantity)


@pytest.fixture
def words(written):
    return lambda figure: " ".join(written(figure)).replace("<br>", " ")


@pytest.mark.parametrize("query", ["", "band=two-years"])
def test_a_bar_runs_from_the_line_and_hidden_answers_have_no_length(publish, query):
    frame, figure = drawn(publish, social_workers.every_answer, diverging, query)
    *answers, hatched = figure["data"]
    assert len(answers) == 5
    for at, trace in enumerate(answers):
        rows = frame.iloc[at::5]
        shown = rows[rows["share"].notna()]
        assert trace["x"] == shown["share"].tolist()
        assert len(trace["customdata"]) == len(trace["base"]) == len(shown)
    assert max(answers[1]["base"], default=-1) <= 0
    assert all(base >= 0 for trace in answers[3:] for base in trace["base"])
    gone = frame.groupby(["name", "wave"])["share"].apply(lambda one: one.isna().any()).sum()
    assert len(hatched["y"]) == gone
    assert set(hatched["x"]) == {HATCHED}


def test_the_bars_of_an_item_add_up_to_what_is_shown(publish, words):
    frame, figure = drawn(publish, social_workers.every_answer, diverging)
    total = sum(sum(trace["x"]) for trace in figure["data"][:-1])
    assert total == pytest.approx(frame["share"].sum())
    assert "n = 291" in words(figure)
    assert "never … almost always" in words(figure)


def test_the_change_keeps_hidden_items_in_their_place(publish):
    frame, figure = drawn(publish, social_workers_change.changed, waves, "band=two-years")
    shares = frame[frame["measure"] == "share agreeing"].reset_index(drop=True)
    (trace,) = figure["data"]
    assert len(trace["x"]) == 15
    for at, row in shares.iterrows():
        if np.isnan(row["change"]):
            assert trace["x"][at] is None
            assert "hidden" in trace["customdata"][at]
        else:
            reach = trace["error_x"]["array"][at]
            assert trace["x"][at] + reach == pytest.approx(row["high"])
    assert shares["change"].isna().any()


def test_groups_have_a_row_for_each_band_and_pilot(publish, words):
    frame, figure = drawn(publish, social_workers_bands.groups, groups, "band=over-two")
    assert len(frame) == 8
    assert {trace["name"] for trace in figure["data"]} == {"Wave 1", "Wave 2"}
    assert "Pilot H" in words(figure)
    whole = {one for one, rows in frame.groupby("whose") if rows["share"].isna().all()}
    assert len(whole) > 1
    named = words(figure).replace("<br>", " ").split("Hidden, of too few people: ")[1]
    assert {one.strip(" .") for one in named.split(",")} == whole
    part = frame[~frame["whose"].isin(whole)]
    assert words(figure).count(": hidden") == int(part["share"].isna().sum())


def test_where_every_row_is_hidden_each_says_so(words):
    frame = pd.DataFrame(
        {"whose": ["A", "A", "B"], "wave": ["Wave 1", "Wave 2", "Wave 1"],
         "whose_key": ["a", "a", "b"], "wave_key": ["1", "2", "1"], "share": [np.nan] * 3,
         "band": [""] * 3, "low": [np.nan] * 3, "high": [np.nan] * 3, "n": [np.nan] * 3}
    )  # fmt: skip
    figure = groups(frame, Quantity(unit="%"))
    assert words(figure).count(": hidden") == 3
    assert "of too few" not in words(figure)


def test_hours_mark_direct_contact(publish):
    frame, figure = drawn(publish, diaries.week, hours)
    (trace,) = figure["data"]
    assert trace["x"] == frame["mean"].tolist()[:12]
    assert trace["marker"]["color"][:4] == ["@accent"] * 3 + ["@comparator"]
    assert "n = 90 workers, 168 weeks" in trace["customdata"][0]


def test_dumbbells_join_the_two_means(publish, words):
    frame, figure = drawn(publish, self_profile.changed, dumbbells)
    lines = [trace for trace in figure["data"] if trace["mode"] == "lines"]
    assert [line["x"] for line in lines] == frame[["first", "second"]].to_numpy().tolist()
    assert "n = 10" in words(figure)


def test_every_pilot_has_its_mark_on_every_area(publish):
    frame, figure = drawn(publish, self_profile.pilots, pilot_grid)
    (trace,) = figure["data"]
    assert len(trace["x"]) == len(frame) == 150
    assert trace["text"][0] == "+2"
    fell = [color == "@accent-2-soft" for color in trace["marker"]["color"]]
    assert sum(fell) == int((frame["change"] < 0).sum())


@pytest.mark.parametrize(
    ("finding", "chart"),
    [(social_workers_change.changed, waves), (diaries.week, hours)],
)
def test_hidden_numbers_are_drawn_nowhere(publish, finding, chart):
    published = publish(finding)
    numbers = published.frame.select_dtypes("number").columns
    nothing = published.frame.assign(**dict.fromkeys(numbers, np.nan))
    figure = chart(nothing, published.quantity)
    assert set(figure["data"][0]["x"]) == {None}
    assert all("hidden" in said for said in figure["data"][0]["customdata"])
