"""Every indicator by its key. A new one is one entry in one of the tuples gathered here."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from analytics.measures.indicators.child_protection import CHILD_PROTECTION
from analytics.measures.indicators.children_in_need import CHILDREN_IN_NEED
from analytics.measures.indicators.indicator import Indicator
from analytics.measures.indicators.looked_after import LOOKED_AFTER
from analytics.measures.indicators.referrals import REFERRALS
from analytics.measures.indicators.workforce import WORKFORCE
from data.programmes.programme import Programme
from data.programmes.settings import ProgrammeError

_EVERY: Final = (*REFERRALS, *CHILDREN_IN_NEED, *CHILD_PROTECTION, *LOOKED_AFTER, *WORKFORCE)
#: Every indicator by its key, whatever the programme.
INDICATORS: Final[dict[str, Indicator]] = {one.key: one for one in _EVERY}


def indicators_of(of: Programme) -> Mapping[str, Indicator]:
    """Return every indicator by its key, with what a programme's summary says of it.

    Args:
        of: The programme.

    Raises:
        ProgrammeError: It names an indicator that is not there.
    """
    known, said = INDICATORS, of.evaluation.arguments
    for key, names in (("named", of.evaluation.named), ("arguments.indicator", tuple(said))):
        for name in names:
            if name not in known:
                msg = (
                    f"{of.key}.toml: evaluation.{key}: found {name!r}, expected an indicator's key."
                )
                raise ProgrammeError(msg)
    return {key: indicator_of(key, of) for key in known}


def indicator_of(key: str, of: Programme) -> Indicator:
    """Return an indicator with what a programme's summary says of it.

    Args:
        key: Of the indicator.
        of: The programme.
    """
    one = INDICATORS[key]
    return replace(one, argument=of.evaluation.arguments.get(key, one.argument))


def core() -> tuple[Indicator, ...]:
    """Return the indicators that are compared and tested together, in the order of the registry."""
    return tuple(indicator for indicator in INDICATORS.values() if indicator.core)
