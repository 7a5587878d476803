"""The simulated tables give every published aggregate, to the decimals of print."""

import math
import re

import pandas as pd
import pytest

from data.load import load
from data.microdata.families import PRINTED_SCALES
from data.sources.registry import SOURCES
from tests.data.microdata.aggregate import Aggregate, share
from tests.data.microdata.aggregates import AGGREGATES, BEYOND

IN_TABLES = [one for one in AGGREGATES if one.source]
PUBLISHED = sorted({one.source for one in IN_TABLES})


def name_of(one):
    return one.name


def rows_of(source):
    """The rows of a published table, each named by its key."""
    frame = load(SOURCES[source]).frame
    return [dict(zip(frame.columns, row, strict=True)) for row in frame.itertuples(index=False)]


@pytest.mark.parametrize("one", AGGREGATES, ids=name_of)
def test_the_simulated_tables_give_what_was_printed(one, simulated):
    printed = one.printed(load(SOURCES[one.source]).frame) if one.source else ""
    assert one.agrees(simulated, printed), (one.measure(simulated), printed)


def test_every_aggregate_has_a_name_of_its_own():
    assert len({one.name for one in AGGREGATES}) == len(AGGREGATES) > 190


@pytest.mark.parametrize("source", PUBLISHED)
def test_every_published_row_is_reproduced_or_lies_beyond_record_tables(source):
    tested = [one.row for one in IN_TABLES if one.source == source]
    first, *_ = SOURCES[source].row_key
    for row in rows_of(source):
        by_records = any(all(row[name] == cell for name, cell in key.items()) for key in tested)
        beyond = [why for start, why in BEYOND[source].items() if row[first].startswith(start)]
        assert by_records != bool(beyond), row[first]
        assert all(beyond)


def test_every_number_printed_of_a_measure_is_an_aggregate():
    frame = load(SOURCES["standardised-measures"]).frame
    figures = [name for name in frame.columns if re.match(r"t[12]_", name)]
    printed = int(frame[figures].notna().sum().sum())
    tested = [one for one in IN_TABLES if one.source == "standardised-measures"]
    assert len({(one.column, *one.row.values()) for one in tested}) == len(tested) == printed == 116


def test_a_figure_off_by_one_in_the_last_digit_does_not_agree(simulated):
    for one in IN_TABLES:
        if one.decimals is not None:
            figure = float(one.printed(load(SOURCES[one.source]).frame).strip("%"))
            for step in (-1, 1):
                assert not one.agrees(simulated, str(figure + step * 10.0**-one.decimals))


def test_means_and_deviations_by_another_road(simulated):
    frame = simulated["family_interviews"]
    published = load(SOURCES["standardised-measures"]).frame
    again = {
        row.family
        for row in frame.itertuples()
        if row.interview == 2 and row.answered_by == "the parent interviewed first"
    }
    for row in published[published["t1_mean"].notna()].to_dict("records"):
        field = PRINTED_SCALES[row["measure_key"], row["scale_key"]]
        for time in (1, 2):
            cells = [
                one[field]
                for one in frame[["family", "interview", field]].to_dict("records")
                if one["interview"] == time
                and not math.isnan(one[field])
                and (row["sample_key"] == "all" or one["family"] in again)
            ]
            mean = math.fsum(cells) / len(cells)
            sd = math.sqrt(math.fsum((cell - mean) ** 2 for cell in cells) / (len(cells) - 1))
            assert len(cells) == row[f"t{time}_n"]
            assert f"{mean:.0f}" == f"{row[f't{time}_mean']:.0f}"
            assert f"{sd:.1f}" == f"{row[f't{time}_sd']:.1f}"


def test_an_aggregate_in_words_agrees_between_its_bounds_only():
    one = Aggregate(name="one", measure=len, row={}, above=0, below=2)
    assert [one.agrees(dict.fromkeys("abc"[:n])) for n in range(4)] == [False, True, False, False]


@pytest.mark.parametrize("items", [["a"], ["x", "x"]], ids=["none", "two"])
def test_a_row_that_is_not_there_once_is_refused(items):
    one = Aggregate(name="one", measure=len, source="table", row={"item": "x"})
    table = pd.DataFrame({"item": items, "result": "60%"})
    with pytest.raises(LookupError, match=r"one: found [02] rows of table, expected one"):
        one.printed(table)


def test_a_share_is_of_those_who_answered():
    assert share(pd.Series(["yes", "no", None, "yes"], dtype="str"), ["yes"]) == pytest.approx(
        200 / 3
    )
