"""Fields that several record tables share, and short ways to describe the others."""

from typing import Final

from data.microdata.record import Field, FieldKind
from data.programmes.read import programme

#: What holds in every folder of records, or it is refused.
ONE_PLACE: Final = (
    "Each person, family or record belongs to one pilot, and each pilot to one band: where one "
    "stands in two, in a file or across the files of a folder, nothing is loaded."
)
BANDS: Final = programme().band_keys
PUBLISHED: Final = "item named in the published summary; wording of the answers is this explorer's"

PILOT: Final = Field(
    name="pilot",
    label="Pilot",
    kind=FieldKind.LABEL,
    about=(
        "A letter or any other label of the authority; always written the same for one authority. "
        "A person, family or record stands in one pilot only."
    ),
)
BAND: Final = Field(
    name="band",
    label="Experience band",
    kind=FieldKind.CHOICE,
    allowed=BANDS,
    ordered=True,
    about=(
        f"Of the pilot, at the start: {', '.join(band.about for band in programme().bands)}. "
        "A pilot has one band in all rows and files."
    ),
    origin="bands of the published summary",
)


def point(name: str, label: str, about: str) -> Field:
    """Describe which of two points in time a row is of."""
    return Field(
        name=name,
        label=label,
        kind=FieldKind.WHOLE,
        minimum=1,
        maximum=2,
        about=about,
        counted=True,
    )


def ordered(name: str, label: str, allowed: tuple[str, ...], *, origin: str = PUBLISHED) -> Field:
    """Describe an item with ordered answers, least first; it may be left unanswered."""
    return Field(
        name=name,
        label=label,
        kind=FieldKind.CHOICE,
        allowed=allowed,
        ordered=True,
        optional=True,
        origin=origin,
    )


def score(name: str, label: str, low: int, high: int, *, origin: str, about: str = "") -> Field:
    """Describe a score in whole points; it may be missing."""
    return Field(
        name=name,
        label=label,
        kind=FieldKind.WHOLE,
        minimum=low,
        maximum=high,
        optional=True,
        about=about,
        origin=origin,
        unit="points",
    )
