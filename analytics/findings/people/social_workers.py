"""What social workers answered: as published, every answer at two waves, and how many there are."""

from typing import Final

import pandas as pd

from analytics.disclosure.counts import Count, counts
from analytics.disclosure.crosstabs import BASE, EVERYBODY, view_of
from analytics.disclosure.release import hides, must_be_real
from analytics.disclosure.shares import percent_range, share_rows, share_technical
from analytics.disclosure.survey import SOURCE, SURVEYS, TABLE, WAVE_NUMBER, WAVES
from analytics.disclosure.words import (
    HIDDEN,
    NOTES,
    SHARES,
    STATUS,
    WHY_HIDDEN,
    N,
    bands_words,
    shown_count,
    whose,
)
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.choices import SURVEY_ITEMS
from analytics.selection.follows import NOTHING, RECORDS
from analytics.selection.selection import Selection
from analytics.text.printed import in_words, printed_words
from analytics.text.printed_pictures import PICTURED, pictured
from analytics.text.wording import lower_first, number, pluralise, upper_first
from analytics.text.words import Words, technical_line
from data.schema import hidden_key, key_text, records, text
from data.sources import evaluation as printed
from data.sources.source import Kind

NOT_REPORTED: Final = "not reported in the sources held"
#: The row of the sizes as printed that holds how many social workers took part in anything.
IN_ALL: Final = "social-workers"

PUBLISHED_COLUMNS: Final = (
    text("item", "Item"),
    text("result", "As printed"),
    text("first_wave", "Share, first wave"),
    text("second_wave", "Share, second wave"),
    text("published_by", "Kind of number"),
    text("confidence", "How sure the reading is"),
    key_text("source_url", "Read at"),
    text("note", "Note"),
    text("in_words", "In plain words"),
    text("figure", "Figure", in_table=False, about="The share at the second wave."),
    printed.TOLD,
    hidden_key("reported", about="yes where the share of either wave is reported."),
    *PICTURED,
)
LATER: Final = "EIP2"  # how the table marks what was printed of the second programme


def survey_items(tables: Tables, _selection: Selection) -> pd.DataFrame:
    """List what was printed of the survey, with the percentages that were not.

    Args:
        tables: Survey items as printed, by key.
        _selection: Not used: printed figures do not depend on a selection.
    """
    frame = pictured(tables[printed.SURVEY_ITEMS.key].frame, share="t2_percentage")
    said = {
        name: [NOT_REPORTED if pd.isna(cell) else f"{number(cell, 0)}%" for cell in frame[column]]
        for name, column in (("first_wave", "t1_percentage"), ("second_wave", "t2_percentage"))
    }
    told = frame[["t1_percentage", "t2_percentage"]].notna().any(axis=1)
    said["reported"] = ["yes" if one else "no" for one in told.tolist()]
    frame = frame.fillna({"confidence": "", "source_url": "", "note": "", "in_words": ""})
    marked = frame["item"].str.contains(LATER) | frame["note"].str.contains(LATER)
    said["published_by"] = [
        (Kind.LATER if later else Kind.PUBLISHED).label for later in marked.tolist()
    ]
    said["figure"] = said["second_wave"]
    filled = frame.assign(**said)
    return filled.assign(in_words=[in_words(row) for row in records(filled)])


def _published_words(frame: pd.DataFrame, _selection: Selection) -> Words:
    return printed_words(frame)


published: Final = register(
    Finding(
        key="survey-published",
        follows=NOTHING,
        title="What social workers said, as published",
        subtitle=lambda s: f"Survey at two waves, all {s.programme.many} pilots, and later studies",
        sources=(printed.SURVEY_ITEMS,),
        columns=PUBLISHED_COLUMNS,
        analyse=survey_items,
        words=_published_words,
        notes=(
            "Taken as printed: nothing here was recomputed, and no choice of bands changes it.",
        ),
        method=(("Reading", "Taken from public summaries, word for word."),),
        kind=Kind.PRINTED,
        about="Items of the survey as printed, with what is not reported.",
    )
)

ANSWER_COLUMNS: Final = (
    key_text("key", "Item", in_table=False),
    text("name", "Question"),
    text("wave", "Wave"),
    text("answer", "Answer"),
    *SHARES,
    WAVE_NUMBER,
)


