"""What an evaluation and the studies after it printed: one entry a table."""

from typing import Final

from data.programmes.programme import PILOT_COLUMNS, Programme
from data.programmes.read import programme
from data.schema import Column, ColumnKind, key_text, text
from data.sources.source import Kind, Source

REPORT: Final = programme().evaluation.report
PUBLISHER: Final = programme().evaluation.publisher
NOT_REPORTED: Final = "A figure looked for and not found is not reported in the sources held."

REPORTED = text(
    "reported",
    "Figure reported",
    optional=False,
    about="yes where a figure is printed; no where only words are in the sources held.",
)
READ_AT = key_text("source_url", "Read at")
CONFIDENCE = text("confidence", "How sure the reading is")
NOTE = text("note", "Note")
TOLD: Final = Column(
    name="told",
    label="Order in which it is told",
    kind=ColumnKind.COUNT,
    minimum=1,
    decimals=0,
    in_table=False,
    about="Of the few that a page tells first; empty for the others.",
)
#: What was printed in plain words, and in which order the first few are told.
PLAIN_WORDS: Final = (
    text(
        "in_words",
        "In plain words",
        about="What was printed, said plainly; {figure} stands for the figure. Written here.",
    ),
    TOLD,
)
#: What a picture of a printed row needs beside its figure.
PICTURE: Final = (
    key_text("part", "Part", about="who: who took part. later: of later studies. Else a finding."),
    Column(
        name="named_share",
        label="Share that the words name",
        unit="%",
        minimum=0,
        decimals=0,
        about="Where no figure is printed: 50 where half is spoken of.",
    ),
    key_text("exactness", "Exactness", about="over or about, where a share is printed so."),
    Column(
        name="base",
        label="Of how many",
        kind=ColumnKind.COUNT,
        minimum=0,
        decimals=0,
    ),
    key_text("sign", "Sign", about="What words without a figure say: up, down, agreed, comment."),
    text("missing", "What of it is not reported", about="In plain words. Written here."),
)


def _key_of(name: str, what: str) -> Column:
    """Describe the column of keys that goes with a column of printed words."""
    return key_text(
        f"{name}_key", f"{what}, as a key", about="Written here; the words are as printed."
    )


def _percentage(name: str, label: str, about: str = "") -> Column:
    return Column(name=name, label=label, unit="%", minimum=0, decimals=0, about=about)


def _count(name: str, label: str, unit: str) -> Column:
    return Column(name=name, label=label, unit=unit, kind=ColumnKind.COUNT, minimum=0, decimals=0)


def _experience(of: Programme) -> str:
    return "Label of the band" if of.group else f"Experience at {of.experience.at}"


def pilots_table(of: Programme) -> Source:
    """Describe the table of pilots, which a programme holds itself."""
    about = {
        "code": text(
            "code", "GSS code", about="ONS nine-character code of the place.", optional=False
        ),
        "name": text("name", "Pilot", optional=False),
        "band": text("band", "Band", optional=False, about=f"{of.any_band}."),
        "authority_type": text("authority_type", "Type of authority"),
        "experience": text("experience", _experience(of)),
    }
    return Source(
        key="pilots",
        title=f"The {of.many} pilots"
        + (f" and their {of.band_words}s" if len(of.bands) > 1 else ""),
        publisher=of.evaluation.publisher,
        publication=of.evaluation.report,
        edition=of.table.edition,
        period=of.table.period,
        kind=Kind.PUBLISHED,
        file="evaluation/pilots.csv",
        row_key=("code",),
        columns=(
            *(about[name] for name in PILOT_COLUMNS),
            *(
                text(name, label, about=f"{label}: as the evaluation has it.")
                for name, label in of.table.more.items()
            ),
        ),
        notes=of.table.notes,
        content=of.pilots_csv(),
    )


PILOTS = pilots_table(programme())

LATER_STUDIES = Source(
    key="later-studies",
    title="What later studies of the same programme found",
    publisher="What Works for Children's Social Care and King's College London",
    publication=programme().later.publication,
    edition="2020 and 2021, as far as they could be read",
    period="2017 to 2020",
    kind=Kind.LATER,
    file="evaluation/later_studies.csv",
    row_key=("topic_key",),
    columns=(
        text("topic", "Topic", optional=False),
        text("finding", "Finding", optional=False),
        text("figure", "Figure"),
        CONFIDENCE,
        READ_AT,
        NOTE,
        _key_of("topic", "Topic"),
    ),
)

SIZES = Source(
    key="evaluation-sizes",
    title="Sizes of the evaluation as published",
    publisher=PUBLISHER,
    publication=REPORT,
    edition="summary",
    period="2015 to 2017",
    kind=Kind.PUBLISHED,
    file="evaluation/sizes.csv",
    row_key=("fact_key",),
    columns=(
        text("fact", "Fact", optional=False),
        text("value", "As printed", optional=False),
        text("detail", "Detail"),
        READ_AT,
        NOTE,
        _key_of("fact", "Fact"),
    ),
)

KPI_RESULTS = Source(
    key="kpi-results",
    title="Indicators the summary names",
    publisher=PUBLISHER,
    publication=REPORT,
    edition="summary",
    period="2012/13 to 2015/16",
    kind=Kind.PUBLISHED,
    file="evaluation/kpi_results.csv",
    row_key=("kpi",),
    columns=(
        text("kpi", "Indicator as printed", optional=False),
        text("direction", "Pilots against neighbours"),
        text("statistic", "Statistic"),
        text("p_value", "p"),
        text("years", "Years"),
        CONFIDENCE,
        READ_AT,
        NOTE,
    ),
)

