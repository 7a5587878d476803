"""What was printed of families, as records give it."""

from collections.abc import Callable
from functools import partial
from itertools import product
from typing import Final

import pandas as pd

from data.microdata.fields import BANDS
from data.programmes.read import programme
from tests.data.microdata.aggregate import SIZES, Aggregate, Frames, share, size, together

_SHORT: Final = programme().short_name

FAMILY_ITEMS: Final = "family-items"

_CRITERIA: Final = "Given information on criteria by which progress would be assessed"
_STRENGTHS: Final = "Social worker works with parents' strengths"
_IMPROVED: Final = "Satisfied with contact with social workers and believed lives improved"


def _interview(frames: Frames, number: int) -> pd.DataFrame:
    frame = frames["family_interviews"]
    return frame[frame["interview"] == number].set_index("family")


def _yes(field: str, number: int, frames: Frames) -> float:
    return share(_interview(frames, number)[field], ["yes"])


def _no(field: str, number: int, frames: Frames) -> float:
    return share(_interview(frames, number)[field], ["no"])


def _families(frames: Frames) -> float:
    return float(len(_interview(frames, 1)))


def _children(frames: Frames) -> float:
    return float(frames["family_interviews"]["children_interviewed"].sum())


def _satisfied_and_improved(frames: Frames) -> float:
    first = _interview(frames, 1)
    both = (first["satisfied_contact"] == "yes") & (first["lives_improved"] == "yes")
    answered = first["satisfied_contact"].notna() & first["lives_improved"].notna()
    return 100 * float(both.sum()) / float(answered.sum())


def _satisfied_asked(frames: Frames) -> float:
    first = _interview(frames, 1)
    return float(first[["satisfied_contact", "lives_improved"]].notna().all(axis=1).sum())


def _strengths_fell(frames: Frames) -> float:
    return _yes("strengths_recognised", 1, frames) - _yes("strengths_recognised", 2, frames)


def _strengths_fell_of_same(frames: Frames) -> float:
    first, second = (_interview(frames, number)["strengths_recognised"] for number in (1, 2))
    both = pd.DataFrame({"first": first, "second": second}).dropna()
    return share(both["first"], ["yes"]) - share(both["second"], ["yes"])


def _involved_achieved(number: int, frames: Frames) -> float:
    said = pd.DataFrame(
        {
            "involved": _interview(frames, number)["involved_planning"],
            "achieved": _interview(frames, 2)["goals_achieved"],
        }
    ).dropna()
    involved = said["involved"] == "yes"
    return share(said.loc[involved, "achieved"], ["yes"]) - share(
        said.loc[~involved, "achieved"], ["yes"]
    )


def achieved_by_pilot(frames: Frames) -> pd.Series:
    """Return the percentage of families of each pilot that said goals were achieved."""
    second = _interview(frames, 2)
    said = (second["goals_achieved"] == "yes").where(second["goals_achieved"].notna())
    return 100 * said.astype("float").groupby(second["pilot"]).mean()


def _embedded_achieved(frames: Frames) -> float:
    profile = frames["self_profile"]
    late = profile[profile["point"] == profile["point"].max()]
    return together(late.groupby("pilot")["score"].mean(), achieved_by_pilot(frames))


def _longer_achieved(frames: Frames) -> float:
    second = _interview(frames, 2)
    longest, least = (second["band"] == band for band in (BANDS[-1], BANDS[0]))
    achieved = second["goals_achieved"]
    return share(achieved[longest], ["yes"]) - share(achieved[least], ["yes"])


def _days_between(frames: Frames) -> float:
    days = [pd.to_datetime(_interview(frames, number)["date"]) for number in (1, 2)]
    return float((days[1] - days[0]).dt.days.median())


def _dates_in_period(frames: Frames) -> float:
    dates = pd.to_datetime(frames["family_interviews"]["date"]).dropna()
    ends = f"{programme().first_after}-01-01", f"{programme().window[1]}-03-31"
    return 100 * float(dates.between(*ends).mean())


