"""The columns of verdicts: estimate, intervals, tests, how sure, what is ruled out."""

from dataclasses import replace
from typing import Final

from data.schema import Column, ColumnKind, hidden_key, key_text, text


def interval_columns(
    name: str = "",
    *,
    label: str = "95% interval",
    about: str = "",
    decimals: int = 1,
    in_table: bool = True,
) -> tuple[Column, Column]:
    """Describe the two ends of an interval.

    Args:
        name: Whose ends they are, as "t" or "beyond"; empty for those of the estimate.
        label: What the interval is called.
        about: What both ends are, for the dictionary.
        decimals: Decimals shown on screen.
        in_table: Whether tables on screen show them.
    """
    before = f"{name}_" if name else ""
    lower, upper = (
        Column(
            name=f"{before}{end}",
            label=f"{label}, {word}",
            decimals=decimals,
            about=about,
            in_table=in_table,
        )
        for end, word in (("low", "lower"), ("high", "upper"))
    )
    return lower, upper


KEY = key_text("key", "Key", about="Key of the indicator or ratio.", in_table=False)
NAME = text("name", "Indicator")
UNIT = text("unit", "Unit")
N = Column(
    name="n",
    label="Pilots compared",
    kind=ColumnKind.COUNT,
    decimals=0,
    about="Pilots of the selection with at least one year in which both they and enough of "
    "their comparator have figures.",
)
PILOTS = Column(name="pilots", label="Pilots", about="Mean over pilots of their mean over years.")
COMPARATOR = Column(name="comparator", label="Comparator", about="The same for what they face.")
GAP = Column(
    name="gap",
    label="Gap",
    about="Pilots minus comparator, in the row's unit; its change in the -changes findings.",
)
_ENDS: Final = (
    "Every value that the sign-flip test does not reject; empty where fewer than six pilots "
    "cannot bound it."
)
LOW, HIGH = interval_columns(about=_ENDS)
_STUDENT: Final = "Student's t over pilots, n - 1 df."
T_LOW, T_HIGH = interval_columns("t", label="95% t interval", about=_STUDENT)
P = Column(
    name="p",
    label="p, sign-flip",
    decimals=3,
    about="Two-sided sign-flip, unadjusted: exact up to 20 pilots, above by 100,000 flips drawn.",
)
P_ERROR = Column(
    name="p_error",
    label="Simulation error of p",
    decimals=4,
    about="Standard error of p where its flips were drawn; 0 where all were enumerated.",
    in_table=False,
)
P_ADJUSTED = Column(
    name="p_adjusted", label="p, adjusted", decimals=3, about="Adjusted over the rows tested."
)
ADJUSTMENT = key_text("adjustment", "Adjustment", in_table=False)
WITHHELD = text("withheld", "Why not answered", about="Empty where the row is answered.")
YEARS_USED = text("years", "Years", about="First and last year with a gap, e.g. 2013-2016.")
#: Unit of what charts of several measures draw: each gap, or its change, as such a share.
SHARE_OF_COMPARATOR: Final = "% of the comparator's level"
RELATIVE = Column(
    name="relative",
    label="Gap as share of comparator",
    unit="%",
    about="The gap, or its change, over the mean of the comparator.",
)
RELATIVE_LOW, RELATIVE_HIGH = interval_columns(
    "relative",
    label="Gap as share of comparator, 95% interval",
    about="The 95% interval of the gap, over the same mean.",
    in_table=False,
)
STANDARDISED = Column(
    name="standardised",
    label="Standardised gap",
    unit="standard deviations of the pilots' gaps, Hedges' correction",
    decimals=2,
)
STANDARDISED_LOW, STANDARDISED_HIGH = interval_columns(
    "standardised",
    label="Its interval",
    about="Noncentral t, on the same scale.",
    decimals=2,
    in_table=False,
)
T_P = Column(name="t_p", label="p, paired t", decimals=3)
WILCOXON_P = Column(name="wilcoxon_p", label="p, Wilcoxon", decimals=3)
SMALLEST_P = Column(
    name="smallest_p",
    label="Smallest p this n can give",
    decimals=3,
    about="2 / 2^n: no result can be below it. Above 20 pilots, one of the 100,000 flips drawn.",
)

