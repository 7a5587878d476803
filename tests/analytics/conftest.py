"""Fixtures of the analytics room: a cache of its own, and a second opinion on every number."""

import os
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from itertools import product
from pathlib import Path
from statistics import fmean, median

import pandas as pd
import pytest

from analytics.publication import finding
from analytics.publication.lru_cache import LruCache
from analytics.selection.selection import Selection
from data.sources.registry import AUTHORITIES, INDICATORS, NEIGHBOURS, PILOTS

NAN = float("nan")


@pytest.fixture(scope="session")
def room() -> Path:
    """Where the results of these tests are kept, whichever process of this run made them."""
    return Path(os.environ["EXPLORER_CACHE"]).with_name("analytics")


@pytest.fixture(autouse=True)
def cache_folder(room: Path) -> Iterator[None]:
    """Keep results made by these tests out of the cache that all others share."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXPLORER_CACHE", str(room))
        yield


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder and an empty memory, for this test alone."""
    folder = tmp_path / "fresh"
    monkeypatch.setenv("EXPLORER_CACHE", str(folder))
    forget(monkeypatch)
    return folder


def forget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "_MEMORY", LruCache(200_000, weight=finding._weight))
    monkeypatch.setattr(finding, "_weighed", lru_cache(finding._weighed.__wrapped__))


@pytest.fixture
def forgetful(monkeypatch: pytest.MonkeyPatch):
    """Forget what this process has sealed, as a new worker would."""
    return lambda: forget(monkeypatch)


class Reference:
    """The gaps again, read from the files and worked out cell by cell, without the app's code."""

    def __init__(self) -> None:
        self.cells = {"preferred": {}, "first": {}}
        frame = pd.read_parquet(INDICATORS.path)
        for vintage, flag in (("preferred", "preferred"), ("first", "first_published")):
            rows = frame[frame[flag] & frame["value"].notna()]
            rows = rows[~rows["status"].isin(["partial-2014", "older-pop"])]
            keys = zip(rows["indicator"], rows["code"], rows["year_end"], strict=True)
            self.cells[vintage] = dict(zip(keys, rows["value"].tolist(), strict=True))
        lists = pd.read_csv(NEIGHBOURS.path, dtype={"model": "str"}).sort_values("rank")
        self.lists = {
            key: rows["neighbour"].tolist() for key, rows in lists.groupby(["model", "code"])
        }
        places = pd.read_csv(AUTHORITIES.path)
        self.regions = dict(zip(places["code"], places["region_code"], strict=True))
        pilots = pd.read_csv(BytesIO(PILOTS.read()))
        self.bands = dict(zip(pilots["code"], pilots["band"], strict=True))

    def chosen(self, selection: Selection) -> list[str]:
        inside = [
            code
            for code, band in self.bands.items()
            if band in {one.key for one in selection.bands}
        ]
        return [code for code in inside if not selection.only or code in selection.only]

    def others(self, code: str, selection: Selection) -> list[str]:
        if selection.compare == "england":
            return ["E92000001"]
        if selection.compare == "region":
            return [self.regions[code]]
        if selection.compare == "pilots":
            return [other for other in self.bands if other not in self.chosen(selection)]
        first = self.lists[selection.model.key, code][: selection.k]
        return [other for other in first if selection.with_pilots or other not in self.bands]

    def value(self, key: str, code: str, year: int, selection: Selection) -> float:
        return self.cells[selection.vintage].get((key, code, year), NAN)

    def against(self, key: str, code: str, year: int, selection: Selection) -> tuple[float, int]:
        others = self.others(code, selection)
        held = [self.value(key, other, year, selection) for other in others]
        held = [value for value in held if value == value]  # noqa: PLR0124 (not NaN)
        if not held or len(held) < min(5, len(others)):
            return NAN, len(held)
        return (median if selection.average == "median" else fmean)(held), len(held)

    def yearly(self, key: str, code: str, selection: Selection) -> dict[int, float]:
        made = {
            year: self.value(key, code, year, selection)
            - self.against(key, code, year, selection)[0]
            for year in range(selection.first, selection.last + 1)
        }
        return {year: gap for year, gap in made.items() if gap == gap}  # noqa: PLR0124

    def gaps(self, key: str, selection: Selection) -> list[float]:
        made = [self.yearly(key, code, selection) for code in self.chosen(selection)]
        return [fmean(years.values()) for years in made if years]

    def changes(self, key: str, selection: Selection) -> list[float]:
        found = []
        for code in self.chosen(selection):
            years = self.yearly(key, code, selection)
            before = [gap for year, gap in years.items() if year <= 2014]
            after = [gap for year, gap in years.items() if year > 2014]
            if before and after:
                found.append(fmean(after) - fmean(before))
        return found


def flipped(differences: list[float]) -> float:
    """Count the sign flips that are at least as far from zero, one by one."""
    least = abs(fmean(differences)) - 1e-12
    flips = list(product((1, -1), repeat=len(differences)))
    far = [
        abs(sum(sign * one for sign, one in zip(signs, differences, strict=True)))
        / len(differences)
        >= least
        for signs in flips
    ]
    return sum(far) / len(flips)


@pytest.fixture(scope="session")
def reference() -> Reference:
    return Reference()


@pytest.fixture(scope="session")
def flips():
    return flipped
