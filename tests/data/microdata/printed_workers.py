"""What was printed of social workers and of the self-profile, as records give it."""

from functools import partial
from itertools import product
from typing import Final

import pandas as pd

from data.microdata.self_profile import ITEMS, STRONGEST, WEAKEST
from data.microdata.social_workers import SOCIAL_WORKER_SURVEY
from data.programmes.read import programme
from tests.data.microdata.aggregate import SIZES, Aggregate, Frames, share, together
from tests.data.microdata.printed_families import achieved_by_pilot

_SHORT: Final = programme().short_name

SURVEY_ITEMS: Final = "survey-items"
PROFILE_ITEMS: Final = "profile-items"
SOCIAL_WORKERS: Final = 471

_MOST: Final = "more than half of those who answered, and fewer than eight in ten"


def _wave(frames: Frames, number: int) -> pd.DataFrame:
    frame = frames["social_worker_survey"]
    return frame[frame["wave"] == number].set_index("respondent")


def _upper(field: str, wave: int, frames: Frames) -> float:
    answers = SOCIAL_WORKER_SURVEY.field(field).allowed[-2:]
    return share(_wave(frames, wave)[field], answers)


def _lower(field: str, wave: int, frames: Frames) -> float:
    answers = SOCIAL_WORKER_SURVEY.field(field).allowed[:2]
    return share(_wave(frames, wave)[field], answers)


def _grew(field: str, frames: Frames) -> float:
    return _upper(field, 2, frames) - _upper(field, 1, frames)


def _grew_of_same(field: str, frames: Frames) -> float:
    waves = {f"wave {number}": _wave(frames, number)[field] for number in (1, 2)}
    both = pd.DataFrame(waves).dropna()
    answers = SOCIAL_WORKER_SURVEY.field(field).allowed[-2:]
    return share(both["wave 2"], answers) - share(both["wave 1"], answers)


def _too_little_time(wave: int, frames: Frames) -> float:
    return _lower("enough_time", wave, frames) - _upper("enough_time", wave, frames)


def _workers(frames: Frames) -> float:
    survey, diaries = frames["social_worker_survey"], frames["time_diaries"]
    return float(len({*survey["respondent"], *diaries["worker"]}))


def _confidence_by_pilot(frames: Frames) -> pd.Series:
    frame = frames["social_worker_survey"]
    answers = SOCIAL_WORKER_SURVEY.field("confidence_framework").allowed
    level = frame["confidence_framework"].map({words: place for place, words in enumerate(answers)})
    return level.groupby(frame["pilot"]).mean()


def _confidence_improved(frames: Frames) -> float:
    interviews = frames["family_interviews"].dropna(subset=["lives_improved"])
    improved = (interviews["lives_improved"] == "yes").groupby(interviews["pilot"]).mean()
    return together(_confidence_by_pilot(frames), improved)


def _confidence_achieved(frames: Frames) -> float:
    return together(_confidence_by_pilot(frames), achieved_by_pilot(frames))


def changes(frames: Frames) -> pd.Series:
    """Return the mean change of each area of the self-profile, in points, by its words."""
    profile = frames["self_profile"]
    wide = profile.pivot(index=["pilot", "item"], columns="point", values="score")
    return (wide[2] - wide[1]).groupby("item").mean()


def _ahead(words: str, frames: Frames) -> float:
    """How far a strong area is above every weak one, in points."""
    change = changes(frames)
    weak = [item.label for item in ITEMS if not item.strongest]
    return float(change[words] - change[weak].max())


def _behind(words: str, frames: Frames) -> float:
    """How far a weak area is below every strong one, in points."""
    change = changes(frames)
    strong = [item.label for item in ITEMS if item.strongest]
    return float(change[strong].min() - change[words])


def _most(item: str, field: str, wave: int) -> Aggregate:
    return Aggregate(
        name=f"{SOCIAL_WORKER_SURVEY.field(field).label}: upper two answers, wave {wave}",
        measure=partial(_upper, field, wave),
        source=SURVEY_ITEMS,
        row={"item": item},
        above=50,
        below=80,
        reading=_MOST,
    )


_COMMUNICATION: Final = (
    f"{_SHORT} helped better communication with families, incl. more inclusion of "
    "children/young people"
)
_TOOLS: Final = (
    "confidence_mapping",
    "confidence_safety_planning",
    "confidence_danger_statements",
    "confidence_words_pictures",
    "confidence_three_houses",
)
_AGREED: Final = (
    (f"Confidence in using {_SHORT} as a framework", "confidence_framework"),
    *((f"Confidence in using the associated {_SHORT} tools", tool) for tool in _TOOLS),
    (f"Quality of own assessments since adopting {_SHORT}", "assessment_quality"),
    ("Safety planning helped to identify and manage risk", "risk_planning"),
    *(
        (
            _COMMUNICATION,
            field,
        )
        for field in ("communication", "inclusion_children")
    ),
)
_GREW: Final = (
    ("Use of mapping", "use_mapping"),
    ("Use of safety planning", "use_safety_planning"),
)
_LINKED: Final = "Higher worker confidence v parent-reported improvement"

WORKERS: Final = (
    Aggregate(
        name="social workers in the survey, the diaries or both",
        measure=_workers,
        source=SIZES,
        row={"fact_key": "social-workers"},
        column="value",
        above=0,
        below=SOCIAL_WORKERS + 0.5,
        reading="no more than the 471 of all four methods: two of the four are simulated",
    ),
    *(_most(item, field, wave) for (item, field), wave in product(_AGREED, (1, 2))),
    *(
        Aggregate(
            name=f"{item}: wave 2 less wave 1, {who}",
            measure=partial(function, field),
            source=SURVEY_ITEMS,
            row={"item": item},
            above=0,
            reading="share answering often or almost always, percentage points",
        )
        for item, field in _GREW
        for who, function in (("all", _grew), ("those who answered twice", _grew_of_same))
    ),
    *(
        Aggregate(
            name=f"too little time less enough, wave {wave}",
            measure=partial(_too_little_time, wave),
            source=SURVEY_ITEMS,
            row={"item": f"Not enough time to apply {_SHORT} as thoroughly as they would wish"},
            above=0,
            reading="share disagreeing that there is enough less share agreeing",
        )
        for wave in (1, 2)
    ),
    *(
        Aggregate(
            name=f"workers' confidence goes with {words}",
            measure=measure,
            source=SURVEY_ITEMS,
            row={"item": _LINKED},
            above=0,
            reading="correlation over pilots: no table links a worker with a family",
        )
        for words, measure in (
            ("families' lives improved", _confidence_improved),
            ("goals achieved", _confidence_achieved),
        )
    ),
)

PROFILE: Final = tuple(
    Aggregate(
        name=f"{item.label}: {'above every weak area' if item.strongest else 'below every strong'}",
        measure=partial(_ahead if item.strongest else _behind, item.label),
        source=PROFILE_ITEMS,
        row={
            "group_key": STRONGEST if item.strongest else WEAKEST,
            "item": item.label,
        },
        column="group",
        above=0,
        reading=f"mean change over the {programme().many} pilots, points",
    )
    for item in ITEMS
)
