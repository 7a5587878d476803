"""Nothing in the code names what is true of one programme alone: its file does."""

import re
from pathlib import Path

from data.programmes.read import ROOM, read

ROOT = Path(__file__).parents[2]
FIRST = read(ROOM / "signs_of_safety.toml")
ROOMS = ("analytics", "assets", "components", "data", "pages")
#: The programme's own files, what simulates its records, and what others have written.
APART = ("data/programmes/", "data/build/simulation/", "assets/vendor/")
WORDS = (
    FIRST.name,
    FIRST.short_name,
    FIRST.start_words,
    FIRST.start_short,
    FIRST.start.isoformat(),
    f"{FIRST.start:%Y%m%d}",
    FIRST.experience.at,
    f"{FIRST.many} pilots",
    f"{FIRST.many} authorities",
    f"{FIRST.window[0]}, {FIRST.window[1]}",
    *(word for band in FIRST.bands for word in (band.key, band.label)),
)
NAMED = re.compile("|".join(rf"\b{re.escape(word)}(?!\w)" for word in WORDS), re.IGNORECASE)
PILOTS = re.compile("|".join(rf"\b{one.name.partition(',')[0]}\b" for one in FIRST.pilots))
#: Gaps in official series, whatever the programme.
OFFICIAL = "analytics/measures/"


def code():
    found = [path for room in ROOMS for path in (ROOT / room).rglob("*")]
    for path in (ROOT / "app.py", *found):
        name = path.relative_to(ROOT).as_posix()
        if path.suffix in {".py", ".css", ".js", ".html"} and not name.startswith(APART):
            yield name, path.read_text(encoding="utf-8")


def test_no_code_names_the_programme_its_start_or_its_bands():
    texts = dict(code())
    assert len(texts) > 200
    assert {name: NAMED.findall(text) for name, text in texts.items() if NAMED.search(text)} == {}


def test_no_code_names_a_pilot_but_for_gaps_in_official_series():
    named = {name: PILOTS.findall(text) for name, text in code() if PILOTS.search(text)}
    assert [name for name in named if not name.startswith(OFFICIAL)] == []
