"""Two rounded numbers say how far the waves of a table hold the same people."""

from dataclasses import replace

import numpy as np
import pytest

from analytics.disclosure.counts import Count
from analytics.disclosure.pairs import Overlap, apart, overlap_of, overlap_words
from analytics.disclosure.survey import SOURCE
from analytics.methods.proportions import share_difference
from analytics.selection.choices import SURVEY_ITEMS
from data.load import load

ITEMS = tuple(SURVEY_ITEMS)
WAVES = (
    Count(people=150.0, n=300.0, cell="a", base="b"),
    Count(people=130.0, n=215.0, cell="c", base="d"),
)


def survey(name, change):
    table = load(SOURCE)
    return replace(table, digest=name, frame=change(table.frame.copy()))


def width(overlap):
    made = apart([WAVES], overlap)
    return (made.high - made.low).item()


def test_both_numbers_have_one_decimal_and_are_rounded_down():
    found = overlap_of(load(SOURCE), ITEMS)
    assert (found.share, found.together) == (0.6, 0.4)
    assert found.correlation == pytest.approx(0.24)


def test_the_more_the_waves_hold_the_same_people_the_narrower_the_interval():
    separate = share_difference(np.array([150.0, 130.0]), np.array([300.0, 215.0]))
    unknown = Overlap(share=np.nan, together=np.nan)
    assert width(unknown) == pytest.approx(float(separate.high - separate.low))
    found = [width(Overlap(share=share, together=0.4)) for share in (0.0, 0.3, 0.6, 0.9)]
    assert found == sorted(found, reverse=True)
    assert found[0] == pytest.approx(width(unknown))


def test_answers_that_go_against_each_other_make_it_wider():
    assert width(Overlap(share=0.5, together=-0.2)) > width(Overlap(share=0.0, together=0.4))


def test_one_band_without_anybody_in_both_is_counted_for_all():
    def parted(frame):
        own = frame["band"] == "two-years"
        label = frame["respondent"].where(~own, frame["respondent"] + frame["wave"].astype(str))
        return frame.assign(respondent=label)

    assert overlap_of(survey("parted", parted), ITEMS).correlation == 0


def test_of_too_few_items_or_people_nothing_is_told():
    assert not overlap_of(load(SOURCE), ITEMS[:4]).is_known
    few = survey("few", lambda frame: frame[frame["respondent"] < "S020"])
    found = overlap_of(few, ITEMS)
    assert not found.is_known
    assert "different people" in overlap_words(found.columns)


def test_one_person_more_or_less_in_both_is_not_seen():
    frame = load(SOURCE).frame
    twice = frame[frame["wave"] == 2]
    told = overlap_of(load(SOURCE), ITEMS)
    for at in range(5):
        one = survey(f"without-{at}", lambda held, at=at: held.drop(index=twice.index[at]))
        assert overlap_of(one, ITEMS) == told
