"""Parameters of what the plan of a programme to come, and the cost card, assume."""

from functools import partial
from typing import Final

from analytics.selection.cost_input import CostInput
from analytics.selection.cost_inputs import INPUTS
from analytics.selection.parameter import Kind, Page, Parameter
from analytics.selection.readers import read_cost, spell_cost
from analytics.selection.whole_number import whole_number

_PLANNED: Final = frozenset({Page.PLAN})
#: How many councils and years a programme to come may have, on either side of its start.
PLAN_COUNCILS: Final = (3, 60)
PLAN_YEARS: Final = (1, 5)
#: Assumptions of the cost card that a plan is costed with; it has its own number of years.
_COSTED: Final = frozenset(
    {"fte", "annual-cost", "on-costs", "training-people", "training-days", "day-cost"}
)


def _amount(one: CostInput) -> Parameter:
    return Parameter(
        name=one.key,
        kind=Kind.AMOUNT,
        fields=("costs",),
        allowed=lambda _: {},
        read=partial(read_cost, one.key),
        spell=partial(spell_cost, one.key),
        label=one.field,
        help=lambda of: f"{one.unit}: {one.expected}. {one.source_under(of)}",
        pages=frozenset({Page.COSTS}) | (_PLANNED if one.key in _COSTED else frozenset()),
    )


ASSUMPTIONS: Final = (
    whole_number(
        "plan-councils",
        PLAN_COUNCILS,
        label="Councils in the programme",
        about="How many councils a programme to come would have.",
        what="councils",
        pages=_PLANNED,
    ),
    whole_number(
        "plan-before",
        PLAN_YEARS,
        label="Years before the start",
        about="How many years before its start would be measured.",
        what="years",
        pages=_PLANNED,
    ),
    whole_number(
        "plan-after",
        PLAN_YEARS,
        label="Years after the start",
        about="How many years after its start would be measured, and costed.",
        what="years",
        pages=_PLANNED,
    ),
    *(_amount(one) for one in INPUTS.values()),
)
