import io
import zipfile
from dataclasses import replace
from itertools import cycle

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.findings.indicators import kpi_values, kpis
from analytics.publication.finding import _SEAL
from analytics.publication.published import Published
from analytics.publication.registry import offered
from analytics.publication.workbook import CONTENTS, DATA, NOTES, SHORTHAND, _shown
from analytics.publication.xlsx import to_xlsx
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME
from data.schema import Column, ColumnKind, text, visible
from data.sources.source import Kind
from data.symbols import meaning

MOST = 300  # rows are written one by one, and alike
COLUMNS = (
    text("name", "Name"),
    Column(name="n", label="Pilots", kind=ColumnKind.COUNT),
    Column(name="value", label="name"),
    text("status", "Status"),
)


def opened(published: Published) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(to_xlsx(published)))


def gaps(search: str = "") -> Published:
    return kpis.gaps.publish(from_search(search))


def holding(cells: list[tuple[object, ...]], **changes: object) -> Published:
    frame = pd.DataFrame(cells, columns=["name", "n", "value", "status"]).astype(
        {"name": object, "n": np.float64, "value": np.float64, "status": object}
    )
    return replace(gaps(), frame=frame, columns=COLUMNS, **changes, seal=_SEAL)


def table_of(book: openpyxl.Workbook) -> list[tuple[object, ...]]:
    sheet = book[DATA]
    (table,) = sheet.tables.values()
    return [tuple(cell.value for cell in row) for row in sheet[table.ref]]


def test_sheets_come_in_the_order_of_the_guidance():
    assert opened(gaps()).sheetnames == ["Cover", CONTENTS, NOTES, DATA]


def test_the_document_says_what_it_is():
    published = gaps()
    properties = opened(published).properties
    assert properties.title == published.title
    assert properties.subject == published.selection.label
    assert properties.keywords == Kind.OFFICIAL.label


def test_the_cover_holds_selection_sources_licence_and_kind():
    published = gaps("?band=beginner")
    cover = "\n".join(str(row[0].value) for row in opened(published)["Cover"])
    assert published.title in cover
    for layer in (published.verdict, published.plain, published.technical):
        assert layer in cover
    assert published.selection.label in cover
    assert "Years in the rows: " in cover
    assert Kind.OFFICIAL.label in cover
    assert "Open Government Licence v3.0" in cover
    for source in published.sources:
        assert source.citation in cover
        assert source.sha256 in cover


def test_data_are_one_table_with_a_header_row_and_numbers_are_numbers():
    published = gaps()
    header, *body = table_of(opened(published))
    assert list(header) == [column.heading for column in visible(published.columns)]
    assert len(body) == len(published.frame)
    for row, (_, held) in zip(body, published.frame.iterrows(), strict=True):
        for column, cell in zip(visible(published.columns), row, strict=True):
            if column.is_number and pd.notna(held[column.name]):
                assert not isinstance(cell, str)
                assert cell == pytest.approx(held[column.name], rel=1e-15)
            else:
                assert isinstance(cell, str)
                assert cell


def test_every_note_is_referred_to():
    published = gaps()
    book = opened(published)
    notes = [row[1].value for row in book[NOTES]]
    assert set(published.notes) <= set(notes)
    assert f"[note {len(published.notes)}]" in str(book[DATA]["A2"].value)


def test_columns_are_neither_narrow_nor_wider_than_the_screen():
    book = opened(gaps())
    widths = [d.width for sheet in book for d in sheet.column_dimensions.values()]
    assert min(widths) >= 8
    assert max(widths) <= 100


