"""Every indicator by its key. A new one is one entry in one of the tuples gathered here."""

from typing import Final

from analytics.measures.indicators.child_protection import CHILD_PROTECTION
from analytics.measures.indicators.children_in_need import CHILDREN_IN_NEED
from analytics.measures.indicators.indicator import Indicator
from analytics.measures.indicators.looked_after import LOOKED_AFTER
from analytics.measures.indicators.referrals import REFERRALS
from analytics.measures.indicators.workforce import WORKFORCE

INDICATORS: Final[dict[str, Indicator]] = {
    indicator.key: indicator
    for indicator in (*REFERRALS, *CHILDREN_IN_NEED, *CHILD_PROTECTION, *LOOKED_AFTER, *WORKFORCE)
}


def core() -> tuple[Indicator, ...]:
    """Return the indicators that are compared and tested together, in the order of the registry."""
    return tuple(indicator for indicator in INDICATORS.values() if indicator.core)