def _sdq_change(frames: Frames) -> float:
    first, second = (_interview(frames, number)["sdq_total"].mean() for number in (1, 2))
    return float(second - first)


def _family(
    name: str, item: str, measure: Callable[[Frames], float], reading: str, above: float = 0
) -> Aggregate:
    return Aggregate(
        name=name,
        measure=measure,
        source=FAMILY_ITEMS,
        row={"item": item},
        above=above,
        reading=reading,
    )


FAMILIES: Final = (
    size("families interviewed", "families", _families, 0),
    size("children interviewed", "children", _children, 0),
    Aggregate(
        name="months between the two interviews",
        measure=_days_between,
        source=SIZES,
        row={"fact_key": "families"},
        column="detail",
        above=165,
        below=200,
        reading="median days between the interviews, about six months",
    ),
    size(
        "interviews inside the evaluation period",
        "period",
        _dates_in_period,
        None,
        above=99.9,
    ),
    *(
        Aggregate(
            name=f"not told the criteria for judging progress, interview {number}",
            measure=partial(_no, "told_criteria", number),
            source=FAMILY_ITEMS,
            row={"item": _CRITERIA},
            above=50,
            below=55,
            reading="more than half and less than 55 % of those who answered",
        )
        for number in (1, 2)
    ),
    *(
        size(
            f"told the criteria for judging progress, interview {number}",
            "told-criteria",
            partial(_yes, "told_criteria", number),
            None,
            above=45,
            below=50,
        )
        for number in (1, 2)
    ),
    _family(
        "strengths: first interview less second, all",
        _STRENGTHS,
        _strengths_fell,
        "share answering yes, percentage points",
    ),
    _family(
        "strengths: first interview less second, families who answered twice",
        _STRENGTHS,
        _strengths_fell_of_same,
        "share answering yes, percentage points, of families with an answer at both",
    ),
    Aggregate(
        name="satisfied with contact and lives improved",
        measure=_satisfied_and_improved,
        source=FAMILY_ITEMS,
        row={"item": _IMPROVED},
        column="percentage",
        decimals=0,
        reading="both, at the first interview, when all 270 families were there",
    ),
    size(
        "satisfied with contact and lives improved, among the sizes",
        "satisfied-and-improved",
        _satisfied_and_improved,
        0,
    ),
    size("families asked about satisfaction", "families", _satisfied_asked, 0),
    *(
        _family(
            f"goals achieved: involved in planning less others, asked at interview {number}",
            "Involved in goal planning -> goals achieved",
            partial(_involved_achieved, number),
            "share answering yes at the second interview, percentage points",
        )
        for number in (1, 2)
    ),
    _family(
        "goals achieved goes with how embedded a pilot is",
        f"Where {_SHORT} more embedded, more families reported goals achieved",
        _embedded_achieved,
        "correlation over pilots of the share with the mean second self-profile score",
    ),
    _family(
        f"goals achieved: pilots of {programme().bands[-1].about} less "
        f"{programme().bands[0].short}",
        f"Where {_SHORT} more embedded, more families reported goals achieved",
        _longer_achieved,
        "the same, reading experience as embedding; percentage points",
    ),
    *(
        Aggregate(
            name=f"most families say {words}, interview {number}",
            measure=partial(_yes, field, number),
            row={},
            above=50,
            reading="the summary: families more involved, clearer goals",
        )
        for (field, words), number in product(
            (("involved_planning", "they were involved"), ("goals_agreed", "goals were clear")),
            (1, 2),
        )
    ),
    Aggregate(
        name="children's difficulties: mean of the second interview less the first",
        measure=_sdq_change,
        row={},
        above=-1,
        below=1,
        reading="the summary: little evidence of outcomes on children's measures; within a point",
    ),
)