def answers(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Count every answer to every item at both waves, among pilots of the chosen bands.

    Args:
        tables: The survey by key.
        selection: Which bands.
    """
    must_be_real(tables, selection)
    shown = list[tuple[Count, dict[str, str]]]()
    for item, field in SURVEY_ITEMS.items():
        for wave, words in WAVES.items():
            found = counts(tables[SOURCE.key], view_of(TABLE, item, point=wave), selection.bands)
            labels = {"key": item, "name": field.label, "wave": words, "wave_key": str(wave)}
            shown += [(found[one], {"answer": one, **labels}) for one in field.allowed]
    return pd.DataFrame(share_rows(shown))


def _answers_words(frame: pd.DataFrame, _selection: Selection) -> Words:
    """Say which answer was given most often, of those that may be shown."""
    gone = int(frame["share"].isna().sum())
    shown = frame[frame["share"].notna()]
    hidden = f"{gone:,} of {pluralise(len(frame), 'share')} hidden"
    if not len(shown):
        verdict = "Every answer is hidden to protect people"
        return Words(verdict=verdict, plain=(WHY_HIDDEN,), technical=hidden)
    row = records(shown.iloc[[int(shown["share"].to_numpy().argmax())]])[0]
    people = " to ".join(
        number(float(one), 0) for one in dict.fromkeys([shown["n"].min(), shown["n"].max()])
    )
    return Words(
        verdict=f"“{upper_first(str(row['answer']))}” is the answer most often shown",
        plain=(
            (
                f"It is the answer of {percent_range(row)} to “{lower_first(str(row['name']))}” "
                f"at the {SURVEYS[str(row['wave_key'])]}."
            ),
        ),
        technical=technical_line(
            f"{lower_first(str(row['wave']))}: {share_technical(row)}",
            f"n {people} by item and wave",
            hidden,
        ),
    )


every_answer: Final = register(
    Finding(
        key="survey-answers",
        follows=RECORDS,
        title="Every answer of social workers at two waves",
        subtitle=bands_words,
        unit="% of social workers who answered",
        sources=(SOURCE,),
        columns=ANSWER_COLUMNS,
        analyse=answers,
        words=_answers_words,
        notes=(
            (
                "The middle answer stands apart, since it leans neither way. A hatched stretch "
                "stands for all hidden answers of a bar; its length means nothing."
            ),
            *NOTES,
        ),
        method=(
            ("What is estimated", "The share giving each answer, of those who gave one."),
            ("Interval", "Wilson's score interval, 95%."),
        ),
        kind=Kind.SIMULATED,
        about="Answers of social workers by item and wave, with intervals.",
        hides=hides(TABLE),
    )
)

RIBBON_COLUMNS: Final = (
    text("step", "Step"),
    text("step_kind", "Kind of number"),
    N,
    STATUS,
    hidden_key("kind_key", about="Which kind of number."),
)


def ribbon(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Count social workers in the whole evaluation, at each wave, and in the chart of one item.

    Args:
        tables: Sizes as printed and the survey, by key.
        selection: Which bands, and which item.
    """
    must_be_real(tables, selection)
    sizes = tables[printed.SIZES.key].frame.set_index("fact_key")["value"]
    survey = tables[SOURCE.key]
    row = {
        "step": "in all methods of the evaluation",
        "step_kind": Kind.PUBLISHED.label,
        "kind_key": Kind.PUBLISHED.value,
        "status": "",
    }
    rows: list[dict[str, object]] = [
        {**row, "n": float(sizes.loc[IN_ALL]), "cell": "", "base": ""}
    ]  # fmt: skip
    steps = ((EVERYBODY[TABLE], "answered wave {}"), (selection.item, "in the chart by band, {}"))
    for item, words in steps:
        for wave, when in WAVES.items():
            view = view_of(TABLE, item, point=wave)
            found = counts(survey, view, selection.bands)[BASE]
            step = words.format(wave if item != selection.item else lower_first(when))
            rows.append(_step(step, found, survey.source.kind))
    return pd.DataFrame(rows)


def _step(words: str, found: Count, kind: Kind) -> dict[str, object]:
    return {
        "step": words, "step_kind": kind.label, "kind_key": kind.value, "n": found.n, "status": "",
        "cell": found.cell, "base": found.base,
    }  # fmt: skip


def _ribbon_words(frame: pd.DataFrame, _selection: Selection) -> Words:
    """Say how many answered each survey; what was printed of all methods is told apart."""
    _, first, second, item_first, item_second = map(shown_count, frame["n"])
    return Words(
        verdict=(
            "How many social workers answered is hidden to protect them"
            if HIDDEN in {first, second}
            else f"{first} social workers answered the first survey, {second} the second"
        ),
        plain=(
            (
                f"Answers to the question chosen: {item_first} at the first survey, {item_second} "
                "at the second."
            ),
        ),
        technical=technical_line(
            *(
                f"{row['step']} {shown_count(row['n'])} ({lower_first(str(row['step_kind']))})"
                for row in records(frame)
            )
        ),
    )


steps: Final = register(
    Finding(
        key="survey-ribbon",
        follows=RECORDS | {"item"},
        title="How many social workers are in these charts",
        subtitle=lambda selection: (
            f"{whose(selection)}. Item: {lower_first(SURVEY_ITEMS[selection.item].label)}"
        ),
        unit="social workers",
        sources=(printed.SIZES, SOURCE),
        columns=RIBBON_COLUMNS,
        analyse=ribbon,
        words=_ribbon_words,
        notes=(
            (
                "The number printed is of interviews, focus groups, surveys and diaries together, "
                "and of every band; how many of them answered the survey is not reported in the "
                "sources held."
            ),
            *NOTES,
        ),
        method=(("What is counted", "Social workers with a row at the wave, and with an answer."),),
        kind=Kind.PARTLY,
        about="Social workers in all methods, at each wave, and with an answer to one item.",
        hides=hides(TABLE),
    )
)
