"""Every layout of the publishers' files gives the cells that the tables have."""

import shutil
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from data.build.publishers import outturn
from data.build.publishers.built import build
from data.build.publishers.folder import read
from data.build.publishers.layout import Shape, layouts
from data.build.publishers.places import known
from data.build.publishers.refusal import RefusedError
from data.load import TableStore, load
from data.sources.registry import AUTHORITIES, INDICATORS, SECTION251

#: England and three or four places of each real file. Contains public sector information licensed
#: under the Open Government Licence v3.0.
FILES = Path(__file__).with_name("files")


@pytest.fixture(scope="module")
def places():
    return known(load(AUTHORITIES, TableStore()).frame)


@pytest.fixture(scope="module")
def built():
    return build(FILES, TableStore())


def test_every_layout_is_tried(built):
    read_here = {
        layout.key for layout in layouts() for name in built.read.files if layout.is_of(name)
    }
    assert read_here == {one.key for one in layouts() if one.shape is not Shape.UNREAD}
    assert {name.rpartition(".")[2] for name in built.read.files if outturn.is_table_a1(name)} == {
        "xlsx",
        "ods",
    }
    assert all(built.read.files.values())


def test_the_indicators_are_those_of_the_table(built):
    pd.testing.assert_frame_equal(
        built.after[INDICATORS.key].astype(object),
        built.before[INDICATORS.key].astype(object),
        check_exact=True,
    )
    read_cells, kept = len(built.read.indicators), built.kept["cells"].sum()
    assert read_cells > 2000
    assert kept < len(built.before[INDICATORS.key]) + len(built.before[SECTION251.key])


def test_the_lines_of_authorities_are_those_of_the_table(built):
    """Sums over the few authorities of these excerpts are none of England or a region."""
    made, present = (
        frame.astype({"code": object, "line_code": object})
        for frame in (built.after[SECTION251.key], built.before[SECTION251.key])
    )
    ours = ~made["code"].str.startswith(("E12", "E13", "E92"))
    theirs = ~present["code"].str.startswith(("E12", "E13", "E92"))
    pd.testing.assert_frame_equal(
        made[ours].reset_index(drop=True).astype(object),
        present[theirs].reset_index(drop=True).astype(object),
        check_exact=True,
    )
    fostering = built.read.lines[built.read.lines["line_code"].eq("3.1.2a")]
    assert len(fostering), "no line is added up of its parts"


def test_regions_and_england_are_the_sums_of_their_authorities(places):
    made = outturn.table_a1(FILES / "s251ye2016.xlsx", places)
    gross = made[made["line_code"].eq("3.1.1")].set_index("code")["gross"]
    assert gross["E92000001"] == pytest.approx(
        gross["E09000005"] + gross["E08000038"] + gross["E10000009"]
    )
    assert gross["E12000007"] == gross["E13000002"] == gross["E09000005"]


def test_authorities_stay_as_they_are(built):
    pd.testing.assert_frame_equal(built.after[AUTHORITIES.key], built.before[AUTHORITIES.key])
    assert "pop_0_17_mid2024" in built.after[AUTHORITIES.key]


