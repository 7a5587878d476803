"""What social workers answered: as published, every answer at two waves, and how many there are."""

from math import isnan
from typing import Final

import pandas as pd

from analytics.disclosure.counts import Count, counts
from analytics.disclosure.crosstabs import BASE, EVERYBODY, view_of
from analytics.disclosure.release import must_be_real
from analytics.disclosure.shares import share_row
from analytics.disclosure.survey import SOURCE, TABLE, WAVE_NUMBER, WAVES, hidden
from analytics.disclosure.words import HIDDEN, NOTES, SHARES, STATUS, N, bands_words, whose
from analytics.programme import PROGRAMME
from analytics.publication.finding import Finding, Tables, register
from analytics.selection.choices import SURVEY_ITEMS
from analytics.selection.selection import Selection
from analytics.text.wording import lower_first, number, pluralise
from data.schema import hidden_key, key_text, records, text
from data.sources import evaluation as printed
from data.sources.source import Kind

NOT_REPORTED: Final = "not reported in the sources held"
#: The row of the sizes as printed that holds how many social workers took part in anything.
IN_ALL: Final = "social workers in interviews, focus groups, surveys and time diaries (total)"

PUBLISHED_COLUMNS: Final = (
    text("item", "Item"),
    text("result", "As printed"),
    text("first_wave", "Share, first wave"),
    text("second_wave", "Share, second wave"),
    text("published_by", "Kind of number"),
    text("confidence", "How sure the reading is"),
    text("source_url", "Read at"),
    text("note", "Note"),
    hidden_key("reported", about="yes where the share of either wave is reported."),
)
LATER: Final = "EIP2"  # how the table marks what was printed of the second programme


def survey_items(tables: Tables, _selection: Selection) -> pd.DataFrame:
    """List what was printed of the survey, with the percentages that were not.

    Args:
        tables: Survey items as printed, by key.
        _selection: Not used: printed figures do not depend on a selection.
    """
    frame = tables[printed.SURVEY_ITEMS.key].frame
    said = {
        name: [NOT_REPORTED if pd.isna(cell) else f"{number(cell, 0)} %" for cell in frame[column]]
        for name, column in (("first_wave", "t1_percentage"), ("second_wave", "t2_percentage"))
    }
    told = frame[["t1_percentage", "t2_percentage"]].notna().any(axis=1)
    said["reported"] = ["yes" if one else "no" for one in told.tolist()]
    frame = frame.fillna({"confidence": "", "source_url": "", "note": ""})
    marked = frame["item"].str.contains(LATER) | frame["note"].str.contains(LATER)
    said["published_by"] = [
        (Kind.LATER if later else Kind.PUBLISHED).label for later in marked.tolist()
    ]
    return frame.assign(**said)


def _published_summary(frame: pd.DataFrame, _selection: Selection) -> str:
    silent = int(frame["reported"].eq("no").sum())
    return (
        f"Of {pluralise(len(frame), 'item')} on social workers that the sources held name, "
        f"{silent} are printed in words only: their percentages are {NOT_REPORTED}."
    )


published: Final = register(
    Finding(
        key="survey-published",
        title="What social workers said, as published",
        subtitle=(f"Survey at two waves, all {PROGRAMME.many} pilots, and later studies"),
        sources=(printed.SURVEY_ITEMS,),
        columns=PUBLISHED_COLUMNS,
        analyse=survey_items,
        sentence=_published_summary,
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
    rows = list[dict[str, object]]()
    for item, field in SURVEY_ITEMS.items():
        for wave, words in WAVES.items():
            found = counts(tables[SOURCE.key], view_of(TABLE, item, point=wave), selection.bands)
            labels = {"key": item, "name": field.label, "wave": words, "wave_key": str(wave)}
            rows += [share_row(found[one], answer=one, **labels) for one in field.allowed]
    return pd.DataFrame(rows)


def _answers_say(frame: pd.DataFrame, _selection: Selection) -> str:
    gone = int(frame["share"].isna().sum())
    shown = frame[frame["share"].notna()]
    left = f"{gone:,} of {pluralise(len(frame), 'share')} are hidden."
    if not len(shown):
        return f"Every answer at both waves: {left}"
    row = shown.iloc[int(shown["share"].to_numpy().argmax())]
    people = " to ".join(
        number(float(one), 0) for one in dict.fromkeys([shown["n"].min(), shown["n"].max()])
    )
    return (
        f"Among {people} social workers who answered, by item and wave, the most "
        f"frequent answer shown is “{row['answer']}” to “{lower_first(str(row['name']))}” "
        f"({lower_first(str(row['wave']))}): {number(row['share'], 0)} % "
        f"({number(row['low'], 0)} to {number(row['high'], 0)}; n = {number(row['n'], 0)}). {left}"
    )


every_answer: Final = register(
    Finding(
        key="survey-answers",
        title="Every answer of social workers at two waves",
        subtitle=bands_words,
        unit="% of social workers who answered",
        sources=(SOURCE,),
        columns=ANSWER_COLUMNS,
        analyse=answers,
        sentence=_answers_say,
        notes=(
            (
                "The middle answer stands apart, since it leans neither way. A hatched stretch "
                "stands for all hidden answers of a bar; its length means nothing."
            ),
            *NOTES,
        ),
        method=(
            ("What is estimated", "The share giving each answer, of those who gave one."),
            ("Interval", "Wilson's score interval, 95 %."),
        ),
        kind=Kind.SIMULATED,
        about="Answers of social workers by item and wave, with intervals.",
        hides=hidden,
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
    sizes = tables[printed.SIZES.key].frame.set_index("fact")["value"]
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


def _in_short(frame: pd.DataFrame, _selection: Selection) -> str:
    people = [HIDDEN if pd.isna(one) else number(float(one), 0) for one in frame["n"]]
    kind = lower_first(str(frame["step_kind"].iloc[-1]))
    return (
        f"{people[0]} social workers in all methods, as published → {people[1]} answered wave 1 "
        f"→ {people[2]} wave 2 → {people[3]} and {people[4]} in the chart by band ({kind})."
    )


def _ribbon_summary(frame: pd.DataFrame, _selection: Selection) -> str:
    said = list[str]()
    before = ""
    for row in records(frame):
        n = float(str(row["n"]))
        shown = HIDDEN if isnan(n) else number(n, 0)
        kind = "" if row["kind_key"] == before else f" ({lower_first(str(row['step_kind']))})"
        said.append(f"{shown} {row['step']}{kind}")
        before = str(row["kind_key"])
    return f"Social workers: {' → '.join(said)}."


steps: Final = register(
    Finding(
        key="survey-ribbon",
        title="How many social workers are in these charts",
        subtitle=lambda selection: (
            f"{whose(selection)}. Item: {lower_first(SURVEY_ITEMS[selection.item].label)}"
        ),
        unit="social workers",
        sources=(printed.SIZES, SOURCE),
        columns=RIBBON_COLUMNS,
        analyse=ribbon,
        sentence=_ribbon_summary,
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
        headline=_in_short,
        hides=hidden,
    )
)
