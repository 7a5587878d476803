"""About the pilots themselves: who they are, and what Ofsted judged."""

from collections import Counter
from typing import Final

import pandas as pd

from analytics.evaluation.panel import indicator_panel
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.published import Facts
from analytics.publication.registry import register
from analytics.selection.follows import PILOTS
from analytics.selection.places import authorities, place_name
from analytics.selection.selection import Selection
from analytics.text.wording import listed, lower_first, number, pluralise, upper_first
from analytics.text.words import Words
from data.grades import Grade, grade_of
from data.programmes.programme import Programme
from data.schema import Column, ColumnKind, hidden_key, key_text, records, text
from data.sources import registry as sources
from data.sources.source import Kind
from data.wording import count_words


def _middle(of: Programme) -> str:
    """Name the population that rates of the last year are divided by."""
    return f"mid-{of.window[1] - 1}"


def _profile_columns(of: Programme) -> tuple[Column, ...]:
    """Return the columns, which name the last year of the window."""
    return (
        key_text("code", "GSS code", in_table=False),
        text("place", "Pilot"),
        text("band", upper_first(of.band_words)),
        text("authority_type", "Type of authority"),
        text("region", "Region"),
        Column(
            name="children",
            label=f"Children aged 0 to 17, {_middle(of)}",
            unit="children",
            kind=ColumnKind.COUNT,
            decimals=0,
        ),
        Column(name="need", label=f"Children in need, 31 March {of.window[1]}", unit="per 10,000"),
        Column(
            name="plans",
            label=f"Child protection plans, 31 March {of.window[1]}",
            unit="per 10,000",
        ),
        key_text("band_key", "Band, as a key", about="The band.", in_table=False),
    )


STOCK: Final = ("cin_31mar_rate", "cpp_31mar_rate")


