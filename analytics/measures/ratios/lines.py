"""The lines of the Section 251 outturn, and what each contains."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from data.years import last_of_detail

LAST_YEAR_OF_DETAIL: Final = last_of_detail()
TOTAL: Final = "5.0.2"

QUALITY: Final = (
    "Section 251 returns of these years are known to be of uneven quality (Public Accounts "
    "Committee, 2014-15; the Department's own study, 2015). Compare ratios, not pounds."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the outturn, harmonised to the 3.x.x scheme.

    Attributes:
        code: Line code.
        name: What it is called here, as it stands inside a sentence.
        contains: What it contains, in the words of the Department's data dictionary where those
            are held, or the names of the lines it adds up.
        parts: Codes of the lines that add up to it; empty for a line of detail.
        category: Whether it is one of the categories that add up to the total.
        detail: Whether it is printed only to 2018/19.
    """

    code: str
    name: str
    contains: str = ""
    parts: tuple[str, ...] = ()
    category: bool = False
    detail: bool = False


def _category(code: str, name: str, contains: str, parts: tuple[str, ...] = ()) -> Line:
    return Line(code=code, name=name, contains=contains, parts=parts, category=True)


def _detail(code: str, name: str) -> Line:
    return Line(code=code, name=name, detail=True)


_CATEGORIES: Final = (
    _category(
        "3.0.5",
        "Sure Start children's centres and early years",
        "Sure Start children's centres (individual, area-wide and management) and other spend on "
        "children under 5.",
        ("3.0.1", "3.0.2", "3.0.3", "3.0.4"),
    ),
    _category(
        "3.1.11",
        "children looked after",
        "Residential care; fostering; adoption; special guardianship support; other services; "
        "short breaks for looked-after disabled children; children placed with family or friends; "
        "education of looked-after children; leaving care support; asylum-seeking services.",
        tuple(f"3.1.{part}" for part in range(1, 11)),
    ),
    _category(
        "3.2.1",
        "other children and families services",
        "Spend not placed under other headings, grants to voluntary organisations, counselling, "
        "generic substance-misuse support.",
    ),
    _category(
        "3.3.4",
        "safeguarding",
        "Social work (including functions in relation to child protection); commissioning and "
        "children's services strategy; Local Safeguarding Children Boards.",
        ("3.3.1", "3.3.2", "3.3.3"),
    ),
    _category(
        "3.4.6",
        "family support",
        "Direct payments; short breaks (respite) for disabled children; other support for disabled "
        "children; targeted family support; universal family support.",
        ("3.4.1", "3.4.2", "3.4.3", "3.4.4", "3.4.5"),
    ),
    _category(
        "3.5.3",
        "services for young people",
        "Universal and targeted services for young people.",
        ("3.5.1", "3.5.2"),
    ),
    _category("3.6.1", "youth justice", "Youth justice services."),
)

_DETAIL: Final = (
    _detail("3.0.1", "individual children's centres"),
    _detail("3.0.2", "area-wide services through children's centres"),
    _detail("3.0.3", "management of children's centres"),
    _detail("3.0.4", "other spend on children under 5"),
    _detail("3.1.1", "residential care"),
    _detail("3.1.2", "fostering"),
    _detail("3.1.3", "adoption"),
    _detail("3.1.4", "special guardianship support"),
    _detail("3.1.5", "other services for looked-after children"),
    _detail("3.1.6", "short breaks, looked-after disabled children"),
    _detail("3.1.7", "children placed with family and friends"),
    _detail("3.1.8", "education of looked-after children"),
    Line(code="3.1.9", name="leaving care support"),
    _detail("3.1.10", "asylum-seeking children"),
    _detail("3.3.1", "social work"),
    _detail("3.3.2", "commissioning and strategy"),
    _detail("3.3.3", "Local Safeguarding Children Board"),
    _detail("3.4.1", "direct payments"),
    _detail("3.4.2", "short breaks, disabled children"),
    _detail("3.4.3", "other support for disabled children"),
    _detail("3.4.4", "targeted family support"),
    _detail("3.4.5", "universal family support"),
    _detail("3.5.1", "universal services for young people"),
    _detail("3.5.2", "targeted services for young people"),
)

_WHOLE: Final = Line(
    code=TOTAL,
    name="all children's and young people's services",
    contains="The seven categories above added up, without capital expenditure from revenue.",
    parts=tuple(line.code for line in _CATEGORIES),
)

LINES: Final[dict[str, Line]] = {line.code: line for line in (*_CATEGORIES, *_DETAIL, _WHOLE)}


def categories() -> tuple[Line, ...]:
    """Return the categories that add up to the total, in the order of the return."""
    return _CATEGORIES


def leaves() -> tuple[Line, ...]:
    """Return the finest lines that add up to the total: details, and categories without any."""
    return tuple(LINES[code] for line in _CATEGORIES for code in (line.parts or (line.code,)))


def sum_words(codes: Sequence[str]) -> str:
    """Write a sum of lines as one side of a fraction: "family support (3.4.6)".

    Args:
        codes: Codes of known lines.
    """
    return " + ".join(f"{LINES[code].name} ({code})" for code in codes)
