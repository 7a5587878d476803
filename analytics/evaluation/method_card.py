"""The method behind a card, as terms and descriptions for the selection in hand."""

from typing import Final

from analytics.methods.drawn_flips import FLIPS, SEED
from analytics.methods.signflip import MOST_ENUMERATED
from analytics.selection.choices import Adjustment, Comparator, Vintage, Weights
from analytics.selection.selection import Selection

Facts = tuple[tuple[str, str], ...]

CHANCE: Final = (
    "The page prints in how many joint sign flips as many rows fall below 0.05 as were observed."
)


#: What the sign-flip test assumes, and what it does where that is wrong. No warning goes with how
#: skewed a sample looks: false findings come from samples that do not look it, as
#: ``tests/analytics/methods/test_sign_flip_simulations.py`` shows.
SYMMETRY: Final = (
    "It assumes gaps that are symmetric about their mean. With 10 skewed gaps it was found to "
    "reject in 7% to 10% of cases in which there is nothing, in place of 5%, and most often where "
    "the sample does not look skewed; so no row is marked, and placebo p, which does not assume "
    "this, is beside it wherever groups can be drawn."
)
#: Why rates of three former authorities are compared though they are on older estimates; proved in
#: ``tests/analytics/evaluation/test_comparison.py``.
OLDER_POPULATION: Final = (
    "were their populations 5% out, no gap of the explorer's opening view would move by more than "
    "0.4% of the comparator's level and no verdict would change, while to leave out these "
    "neighbours moves some gaps by more than that."
)
_REACH: Final = (
    "Where so few pilots and so many tests cannot reach 0.05 at all, the answer is that this "
    "choice cannot be tested."
)


def unit_of_each(row: str, *, change: bool = False) -> str:
    """Say which unit rows of several measures are in, and what their chart shows of them.

    Args:
        row: What a row is called: "indicator".
        change: Whether rows are about changes; else about levels.
    """
    shown = "change of the gap" if change else "gap"
    return (
        f"That of each {row}. The chart shows each {shown} as a share of the comparator's level, "
        "in per cent, so that all share one axis."
    )


def facts(
    selection: Selection,
    *,
    estimand: str,
    unit: str,
    test: bool = True,
    period: str = "",
    comparator: str = "",
) -> Facts:
    """Return the method card of a comparison.

    Args:
        selection: Holds the comparator and its options, the vintage and the adjustment.
        estimand: What is being estimated, in one sentence.
        unit: Unit of the estimate.
        test: Whether the card shows tests.
        period: First to last year as the figures need it; by default as financial years.
        comparator: What pilots are compared with, where that is not what the reader chose.
    """
    common = (
        ("What is estimated", estimand),
        ("Unit", unit),
        ("Pilots", selection.pilot_words),
        ("Period", period or selection.period_words),
        ("Comparator", comparator or comparator_facts(selection)),
        ("Missing figures", _missing(selection)),
        ("Vintage", _vintage(selection)),
    )
    exact = "exact " if len(selection.chosen) <= MOST_ENUMERATED else ""
    tests = (
        (
            "Interval",
            (
                f"95%: every value that the {exact}sign-flip test below does not reject, so that "
                "interval and test never disagree (Canay, Romano and Shaikh, 2017). With fewer "
                "than six pilots it has no ends. Student's t interval, n - 1 degrees of freedom, "
                "is beside it in the table."
            ),
        ),
        (
            "Test",
            (
                f"{_flips(selection)} Wilcoxon's signed-rank test (exact) and the paired "
                f"t-test are beside it in the table. {SYMMETRY}"
            ),
        ),
        ("Adjustment", f"{_adjustment(selection)} {_REACH}"),
        (
            "Placebo pilots",
            (
                "Groups of councils that were no pilots, drawn as the pilots are made up, each set "
                "against its own comparator: p is the share at least as far out, and the interval "
                "is the estimate less what such groups show (Conley and Taber, 2011)."
            ),
        ),
        (
            "What is ruled out",
            (
                "Differences beyond the outer end of the 90% sign-flip interval: two one-sided "
                f"tests at 0.05 (Schuirmann, 1987). The margin chosen is {selection.margin.label}."
            ),
        ),
        (
            "What would change the answer",
            (
                "Another neighbour list or number of neighbours, the median for the mean, another "
                f"period, and with {selection.programme.many} pilots any one of them. Try each in "
                "the bar above."
            ),
        ),
    )
    return (*common, *(tests if test else ()))


