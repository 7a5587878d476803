"""Self-profile of the pilots: fifteen published areas, scored at two points."""

from dataclasses import dataclass
from typing import Final

from data.microdata.fields import BAND, PILOT, point
from data.microdata.record import Field, FieldKind, RecordTable
from data.programmes.read import programme

_SHORT: Final = programme().short_name
#: The two groups of areas, by their keys in the table of printed areas.
STRONGEST: Final = "strongest"
WEAKEST: Final = "weakest"
#: What the summary calls them.
GROUPS: Final = {STRONGEST: "greatest progress", WEAKEST: "weakest change"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileItem:
    """One area of the self-profile.

    Attributes:
        key: Short name, for addresses.
        label: As worded in the published summary; the cell in files.
        strongest: Whether it is among the nine with the greatest reported progress, or else among
            the six with the weakest change.
    """

    key: str
    label: str
    strongest: bool


ITEMS: Final = (
    *(
        ProfileItem(key=key, label=words, strongest=True)
        for key, words in (
            ("commitment", f"embedding an organisational commitment to {_SHORT}"),
            ("plain-language", "using plain language that could be understood by families"),
            ("tools-children", "using tools to engage children and young people"),
            ("mapping", "mapping cases"),
            (
                "safety-plans",
                "using safety plans across initial and review child protection conferences",
            ),
            ("managers-training", "providing advanced 5-day training for all managers"),
            (
                "all-training",
                (
                    f"embedding {_SHORT} approaches across all training for those in children's "
                    "social care"
                ),
            ),
            (
                "conferences",
                f"aligning initial child protection conferences with {_SHORT}",
            ),
            (
                "leadership",
                f"establishing practice leadership and supervision processes to support {_SHORT}",
            ),
        )
    ),
    *(
        ProfileItem(key=key, label=words, strongest=False)
        for key, words in (
            (
                "relationships",
                "constructive working relationships between professionals and families",
            ),
            (
                "contact-time",
                "spending the necessary direct contact time with adults in families",
            ),
            ("right-time", "confidence that the service was intervening at the right time"),
            ("mistakes", "creating a culture where it is permissible to admit mistakes"),
            ("administration", "supporting social workers with administrative tasks"),
            ("recruiting", "recruiting high-quality staff"),
        )
    ),
)

SELF_PROFILE: Final = RecordTable(
    key="self_profile",
    title="Self-profile of the pilots at two points",
    row="one pilot's score on one area at one point",
    unique=("pilot", "item", "point"),
    person="pilot",
    point="point",
    fields=(
        PILOT,
        BAND,
        Field(
            name="item",
            label="Area",
            kind=FieldKind.CHOICE,
            allowed=tuple(item.label for item in ITEMS),
            about="The nine strongest first, then the six weakest.",
            origin="wording of the published summary",
        ),
        point("point", "Point", "1 for the first profile, 2 for the second."),
        Field(
            name="score",
            label="Score",
            kind=FieldKind.WHOLE,
            minimum=0,
            maximum=10,
            about="0 for not at all in place, 10 for fully in place.",
            origin="a 0 to 10 scale of this explorer; the scale is not reported in sources held",
            unit="points",
        ),
    ),
)
