"""The self-profile: reported change by area and by pilot."""

from functools import lru_cache
from typing import Final

import numpy as np
import pandas as pd

from analytics.disclosure.moved import range_words
from analytics.disclosure.release import must_be_real
from analytics.disclosure.words import CHOICES, whose
from analytics.methods.refusal import NotEstimableError
from analytics.methods.summaries import FEWEST, mean_limits
from analytics.programme import count_words
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.follows import RECORDS
from analytics.selection.selection import Selection
from analytics.text.wording import number, pluralise, signed, some_of
from analytics.text.words import Words, technical_line
from data.load import Table
from data.microdata.self_profile import GROUPS, ITEMS, STRONGEST, WEAKEST
from data.programmes.programme import Programme
from data.schema import Column, ColumnKind, key_text, text
from data.sources.simulated import SIMULATED
from data.sources.source import Kind

TABLE: Final = "self_profile"
SOURCE: Final = SIMULATED[TABLE]
WHO: Final = (
    "Rows are authorities scoring themselves, not people: nothing is hidden, and a score is an "
    "opinion of the authority about itself."
)
SCALE: Final = (
    "Scores run from 0, not at all in place, to 10, fully in place: a scale of this explorer, "
    "since the instrument's own is not reported in the sources held."
)


def _points(name: str, label: str, decimals: int = 1) -> Column:
    return Column(name=name, label=label, unit="points", decimals=decimals)


CHANGE_COLUMNS: Final = (
    text("item", "Area"),
    text("group", "Group in the published summary", in_table=False),
    _points("first", "Mean, first point"),
    _points("second", "Mean, second point"),
    _points("change", "Mean change"),
    _points("low", "95% interval, low"),
    _points("high", "95% interval, high"),
    Column(name="n", label="Pilots", kind=ColumnKind.COUNT, decimals=0, beside=True),
)
PILOT_COLUMNS: Final = (
    text("item", "Area"),
    text("group", "Group in the published summary", in_table=False),
    key_text("pilot", "Pilot"),
    key_text("band", "Band"),
    _points("first", "First point", 0),
    _points("second", "Second point", 0),
    _points("change", "Change", 0),
)


