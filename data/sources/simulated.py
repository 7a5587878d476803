"""The simulated record tables: what each is, and what it is not."""

from typing import Final

from data.microdata.record import Field, FieldKind, RecordTable
from data.microdata.tables import RECORD_TABLES
from data.programmes.read import programme
from data.schema import Column, ColumnKind, text
from data.sources.source import Kind, Source

#: Stands in every row of a simulated table, and in every file made from one.
MARK: Final = "Simulated"

_NOTES: Final = (
    (
        "Simulated: nobody gave these answers. The evaluation's records were never published; "
        "this table has their design and gives back the figures that were printed."
    ),
    (
        "It says nothing beyond those figures: differences between pilots, bands or items that "
        f"were not printed are made up, and no test on it is evidence about {programme().name}."
    ),
    "The pilots are lettered A to J; no letter stands for any authority.",
)
_OWN_NOTES: Final = {
    "social_worker_survey": (
        (
            "The 471 social workers printed took part in interviews, focus groups, surveys and "
            "diaries together; how many answered the survey is not reported in the sources held. "
            "The numbers here are a choice: 300 at the first wave, 215 at the second, 175 at both."
        ),
    ),
    "time_diaries": (
        (
            "No figure from the diaries is held: the hours are a plausible week and nothing more. "
            "Fifty of the 90 workers also answered the survey and have the same label there."
        ),
    ),
    "family_interviews": (
        (
            "At the second interview 150 of 270 families were seen, in ten of them another parent "
            "than at the first: the printed n imply about ten. Means, standard deviations and n "
            "of the measures are as printed, for all parents and for those interviewed twice."
        ),
        (
            "No score of the Strengths and Difficulties Questionnaire is reported in the sources "
            "held; the scores here follow one distribution at both interviews."
        ),
        (
            "Goals are achieved more often in pilots of longer experience: the authors wrote so of "
            "pilots where the approach was more embedded. No other difference of bands is built in."
        ),
    ),
    "case_records": (
        (
            "How many records were read is not reported in the sources held: 220 here, 170 of "
            "them twice. At each reading 60% are graded reasonable or good."
        ),
    ),
    "self_profile": (
        (
            "Only which areas progressed most and least was printed; scores, and the order inside "
            "the two groups, are made up."
        ),
    ),
}


def _column(field: Field) -> Column:
    if field.kind in {FieldKind.WHOLE, FieldKind.NUMBER}:
        return Column(
            name=field.name,
            label=field.label,
            unit=field.unit,
            kind=ColumnKind.NUMBER,
            minimum=field.minimum,
            optional=field.optional,
            about=_about(field),
            decimals=0 if field.kind is FieldKind.WHOLE else 2,
        )
    return text(field.name, field.label, about=_about(field), optional=field.optional)


def _about(field: Field) -> str:
    """Say what a field means, which cells it takes, and where its wording is from."""
    expected = f"{field.expected[:1].upper()}{field.expected[1:]}."
    order = " In order, least first." if field.ordered else ""
    origin = f"{field.origin[:1].upper()}{field.origin[1:]}."
    return f"{field.about} {expected}{order} {origin}".strip()


def _source(table: RecordTable) -> Source:
    name = f"simulated-{table.key.replace('_', '-')}"
    return Source(
        key=table.key,
        title=f"{table.title} (simulated)",
        publisher=f"{programme().name} evaluation explorer",
        publication="Simulation of the evaluation's record-level data",
        edition="seed 20170706",
        period=f"as if {programme().first_after} to {programme().window[1]}",
        kind=Kind.SIMULATED,
        file=f"simulated/{name}.csv",
        row_key=table.unique,
        columns=(
            *(_column(field) for field in table.fields),
            text("simulated", "Kind", optional=False, about=f"“{MARK}” in every row."),
        ),
        licence="MIT, with the rest of this explorer",
        notes=(*_NOTES, *_OWN_NOTES[table.key]),
    )


#: By the key of the record table.
SIMULATED: Final[dict[str, Source]] = {key: _source(table) for key, table in RECORD_TABLES.items()}
