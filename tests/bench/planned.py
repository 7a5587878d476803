"""``python -m tests.bench.planned``: plans against programmes tested one by one, in full.

For several indicators and numbers of councils, thousands of other programmes are drawn, given the
change that the explorer says is seen four times in five, and tested from the raw table with every
flip of signs. Prints each share, in per cent, beside 80; fails where one is 2 points away or more.
"""

import sys
from typing import Final

from analytics.evaluation.measure_families import INDICATOR_FAMILY
from analytics.evaluation.planned import planned
from tests.analytics.evaluation.test_placebo_programmes import DESIGN, TABLES, Raw, seen

PROGRAMMES: Final = 6_000
#: With a million flips a programme, fewer are enough.
LONGEST: Final = 1_500
MANY: Final = 16
FURTHEST: Final = 2.0  # percentage points
KEYS: Final = ("cpp_31mar_rate", "icpc_rate", "rereferrals_pct", "cla_31mar_rate")
COUNCILS: Final = (6, 8, 12, 16, 20)


def main() -> int:
    """Compare, print, and return how many are too far away."""
    far = 0
    for key in KEYS:
        raw = Raw(key)
        for councils in COUNCILS:
            measure = INDICATOR_FAMILY.measures[key]
            found = planned(TABLES, DESIGN, measure, councils=councils, in_question=True)
            programmes = PROGRAMMES if councils < MANY else LONGEST
            share = 100 * seen(
                raw, found.size, programmes=programmes, seed=councils, councils=councils
            )
            far += abs(share - 80) >= FURTHEST
            print(f"{key:16} {councils:3} councils  {found.size:8.3f}  {share:5.1f}%", flush=True)
    return far


if __name__ == "__main__":
    sys.exit(main())