def _flips(selection: Selection) -> str:
    if len(selection.chosen) <= MOST_ENUMERATED:
        return (
            "Exact two-sided sign-flip test over pilots: every one of the 2^n assignments of signs "
            "is enumerated."
        )
    return (
        f"Two-sided sign-flip test over pilots: {FLIPS:,} assignments of signs drawn with the seed "
        f"{SEED}, the one observed among them, so that p has a simulation error (at 0.05, 0.0007); "
        f"exact for a row with {MOST_ENUMERATED} pilots or fewer (Dwass, 1957; Phipson and Smyth, "
        "2010)."
    )


def comparator_facts(selection: Selection) -> str:
    """Say what pilots are compared with, and what a careful reader should know about it."""
    match selection.compare:
        case Comparator.REGION:
            return (
                "The published figure of the pilot's region (Inner or Outer London for London "
                "boroughs). The pilot is part of its region."
            )
        case Comparator.ENGLAND:
            return (
                "The published figure for England, one and the same for every pilot, so the gaps "
                "are not independent of each other. Pilots are part of England."
            )
        case Comparator.PILOTS:
            return (
                f"The {selection.average} of the pilots that are not chosen, one and the same for "
                "every chosen pilot, so the gaps are not independent of each other."
            )
        case Comparator.NEIGHBOURS:
            known = selection.model.known.replace("{years}", selection.programme.years_words)
            left = (
                "Other pilots among them are kept."
                if selection.with_pilots
                else "Other pilots among them are left out and not replaced."
            )
            return (
                f"The {selection.averaged} of the first {selection.k} statistical neighbours of "
                f"each pilot: {known}. {left}{_weights(selection)}"
            )


def comparison_notes(selection: Selection) -> tuple[str, ...]:
    """Return what must be known beside any comparison under this selection."""
    notes = list[str]()
    if selection.compare is Comparator.NEIGHBOURS and selection.model.formed_since:
        notes.append(
            "This list holds authorities formed since the pilots; they have no figures for the "
            "years before, so some averages are of fewer neighbours than listed."
        )
    if selection.compare in {Comparator.ENGLAND, Comparator.PILOTS}:
        notes.append("Every pilot faces one and the same figure, whose own error is not counted.")
    return tuple(notes)


def _weights(selection: Selection) -> str:
    if selection.weights is Weights.EQUAL:
        return ""
    return (
        " Neighbours count by the Department's own words for closeness: extremely close 5, very "
        "close 4, close 3, somewhat close 2, not close 1. The order is the Department's, the "
        "numbers are ours."
    )


def _missing(selection: Selection) -> str:
    words = (
        "A suppressed or missing figure is never read as zero. Partial counts of 2013/14 are left "
        "out of every comparison. A pilot's gap is the mean over its years with figures."
    )
    if selection.compare in {Comparator.NEIGHBOURS, Comparator.PILOTS}:
        words += (
            " A year needs at least five authorities with figures in the average, or all of them "
            "where fewer than five are listed."
        )
    return words


def _vintage(selection: Selection) -> str:
    if selection.vintage is Vintage.FIRST:
        of = selection.programme
        seen = "before any of them was revised"
        if of.evaluation.is_published:
            seen = f"the figures that evaluators writing in {of.window[1]} would have seen"
        return (
            "As printed in each year's first release (children in need statistics, 2013 to 2017), "
            f"{seen}. Of looked-after "
            "children, rates of 31 March 2016 to 2018 and of starts and ceases in 2018 as "
            "printed on the population estimates of the time, read from a later tool. No other "
            "figure is held as first published."
        )
    return (
        "As revised since, on one population basis rebased on the 2021 Census. Rates of looked-"
        "after children are worked out here from published counts and populations. For the former "
        "Bournemouth, Poole and Dorset no rebased population is held. Their rates of children in "
        f"need are as last printed, to one decimal, and are compared: {OLDER_POPULATION} Their "
        "looked-after rates, printed as whole numbers on the estimates of each time, are left out."
    )


def _adjustment(selection: Selection) -> str:
    return {
        Adjustment.NONE: f"None. {CHANCE}",
        Adjustment.HOLM: "Holm's step-down procedure over all rows tested (family-wise error).",
        Adjustment.BH: "Benjamini and Hochberg's procedure over all rows tested (false discovery).",
        Adjustment.MAX_T: "Westfall and Young's step-down max-T over all rows tested, by flipping "
        "the sign of each pilot in every indicator at once (family-wise error, allows for "
        "correlated indicators).",
    }[selection.adjust]
