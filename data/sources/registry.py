"""Every table of the project: one entry each, and nothing about them anywhere else."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Final

from data.neighbour_lists import (
    FORMED_SINCE,
    NEIGHBOUR_LISTS,
    ROOM,
    WITH_CLOSENESS,
    added_rows,
    keys_words,
    many,
)
from data.programmes.programme import Programme
from data.programmes.read import programme
from data.programmes.settings import ProgrammeError
from data.schema import Column, ColumnKind, text
from data.sources.evaluation import (
    CASE_RECORD_ITEMS,
    FAMILY_ITEMS,
    KPI_RESULTS,
    LATER_STUDIES,
    PILOTS,
    PROFILE_ITEMS,
    SIZES,
    STANDARDISED_MEASURES,
    SURVEY_ITEMS,
    pilots_table,
)
from data.sources.simulated import SIMULATED
from data.sources.source import Kind, Source
from data.years import INDICATORS as INDICATORS_FILE
from data.years import SECTION251 as SECTION251_FILE
from data.years import days_words, releases, span, years_of_children

_YEARS: Final = "{} to {}".format(*span(INDICATORS_FILE))
_SPENT: Final = " to ".join(f"{year - 1}/{year % 100:02d}" for year in span(SECTION251_FILE))
_RELEASED: Final = releases(r"^DfE CIN (\d{4}) \(EES\)$")[-1]
_TOOLS: Final = days_words(releases(r"^DfE LAIT (\d{4}-\d\d-\d\d)$"))

CODE = text("code", "GSS code", about="ONS nine-character code of the place.", optional=False)
YEAR = Column(
    name="year_end",
    label="Year ending",
    kind=ColumnKind.YEAR,
    optional=False,
    about="2016 is the financial year 2015/16, or 31 March 2016, or 30 September 2016 (workforce).",
)
STATUS = text("status", "Status symbol", about="The publisher's own symbol when qualified.")
EDITION = text("edition", "Edition", about="The release the value was taken from.")
PREFERRED = Column(
    name="preferred",
    label="Preferred vintage",
    kind=ColumnKind.FLAG,
    about=(
        "One row per place, year and indicator, on one consistent rebased population where one is "
        "held."
    ),
)

INDICATORS = Source(
    key="indicators",
    title="Indicator values by authority, region and England",
    publisher="Department for Education",
    publication=(
        "Children in need census; Children looked after in England (SSDA903); "
        "Children's social work workforce; Local authority interactive tool"
    ),
    edition=f"releases of 2013 to {_RELEASED} and tool of {_TOOLS[-1]}",
    period=_YEARS,
    kind=Kind.OFFICIAL,
    file="official/indicators.parquet",
    row_key=("code", "year_end", "indicator", "edition", "basis", "preferred", "first_published"),
    columns=(
        CODE,
        YEAR,
        text("indicator", "Indicator key", optional=False),
        Column(name="value", label="Value", about="In its indicator's unit; empty if missing."),
        STATUS,
        EDITION,
        text("basis", "Population basis", about="Which mid-year estimates a rate was divided by."),
        PREFERRED,
        Column(
            name="first_published",
            label="First-published vintage",
            kind=ColumnKind.FLAG,
            about=(
                "As printed in that year's first release (children in need, 2013 to 2017), or on "
                "the population estimates of the time (looked-after rates of 31 March 2016 to "
                "2018, starts and ceases of 2018, as the tool of 8 April 2026 holds them)."
            ),
        ),
    ),
    notes=(
        "Rates for year Y use the population of mid-(Y-1).",
        (
            "Some rates were derived as a count over Office for National Statistics mid-year "
            "estimates rebased on the 2021 Census; the edition of each value says so."
        ),
        (
            "Rates of looked-after children are worked out here so from 2013: published count over "
            "rebased population. What was printed, whole numbers, stays as a row that is not "
            "preferred. Counts of authorities are rounded to 5 in 2013 and 2014, those of regions "
            "and England to 10 in every year."
        ),
        (
            "No rebased population is held for mid-2011, nor for the former Bournemouth, Poole and "
            "Dorset. Their looked-after rates are as printed, marked older-pop and left out of "
            "comparisons; rates of children in need of these three authorities are as the release "
            "of 2022 printed them, to one decimal, and are compared, because populations 5% out "
            "would change no verdict."
        ),
        "Rates of care applications are on population projections, which were not rebased.",
    ),
)

AUTHORITIES = Source(
    key="authorities",
    title="Authorities, regions and boundary changes",
    publisher="Department for Education and Office for National Statistics",
    publication="Children in need census; Mid-year population estimates",
    edition=f"{_YEARS}, population rebased on the 2021 Census",
    period=_YEARS,
    kind=Kind.OFFICIAL,
    file="official/authorities.csv",
    row_key=("code",),
    columns=(
        CODE,
        text("dfe_number", "DfE number", about="Three-digit authority number.", optional=False),
        text("name", "Authority", optional=False),
        text("region_code", "Region code", optional=False),
        text("region", "Region", optional=False),
        Column(name="first_year", label="First year with figures", kind=ColumnKind.YEAR),
        Column(name="last_year", label="Last year with figures", kind=ColumnKind.YEAR),
        text("former_code", "Former GSS code"),
        text("predecessor", "Predecessor", about="DfE numbers of the authorities it replaced."),
        text("successor", "Successor", about="The authority or authorities that replaced it."),
        *(
            Column(
                name=f"pop_0_17_mid{year}",
                label=f"Children aged 0 to 17, mid-{year}",
                about=f"Estimate of residents on 30 June {year}, rebased on the 2021 Census.",
                unit="children",
                kind=ColumnKind.COUNT,
                minimum=0,
                decimals=0,
            )
            for year in years_of_children()
        ),
    ),
)

NEIGHBOURS = Source(
    key="neighbours",
    title=f"Statistical neighbours under {many()} models",
    publisher="Department for Education",
    publication="Children's services statistical neighbour benchmarking tool",
    edition="; ".join(one.edition for one in NEIGHBOUR_LISTS),
    period=f"{many()} lists",
    kind=Kind.AS_ISSUED,
    file="official/neighbours.csv",
    content=added_rows(ROOM / "official/neighbours.csv"),
    row_key=("model", "code", "rank"),
    columns=(
        text("model", "Model", optional=False, about=f"{keys_words(NEIGHBOUR_LISTS, 'or')}."),
        CODE,
        Column(name="rank", label="Rank", kind=ColumnKind.COUNT, minimum=1, optional=False),
        text("neighbour", "Neighbour's GSS code", optional=False),
        text(
            "closeness",
            "Closeness",
            about=f"As the tool prints it; {keys_words(WITH_CLOSENESS)} only.",
        ),
    ),
    notes=(
        *(
            one.table_note.replace("{years}", programme().years_words)
            for one in NEIGHBOUR_LISTS
            if one.table_note
        ),
        (
            f"The lists of {keys_words(FORMED_SINCE)} hold authorities formed since 2016; they "
            "have no figures then."
        ),
    ),
)

INSPECTIONS = Source(
    key="inspections",
    title="Ofsted inspections of children's services",
    publisher="Ofsted",
    publication="Single inspection framework and ILACS inspection outcomes",
    edition="reports of 2013 to 2018 and outcomes to 2026",
    period="2013 to 2026",
    kind=Kind.AS_ISSUED,
    file="official/inspections.csv",
    row_key=("code", "framework", "inspection_type", "published"),
    columns=(
        CODE,
        text("framework", "Framework", optional=False),
        text("inspection_type", "Inspection"),
        text("started", "Inspection started"),
        text("published", "Report published", optional=False),
        text("overall", "Overall effectiveness", about="Empty where it could not be recovered."),
        text("leadership", "Leaders and managers"),
        text("help_protection", "Help and protection"),
        text("in_care", "Children in care"),
        text("care_leavers", "Care leavers"),
        text("adoption", "Adoption"),
        text("source", "Where the grades were read"),
        text("ended", "Inspection ended"),
    ),
)

SECTION251 = Source(
    key="section251",
    title="Section 251 outturn by line",
    publisher="Department for Education",
    publication="Section 251 outturn, Table A1; Local authority interactive tool",
    edition=f"2012-13 to 2018-19; tools of {' and '.join(_TOOLS)}",
    period=_SPENT,
    kind=Kind.OFFICIAL,
    file="official/section251.parquet",
    row_key=("code", "year_end", "line_code", "edition"),
    columns=(
        CODE,
        YEAR,
        text("line_code", "Line", optional=False, about="Harmonised to the 3.x.x scheme."),
        text("line_name", "Line name", optional=False),
        *(
            Column(name=name, label=label, unit="£ cash", decimals=0)
            for name, label in (
                ("gross", "Gross expenditure"),
                ("income", "Income"),
                ("net_current", "Net current expenditure"),
                ("net_revenue", "Net revenue expenditure"),
                ("own_provision", "Own provision"),
                ("private_provision", "Private provision"),
                ("other_public", "Other public provision"),
                ("voluntary", "Voluntary provision"),
            )
        ),
        STATUS,
        EDITION,
        PREFERRED,
    ),
    notes=(
        (
            "Returns of these years are known to be of uneven quality (Public Accounts Committee "
            "2014-15; the Department's own 2015 study)."
        ),
        "England and regions for 2024/25 leave out Wandsworth and Middlesbrough.",
    ),
)

DEFLATOR = Source(
    key="gdp-deflator",
    title="GDP deflator",
    publisher="HM Treasury",
    publication="GDP deflators at market prices",
    edition="2018/19 = 100",
    period="2010/11 to 2018/19",
    kind=Kind.OFFICIAL,
    file="official/gdp_deflator.csv",
    row_key=("year_end",),
    columns=(
        YEAR,
        Column(name="deflator", label="Deflator", unit="2018/19 = 100", minimum=0, optional=False),
    ),
)

#: Tables of what was printed of a programme, by key.
PRINTED: Final[dict[str, Source]] = {
    source.key: source
    for source in (
        SIZES,
        KPI_RESULTS,
        LATER_STUDIES,
        FAMILY_ITEMS,
        STANDARDISED_MEASURES,
        CASE_RECORD_ITEMS,
        SURVEY_ITEMS,
        PROFILE_ITEMS,
    )
}


def _evaluated(of: Programme) -> tuple[Source, ...]:
    """Return the printed tables and the record tables that a programme has.

    Records of people are those of the programme that the process starts with, and of no other.

    Raises:
        ProgrammeError: It names a table that is not there.
    """
    found = list[Source]()
    for key, names, known in (
        ("tables", of.evaluation.tables, PRINTED),
        ("records", of.evaluation.records, SIMULATED),
    ):
        for name in names:
            if name not in known:
                expected = f"expected some of {', '.join(known)}"
                msg = f"{of.key}.toml: evaluation.{key}: found {name!r}, {expected}."
                raise ProgrammeError(msg)
            if known is PRINTED or of == programme():
                found.append(_cited(known[name], of))
    return tuple(found)


def _cited(source: Source, of: Programme) -> Source:
    """Return a printed table as it is cited under a programme; any other as it is."""
    home = programme().evaluation
    if source.publication != home.report or of == programme():
        return source
    publisher = source.publisher.replace(home.publisher, of.evaluation.publisher)
    return replace(source, publisher=publisher, publication=of.evaluation.report)


def sources_of(of: Programme) -> Mapping[str, Source]:
    """Return every table that is there under a programme, by key.

    Args:
        of: The programme.

    Raises:
        ProgrammeError: It names a table that is not there.
    """
    return SOURCES if of == programme() else _every(of)


@lru_cache(maxsize=64)
def _every(of: Programme) -> Mapping[str, Source]:
    own = PILOTS if of == programme() else pilots_table(of)
    every = (
        INDICATORS, AUTHORITIES, NEIGHBOURS, INSPECTIONS, SECTION251, DEFLATOR, own, *_evaluated(of)
    )  # fmt: skip
    return {source.key: source for source in every}


def held(*sources: Source, of: Programme) -> tuple[Source, ...]:
    """Return those of some tables that a programme has, as they are under it.

    Args:
        sources: Tables that some programme has.
        of: The programme.
    """
    found, is_home = sources_of(of), of == programme()
    there = (source for source in sources if source.key in found)
    return tuple(source if is_home else found[source.key] for source in there)


#: The tables of the programme that the process starts with.
SOURCES: Final[dict[str, Source]] = dict(_every(programme()))
