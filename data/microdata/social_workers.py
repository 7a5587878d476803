"""Records of social workers: a survey at two waves, and diaries of how their hours were spent."""

from typing import Final

from data.microdata.fields import BAND, PILOT, PUBLISHED, ordered, point
from data.microdata.record import Field, FieldKind, Limit, RecordTable
from data.programmes.read import programme

_NAME: Final = programme().name

CONFIDENCE: Final = (
    "not at all confident",
    "not very confident",
    "unsure",
    "fairly confident",
    "very confident",
)
FREQUENCY: Final = ("never", "rarely", "sometimes", "often", "almost always")
AGREEMENT: Final = ("strongly disagree", "disagree", "neither", "agree", "strongly agree")
IMPROVEMENT: Final = ("much poorer", "poorer", "about the same", "improved", "much improved")

OWN_TOOL: Final = "tool of the approach; the summary does not name the tools it asked about"

SOCIAL_WORKER_SURVEY: Final = RecordTable(
    key="social_worker_survey",
    title="Survey of social workers at two waves",
    row="one social worker at one wave",
    unique=("respondent", "wave"),
    person="respondent",
    point="wave",
    fields=(
        Field(
            name="respondent",
            label="Respondent",
            kind=FieldKind.LABEL,
            about="Never a name. The same person has the same label at both waves and in diaries.",
        ),
        PILOT,
        BAND,
        point("wave", "Wave", "1 for the first survey, 2 for the second."),
        ordered("confidence_framework", f"Confidence in {_NAME} as a framework", CONFIDENCE),
        *(
            ordered(f"confidence_{name}", f"Confidence in using {words}", CONFIDENCE, origin=origin)
            for name, words, origin in (
                ("mapping", "mapping", PUBLISHED),
                ("safety_planning", "safety planning", PUBLISHED),
                ("danger_statements", "danger statements", OWN_TOOL),
                ("words_pictures", "words and pictures", OWN_TOOL),
                ("three_houses", "three houses, or wizards and fairies", OWN_TOOL),
            )
        ),
        ordered("use_mapping", "How often mapping is used", FREQUENCY),
        ordered("use_safety_planning", "How often safety planning is used", FREQUENCY),
        ordered(
            "use_words_pictures",
            "How often words and pictures are used",
            FREQUENCY,
            origin=OWN_TOOL,
        ),
        ordered(
            "use_three_houses",
            "How often three houses, or wizards and fairies, are used",
            FREQUENCY,
            origin=OWN_TOOL,
        ),
        ordered(
            "assessment_quality",
            f"Quality of own assessments since adopting {_NAME}",
            IMPROVEMENT,
        ),
        ordered("risk_planning", "Safety planning helps to identify and manage risk", AGREEMENT),
        ordered("communication", "It helps communication with families", AGREEMENT),
        ordered("inclusion_children", "It helps to include children and young people", AGREEMENT),
        ordered(
            "enough_time", "There is enough time to apply it as thoroughly as wished", AGREEMENT
        ),
    ),
)

#: What diaries count as time with families.
DIRECT_CONTACT: Final = (
    "direct contact with children",
    "direct contact with parents or carers",
    "direct contact with wider family",
)
ACTIVITIES: Final = (
    *DIRECT_CONTACT,
    "recording and reports",
    "assessment and planning",
    "conferences and meetings",
    "contact with other professionals",
    "court work",
    "supervision and team meetings",
    "training",
    "travel",
    "other administration",
)

TIME_DIARIES: Final = RecordTable(
    key="time_diaries",
    title="Time diaries of social workers",
    row="one social worker's hours on one activity in one week",
    unique=("worker", "week", "activity"),
    person="worker",
    limit=Limit(
        field="hours", of=("worker", "week"), most=168, label="168 hours, which a week has"
    ),
    fields=(
        Field(
            name="worker",
            label="Social worker",
            kind=FieldKind.LABEL,
            about="Never a name. The same label as in the survey where the person answered it.",
        ),
        PILOT,
        BAND,
        Field(
            name="week",
            label="Diary week",
            kind=FieldKind.WHOLE,
            minimum=1,
            maximum=52,
            counted=True,
            about="1 for the first week a diary was kept.",
        ),
        Field(
            name="activity",
            label="Activity",
            kind=FieldKind.CHOICE,
            allowed=ACTIVITIES,
            about="The first three are direct contact. A week lists every activity, 0 hours too.",
        ),
        Field(
            name="hours",
            label="Hours",
            kind=FieldKind.NUMBER,
            minimum=0,
            maximum=100,
            unit="hours in the week",
        ),
    ),
)
