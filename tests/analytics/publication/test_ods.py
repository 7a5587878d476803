import csv
import io
import math
import shutil
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import replace

import openpyxl
import pytest

import app  # noqa: F401 (pages bring in every finding)
from analytics.publication.finding import _SEAL
from analytics.publication.ods import MIMETYPE, to_ods
from analytics.publication.published import Published
from analytics.publication.registry import offered
from analytics.publication.xlsx import to_xlsx
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME

NAMES = {
    name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"
    for name in ("office", "table", "text", "meta")
}
SOFFICE = shutil.which("soffice") or ""
SHEETS = ["Cover", "Contents", "Notes", "Data"]


def published(key: str = "kpis-gaps", search: str = "") -> Published:
    return offered(HOME)[key].publish(from_search(search))


def part(content: bytes, name: str) -> ET.Element:
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return ET.fromstring(opened.read(name))  # noqa: S314 (made here a moment ago)


def words(paragraph: ET.Element) -> str:
    """The text of a paragraph as it is shown: blanks that are spelled out are blanks."""
    said = paragraph.text or ""
    for one in paragraph:
        name = one.tag.partition("}")[2]
        inner = {"s": " " * int(one.get(f"{{{NAMES['text']}}}c", "1")), "tab": "\t"}
        said += inner.get(name, one.text or "") + (one.tail or "")
    return said


def alike(one: object, other: object) -> bool:
    """Whether two cells are the same, as far as the 16 digits go that a workbook keeps."""
    if isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=1e-15)
    return one == other


def sheets(content: bytes) -> dict[str, list[list[str | float]]]:
    found = {}
    for sheet in part(content, "content.xml").iter(f"{{{NAMES['table']}}}table"):
        rows = [
            [
                float(cell.get(f"{{{NAMES['office']}}}value", ""))
                if cell.get(f"{{{NAMES['office']}}}value-type") == "float"
                else "\n".join(map(words, cell.findall("text:p", NAMES)))
                for cell in row.findall("table:table-cell", NAMES)
            ]
            for row in sheet.iter(f"{{{NAMES['table']}}}table-row")
        ]
        found[sheet.get(f"{{{NAMES['table']}}}name")] = rows
    return found


@pytest.mark.parametrize(
    ("key", "search"),
    [("kpis-gaps", ""), ("kpis-gaps", "?pilots=E09000005"), ("families-answers", ""),
     ("council-inspections", "")],
)  # fmt: skip
def test_its_sheets_hold_what_those_of_the_workbook_hold(key, search):
    held = sheets(to_ods(published(key, search)))
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(published(key, search))))
    assert list(held) == SHEETS == book.sheetnames
    (table,) = book["Data"].tables.values()
    expected = [[cell.value for cell in row] for row in book["Data"][table.ref]]
    for there, here in zip(held["Data"][-len(expected) :], expected, strict=True):
        assert all(map(alike, there, here)), (there, here)
        assert len(there) == len(here)
    for name in ("Cover", "Notes"):
        rows = [[cell for cell in row if cell is not None] for row in book[name].values]
        shown = [row for row in held[name] if row]
        assert [[str(cell).removesuffix(".0") for cell in row] for row in shown] == [
            [str(cell) for cell in row] for row in rows
        ]


def test_it_is_the_same_file_at_any_hour_and_says_what_it_is():
    content = to_ods(published())
    assert content == to_ods(published())
    assert content[30:].startswith(b"mimetype" + MIMETYPE.encode())  # as programs look for it
    told = part(content, "meta.xml")
    title = told.find(".//{http://purl.org/dc/elements/1.1/}title")
    assert title is not None
    assert title.text == published().title


def test_text_that_xml_or_the_format_would_change_stays_as_it_is():
    strange = 'a  <b> & "c"\tand \x0b two\nlines 𝛽 '
    frame = published().frame.assign(name=strange)
    rows = sheets(to_ods(replace(published(), frame=frame, seal=_SEAL)))["Data"]
    assert strange.replace("\x0b", "") in rows[-1]


def test_numbers_have_all_their_digits():
    rows = sheets(to_ods(published()))["Data"]
    heading = next(row for row in rows if "Pilots" in row)
    at = heading.index("Pilots")
    shown = [row[at] for row in rows[-len(published().frame) :]]
    assert shown == published().frame["pilots"].tolist()


@pytest.mark.slow
@pytest.mark.skipif(not SOFFICE, reason="LibreOffice Calc is not installed")
def test_libreoffice_reads_the_numbers_as_they_are(tmp_path):
    file = tmp_path / "gaps.ods"
    file.write_bytes(to_ods(published()))
    # Commas, quotes, UTF-8; no formats but the numbers themselves; every sheet a file.
    form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
    subprocess.run(  # noqa: S603
        [SOFFICE, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", form, "--outdir", tmp_path, file],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    read = {
        name: list(csv.reader(io.StringIO((tmp_path / f"gaps-{name}.csv").read_text("utf-8"))))
        for name in SHEETS
    }
    for name, rows in sheets(file.read_bytes()).items():
        shown = [[cell for cell in row if cell] for row in read[name]]
        assert len(shown) == len(rows)
        for there, here in zip(shown, rows, strict=True):
            assert len(there) == len(here)
            for text, cell in zip(there, here, strict=True):
                if isinstance(cell, float):
                    assert float(text) == pytest.approx(cell, rel=1e-13)
                else:
                    assert text == cell
