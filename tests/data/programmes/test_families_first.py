"""The Families First for Children pathfinder: two sources a council, and what its years allow."""

import re
from datetime import date

from analytics.evaluation.cannot_be_asked import what_cannot_be_asked
from analytics.selection.places import authorities
from data.programmes.read import path_of, read

PATH = path_of("families_first_pathfinder")
FOUND = read(PATH)


def test_the_waves_are_those_that_were_named():
    names = {
        band.key: sorted(one.name for one in FOUND.pilots if one.band == band.key)
        for band in FOUND.bands
    }
    assert names == {
        "first-wave": ["Dorset", "Lincolnshire", "Wolverhampton"],
        "second-wave": [
            "Lewisham", "Luton", "Redbridge", "Walsall", "Warrington", "Warwickshire", "Wirral",
        ],
    }  # fmt: skip
    assert FOUND.start == date(2023, 7, 26)


def test_every_council_is_named_by_two_publishers_of_which_the_file_says_more():
    text = PATH.read_text(encoding="utf-8")
    for one in FOUND.pilots:
        assert authorities()[one.code].name == one.name
        cited = one.more["named_by"].split("; ")
        publishers = {words.partition(",")[0] for words in cited}
        assert len(publishers) == 2, one.name
    assert re.search(r"^# - Express & Star, ", text, re.MULTILINE)


def test_the_words_say_what_the_years_cannot_show():
    notes = " ".join(FOUND.table.notes)
    assert "its 2023/24 is counted here" in notes
    assert "Whether a change lasted cannot be asked yet." in notes
    assert any("two years with figures" in said for said in what_cannot_be_asked(FOUND))
    assert not (FOUND.claims)
    assert not (FOUND.evaluation.tables)
    assert not FOUND.evaluation.records
