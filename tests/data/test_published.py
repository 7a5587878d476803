"""The published tables hold what was printed, and say where nothing was."""

import csv
from io import StringIO

import pandas as pd
import pytest

from data.build.evaluation import _keyed
from data.load import load
from data.microdata.self_profile import STRONGEST, WEAKEST
from data.sources.evaluation import (
    CASE_RECORD_ITEMS,
    FAMILY_ITEMS,
    LATER_STUDIES,
    PROFILE_ITEMS,
    SIZES,
    STANDARDISED_MEASURES,
    SURVEY_ITEMS,
)

WITH_FIGURES = [
    (FAMILY_ITEMS, ["percentage", "families"]),
    (STANDARDISED_MEASURES, ["t1_mean", "t1_percentage", "t2_mean", "t2_percentage"]),
    (CASE_RECORD_ITEMS, ["percentage"]),
    (SURVEY_ITEMS, ["t1_percentage", "t2_percentage"]),
    (PROFILE_ITEMS, ["t1", "t2"]),
]


def as_published(folder, file):
    """The rows as they were read from the publications, the citation's comma mended."""
    text = (folder / "evaluation" / file).read_text(encoding="utf-8")
    citation = "DfE evaluation summary (Signs of Safety in 10 pilots, 2017)"
    return list(csv.DictReader(StringIO(text.replace(citation, f'"{citation}"'))))


@pytest.mark.parametrize(
    ("source", "figures"), WITH_FIGURES, ids=lambda part: getattr(part, "key", "")
)
def test_a_row_says_whether_a_figure_is_reported(source, figures):
    frame = load(source).frame
    assert set(frame["reported"]) <= {"yes", "no"}
    assert ((frame["reported"] == "yes") == frame[figures].notna().any(axis=1)).all()


@pytest.mark.parametrize(
    ("source", "figures"), WITH_FIGURES, ids=lambda part: getattr(part, "key", "")
)
def test_what_was_not_found_is_never_a_cell(source, figures):
    cells = map(str, load(source).frame.to_numpy().ravel())
    assert figures
    assert not [cell for cell in cells if "NOT FOUND" in cell]


@pytest.mark.parametrize(
    ("source", "file", "names"),
    [
        (FAMILY_ITEMS, "family_items.csv", {"published_result": "result"}),
        (CASE_RECORD_ITEMS, "case_record_items.csv", {"published_result": "result"}),
        (SURVEY_ITEMS, "survey_items.csv", {"published_result": "result"}),
        (PROFILE_ITEMS, "profile_items.csv", {"group": "group"}),
    ],
    ids=lambda part: getattr(part, "key", ""),
)
def test_the_words_are_those_that_were_read(published_figures, source, file, names):
    rows = as_published(published_figures, file)
    frame = load(source).frame
    assert [row["item"] for row in rows] == frame["item"].tolist()
    assert [row["source_url"] for row in rows] == frame["source_url"].tolist()
    for was, now in names.items():
        assert [row[was] for row in rows] == frame[now].tolist()


def test_every_number_of_the_measures_is_the_printed_one(published_figures):
    rows = as_published(published_figures, "standardised_measures.csv")
    frame = load(STANDARDISED_MEASURES).frame
    assert len(rows) == len(frame)
    for was, (_, now) in zip(rows, frame.iterrows(), strict=True):
        assert [was[name] for name in ("sample", "measure", "scale")] == now.iloc[:3].tolist()
        share = was["scale"].startswith("%")
        for time in ("t1", "t2"):
            figures = {
                f"{time}_percentage" if share else f"{time}_mean": was[f"{time}_mean"],
                f"{time}_sd": was[f"{time}_sd"],
                f"{time}_n": was[f"{time}_n"],
            }
            for name, printed in figures.items():
                empty = printed in {"", "NOT FOUND"}
                assert now[name] == pytest.approx(
                    float("nan") if empty else float(printed), nan_ok=True
                )
            other = f"{time}_mean" if share else f"{time}_percentage"
            assert now[[other]].isna().all()


def test_the_measures_without_a_figure_are_those_of_the_children():
    frame = load(STANDARDISED_MEASURES).frame
    assert frame.loc[frame["reported"] == "no", "sample"].tolist() == ["children and young people"]


def test_the_ways_families_were_counted_add_up_to_all_of_them():
    frame = load(FAMILY_ITEMS).frame
    assert frame["families"].sum() == 270


def test_nine_areas_progressed_most_and_six_changed_least():
    groups = load(PROFILE_ITEMS).frame["group_key"].value_counts()
    assert groups[STRONGEST] == 9
    assert groups[WEAKEST] == 6


@pytest.mark.parametrize(
    "source", [LATER_STUDIES, PROFILE_ITEMS, SIZES, STANDARDISED_MEASURES], ids=lambda one: one.key
)
def test_every_wording_of_a_printed_table_has_one_key_that_looks_like_one(source):
    frame = load(source).frame
    keyed = [column for column in source.columns if column.name.endswith("_key")]
    assert keyed
    for column in keyed:
        assert column.is_key
        words, keys = frame[column.name.removesuffix("_key")], frame[column.name]
        assert len({*zip(words, keys, strict=True)}) == words.nunique() == keys.nunique()
        assert keys.str.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*").all()


@pytest.mark.parametrize(
    ("words", "amiss"),
    [(["greatest progress", "of another group"], "of another group"), (["greatest progress"], "")],
)
def test_a_wording_without_a_key_and_a_key_without_a_wording_are_refused(words, amiss):
    with pytest.raises(LookupError, match=rf"profile_items, group: .*{amiss}"):
        _keyed(pd.DataFrame({"group": words}), "profile_items")
