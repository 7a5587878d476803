"""The tables of the project are what the published figures give, byte for byte."""

import csv

from data.build import evaluation, official, simulate
from data.build.__main__ import build
from data.load import load
from data.programmes.read import programme
from data.sources import source
from data.sources.evaluation import STANDARDISED_MEASURES
from data.sources.registry import SOURCES

#: The table of pilots is held by their programme.
FILES = [source for source in SOURCES.values() if not source.content]
GROUPS = {"new": "beginner", "2 year": "two-years", "2+ years": "over-two"}


def test_the_pilots_of_the_programme_are_those_of_the_published_figures(published_figures):
    with (published_figures / "evaluation" / "pilots.csv").open(encoding="utf-8", newline="") as f:
        printed = {row["ons_code"]: row for row in csv.DictReader(f)}
    pilots = programme().pilots
    assert [one.code for one in pilots] == sorted(printed)
    for one in pilots:
        row = printed[one.code]
        assert (one.name, one.band) == (row["pilot"], GROUPS[row["group_label"]])
        assert one.authority_type == row["la_type"]
        assert one.experience == row["experience_at_autumn_2014"]
        assert one.more == {"in_second_programme": row["in_eip2"]}


def test_every_table_is_rebuilt_byte_for_byte(published_figures, tmp_path):
    official.write(published_figures / "official" / "figures", tmp_path / "official")
    evaluation.write(published_figures / "evaluation", tmp_path / "evaluation")
    simulate.write(load(STANDARDISED_MEASURES).frame, tmp_path / "simulated")
    differ = [
        source.file
        for source in FILES
        if (tmp_path / source.file).read_bytes() != source.path.read_bytes()
    ]
    assert not differ
    made = {path.relative_to(tmp_path).as_posix() for path in tmp_path.glob("*/*")}
    assert made == {source.file for source in FILES}


def test_a_build_signs_what_it_wrote(published_figures, room, monkeypatch):
    committed = source.CHECKSUMS.read_text(encoding="utf-8")
    for folder in ("official", "evaluation", "simulated"):
        for path in (room / folder).iterdir():
            path.unlink()
    source.CHECKSUMS.unlink()
    monkeypatch.setattr("data.build.__main__.ROOM", room)
    monkeypatch.setattr("data.build.__main__.CHECKSUMS", source.CHECKSUMS)
    build(published_figures)
    assert source.CHECKSUMS.read_text(encoding="utf-8") == committed