FAMILY_ITEMS = Source(
    key="family-items",
    title="What families said, as published",
    publisher=PUBLISHER,
    publication=REPORT,
    edition="summary, Appendix G and two later accounts",
    period="2015 to 2016",
    kind=Kind.PUBLISHED,
    file="evaluation/family_items.csv",
    row_key=("item",),
    columns=(
        text("item", "Item", optional=False),
        text("result", "As printed", optional=False),
        REPORTED,
        _percentage("percentage", "Share of families"),
        _count("families", "Families", "families"),
        text("first_interview", "First interview", about="In words, where only a direction is."),
        text("second_interview", "Second interview", about="In words, as above."),
        CONFIDENCE,
        READ_AT,
        NOTE,
        *PLAIN_WORDS,
        *PICTURE,
    ),
    notes=(NOT_REPORTED,),
)

STANDARDISED_MEASURES = Source(
    key="standardised-measures",
    title="Standardised measures at two interviews, as published",
    publisher=PUBLISHER,
    publication=REPORT,
    edition="Appendix I",
    period="2015 to 2016",
    kind=Kind.PUBLISHED,
    file="evaluation/standardised_measures.csv",
    row_key=("sample_key", "measure_key", "scale_key"),
    columns=(
        text("sample", "Sample", optional=False),
        text("measure", "Measure", optional=False),
        text("scale", "Scale", optional=False),
        REPORTED,
        Column(name="maximum", label="Largest score as printed", unit="points", decimals=0),
        *(
            column
            for time, words in (("t1", "first interview"), ("t2", "second interview"))
            for column in (
                Column(
                    name=f"{time}_mean",
                    label=f"Mean, {words}",
                    unit="points",
                    decimals=0,
                    about="Rounded to whole numbers in print.",
                ),
                Column(
                    name=f"{time}_sd",
                    label=f"Standard deviation, {words}",
                    unit="points",
                    minimum=0,
                ),
                _percentage(
                    f"{time}_percentage",
                    f"Share, {words}",
                    "Of parents scoring below the cut point, in the rows of that name.",
                ),
                _count(f"{time}_n", f"Parents, {words}", "parents"),
            )
        ),
        READ_AT,
        NOTE,
        _key_of("sample", "Sample"),
        _key_of("measure", "Measure"),
        _key_of("scale", "Scale"),
    ),
    notes=(
        NOT_REPORTED,
        (
            "The two n differ even among parents interviewed twice, since not everybody answered "
            "every measure; how many answered it both times is not reported."
        ),
        (
            "The largest scores printed for the four parts of the engagement scale add up to 83, "
            "that of the total is 95: do not draw the parts against them."
        ),
    ),
)

CASE_RECORD_ITEMS = Source(
    key="case-record-items",
    title="What case records showed, as published",
    publisher=PUBLISHER,
    publication=REPORT,
    edition="summary and two later accounts",
    period="2015 to 2016",
    kind=Kind.PUBLISHED,
    file="evaluation/case_record_items.csv",
    row_key=("item",),
    columns=(
        text("item", "Item", optional=False),
        text("result", "As printed", optional=False),
        REPORTED,
        _percentage("percentage", "Share of recordings"),
        CONFIDENCE,
        READ_AT,
        NOTE,
        *PLAIN_WORDS,
        *PICTURE,
    ),
    notes=(NOT_REPORTED,),
)

SURVEY_ITEMS = Source(
    key="survey-items",
    title="What social workers said, as published",
    publisher=PUBLISHER,
    publication=REPORT,
    edition="summary and later accounts",
    period="2015 to 2016; later studies to 2020",
    kind=Kind.PRINTED,
    file="evaluation/survey_items.csv",
    row_key=("item",),
    columns=(
        text("item", "Item", optional=False),
        text("result", "As printed", optional=False),
        REPORTED,
        _percentage("t1_percentage", "Share, first wave"),
        _percentage("t2_percentage", "Share, second wave"),
        CONFIDENCE,
        READ_AT,
        NOTE,
        *PLAIN_WORDS,
        *PICTURE,
    ),
    notes=(NOT_REPORTED,),
)

PROFILE_ITEMS = Source(
    key="profile-items",
    title="Self-profile: strongest and weakest areas, as published",
    publisher=f"{PUBLISHER}; Munro, Turnell and Murphy",
    publication=REPORT,
    edition="summary; newsletter 5 of August 2015 for the consultants' own scale",
    period="2015 to 2016",
    kind=Kind.PUBLISHED,
    file="evaluation/profile_items.csv",
    row_key=("group_key", "item"),
    columns=(
        text("group", "Group", optional=False),
        text("item", "Item as worded", optional=False),
        REPORTED,
        text("scale", "Scale"),
        Column(name="t1", label="First score", unit="points"),
        Column(name="t2", label="Second score", unit="points"),
        READ_AT,
        NOTE,
        *PLAIN_WORDS,
        _key_of("group", "Group"),
    ),
    notes=(
        NOT_REPORTED,
        "The consultants' own 0 to 10 scale is another instrument than the evaluators' profile.",
    ),
)
