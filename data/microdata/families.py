"""Records of families: two interviews about six months apart, with standardised measures."""

from typing import Final

from data.microdata.fields import BAND, PILOT, PUBLISHED, ordered, point, score
from data.microdata.record import Field, FieldKind, RecordTable, Sum

NO_YES: Final = ("no", "yes")
HOW_FAR: Final = ("no", "partly", "yes")
FIRST_PARENT: Final = "the parent interviewed first"
OTHER_PARENT: Final = "another parent"

#: Below this total a parent's social network is small (Lubben and others 2006, LSNS-6).
LUBBEN_CUT_POINT: Final = 12

_LUBBEN: Final = "Lubben Social Network Scale, 6 items scored 0 to 5"
_PEARLIN: Final = "Pearlin and Schooler Mastery scale, 7 items scored 1 to 4"
_ENGAGEMENT: Final = (
    "Yatchmenoff Client Engagement Scale, 19 items scored 1 to 5; the split into 7, 4, 4 and 4 "
    "items follows from the printed maxima of the total (95) and of buy-in (35)"
)
_SDQ: Final = "Strengths and Difficulties Questionnaire, 20 items scored 0 to 2"

FAMILY_INTERVIEWS: Final = RecordTable(
    key="family_interviews",
    title="Interviews with families at two points",
    row="one family at one interview",
    unique=("family", "interview"),
    person="family",
    point="interview",
    day="date",
    sums=(
        Sum(total="lubben_total", parts=("lubben_family", "lubben_friends")),
        Sum(
            total="yatchmenoff_total",
            parts=(
                "yatchmenoff_buy_in",
                "yatchmenoff_receptivity",
                "yatchmenoff_working_relationship",
                "yatchmenoff_mistrust",
            ),
        ),
    ),
    fields=(
        Field(
            name="family",
            label="Family",
            kind=FieldKind.LABEL,
            about="Never a name. The same family has the same label at both interviews.",
        ),
        PILOT,
        BAND,
        point("interview", "Interview", "1 for the first, 2 for the one about six months later."),
        Field(
            name="date",
            label="Date of interview",
            kind=FieldKind.DATE,
            optional=True,
        ),
        Field(
            name="answered_by",
            label="Who answered",
            kind=FieldKind.CHOICE,
            allowed=(FIRST_PARENT, OTHER_PARENT),
            about="At the second interview another parent may have answered than at the first.",
        ),
        Field(
            name="children_interviewed",
            label="Children interviewed",
            kind=FieldKind.WHOLE,
            minimum=0,
            maximum=10,
            optional=True,
            about="Children aged 6 to 18 interviewed for the first time on this occasion.",
            origin="children aged 6 to 18 were interviewed too",
            unit="children",
        ),
        ordered("involved_planning", "Family was involved in planning the goals", HOW_FAR),
        ordered("goals_agreed", "Goals were clear and agreed with the family", HOW_FAR),
        ordered("told_criteria", "Family was told how progress would be judged", NO_YES),
        ordered("strengths_recognised", "Social worker works with parents' strengths", HOW_FAR),
        ordered("satisfied_contact", "Satisfied with the contact with social workers", NO_YES),
        ordered("lives_improved", "Believes that the family's life has improved", NO_YES),
        Field(
            name="goals_achieved",
            label="Goals were achieved",
            kind=FieldKind.CHOICE,
            allowed=HOW_FAR,
            ordered=True,
            optional=True,
            about="Asked at the second interview; empty at the first.",
            origin=PUBLISHED,
        ),
        score("lubben_family", "Lubben: family", 0, 15, origin=_LUBBEN),
        score("lubben_friends", "Lubben: friends", 0, 15, origin=_LUBBEN),
        score(
            "lubben_total",
            "Lubben: total",
            0,
            30,
            origin=_LUBBEN,
            about=f"Family and friends together; below {LUBBEN_CUT_POINT} the network is small.",
        ),
        score("pearlin_total", "Pearlin mastery: total", 7, 28, origin=_PEARLIN),
        score("yatchmenoff_buy_in", "Yatchmenoff: buy-in", 7, 35, origin=_ENGAGEMENT),
        score("yatchmenoff_receptivity", "Yatchmenoff: receptivity", 4, 20, origin=_ENGAGEMENT),
        score(
            "yatchmenoff_working_relationship",
            "Yatchmenoff: working relationship",
            4,
            20,
            origin=_ENGAGEMENT,
        ),
        score("yatchmenoff_mistrust", "Yatchmenoff: mistrust", 4, 20, origin=_ENGAGEMENT),
        score(
            "yatchmenoff_total",
            "Yatchmenoff: total",
            19,
            95,
            origin=_ENGAGEMENT,
            about="The four parts together.",
        ),
        score(
            "sdq_total",
            "SDQ: total difficulties",
            0,
            40,
            origin=_SDQ,
            about="Of one child of the family.",
        ),
    ),
)

#: Where the table holds a scale, by its keys in the published table of standardised measures.
PRINTED_SCALES: Final = {
    ("lubben", "total"): "lubben_total",
    ("lubben", "family"): "lubben_family",
    ("lubben", "friends"): "lubben_friends",
    ("pearlin", "total"): "pearlin_total",
    ("yatchmenoff", "total"): "yatchmenoff_total",
    ("yatchmenoff", "buy-in"): "yatchmenoff_buy_in",
    ("yatchmenoff", "receptivity"): "yatchmenoff_receptivity",
    ("yatchmenoff", "working-relationship"): "yatchmenoff_working_relationship",
    ("yatchmenoff", "mistrust"): "yatchmenoff_mistrust",
}