B1, D3 = "b1_children_in_need_2023_to_2025.csv", "d3_cpps_subsequent_plan_2023_to_2025.csv"


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        (B1, "At31_episodes", "At31_cases", "row 1, column At31_episodes: found no such heading"),
        (B1, "awaiting_assessment", "waiting", "column waiting: found an unknown heading"),
        (
            B1,
            ",402400,",
            ",q,",
            "row 2, column At31_episodes: found 'q', expected a number or one of",
        ),
        (
            B1,
            ",402400,",
            ",,",
            "row 2, column At31_episodes: found an empty cell, expected a number",
        ),
        (
            B1,
            "\n2024,",
            "\n2021,",
            "column time_period: found cin_through_num of 2021 to 2025 with",
        ),
        (B1, "\n2025,", "\n2026,", "found cin_through_num of 2023 to 2026 without 2025"),
        (
            B1,
            "\n2025,",
            "\nsoon,",
            "row 2, column time_period: found 'soon', expected a year such as",
        ),
        (B1, ",304,", ",999,", "column old_la_code: found authority '999', expected a number of"),
        (B1, "E09000005", "E09000099", "column new_la_code: found 'E09000099', expected E09000005"),
        (B1, "Regional", "Regions", "column geographic_level: found 'Regions', expected National"),
        (
            D3,
            "\n2024,",
            "\n2025,",
            "found cpp_start_num of E92000001 in 2025 again, expected it once",
        ),
        (
            "la_cla_placement_stability.csv",
            "CLA on 31 March,",
            "CLA,",
            "column cla_group: found none",
        ),
    ],
)
def test_a_file_of_another_form_is_refused(file, old, new, words, tmp_path, places):
    text = (FILES / file).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(RefusedError) as fault:
        read(tmp_path, places)
    assert str(fault.value).startswith(file)
    assert words in str(fault.value)


@pytest.mark.parametrize(
    ("at", "cell", "words"),
    [
        ("E3", "99. A line that nobody knows", "row 3, column Description: found '99. A line that"),
        ("E3", "1. Spend on individual", "found line 3.0.1 of E09000005 again, expected it once"),
        ("K2", "much", "row 2, column TotalExpenditure: found 'much', expected pounds"),
        ("A2", 999, "row 2, column LA: found authority '999', expected a number of"),
        ("K1", "Total", "row 1, column TotalExpenditure: found no such heading, but Total"),
        ("A1", "Authority", "found no row of headings"),
    ],
)
def test_a_return_of_another_form_is_refused(at, cell, words, tmp_path, places):
    book = openpyxl.load_workbook(FILES / "s251ye2016.xlsx")
    book.active[at] = cell
    book.save(tmp_path / "s251ye2016.xlsx")
    with pytest.raises(RefusedError) as fault:
        read(tmp_path, places)
    assert str(fault.value).startswith("s251ye2016.xlsx")
    assert words in str(fault.value)


def test_years_that_the_name_does_not_say_are_refused(tmp_path, places):
    shutil.copy(FILES / B1, tmp_path / "b1_children_in_need_2023_to_2026.csv")
    with pytest.raises(RefusedError, match="found years 2023 to 2025, expected 2023 to 2026"):
        read(tmp_path, places)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("figures_2026.csv", "a,b\n1,2\n", "found a file of no known layout, expected b1_children"),
        ("s251ye2016.xlsx", "no spreadsheet", "found no table"),
        ("bds_long_2026-04-08.parquet", "no table", "found no table"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(name, content, words, tmp_path, places):
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(RefusedError) as fault:
        read(tmp_path, places)
    assert words in str(fault.value)


def test_a_tool_without_its_day_is_refused(tmp_path, places):
    shutil.copy(FILES / "bds_long_2026-04-08.parquet", tmp_path / "bds_long_0.parquet")
    with pytest.raises(RefusedError, match="found no day, expected the day it was issued: LAIT="):
        read(tmp_path, places)
    assert set(read(tmp_path, places, "2026-04-08").indicators["edition"]) == {
        "DfE LAIT 2026-04-08"
    }


def test_a_folder_without_figures_is_refused(tmp_path, places):
    with pytest.raises(RefusedError, match="found no file of figures"):
        read(tmp_path, places)


@pytest.mark.slow
def test_the_publishers_files_give_the_tables_cell_for_cell(published_figures):
    folder = published_figures / "official" / "releases"
    if not folder.is_dir():
        pytest.skip("the publishers' own files (../shared/official/releases) are not there")
    made = build(folder, TableStore(), "2026-04-08")
    for key, before in made.before.items():
        pd.testing.assert_frame_equal(
            made.after[key].astype(object), before.astype(object), check_exact=True
        )
    assert made.kept["cells"].sum() < len(made.before[INDICATORS.key]) / 3
