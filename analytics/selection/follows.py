"""What findings follow of a selection beside its programme: sets of names of parameters.

Two selections that are the same in what a finding follows have the same rows and sentences of it,
so that it is made once for both.
"""

from typing import Final

from analytics.selection.cost_inputs import INPUTS

PILOTS: Final = frozenset({"band", "pilots"})
#: A comparison of pilots, without the years it is of.
COMPARISON: Final = PILOTS | {"compare", "model", "k", "average", "weights", "with-pilots"}
#: A comparison over the years of the selection, with spend, which is never revised.
OF_SPEND: Final = COMPARISON | {"years"}
#: A comparison over the years of the selection.
GAPS: Final = OF_SPEND | {"vintage"}
JUDGED: Final = frozenset({"adjust", "margin"})
#: Which measure is in question, on pages that take indicators and ratios.
MEASURE: Final = frozenset({"about", "indicator", "ratio"})
#: Records of people.
RECORDS: Final = frozenset({"band", "evidence"})
#: The cost of pilots, and all that can be set on its card.
COSTED: Final = PILOTS | {"years", "area"} | frozenset(INPUTS)
#: The councils a programme to come would have, and what it would be measured by.
PLANNED: Final = frozenset(
    {"compare", "model", "k", "indicator", "plan-councils", "plan-before", "plan-after"}
)
#: Nothing of it: published figures as they were printed.
NOTHING: Final = frozenset[str]()
