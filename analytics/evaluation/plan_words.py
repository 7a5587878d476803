"""What every finding about a programme to come says of its design."""

from typing import Final

from analytics.evaluation.measure_families import INDICATOR_FAMILY
from analytics.evaluation.method_card import Facts, comparator_facts
from analytics.evaluation.placebo_pool import DRAWS, TINY
from analytics.evaluation.placebo_programmes import SEED, Design, design_of
from analytics.evaluation.planned import FEWER_DRAWS, POWER
from analytics.measures.measure import Measure
from analytics.methods.smallest_change import MOST_ENUMERATED, MOST_FLIPS, fewest_to_see
from analytics.selection.choices import Comparator
from analytics.selection.selection import Selection
from analytics.text.quantity import with_unit
from analytics.text.wording import (
    ALPHA,
    counted,
    listed,
    number,
    pluralise,
    significant,
    upper_first,
)
from analytics.text.words import technical_line

#: How often the change would be seen, as sentences say it.
OFTEN: Final = "four times in five"


def years_words(design: Design) -> str:
    """Write the years of a design: "two years before the start and two after".

    Args:
        design: Of the programme.
    """
    before = pluralise(design.before, "year")
    before = before.replace(str(design.before), counted(design.before), 1)
    return f"{before} before the start and {counted(design.after)} after"


def councils_words(many: int) -> str:
    """Write "12 councils", or "six councils".

    Args:
        many: Councils.
    """
    return f"{counted(many)} councils"


def subtitle(selection: Selection) -> str:
    """Say of what programme a finding is, and what its councils are compared with.

    Args:
        selection: Holds the design.
    """
    design = design_of(selection)
    return technical_line(
        f"{selection.plan_councils} councils",
        years_words(design),
        design.selection.comparator_words,
    )


def change_words(measure: Measure, size: float) -> str:
    """Write a change as a sentence says it: "15 per 10,000 children".

    Args:
        measure: Of what.
        size: In its unit.
    """
    said = measure.plain.size(size, measure.plain.decimals(size))
    return f"{said}{measure.plain.per_words}"


def exact_words(measure: Measure, size: float) -> str:
    """Write a change as a technical line says it: "15.2 per 10,000".

    Args:
        measure: Of what.
        size: In its unit.
    """
    return with_unit(number(size, max(significant(size), 1)), measure.unit, measure.scale)


def unanswered(selection: Selection) -> str:
    """Return the verdict where no row of a plan is answered.

    Args:
        selection: Holds the design.
    """
    if selection.plan_councils < fewest_to_see():
        return f"{upper_first(councils_words(selection.plan_councils))} could show no change"
    return "This programme cannot be planned with this choice"


def notes(selection: Selection) -> tuple[str, ...]:
    """Return what must be known beside any finding about a programme to come.

    Args:
        selection: Holds the design.
    """
    compare = selection.compare
    published = (
        "The published figure of a region or of England stays as it was: that councils of the "
        "programme are part of it, and would move it, is not counted."
    )
    left_out = (
        "Councils of a programme are left out of each other's neighbours and not replaced, as "
        "pilots are. Many councils leave few to compare with."
    )
    return (
        (
            "It is assumed that the change is the same in every council of the programme, and "
            "that councils differ in their changes as they did in the years named. Effects that "
            "differ between councils, or a worse time to come, need more councils."
        ),
        left_out if compare is Comparator.NEIGHBOURS else published,
        (
            "Programmes are drawn from one set of councils and share members, the more the larger "
            "they are. Drawn from councils without end, the smallest change would be larger: by "
            "up to about 7% at 60 councils, by 1% or less at 12."
        ),
        (
            "One indicator is tested. An evaluation that tests many, and counts them, needs a "
            "larger change or more councils."
        ),
    )


def method(selection: Selection) -> Facts:
    """Return the method card of a programme to come.

    Args:
        selection: Holds the design.
    """
    design = design_of(selection)
    return (
        (
            "What is estimated",
            (
                "The smallest change, the same in every council of a programme, that the test of "
                f"the explorer would give a p below {ALPHA} in {POWER:.0%} of programmes, in its "
                "own direction. Half the programmes are given a rise, half a fall."
            ),
        ),
        (
            "Estimate and test",
            (
                "The change of the gap (difference in differences) of each council, their mean, "
                "and the two-sided sign-flip test of it. Up to "
                f"{MOST_ENUMERATED} councils every flip is counted; above, {MOST_FLIPS - 1:,} "
                "flips drawn with a fixed seed and the observed one stand in for all."
            ),
        ),
        (
            "Programmes",
            (
                f"{DRAWS:,} programmes for the indicator in question with the councils chosen, "
                f"the first {FEWER_DRAWS:,} of them for every other point. Each is of real "
                "councils that were no pilots, drawn without replacement and without regard to "
                f"their type; {listed(list(TINY.values()))} are not drawn. The figures are the "
                "last held, as many years as the design has."
            ),
        ),
        (
            "Smallest change",
            (
                "Each programme has a critical change, from which on the test sees it. The "
                "answer is their 80% point; its 95% simulation interval is of order statistics "
                "(Hahn and Meeker, 1991)."
            ),
        ),
        ("Comparator", comparator_facts(design.selection)),
        ("Years", f"{years_words(design).capitalize()}."),
        ("Indicator in question", INDICATOR_FAMILY.measure(selection).name),
        ("Seed", f"{SEED}, numpy.random.default_rng; the orders of draws are the same for all."),
        (
            "What it is not",
            (
                "No verdict on figures already seen: for those read what their range rules out "
                "(Hoenig and Heisey, 2001)."
            ),
        ),
    )
