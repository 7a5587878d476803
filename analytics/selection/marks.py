"""What can be marked in every chart that shows it, and how an address names it."""

from collections.abc import Mapping
from functools import lru_cache

from analytics.measures.indicators.registry import INDICATORS
from analytics.measures.measure import Named
from analytics.measures.ratios.registry import RATIOS
from analytics.selection.parameter import Reading
from analytics.selection.places import authorities
from analytics.selection.readers import read_key
from analytics.text.wording import upper_first
from data.programmes.programme import Programme


@lru_cache(maxsize=64)
def markable(of: Programme) -> Mapping[str, str]:
    """Return the name of everything that can be marked in charts, by its key.

    That is every council, experience band, indicator and expenditure ratio.

    Args:
        of: The programme.
    """
    return {
        **{band.key: upper_first(band.brief) for band in of.bands},
        **{code: place.label for code, place in authorities().items()},
        **{key: _plainly(one) for key, one in (INDICATORS | RATIOS).items()},
    }


def parameter_of(key: str, of: Programme) -> str:
    """Return the parameter whose value names something that can be marked.

    Args:
        key: Of a council, band, indicator or ratio.
        of: The programme.
    """
    if key in authorities():
        return "area"
    if key in of.band_keys:
        return "band"
    return "indicator" if key in INDICATORS else "ratio"


def _plainly(measure: Named) -> str:
    return upper_first(measure.plain.subject.removeprefix("the "))


def read_mark(words: str, of: Programme) -> Reading:
    """Read what is marked, a council by the code it had before too; empty for nothing.

    Raises:
        Refused: It cannot be used.
    """
    refusal = "cannot be marked: it is no council, band, indicator or ratio."
    return read_key(words, "mark", markable(of), refusal)
