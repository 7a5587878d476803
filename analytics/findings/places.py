"""About the places themselves: who the pilots are, their inspections, one authority by year."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.indicators.indicator import Indicator
from analytics.method_card import Facts
from analytics.methods.limits import rate_limits, share_limits
from analytics.methods.refusal import CannotSayError
from analytics.panel import Floats, Panel, indicator_panel
from analytics.places import ENGLAND, authorities, place_name
from analytics.publication.finding import Finding, Tables, register
from analytics.selection import YEARS, Selection, year_label
from analytics.subject import indicator_of, notes
from analytics.wording import counted, listed, number
from data import sources
from data.schema import Column, ColumnKind, text
from data.sources import Kind

PROFILE_COLUMNS: Final = (
    text("code", "GSS code"),
    text("place", "Pilot"),
    text("band", "Experience band"),
    text("authority_type", "Type of authority"),
    text("region", "Region"),
    Column(
        name="children",
        label="Children aged 0 to 17, mid-2015",
        unit="children",
        kind=ColumnKind.COUNT,
        decimals=0,
    ),
    Column(name="need", label="Children in need, 31 March 2016", unit="per 10,000"),
    Column(name="plans", label="Child protection plans, 31 March 2016", unit="per 10,000"),
)
STOCK: Final = ("cin_31mar_rate", "cpp_31mar_rate")


def profile(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Say who the chosen pilots are: size, kind and need at the end of the evaluation.

    Args:
        tables: Indicators, authorities and pilots by key.
        selection: What the reader chose.
    """
    panel = indicator_panel(tables[sources.INDICATORS.key], selection.vintage)
    known = authorities()
    stock = panel.comparable(STOCK, (2016,))[:, :, 0]
    people = tables[sources.AUTHORITIES.key].frame.set_index("code")["pop_0_17_mid2015"]
    rows = [
        {
            "code": pilot.code,
            "place": pilot.name,
            "band": pilot.band.words,
            "authority_type": pilot.authority_type,
            "region": known[pilot.code].region,
            "children": people[pilot.code],
            "need": stock[0, panel.places[pilot.code]],
            "plans": stock[1, panel.places[pilot.code]],
        }
        for pilot in selection.chosen
    ]
    return pd.DataFrame(rows, columns=[column.name for column in PROFILE_COLUMNS])


def _profile_says(frame: pd.DataFrame, _selection: Selection) -> str:
    size = frame["children"].to_numpy()
    small, large = frame.iloc[int(size.argmin())], frame.iloc[int(size.argmax())]
    if len(frame) == 1:
        return (
            f"{small['place']}: {number(small['children'], 0)} children aged 0 to 17 in mid-2015."
        )
    return (
        f"{counted(len(frame), 'pilot')}, from {small['place']} "
        f"({number(small['children'], 0)} children) to {large['place']} "
        f"({number(large['children'], 0)}), together {number(frame['children'].sum(), 0)} children "
        "aged 0 to 17 in mid-2015."
    )


who: Final = register(
    Finding(
        key="pilots-profile",
        title=lambda _selection: "Who the pilots are",
        subtitle=lambda s: f"Children aged 0 to 17, mid-2015 · {s.pilot_words}",
        unit=lambda _selection: "children aged 0 to 17",
        sources=(sources.INDICATORS, sources.AUTHORITIES, sources.PILOTS),
        columns=PROFILE_COLUMNS,
        analyse=profile,
        sentence=_profile_says,
        notes=lambda _frame, _selection: sources.PILOTS.notes,
        method=lambda _selection: (
            ("Bands", "The report's own words, experience at the start in autumn 2014."),
            ("Population", "Mid-2015 estimate, rebased on the 2021 Census."),
        ),
        kind=Kind.OFFICIAL,
        whole="",
        about="The pilots: band, type, region, children, need at the end of the evaluation.",
    )
)

INSPECTION_COLUMNS: Final = (
    text("code", "GSS code"),
    text("place", "Place"),
    text("published", "Report published"),
    text("framework", "Framework"),
    text("overall", "Overall effectiveness"),
    text("leadership", "Leaders and managers"),
    text("help_protection", "Help and protection"),
    text("in_care", "Children in care"),
)
NOT_RECOVERED: Final = "not recovered"
NOT_GIVEN: Final = "no overall grade given"


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
    found = frame[frame["code"].isin(codes)].copy()
    found["place"] = [place_name(code) for code in found["code"]]
    graded = ["overall", "leadership", "help_protection", "in_care"]
    found[graded] = found[graded].astype(object).where(found[graded].notna(), NOT_RECOVERED)
    found["order"] = [codes.index(code) for code in found["code"]]
    names = [column.name for column in INSPECTION_COLUMNS]
    return found.sort_values(["order", "published"])[names].reset_index(drop=True)


def _judgements_say(frame: pd.DataFrame, _selection: Selection) -> str:
    if not len(frame):
        return "No inspection of these places is held."
    graded = frame[~frame["overall"].isin([NOT_RECOVERED, NOT_GIVEN])]
    last = graded.groupby("place", sort=False).tail(1)
    counts = last["overall"].str.lower().value_counts()
    grades = listed([f"{count} {grade}" for grade, count in counts.items()])
    return (
        f"{counted(len(frame), 'inspection')} of {counted(frame['place'].nunique(), 'place')} from "
        f"{frame['published'].min()[:4]} to {frame['published'].max()[:4]}; at the latest with an "
        f"overall grade: {grades}."
    )