SMALLEST_ADJUSTED = Column(
    name="smallest_adjusted",
    label="Smallest adjusted p",
    decimals=3,
    about="The smallest adjusted p that so many pilots and tests can give.",
    in_table=False,
)
CERTAINTY = text("certainty", "How sure", about="One of a closed set of phrases.")
CERTAIN = hidden_key("certain", about="How sure, as a key.")
RULED_OUT = Column(
    name="ruled_out",
    label="Larger ones ruled out",
    about="Differences larger than this in size, either way, are ruled out: the outer end of the "
    "90% interval of the sign-flip test. Empty where fewer than five pilots rule nothing out.",
)
MARGIN = Column(
    name="margin",
    label="Difference that would matter",
    about="The margin chosen, in the row's unit: a share of the comparator's level.",
    in_table=False,
)
P_EQUIVALENCE = Column(
    name="p_equivalence",
    label="p, smaller than the margin",
    decimals=3,
    about="Two one-sided sign-flip tests at the margin: below 0.05, a difference of the margin or "
    "more is ruled out.",
    in_table=False,
)
P_PLACEBO = Column(
    name="p_placebo",
    label="p, placebo",
    decimals=3,
    about="Share of groups of councils that were no pilots at least as far out.",
)
PLACEBO_LOW = Column(
    name="placebo_low",
    label="95% placebo interval, lower",
    about="The estimate less the upper 2.5% point of placebo groups.",
    in_table=False,
)
PLACEBO_HIGH = Column(
    name="placebo_high",
    label="95% placebo interval, upper",
    about="The estimate less the lower 2.5% point of placebo groups.",
    in_table=False,
)
PLACEBO: Final = (P_PLACEBO, PLACEBO_LOW, PLACEBO_HIGH)
HIDDEN: Final = (
    Column(
        name="n_suppressed",
        label="Hidden figures",
        kind=ColumnKind.COUNT,
        decimals=0,
        about="Yearly figures of these pilots that the publisher hid. A pilot with other years is "
        "still among those compared.",
    ),
    Column(
        name="pilot_years",
        label="Yearly figures asked for",
        kind=ColumnKind.COUNT,
        decimals=0,
        about="Pilots chosen times years compared.",
        in_table=False,
    ),
    Column(
        name="bound_low",
        label="Smallest possible",
        decimals=2,
        about="Smallest estimate that hidden figures allow: each, a pilot's or a neighbour's, "
        "0 to 5 children of the published count it is part of. No chance in it.",
    ),
    Column(
        name="bound_high",
        label="Largest possible",
        decimals=2,
        about="The largest, likewise.",
    ),
)
JOINT_BELOW = Column(
    name="joint_below",
    label="Rows with p below 0.05",
    kind=ColumnKind.COUNT,
    decimals=0,
    about="Of all rows tested together, before adjustment; the same in every row.",
    in_table=False,
)
JOINT_P = Column(
    name="joint_p",
    label="Chance of as many",
    decimals=4,
    about="Share of joint sign flips in which at least as many rows have p below 0.05.",
    in_table=False,
)
JOINT_FLIPS = Column(
    name="joint_flips",
    label="Joint flips",
    kind=ColumnKind.COUNT,
    decimals=0,
    about="How many flips of the pilots there are; above 20 pilots, how many were drawn.",
    in_table=False,
)
DETECTABLE = Column(
    name="detectable",
    label="Smallest detectable",
    decimals=3,
    about="In the row's unit: the true gap (or change of it) that a two-sided test at 0.05 would "
    "find with power 0.8, given the spread between the pilots. For planning; it says nothing "
    "about the difference found.",
    in_table=False,
)
SHORT = text("short", "Short name", about="As on the axis of the chart.", in_table=False)
SCALE = hidden_key("scale", about="What the unit measures on.")
SPOKEN = Column(
    name="spoken",
    label="spoken",
    kind=ColumnKind.TEXT,
    about="The name as a sentence says it before a number with its unit.",
    hidden=True,
)
REASON = hidden_key("reason", about="Why the row is not answered, as a key.")
FIRST_USED = Column(name="first_used", label="first_used", kind=ColumnKind.YEAR, hidden=True)
LAST_USED = Column(name="last_used", label="last_used", kind=ColumnKind.YEAR, hidden=True)

COLUMNS: Final = (
    KEY, NAME, UNIT, N, PILOTS, COMPARATOR, GAP, LOW, HIGH, P, P_ADJUSTED, ADJUSTMENT, WITHHELD,
    YEARS_USED, STANDARDISED, STANDARDISED_LOW, STANDARDISED_HIGH, T_P, WILCOXON_P, SMALLEST_P,
    SHORT, DETECTABLE, SCALE, SPOKEN, REASON, FIRST_USED, LAST_USED, CERTAINTY, T_LOW, T_HIGH,
    P_PLACEBO, PLACEBO_LOW, PLACEBO_HIGH, RULED_OUT, MARGIN, P_EQUIVALENCE, SMALLEST_ADJUSTED,
    JOINT_BELOW, JOINT_P, JOINT_FLIPS, CERTAIN, RELATIVE, RELATIVE_LOW, RELATIVE_HIGH,
    *(replace(one, in_table=False) for one in HIDDEN), P_ERROR,
)  # fmt: skip
