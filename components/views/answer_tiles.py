"""The answer in tiles: each a question, a large number or word, a sentence, how sure, a picture."""

from dataclasses import dataclass, replace
from math import isnan
from typing import Final

import pandas as pd
from markupsafe import Markup

from analytics.costs.cost_words import pounds, rounded_pounds, share_words, span
from analytics.evaluation.family_words import rows_tested
from analytics.findings.answer_words import (
    Lasting,
    Step,
    how_it_lasted,
    rows_by_step,
    there_before,
)
from analytics.findings.claims import later
from analytics.findings.costs import costs
from analytics.findings.expenditure import expenditure
from analytics.findings.indicators import answer_years, overview_rows
from analytics.measures.indicators.registry import INDICATORS
from analytics.publication.published import Published
from analytics.selection.cost_inputs import Costs
from analytics.selection.selection import Selection
from analytics.text.certainty import SURE, Certainty
from analytics.text.wording import listed, upper_first
from components.templates.render import render
from components.views.pictures import Picture, dots, interval, line, parts, squares
from components.views.view import page_address
from data.schema import number_in, records

#: What stands large where the test cannot answer: the phrase of the closed set.
CANNOT: Final = Lasting.UNTESTED.value
NONE: Final = "No clear change"
#: Widths and height of pictures, in pixels.
WIDE: Final = 128
HIGH: Final = 30
#: Where the later studies are: in the same page.
LATER: Final = "card-later-studies"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One part of the answer.

    Attributes:
        key: Name in tests and styles.
        question: What is asked, in a few words.
        large: The number or word that answers it.
        sentence: The answer in plain words.
        sure: How sure it is: a phrase of the closed set, or what kind of number it is.
        href: Where more is told: address of a page, or id of a place in the same page.
        picture: The numbers of the sentence, drawn small; empty where there are none.
    """

    key: str
    question: str
    large: str
    sentence: str
    sure: str
    href: str
    picture: Picture

    @property
    def follows(self) -> bool:
        """Whether its link leads to another page, which takes the selection along."""
        return self.href != LATER


def tiles_view(published: Published) -> Markup:
    """Write the tiles; below them what was there before, what is ruled out, the technical line.

    Args:
        published: The finding ``answer``.
    """
    by_step = rows_by_step(published.frame)
    ruled_out = by_step[Step.RULED_OUT][0]
    said = (
        there_before(by_step, published.selection),
        ruled_out["says"] if ruled_out["key"] else "",
    )
    return render(
        "tiles.html",
        tiles=tiles(published),
        more=" ".join(one for one in said if one),
        technical=published.technical,
    )


def tiles(published: Published) -> list[Tile]:
    """Return the tiles of a selection, in reading order; one of a finding not offered is left out.

    Args:
        published: The finding ``answer``.
    """
    selection, frame = published.selection, published.frame
    of = selection.programme
    made = [_differed(frame, selection), _changed(frame, selection), _lasted(frame, selection)]
    if expenditure.changes.is_offered(of):
        made.append(_spending(selection))
    if costs.card.is_offered(of):
        made.append(_cost(selection))
    if later.studies.is_offered(of):
        made.append(_later(selection))
    return made


def _of(frame: pd.DataFrame, step: Step) -> pd.DataFrame:
    return frame[frame["step"].eq(step)]


def _sure(row: pd.Series) -> str:
    """Return how sure a row is; where it cannot be tested, the large words say so."""
    return "" if row["certain"] == Certainty.UNTESTABLE else upper_first(str(row["certainty"]))


def _differed(frame: pd.DataFrame, selection: Selection) -> Tile:
    rows = _of(frame, Step.DIFFERED)
    first, gaps = rows.iloc[0], overview_rows.rows.publish(selection).frame
    tested = rows_tested(gaps)
    return Tile(
        key="differed",
        question="What differed?",
        large=_of_many(int((rows["key"] != "").sum()), tested),
        sentence=str(first["says"]),
        sure=_sure(first),
        href=page_address("/indicators"),
        picture=_spread(tested),
    )


def _changed(frame: pd.DataFrame, selection: Selection) -> Tile:
    rows = _of(frame, Step.CHANGED)
    first, many = rows.iloc[0], int((rows["key"] != "").sum())
    if not many:
        untold = first["certain"] == Certainty.UNTESTABLE
        large, picture = CANNOT if untold else NONE, {}
    else:
        name = INDICATORS[first["key"]].plain
        large = name.signed(first["gap"], name.decimals(first["gap"]))
        picture = interval(first["gap"], first["low"], first["high"], width=WIDE)
    return Tile(
        key="changed",
        question="What changed after the start?",
        large=large,
        sentence=str(first["says"]),
        sure=_sure(first),
        href=page_address(_where_changed(str(first["key"]), selection)),
        picture=picture,
    )


def _where_changed(key: str, selection: Selection) -> str:
    """Return the page with more on a change, or the one that needs no years of the period."""
    if key:
        return f"/indicators/{key}"
    last_before = selection.programme.last_before
    has_both = selection.first <= last_before < selection.last
    return "/indicators" if has_both else "/over-time"


def _lasted(frame: pd.DataFrame, selection: Selection) -> Tile:
    changed, rows = _of(frame, Step.CHANGED).iloc[0], _of(frame, Step.LASTED)
    followed = rows[rows["key"].eq(changed["key"]) & rows["gap"].notna() & rows["key"].ne("")]
    latest = followed.iloc[-1] if len(followed) else rows.iloc[0]
    if len(followed):
        large = how_it_lasted(changed, latest).value
    elif changed["key"]:
        large = "Not known"
    else:
        large = CANNOT if latest["certain"] == Certainty.UNTESTABLE else NONE
    return Tile(
        key="lasted",
        question="Did it last?",
        large=large,
        sentence=str(latest["says"]),
        sure=_sure(latest) if len(followed) else "",
        href=page_address("/over-time"),
        picture=_trend(selection) if changed["key"] else {},
    )


def _trend(selection: Selection) -> Picture:
    """Draw the gap of the measure that changed by year."""
    rows = answer_years.finding.publish(selection).frame
    gaps = [float(one) for one in rows["gap"]]
    start = selection.programme.last_before + 0.5 - float(rows["year_end"].iloc[0])
    return line(gaps, width=WIDE, height=HIGH, start=start)


def _spending(selection: Selection) -> Tile:
    published = expenditure.changes.publish(selection)
    frame = published.frame
    tested = rows_tested(frame)
    clear = tested[tested["certain"].isin(SURE)]
    sentence = published.withheld or published.words.plain[0]
    return Tile(
        key="spending",
        question="Did spending change?",
        large=_of_many(len(clear), tested),
        sentence=sentence,
        sure=_surest(tested),
        href=page_address("/expenditure"),
        picture=_spread(tested),
    )


def _cost(selection: Selection) -> Tile:
    """Cost the work with the values that the cost card starts with, for one council."""
    row = records(costs.card.publish(replace(selection, costs=Costs())).frame)[0]
    total, places = number_in(row, "total"), number_in(row, "places")
    who = "One pilot, on average" if places > 1 else str(row["place"])
    each = number_in(row, "per_child")
    amounts = [] if isnan(each) else [f"{pounds(each)} per child in need"]
    said = listed([*amounts, *([share] if (share := share_words(row)) else [])], none="")
    known = not isnan(total)
    return Tile(
        key="cost",
        question="What does it cost?",
        large=rounded_pounds(total / places) if known else "Not known",
        sentence=f"{who}, over {span(row)}{f': {said}' if said and known else ''}.",
        sure="From assumptions that you can change",
        href=page_address("/costs"),
        picture=parts(number_in(row, "lead") / total, width=WIDE) if known and total else {},
    )


def _later(selection: Selection) -> Tile:
    published = later.studies.publish(selection)
    printed = [one == "yes" for one in published.frame["reported"]]
    many = len(printed)
    return Tile(
        key="later",
        question="What happened later?",
        large=f"{many} findings" if many > 1 else "1 finding",
        sentence=f"{published.verdict}.",
        sure=f"As published, {sum(printed)} of {many} with a figure",
        href=LATER,
        picture=squares(printed),
    )


def _of_many(some: int, tested: pd.DataFrame) -> str:
    return f"{some or 'None'} of {len(tested)}" if len(tested) else CANNOT


def _spread(tested: pd.DataFrame) -> Picture:
    """Draw a dot for each measure by its standardised difference, filled where it is clear."""
    if not len(tested):
        return {}
    pairs = zip(tested["standardised"], tested["certain"].isin(SURE), strict=True)
    return dots([(float(value), bool(clear)) for value, clear in pairs], width=WIDE)


def _surest(tested: pd.DataFrame) -> str:
    """Return how sure the surest of several results is; nothing where none can be tested."""
    found = set(tested["certain"])
    return next((upper_first(one.label) for one in Certainty if one in found), "") if found else ""
