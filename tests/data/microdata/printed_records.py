"""What was printed of case records, as records give it."""

from functools import partial
from typing import Final

from data.microdata.case_records import REASONABLE_OR_GOOD, TOOLS
from data.programmes.read import programme
from tests.data.microdata.aggregate import Aggregate, Frames, share, size

_SHORT: Final = programme().short_name

CASE_ITEMS: Final = "case-record-items"

_GRADED: Final = f"Recordings of {_SHORT} practice graded reasonable or good"


def _graded(cohorts: tuple[str, ...], readings: tuple[int, ...], frames: Frames) -> float:
    frame = frames["case_records"]
    meant = frame["cohort"].isin(cohorts) & frame["reading"].isin(readings)
    return share(frame.loc[meant, "grade"], REASONABLE_OR_GOOD)


def _later_higher(readings: tuple[int, ...], frames: Frames) -> float:
    return _graded(("late",), readings, frames) - _graded(("early",), readings, frames)


def _tool(tool: str, frames: Frames) -> float:
    return share(frames["case_records"][tool], ["present"])


def _any_tool(frames: Frames) -> float:
    found = (frames["case_records"][list(TOOLS)] == "present").any(axis=1)
    return 100 * float(found.mean())


_READINGS: Final = {"all readings": (1, 2), "reading 1": (1,), "reading 2": (2,)}

CASE_RECORDS: Final = (
    *(
        Aggregate(
            name=f"recordings graded reasonable or good, {words}",
            measure=partial(_graded, ("early", "late"), readings),
            source=CASE_ITEMS,
            row={"item": _GRADED},
            column="percentage",
            decimals=0,
            reading="of the recordings of one reading, and of both together",
        )
        for words, readings in _READINGS.items()
    ),
    size(
        "recordings graded reasonable or good, among the sizes",
        "recordings-graded",
        partial(_graded, ("early", "late"), (1, 2)),
        0,
    ),
    *(
        Aggregate(
            name=f"graded reasonable or good: recruited late less early, {words}",
            measure=partial(_later_higher, readings),
            source=CASE_ITEMS,
            row={"item": "Trend by recruitment"},
            above=0,
            reading="percentage points",
        )
        for words, readings in _READINGS.items()
    ),
    Aggregate(
        name="recordings with at least one tool",
        measure=_any_tool,
        source=CASE_ITEMS,
        row={"item": f"{_SHORT} tools in records"},
        above=75,
        reading="widely used: three quarters or more hold one of the five",
    ),
    *(
        Aggregate(
            name=f"recordings with {tool.replace('_', ' ')}",
            measure=partial(_tool, tool),
            source=CASE_ITEMS,
            row={"item": f"{_SHORT} tools in records"},
            above=50,
            reading="widely used: more than half hold it",
        )
        for tool in TOOLS
    ),
)
