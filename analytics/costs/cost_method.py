"""How the cost card works, in words for method cards."""

from typing import Final

from analytics.costs.cost_words import subject
from analytics.evaluation.method_card import Facts
from analytics.selection.selection import Selection
from analytics.text.wording import upper_first

YOURS: Final = (
    "These are your assumptions multiplied out, not findings: no price, and no count of training "
    "days, was published. Change any field to see what it does."
)


def at_start(selection: Selection) -> str:
    """Say so where the reader has set nothing yet: a price that nobody set is no finding.

    Args:
        selection: Holds what is set on the card.
    """
    return "" if selection.costs.given else ", all still at their start values"


def method(selection: Selection) -> Facts:
    """Return the method card of a cost.

    Args:
        selection: Holds what is set on the card.
    """
    costs = selection.costs
    return (
        (
            "What is estimated",
            "What leading the work and training for it would cost at the values in the fields.",
        ),
        ("People leading", "FTE × cost a year × (1 + on-costs) × years."),
        ("Training", "People trained × days × cost of a day, once."),
        ("Total", "Both, over all years of the work. A year: total ÷ years."),
        (
            "Per social worker, per person trained, per child in need",
            (
                "The total over all years, over the number on the card or the official count of "
                "the place; the year of the count is named."
            ),
        ),
        (
            "Share",
            (
                "The total over as many years of gross safeguarding spend (line 3.3.4), all at "
                "the level of the year named; and over one year of it."
            ),
        ),
        ("Cases", "People leading × caseload: what the same time would carry otherwise."),
        (
            "Several pilots",
            (
                "Totals and counts added up; each quotient over the pilots that have both its "
                "parts. Each council is given the same number of people leading, and of people "
                "trained and social workers where these are set."
            ),
        ),
        ("What it is for", upper_first(subject(selection))),
        ("In use", costs.label),
    )
