"""Days in every form: read where there is one meaning, refused with how to write them."""

import pandas as pd
import pytest

from data.microdata.record import Field, FieldKind
from data.user_data.days import AMBIGUOUS, ISO, NO_DAY, OTHER_COUNT, SHORT, days
from data.user_data.understand import NO_TEXT, understood

DAY = Field(name="d", label="D", kind=FieldKind.DATE)


@pytest.mark.parametrize(
    "words",
    [
        "2015-03-31", "2015/3/31", "2015.03.31", "20150331", "2015-03-31 00:00:00",
        "2015-03-31T09:30:00Z", "2015-03-31T09:30:00.000+01:00", "31/03/2015", "31.3.2015",
        "31-03-2015", "31/03/2015 14:05", "3/31/2015", "31 March 2015", "31-Mar-2015",
        "31st March 2015", "Tuesday 31 March 2015", "Tue, 31 Mar 2015", "March 31, 2015",
        "Mar 31 2015", "31Mar2015", "42094", "42094.5",
    ],
)  # fmt: skip
def test_a_day_of_one_meaning_is_read(words):
    assert days([words]).days == {words: "2015-03-31"}


@pytest.mark.parametrize(
    "words",
    [
        "31/13/2015", "29/02/2015", "2015", "2015-02-30", "99999", "1066-10-14", "soon",
        "31 Mai 2015", "2015-3", "0", "31/03", "March 2015", "31/03/2015 25 o'clock", "1234567",
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused(words):
    assert days([words]).days == {words: NO_DAY}


@pytest.mark.parametrize(
    "words", ["25/01/15", "25-Jan-15", "1/25/15", "Jan-25-15", "25 January 15"]
)
def test_a_year_of_two_digits_is_refused(words):
    assert days([words]).refused == {words: SHORT}


def test_a_day_that_may_be_a_month_is_read_as_the_rest_of_its_column_shows():
    assert days(["03/04/2015"]).refused == {"03/04/2015": AMBIGUOUS}
    assert days(["03/04/2015", "2015-01-02"]).days["03/04/2015"] == NO_DAY
    british = days(["03/04/2015", "25/04/2015"])
    assert british.days["03/04/2015"] == "2015-04-03"
    assert "03/04/2015" in british.notes[0]
    american = days(["03/04/2015", "4/25/2015"])
    assert american.days == {"03/04/2015": NO_DAY, "4/25/2015": "2015-04-25"}
    assert days(["03/04/2015", "4/25/2015", "25/04/2015"]).refused == {"03/04/2015": AMBIGUOUS}
    assert days(["04/04/2015"]).days == {"04/04/2015": "2015-04-04"}


def test_a_number_that_cannot_be_a_month_shows_nothing_where_it_is_no_day():
    assert days(["03/04/2015", "31/02/2015"]).days["03/04/2015"] == NO_DAY


def test_serial_days_are_those_of_a_spreadsheet():
    start = pd.Timestamp("1899-12-30")
    for serial in (10_000, 36_526, 42_369, 73_050):
        expected = (start + pd.Timedelta(days=serial)).date().isoformat()
        found = days([str(serial)])
        assert found.days == {str(serial): expected}
        assert "1904" in found.notes[0]


def test_serial_days_counted_from_1904_are_noticed():
    found = days(["40567", "40600", "2015-02-03", "1 March 2015"])
    assert found.refused == {"40567": OTHER_COUNT, "40600": OTHER_COUNT}
    assert not days(["42029", "2015-02-03"]).refused


def test_each_refused_word_says_how_to_write_it():
    found = understood(pd.Series(["25/01/15", "3/4/2015", "soon"]), DAY, commas=False)
    assert found.held.tolist() == [NO_TEXT] * 3
    assert found.expected == {"25/01/15": SHORT, "3/4/2015": AMBIGUOUS, "soon": ISO}
    assert "2015-03-31" in ISO