def profile(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Say who the chosen pilots are: size, kind and need at the end of the evaluation.

    Args:
        tables: Indicators, authorities and pilots by key.
        selection: What the reader chose.
    """
    panel = indicator_panel(tables[sources.INDICATORS.key], selection.vintage)
    known, last = authorities(), selection.programme.window[1]
    stock = panel.comparable(STOCK, (last,))[:, :, 0]
    people = tables[sources.AUTHORITIES.key].frame.set_index("code")[f"pop_0_17_mid{last - 1}"]
    rows = [
        {
            "code": pilot.code,
            "place": pilot.name,
            "band": pilot.band.label,
            "band_key": pilot.band.key,
            "authority_type": pilot.authority_type,
            "region": known[pilot.code].region,
            "children": people[pilot.code],
            "need": stock[0, panel.places[pilot.code]],
            "plans": stock[1, panel.places[pilot.code]],
        }
        for pilot in selection.chosen
    ]
    names = [column.name for column in _profile_columns(selection.programme)]
    return pd.DataFrame(rows, columns=names)


def _profile_words(frame: pd.DataFrame, selection: Selection) -> Words:
    middle = _middle(selection.programme)
    size = frame["children"].to_numpy()
    small, large = frame.iloc[int(size.argmin())], frame.iloc[int(size.argmax())]
    total = number(frame["children"].sum(), 0)
    if len(frame) == 1:
        return Words(
            verdict=f"{small['place']} is home to {total} children",
            plain=(f"Children aged 0 to 17 in {middle}.",),
        )
    return Words(
        verdict=f"{upper_first(count_words(len(frame)))} pilots, home to {total} children",
        plain=(f"From {_children(small)} to {_children(large)}, aged 0 to 17 in {middle}.",),
    )


def _children(row: pd.Series) -> str:
    return f"{row['place']} ({number(row['children'], 0)} children)"


def _profile_method(selection: Selection) -> Facts:
    of = selection.programme
    asked = of.experience
    at = "" if of.group else f", experience at the start in {asked.at}"
    bands = f"{upper_first(asked.bands_are)}{at}."
    population = f"{upper_first(_middle(of))} estimate, rebased on the 2021 Census."
    return (("Bands", bands), ("Population", population))


who: Final = register(
    Finding(
        key="pilots-profile",
        follows=PILOTS | {"vintage"},
        title="Who the pilots are",
        subtitle=lambda s: f"Children aged 0 to 17, {_middle(s.programme)} · {s.pilot_words}",
        unit="children aged 0 to 17",
        sources=(sources.INDICATORS, sources.AUTHORITIES, sources.PILOTS),
        columns=_profile_columns,
        analyse=profile,
        words=_profile_words,
        notes=lambda _, s: s.programme.table.notes,
        method=_profile_method,
        kind=Kind.OFFICIAL,
        about="The pilots: band, type, region, children, need in the last year of the window.",
    )
)

INSPECTION_COLUMNS: Final = (
    key_text("code", "GSS code", in_table=False),
    text("place", "Place"),
    text("published", "Report published"),
    text("framework", "Framework"),
    text("overall", "Overall effectiveness"),
    text("leadership", "Leaders and managers"),
    text("help_protection", "Help and protection"),
    text("in_care", "Children in care"),
    hidden_key("grade", about="The overall grade; empty where none was given or recovered."),
)
_GRADED: Final = ("overall", "leadership", "help_protection", "in_care")
NOT_RECOVERED: Final = "not recovered"
_MOST_GRADES: Final = 3  # that a verdict has room for


def judgements(tables: Tables, selection: Selection) -> pd.DataFrame:
    """List Ofsted's judgements of the chosen pilots and the reader's own authority.

    Args:
        tables: Inspections and pilots by key.
        selection: What the reader chose.
    """
    codes = [pilot.code for pilot in selection.chosen]
    if selection.area and selection.area not in codes:
        codes.append(selection.area)
    frame = tables[sources.INSPECTIONS.key].frame
    rows = records(frame[frame["code"].isin(codes)])
    rows.sort(key=lambda row: (codes.index(str(row["code"])), str(row["published"])))
    made = [
        {
            **row,
            "place": place_name(str(row["code"])),
            "grade": grade_of(row["overall"]).value,
            **{name: NOT_RECOVERED for name in _GRADED if not isinstance(row[name], str)},
        }
        for row in rows
    ]
    return pd.DataFrame(made, columns=[column.name for column in INSPECTION_COLUMNS])


def _judgements_words(frame: pd.DataFrame, _selection: Selection) -> Words:
    if not len(frame):
        why = "No inspection of these councils is held."
        return Words(verdict="No inspections to show", plain=(why,))
    pairs = zip(frame["code"].tolist(), frame["grade"].tolist(), strict=True)
    last = {code: Grade(grade) for code, grade in pairs if grade != Grade.NONE}
    counts = Counter(lower_first(grade.label) for grade in last.values()).most_common()
    grades = [f"{count} {words}" for words, count in counts]
    most = counts[0][0] if counts else ""
    span = f"{frame['published'].min()[:4]} to {frame['published'].max()[:4]}"
    inspected = pluralise(frame["code"].nunique(), "council")
    return Words(
        verdict=_grades_verdict(grades, most),
        plain=(f"This rests on {pluralise(len(frame), 'inspection')} of {inspected}, {span}.",),
    )


def _grades_verdict(grades: list[str], most: str) -> str:
    """Count the grades while they are few enough for a verdict, else name the most frequent."""
    if not grades:
        return "No overall grades held"
    if len(grades) > _MOST_GRADES:
        return f"Most often at the latest inspection: {most}"
    return f"Latest overall grades: {listed(grades)}"


inspections: Final = register(
    Finding(
        key="pilots-inspections",
        follows=PILOTS | {"area"},
        title="Ofsted's judgements over time",
        subtitle=lambda s: f"Overall effectiveness, by date of the report · {s.pilot_words}",
        sources=(sources.INSPECTIONS, sources.AUTHORITIES, sources.PILOTS),
        columns=INSPECTION_COLUMNS,
        analyse=judgements,
        words=_judgements_words,
        notes=lambda _, s: (
            (
                f"A judgement is of the whole service, not of {s.programme.name}. Frameworks "
                "changed in 2018; some overall grades of the first could not be recovered from "
                "reports."
            ),
        ),
        method=(("Grades", "As Ofsted published them; nothing is computed."),),
        kind=Kind.AS_ISSUED,
        about="Ofsted's judgements of the pilots and of your authority.",
    )
)
