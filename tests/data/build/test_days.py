"""Days as reports print them."""

import pytest

from data.build.days import first_and_last


@pytest.mark.parametrize(
    ("printed", "first", "last"),
    [
        ("2018-07-23", "2018-07-23", ""),
        ("05 July 2016", "2016-07-05", ""),
        ("18 Feb 2014", "2014-02-18", ""),
        ("12/09/2016", "2016-09-12", ""),
        ("11 March – 2 April 2014", "2014-03-11", "2014-04-02"),
        ("21 November–15 December 2016", "2016-11-21", "2016-12-15"),
        ("19 November-11 December 2013", "2013-11-19", "2013-12-11"),
        ("24 November - 17 December 2015", "2015-11-24", "2015-12-17"),
        ("9–24 November 2017", "2017-11-09", "2017-11-24"),
        ("6 to 30 July 2015", "2015-07-06", "2015-07-30"),
        ("15 December 2015 to 12 January 2016", "2015-12-15", "2016-01-12"),
    ],
)
def test_a_printed_day_is_written_as_iso_8601(printed, first, last):
    assert first_and_last(printed) == (first, last)


@pytest.mark.parametrize(
    "printed", ["", "spring 2016", "31 June 2016", "2 to 3 to 4 May 2016", "9 May to 2 May 2016"]
)
def test_what_is_no_day_is_refused(printed):
    with pytest.raises(ValueError, match="expected"):
        first_and_last(printed)