inspections: Final = register(
    Finding(
        key="pilots-inspections",
        title=lambda _selection: "Ofsted's judgements over time",
        subtitle=lambda s: f"Overall effectiveness, by date of the report · {s.pilot_words}",
        unit=lambda _selection: "",
        sources=(sources.INSPECTIONS, sources.AUTHORITIES, sources.PILOTS),
        columns=INSPECTION_COLUMNS,
        analyse=judgements,
        sentence=_judgements_say,
        notes=lambda _frame, _selection: (
            (
                "A judgement is of the whole service, not of Signs of Safety. Frameworks changed "
                "in 2018; some overall grades of the first could not be recovered from reports."
            ),
        ),
        method=lambda _selection: (("Grades", "As Ofsted published them; nothing is computed."),),
        kind=Kind.OFFICIAL,
        whole="",
        about="Ofsted's judgements of the pilots and of your authority.",
    )
)

AREA_COLUMNS: Final = (
    Column(name="year_end", label="Year ending", kind=ColumnKind.YEAR),
    text("year", "Year"),
    Column(name="value", label="Your authority"),
    Column(name="low", label="95% limits, lower"),
    Column(name="high", label="95% limits, upper"),
    Column(name="england", label="England", beside=True),
    text("status", "Status symbol"),
)


def area_by_year(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Follow the reader's own authority on one indicator, with limits where counts are held.

    Args:
        tables: Indicators and authorities by key.
        selection: What the reader chose.

    Raises:
        CannotSayError: No authority is chosen.
    """
    if not selection.area:
        msg = "Choose your authority in the bar above to see it by year."
        raise CannotSayError(msg)
    indicator = indicator_of(selection)
    panel = indicator_panel(tables[sources.INDICATORS.key], selection.vintage)
    at = panel.places[selection.area]
    values, symbols = panel.block((indicator.key,), YEARS)
    low, high = _limits(panel, indicator, selection.area)
    frame = pd.DataFrame(
        {
            "year_end": YEARS,
            "year": [year_label(year) for year in YEARS],
            "value": values[0, at],
            "low": low,
            "high": high,
            "england": values[0, panel.places[ENGLAND]],
            "status": symbols[0, at],
        }
    )
    held = np.flatnonzero(frame[["value", "england"]].notna().any(axis=1))
    return frame.iloc[held[0] : held[-1] + 1] if len(held) else frame.iloc[:0]


def _limits(panel: Panel, indicator: Indicator, code: str) -> tuple[Floats, Floats]:
    """Return 95 % limits by year, in the unit of the indicator; NaN where counts are not held.

    The limits are those of the count, scaled as the published value scales it, so that they hold
    the value whichever population its publisher divided by.
    """
    unknown = np.full(len(YEARS), np.nan)
    if not indicator.count or not indicator.base:
        return unknown, unknown
    block, _ = panel.block((indicator.key, indicator.count, indicator.base), YEARS)
    value, count, base = block[:, panel.places[code], :]
    sound = np.isfinite(value) & (count > 0) & (count == np.round(count)) & (value > 0)
    if indicator.is_share:
        sound &= (count <= base) & (base == np.round(base))
        limits = share_limits(np.where(sound, count, np.nan), np.where(sound, base, np.nan))
        low, high = 100 * limits.low, 100 * limits.high
    else:
        per = np.divide(count, value, out=unknown.copy(), where=sound)
        limits = rate_limits(np.where(sound, count, np.nan), per, per=1)
        low, high = limits.low, limits.high
    holds = (low <= value) & (value <= high)  # a count revised since its share: no limits
    return np.where(holds, low, np.nan), np.where(holds, high, np.nan)


def _area_says(frame: pd.DataFrame, selection: Selection) -> str:
    indicator = indicator_of(selection)
    name = place_name(selection.area)
    held = frame[frame["value"].notna()]
    if not len(held):
        return f"{name} has no figures on this indicator."
    last = held.iloc[-1]
    words = (
        f"In {last['year']} {name} stood at {number(last['value'], indicator.decimals)} "
        f"({indicator.unit})"
    )
    if not np.isnan(last["low"]):
        low, high = (number(last[end], indicator.decimals) for end in ("low", "high"))
        words += f", 95 % limits {low} to {high}"
    if not np.isnan(last["england"]):
        words += f"; England {number(last['england'], indicator.decimals)}"
    return f"{words}."


def _area_method(selection: Selection) -> Facts:
    kind = (
        "Wilson's limits for a share."
        if indicator_of(selection).is_share
        else "Exact Poisson limits where the count is below 10, Byar's otherwise."
    )
    return (
        ("Definition", indicator_of(selection).definition),
        (
            "Limits",
            (
                f"{kind} They show how far the figure could move by chance in a year with the same "
                "underlying rate; they do not cover recording practice. Not drawn where the counts "
                "are not held."
            ),
        ),
        ("Trend", "No trend is stated on fewer than five comparable years."),
    )


area: Final = register(
    Finding(
        key="area-years",
        title=lambda s: f"{indicator_of(s).name}: your authority by year",
        subtitle=lambda s: (
            f"{indicator_of(s).unit.capitalize()} · "
            f"{place_name(s.area) if s.area else 'no authority chosen'}"
        ),
        unit=lambda s: indicator_of(s).unit,
        sources=(sources.INDICATORS, sources.AUTHORITIES),
        columns=AREA_COLUMNS,
        analyse=area_by_year,
        sentence=_area_says,
        notes=notes,
        method=_area_method,
        kind=Kind.OFFICIAL,
        whole="indicator-values",
        about="One authority on one indicator by year, with 95 % limits where counts are held.",
    )
)