def _scores(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Both scores of each pilot of the chosen bands on each area, missing where not given.

    Raises:
        NotEstimableError: No pilot of the records is of these bands.
    """
    must_be_real(tables, selection)
    return _of_bands(tables[SOURCE.key], tuple(band.key for band in selection.bands))


@lru_cache(maxsize=16)
def _of_bands(table: Table, bands: tuple[str, ...]) -> pd.DataFrame:
    """Put both scores of each pilot side by side: once for means and for pilots.

    Raises:
        NotEstimableError: No pilot of the records is of these bands.
    """
    rows = table.frame[table.frame["band"].isin(bands)]
    if not len(rows):
        msg = "No pilot of these bands is in the records."
        raise NotEstimableError(msg)
    wide = rows.pivot(index=["item", "pilot", "band"], columns="point", values="score")
    wide = wide.reindex(columns=[1, 2]).set_axis(["first", "second"], axis=1).reset_index()
    groups = {one.label: GROUPS[STRONGEST if one.strongest else WEAKEST] for one in ITEMS}
    change = wide["second"] - wide["first"]
    return wide.assign(group=wide["item"].map(groups), change=change, cell="", base="")


def by_area(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Average the change of pilots on each area, widest rise first.

    Args:
        tables: Self-profile by key.
        selection: Which bands.

    Raises:
        NotEstimableError: No pilot of these bands has both scores of any area.
    """
    both = _scores(tables, selection).dropna(subset=["change"])
    groups = dict(zip(both["item"], both["group"], strict=True))
    places = both.groupby("item", sort=False).indices
    points = {name: both[name].to_numpy(np.float64) for name in ("first", "second", "change")}
    rows = [
        {
            "item": item, "group": group,
            **{name: scores[places[item]].mean() for name, scores in points.items()},
            **_interval(points["change"][places[item]]), "n": len(places[item]),
            "cell": "", "base": "",
        }
        for item, group in groups.items()
    ]  # fmt: skip
    if not rows:
        msg = "No pilot of these bands has scored any area at both points."
        raise NotEstimableError(msg)
    made = pd.DataFrame(rows)
    return made.sort_values(["change", "item"], ascending=[False, True], ignore_index=True)


def _interval(changes: np.ndarray) -> dict[str, float]:
    low, high = mean_limits(changes) if len(changes) >= FEWEST else (np.nan, np.nan)
    return {"low": low, "high": high}


def _change_words(frame: pd.DataFrame, selection: Selection) -> Words:
    """Say on how many areas the mean score rose, and on which it moved most and least."""
    of, rose = selection.programme, int((frame["change"] > 0).sum())
    first, last = frame.iloc[0], frame.iloc[-1]
    fewest, most = (int(one) for one in (frame["n"].min(), frame["n"].max()))
    n = f"{fewest}" if fewest == most else f"{fewest} to {most}"
    return Words(
        verdict=f"Pilots' own scores rose on {some_of(rose, len(frame), 'area')}",
        plain=(*_moved_most(first, "most", of), *_moved_most(last, "least", of)[:1]),
        technical=technical_line(
            f"n {n} pilots",
            *(f"{row['item']} {_interval_words(row)}" for row in (first, last)),
            "not tested",
        ),
    )


def _moved_most(row: pd.Series, word: str, of: Programme) -> tuple[str, str]:
    """Name an area, and say how far its mean score moved.

    Args:
        row: The area.
        word: "most" or "least": how far it rose beside other areas.
        of: The programme.
    """
    change = float(row["change"])
    verb = "fell" if change < 0 else "rose"
    if change < 0:
        word = {"most": "least", "least": "most"}[word]
    item = str(row["item"]).replace(of.short_name, of.name)
    size = f"It {verb} by {number(abs(change))} points of 10"
    ends = "" if np.isnan(row["low"]) else f" ({range_words(row['low'], row['high'])})"
    return f"The average score {verb} {word} on “{item}”.", f"{size}{ends}."


def _interval_words(row: pd.Series) -> str:
    if np.isnan(row["low"]):
        return f"{signed(row['change'])} (no interval, n {int(row['n'])})"
    low, high = signed(row["low"]), signed(row["high"])
    ends = f"{low} at both ends" if low == high else f"{low} to {high}"
    return f"{signed(row['change'])} (95% CI {ends})"


def _notes(_frame: pd.DataFrame, _selection: Selection) -> tuple[str, ...]:
    return (SCALE, WHO, CHOICES)


changed: Final = register(
    Finding(
        key="profile-change",
        follows=RECORDS,
        title="Areas of the self-profile by mean reported change",
        subtitle=lambda selection: f"{whose(selection)}, two points, 95% intervals",
        unit="points, from 0 to 10",
        sources=(SOURCE,),
        columns=CHANGE_COLUMNS,
        analyse=by_area,
        words=_change_words,
        notes=_notes,
        method=(
            (
                "What is estimated",
                "The mean over pilots of second minus first score, of pilots with both.",
            ),
            ("Interval", "Student's t over pilots, 95%."),
            ("Test", "No test: a rank of areas is not a test that they differ."),
        ),
        kind=Kind.SIMULATED,
        whole="profile-pilots",
        about="Mean change of each area of the self-profile with interval over pilots.",
        hides=frozenset(),
    )
)


def by_pilot(tables: Tables, selection: Selection) -> pd.DataFrame:
    """List both scores of each pilot on each area, in the order of mean change.

    Args:
        tables: Self-profile by key.
        selection: Which bands.
    """
    scores = _scores(tables, selection)
    means = scores.groupby("item")["change"].mean()
    # What has no mean is last.
    places = {item: np.inf if np.isnan(mean) else -mean for item, mean in means.items()}
    named = list(zip(scores["item"].tolist(), scores["pilot"].tolist(), strict=True))
    order = sorted(range(len(named)), key=lambda at: (places[named[at][0]], *named[at]))
    return scores.iloc[order]


def _pilots_words(frame: pd.DataFrame, _selection: Selection) -> Words:
    """Say how many scores rose, stayed and fell."""
    pairs = zip(frame["pilot"].tolist(), frame["change"].tolist(), strict=True)
    known = [(pilot, change) for pilot, change in pairs if not np.isnan(change)]
    rose = sum(change > 0 for _, change in known)
    fell = sum(change < 0 for _, change in known)
    same = len(known) - rose - fell
    missing = len(frame) - len(known)
    return Words(
        verdict=f"{rose} of {pluralise(len(known), 'score')} rose, {fell} fell",
        plain=(
            f"The other {count_words(same)} stayed the same."
            if same
            else "No score stayed the same.",
            "Each is a pilot's opinion of itself on one area.",
        ),
        technical=technical_line(
            f"{pluralise(len(known), 'pair')} of scores by "
            f"{pluralise(len({pilot for pilot, _ in known}), 'pilot')}",
            f"{pluralise(missing, 'pair')} not complete" if missing else "",
        ),
    )


pilots: Final = register(
    Finding(
        key="profile-pilots",
        follows=RECORDS,
        title="Reported change of each pilot on each area",
        subtitle=lambda selection: f"{whose(selection)}, second score minus first",
        unit="points, from 0 to 10",
        sources=(SOURCE,),
        columns=PILOT_COLUMNS,
        analyse=by_pilot,
        words=_pilots_words,
        notes=_notes,
        method=(("What is shown", "Second minus first score of each pilot; nothing is averaged."),),
        kind=Kind.SIMULATED,
        about="Both scores of each pilot on each area of the self-profile.",
        hides=frozenset(),
    )
)
