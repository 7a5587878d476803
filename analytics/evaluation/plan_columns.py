"""The columns of plans: the design, the smallest change, and what it rests on."""

from typing import Final

from data.schema import Column, ColumnKind, hidden_key

COUNCILS: Final = Column(
    name="councils",
    label="Councils",
    unit="councils",
    kind=ColumnKind.COUNT,
    decimals=0,
    about="How many councils the programme would have.",
)
BEFORE: Final = Column(
    name="years_before",
    label="Years before",
    unit="years",
    decimals=0,
    about="Years before the start that would be measured.",
)
AFTER: Final = Column(
    name="years_after",
    label="Years after",
    unit="years",
    decimals=0,
    about="Years after the start that would be measured.",
)
SMALLEST: Final = Column(
    name="smallest_change",
    label="Smallest change that would be seen",
    decimals=2,
    about="In the row's unit: the change, up or down, that the sign-flip test would give a p below "
    "0.05 in 80% of programmes.",
)
SIMULATION: Final = tuple(
    Column(
        name=f"smallest_change_{end}",
        label=f"Its simulation interval, {word}",
        decimals=2,
        about="95%, for how many programmes were drawn.",
        in_table=False,
    )
    for end, word in (("low", "lower"), ("high", "upper"))
)
RELATIVE: Final = Column(
    name="relative",
    label="The same, % of the usual level",
    unit="%",
    decimals=0,
    about="The smallest change over the level of the comparators.",
)
LEVEL: Final = Column(
    name="level",
    label="Usual level",
    about="Mean of the comparators over councils and years, in the row's unit.",
)
SPREAD: Final = Column(
    name="spread",
    label="Spread between councils",
    decimals=2,
    about="Standard deviation between councils of the change in their gaps, without any effect.",
)
DRAWN_FROM: Final = Column(
    name="drawn_from",
    label="Councils to draw from",
    unit="councils",
    kind=ColumnKind.COUNT,
    decimals=0,
    about="Councils that were no pilots with a change in these years.",
)
PROGRAMMES: Final = Column(
    name="programmes",
    label="Programmes drawn",
    unit="programmes",
    kind=ColumnKind.COUNT,
    decimals=0,
    about="Placebo programmes behind the row.",
)
FIRST: Final = Column(
    name="first_year",
    label="First year",
    kind=ColumnKind.YEAR,
    about="First of the years whose spread is used.",
    in_table=False,
)
LAST: Final = Column(
    name="last_year",
    label="Last year",
    kind=ColumnKind.YEAR,
    about="Last of the years whose spread is used.",
    in_table=False,
)
ASKED: Final = hidden_key("asked", about="yes for the row in question, else no.")