def test_missing_cells_are_shorthand_that_the_sheet_explains():
    book = opened(
        holding(
            [
                ("a", 10, None, "c"),
                ("b", None, None, ".."),
                ("c", None, 1.5, "u"),
                ("d", 1, None, ""),
                ("e", 1, None, "no-pop"),
                ("f", 1, None, "new"),
                ("g", 1, None, "none"),
                ("h", 1, None, "-"),
                ("i", 1, None, "formed"),
                ("j", 1, None, "not-then"),
            ]
        )
    )
    assert table_of(book) == [
        ("Name [name]", "Pilots", "name [value]", "Status"),
        ("a", 10, "[c]", "[c]"),
        ("b", "[x]", "[x]", "[x]"),
        ("c", "[x]", 1.5, "[u]"),
        ("d", 1, "[x]", "[z]"),
        ("e", 1, "[no population]", "[no population]"),
        ("f", 1, "[x]", "new"),
        ("g", 1, "[not held]", "[not held]"),
        ("h", 1, "[no reason given]", "[no reason given]"),
        ("i", 1, "[boundary change]", "[boundary change]"),
        ("j", 1, "[did not exist]", "[did not exist]"),
    ]
    words = [str(row[0].value) for row in book[DATA]]
    assert "[x] not available" in words
    assert any(line.startswith("[c] suppressed") for line in words)
    assert not any(line.startswith("[low]") for line in words)


def test_reasons_with_different_meanings_have_different_shorthand():
    by_short = {}
    for symbol, short in SHORTHAND.items():
        by_short.setdefault(short, set()).add(meaning(symbol))
    assert all(len(meanings) == 1 for meanings in by_short.values())


def test_suppressed_values_are_counted_in_the_notes():
    book = opened(holding([("a", 1, None, "c")], suppressed=1_234))
    assert book[NOTES]["B4"].value == "1,234 suppressed values are shown as [c]."


def test_a_finding_without_rows_says_why():
    book = opened(holding([], withheld="Two pilots say too little."))
    assert table_of(book) == [("Why there are no rows",), ("Two pilots say too little.",)]


def test_simulated_rows_say_so():
    book = opened(holding([("a", 1, 2.0, "")], kind=Kind.SIMULATED))
    assert [row[0] for row in table_of(book)[:2]] == ["Kind of number", "Simulated"]
    assert "Simulated" in str(book[DATA]["A3"].value)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)
        | st.sampled_from(["=1+1", " =A1", "-", "..", "$$a$$", "[x](javascript:1)", '"@x', "   "]),
        min_size=1,
        max_size=4,
    )
)
def test_no_text_is_a_formula_a_link_or_an_error(names: list[str]):
    content = to_xlsx(holding([(name, 1, 2.0, "") for name in names]))
    with zipfile.ZipFile(io.BytesIO(content)) as whole:
        sheets = [whole.read(name) for name in whole.namelist() if "worksheets/sheet" in name]
    assert not any(b"<f>" in sheet for sheet in sheets)
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book[DATA]._hyperlinks == []


def test_the_same_rows_are_the_same_bytes():
    assert to_xlsx(gaps()) == to_xlsx(gaps())


def test_a_long_table_with_two_headings_alike_is_written():
    header = table_of(opened(kpi_values.values.publish(from_search(""))))[0]
    assert len(set(header)) == len(header)


@pytest.mark.slow
def test_any_finding_can_be_written():
    """Some, each under one of three selections: the data address writes every finding."""
    held = set[bool]()
    turns = cycle(("", "pilots=E09000005", "years=2025-2025"))
    for query, finding in zip(turns, [*offered(HOME).values()][::4], strict=False):
        published = finding.publish(from_search(query))
        published = replace(published, frame=published.frame.head(MOST), seal=_SEAL)
        if len(published.frame) or False not in held:  # without rows, all are one sentence
            assert table_of(opened(published))
        held.add(bool(len(published.frame)))
    assert held == {True, False}


@pytest.mark.parametrize(("flag", "words"), [(True, "yes"), (False, "no")])
def test_a_flag_is_yes_or_no(flag, words):
    column = Column(name="held", label="Held", kind=ColumnKind.FLAG)
    assert _shown(flag, column, status=None) == words
