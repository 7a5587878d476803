"""Areas of the self-profile as printed, in two lists: most progress, and least."""

from typing import Final

from markupsafe import Markup

from analytics.findings.people.self_profile_published import STRONGEST, WEAKEST
from analytics.publication.published import Published
from analytics.text.wording import upper_first
from components.templates.render import render
from data.schema import records

HEADINGS: Final = {STRONGEST: "most progress reported", WEAKEST: "least progress reported"}
#: No score of any area was printed, so that one entry says it of all.
MISSING: Final = (
    "The scores of each area at both points, and their scale",
    "Whether the order of the areas in a list is a ranking",
)


def areas_view(published: Published) -> Markup:
    """Write the two lists, the areas that are told first at their head.

    Args:
        published: The finding ``profile-published``.
    """
    rows = records(published.frame.sort_values("told", kind="stable", na_position="last"))
    lists = [_list(rows, group) for group in HEADINGS]
    return render("areas.html", lists=lists, most=len(rows), missing=MISSING)


def _list(rows: list[dict[str, object]], group: str) -> dict[str, object]:
    areas = [upper_first(str(row["in_words"])) for row in rows if row["group_key"] == group]
    look = "printed-full" if group == STRONGEST else "areas-weak"
    boxes = [
        {"x": f"{at + 0.06:.2f}", "look": look if at < len(areas) else "printed-rest"}
        for at in range(len(rows))
    ]
    return {"heading": HEADINGS[group], "many": len(areas), "areas": areas, "boxes": boxes}
