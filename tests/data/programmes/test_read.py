"""A programme is read whole, or refused in a sentence: file, key, what was found and expected."""

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from data.programmes.read import DEFAULT, ROOM, keys, path_of, programme, read
from data.programmes.settings import ProgrammeError
from data.wording import count_words

ROOT = Path(__file__).parents[3]
SECOND = ROOT / "tests" / "second_programme" / "harbour_lights.toml"
LAST = """
[[pilots]]
code = "E10000016"
name = "Kent"
band = "undersail"
authority_type = "County council"
experience = "a lamp"
"""


@pytest.fixture
def changed(tmp_path):
    """Read the second programme with some of its text replaced."""

    def change(was: str, now: str):
        text = SECOND.read_text(encoding="utf-8")
        assert was in text
        path = tmp_path / "changed.toml"
        path.write_text(text.replace(was, now), encoding="utf-8")
        return read(path)

    return change


def test_the_default_is_the_programme_of_the_project():
    assert DEFAULT in keys()
    assert path_of(DEFAULT).parent == ROOM
    found = programme()
    assert found.name == "Signs of Safety"
    assert found.start == date(2014, 11, 1)
    assert (found.start_words, found.start_short) == ("November 2014", "Nov 2014")
    assert (found.last_before, found.first_after, found.window) == (2014, 2015, (2013, 2016))
    assert found.bases == ((2013, 2014), (2013,), (2014,))
    assert found.band_keys == ("beginner", "two-years", "over-two")
    assert found.any_band == "beginner, two-years or over-two"
    assert (found.many, len(found.pilots)) == ("ten", 10)


def test_every_programme_of_the_folder_can_be_read():
    for key in keys():
        assert read(path_of(key)).key == key


def test_another_programme_is_read_from_its_path():
    found = read(path_of(str(SECOND)))
    assert (found.name, found.start_words, found.many) == (
        "Harbour Lights", "September 2017", "eight",
    )  # fmt: skip
    assert found.band("moored").label == "Moored (no lamp yet)"
    assert (found.evaluation.tables, found.evaluation.records, found.claims) == ((), (), {})
    assert found.pilots_csv().decode().splitlines()[:2] == [
        "code,name,band,authority_type,experience",
        "E06000026,Plymouth,moored,Unitary authority,no lamp",
    ]
    with pytest.raises(LookupError, match="found band 'ashore', expected moored or undersail"):
        found.band("ashore")


def test_two_programmes_never_share_what_is_kept_of_them(changed):
    assert changed("Harbour Lights", "Harbour Light").digest != read(SECOND).digest


def test_counts_are_words_where_they_are_small():
    assert [count_words(count) for count in (0, 1, 12, 13)] == ["no", "one", "twelve", "13"]


