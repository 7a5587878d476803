"""What an evaluation printed: each finding a sentence, with a picture where it has a number."""

from collections.abc import Mapping
from math import isnan
from typing import Final

from markupsafe import Markup

from analytics.publication.published import Published
from analytics.text.printed_pictures import Exactness, Part, Sign
from analytics.text.wording import number
from components.templates.render import render
from data.schema import number_in, records
from data.sources.read_at import read_at

Row = Mapping[str, object]

#: What the parts after the findings are called.
HEADINGS: Final = {Part.WHO: "Who took part", Part.LATER: "Later studies and accounts"}
#: Words before a share that is not printed exactly.
WORDS: Final = {Exactness.EXACT: "", Exactness.ABOUT: "About ", Exactness.OVER: "More than "}
#: Signs beside words without a figure; the words say the same.
SIGNS: Final = {Sign.UP: "↑", Sign.DOWN: "↓", Sign.AGREED: "✓", Sign.COMMENT: "“", Sign.NONE: "·"}
#: Points of 100 over which a bar fades that is not printed exactly.
FADE: Final = 8
SLICES: Final = 8


def printed_view(published: Published) -> Markup:
    """Write what was printed, the finding told first as a picture alone: the title says it.

    Args:
        published: One of the findings ``…-published`` with the columns ``PICTURED``.
    """
    frame = published.frame
    drawn = frame["share"].notna() | frame["count"].notna()
    ordered = frame.assign(drawn=~drawn).sort_values(["told", "drawn"], kind="stable")
    rows = records(ordered)
    parts = {part: [_row(row) for row in rows if row["part"] == part] for part in Part}
    first, *others = parts[Part.FINDING]
    return render(
        "printed.html",
        first=first,
        findings=others,
        parts=[(part.value, HEADINGS[part], parts[part]) for part in HEADINGS if parts[part]],
        missing=missing(rows),
    )


def missing(rows: list[dict[str, object]]) -> list[str]:
    """Return what was not reported, each once.

    Args:
        rows: With ``missing``, ``reported`` and ``item``. A row without a figure that does not
            say what is missing is named itself.
    """
    said = [
        str(row["missing"]) or (str(row["item"]) if row["reported"] == "no" else "") for row in rows
    ]
    return [words for words in dict.fromkeys(said) if words]


def _row(row: Row) -> dict[str, object]:
    return {
        "said": str(row["in_words"]),
        "source": read_at(str(row["source_url"])),
        "picture": _picture(row),
        "sign": SIGNS[Sign(str(row["sign"]))],
    }


def _picture(row: Row) -> dict[str, object] | None:
    """Return a bar of 100% with its number, or None where no number is printed."""
    share, count, base = (number_in(row, name) for name in ("share", "count", "base"))
    if (isnan(share) and isnan(count)) or (isnan(share) and isnan(base)):
        return None
    exactness = Exactness(str(row["exactness"]))
    if isnan(share):
        words, of = number(count, 0), f"of {number(base, 0)}"
        share = 100 * count / base
    else:
        words = f"{WORDS[exactness]}{number(share, 0)}%"
        of = "" if isnan(base) else f"of {number(base, 0)}"
    full = share - FADE / 2 if exactness is Exactness.ABOUT else share
    fades = [] if exactness is Exactness.EXACT else _fades(full)
    return {"words": words, "of": of, "full": f"{full:.1f}", "fades": fades}


def _fades(start: float) -> list[tuple[str, str, str]]:
    """Return the slices in which a bar fades: where each begins, its width and its opacity."""
    width = FADE / SLICES
    return [
        (f"{start + at * width:.2f}", f"{width:.2f}", f"{1 - (at + 1) / (SLICES + 1):.2f}")
        for at in range(SLICES)
    ]
