"""A citation says author, title, selection, release and link, in the forms programs read."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import orjson
import pytest
import yaml

from analytics.findings.indicators import kpis
from analytics.programme import explorer_of
from analytics.publication.citation import Citation, of_finding, of_whole, to_bibtex, to_csl, to_ris
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME
from data.releases.release import VERSION, Release, releases

RELEASE = Release(day=date(2030, 1, 31), version="1.0", checksums={"a": "1"})
ONE = Citation(
    key="one", author=explorer_of(HOME), title="A & B: 5% of £1", about="Ten pilots",
    release=RELEASE,
    address="https://example.org/cards/one?k=10&release=x",
)  # fmt: skip


def test_bibtex_escapes_what_tex_reads_as_marks():
    written = to_bibtex(ONE).decode()
    assert written.startswith("@misc{one,\n")
    assert r"title = {{A \& B: 5\% of £1}}," in written
    assert "url = {https://example.org/cards/one?k=10&release=x}," in written
    assert "year = {2030},\n  month = {1},\n  version = {1.0}," in written
    assert (
        f"note = {{Ten pilots. Release of 31 January 2030 ({RELEASE.id}), version 1.0.}}" in written
    )
    assert written.count("{") == written.count("}")


def test_braces_and_bars_of_a_title_are_printed_as_they_are():
    written = to_bibtex(replace(ONE, title=r"a_b {c} \d ~ ^ #1 $2")).decode()
    title = r"a\_b \{c\} \textbackslash{}d \textasciitilde{} \textasciicircum{} \#1 \$2"
    assert f"title = {{{{{title}}}}}," in written


def test_ris_has_a_tag_to_each_line_and_ends():
    lines = to_ris(replace(ONE, title="two\nlines")).decode().split("\r\n")
    assert lines[0] == "TY  - DATA"
    assert lines[-2:] == ["ER  - ", ""]
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines[:-1])
    assert {"TI  - two lines", "DA  - 2030/01/31", "ET  - 1.0", f"UR  - {ONE.address}"} <= {*lines}


def test_csl_says_the_day():
    (told,) = orjson.loads(to_csl(ONE))
    assert told["issued"] == {"date-parts": [[2030, 1, 31]]}
    assert told["author"] == [{"literal": explorer_of(HOME)}]
    assert told["URL"] == ONE.address


@pytest.mark.parametrize("owned", [True, False])
def test_what_was_not_released_has_no_day_and_says_so(owned):
    undated = replace(ONE, release=replace(RELEASE, day=None, owned=owned))
    for write in (to_bibtex, to_ris, to_csl):
        written = write(undated).decode()
        assert "not citable" in written
        assert "2030" not in written
        assert "issued" not in written


def test_a_card_is_cited_with_its_selection_in_words():
    published = kpis.gaps.publish(from_search("?band=beginner"))
    cited = of_finding(published, title="T", address="https://example.org/")
    assert "4 pilots (beginners)" in cited.about
    assert "Official statistics" in cited.about
    assert cited.release == published.release


def test_the_file_for_citation_agrees_with_the_code():
    path = Path(__file__).parents[3] / "CITATION.cff"
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    whole = of_whole(RELEASE, HOME, address="")
    assert told["cff-version"] == "1.2.0"
    assert told["title"] == whole.title == explorer_of(HOME)
    assert told["authors"] == [{"name": explorer_of(HOME)}]
    assert told["version"] == VERSION
    assert told["date-released"] == releases()[0].day
    assert told["license"] == "MIT"
    assert told["type"] == "software"
    assert told["message"]