WRONG = [
    (
        'short_name = "HaLi"\n',
        "",
        "short_name: found nothing, expected words in quotation marks",
    ),
    (
        'name = "Harbour Lights"\nshort',
        'name = ""\nshort',
        "name: found '', expected words in",
    ),
    (
        "[experience]",
        "[experiences]",
        "experience: found nothing, expected a table [experience]",
    ),
    (
        'short_name = "HaLi"',
        'short_name = "HaLi"\nstarted = 2017',
        "started: found 2017, expected no such key; known are bands, bases,",
    ),
    (
        "start = 2017-09-01",
        'start = "2017"',
        "start: found '2017', expected a date such as",
    ),
    (
        "start = 2017-09-01",
        "start = 1997-05-01",
        "start: found 1997-05-01, expected a day from April 2013 to March 2025: figures",
    ),
    (
        "start = 2017-09-01",
        "start = 2031-05-01",
        "start: found 2031-05-01, expected a day from",
    ),
    (
        "first_after = 2018",
        "first_after = 2016",
        "first_after: found 2016, expected 2018 or 2019",
    ),
    (
        "first_after = 2018",
        "first_after = true",
        "first_after: found True, expected a whole",
    ),
    (
        "[2015, 2020]",
        "[2018, 2020]",
        "window: found [2018, 2020], expected a first year from 2013",
    ),
    (
        "[2015, 2020]",
        "[2015]",
        "window: found [2015], expected the first and the last year",
    ),
    (
        "[2015, 2020]",
        "[2015, 2040]",
        "window: found [2015, 2040], expected a first year from",
    ),
    (
        "[[2016, 2017], [2017]]",
        "[[2018]]",
        "bases: found (2018,), expected years from 2013 to 2017",
    ),
    (
        "[[2016, 2017], [2017]]",
        "[[2014, 2017]]",
        "bases: found (2014, 2017), expected years that",
    ),
    (
        "[[2016, 2017], [2017]]",
        "[]",
        "bases: found [], expected one list of years or more",
    ),
    (
        "[[2016, 2017], [2017]]",
        '[["2017"]]',
        "bases: found [['2017']], expected years in whole",
    ),
    (
        'key = "moored"',
        'key = "Moored,"',
        "bands.key: found 'Moored,', expected lower-case",
    ),
    (
        'key = "moored"',
        'key = "undersail"',
        "bands.key: found 'undersail', expected each once",
    ),
    (
        'key = "moored"',
        'key = "ashore"',
        "bands.key: found 'ashore', expected a band that at least one",
    ),
    (
        'band = "undersail"\nauthority_type = "County',
        'band = "ashore"\nauthority_type = "County',
        "pilots.band: found 'ashore', expected moored or undersail, for Kent",
    ),
    (
        "E06000027",
        "E06999999",
        "pilots.code: found 'E06999999', expected the GSS code of an English authority, for Torbay",
    ),
    (
        "E06000027",
        "E06000026",
        "pilots.code: found 'E06000026', expected each once, not 2 times",
    ),
    (
        'experience = "a lamp"',
        "experience = 1",
        "pilots[3].experience: found 1, expected words",
    ),
    (
        'band = "moored"\n',
        "",
        "pilots[1].band: found nothing, expected words in quotation marks",
    ),
    (
        'period = "2017"',
        'period = "2017"\nnotes = [1]',
        "pilots_table.notes: found [1], expected a list of words",
    ),
    (
        'publisher = "Inst',
        'claims = "gone.toml"\npublisher = "Inst',
        "gone.toml: the file cannot be read (No such file or directory)",
    ),
    (
        "first_after = 2018",
        "first_after = ",
        "changed.toml: found ",
    ),
]


@pytest.mark.parametrize(("was", "now", "said"), WRONG, ids=[said[:40] for *_, said in WRONG])
def test_a_wrong_programme_is_refused_in_one_clear_sentence(changed, was, now, said):
    with pytest.raises(ProgrammeError, match=re.escape(said)) as error:
        changed(was, now)
    words = str(error.value)
    assert words.startswith(("changed.toml: ", "gone.toml: "))
    assert "\n" not in words


def test_a_programme_without_bands_is_refused(tmp_path):
    head, _, rest = SECOND.read_text(encoding="utf-8").partition("[[bands]]")
    path = tmp_path / "none.toml"
    path.write_text(f"{head}[[pilots]]{rest.partition('[[pilots]]')[2]}", encoding="utf-8")
    with pytest.raises(ProgrammeError, match=re.escape("none.toml: bands: found nothing, ")):
        read(path)


@pytest.mark.parametrize("named", ["signs", "../evil", "nowhere.toml", "signs_of_safety_claims"])
def test_an_unknown_programme_is_refused_with_those_there_are(named):
    with pytest.raises(ProgrammeError) as error:
        path_of(named)
    assert str(error.value) == (
        f"EXPLORER_PROGRAMME: found {named!r}, expected one of {', '.join(keys())}, or the "
        "path of a TOML file"
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (LAST, "wrong.toml: evaluation: found nothing, expected a table [evaluation]."),
        (
            SECOND.read_text(encoding="utf-8").replace(
                "[words]", 'tables = ["kpi-result"]\n[words]'
            ),
            "wrong.toml: evaluation.tables: found 'kpi-result', expected some of evaluation-sizes",
        ),
        (
            SECOND.read_text(encoding="utf-8").replace("[words]", 'named = ["icpc"]\n[words]'),
            "wrong.toml: evaluation.named: found 'icpc', expected an indicator's key.",
        ),
        (
            SECOND.read_text(encoding="utf-8").replace(
                "[words]", '[[evaluation.arguments]]\nindicator = "icpc"\nwords = "Low."\n[words]'
            ),
            "wrong.toml: evaluation.arguments.indicator: found 'icpc', expected an indicator's key",
        ),
    ],
    ids=["nothing but a pilot", "unknown table", "unknown indicator", "argument of none"],
)
def test_the_explorer_does_not_start_with_a_wrong_programme(tmp_path, content, said):
    path = tmp_path / "wrong.toml"
    path.write_text(content, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "app.py", "--port", "0"],
        env={**os.environ, "EXPLORER_PROGRAMME": str(path)},
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=90,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith(f"The explorer was not started. {said}")
    assert "Traceback" not in done.stderr
