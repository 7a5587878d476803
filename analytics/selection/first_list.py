"""Which list of neighbours a programme is first compared by."""

from functools import lru_cache
from typing import Final

from data.load import load
from data.neighbour_lists import NEIGHBOUR_LISTS, NeighbourList
from data.programmes.programme import Programme
from data.sources.registry import NEIGHBOURS

#: At least this share of the councils have to be in a list for it to be the first.
MOST: Final = 0.5


@lru_cache(maxsize=256)
def first_list(of: Programme) -> NeighbourList:
    """Return the oldest list, or, where most of the councils are not in it, a newer one.

    Councils that were formed after a list was made are not in it. Of the lists that hold the most
    councils it is then the newest.

    Args:
        of: Whose pilots are compared.
    """
    codes = [one.code for one in of.pilots]
    held = [sum(code in _listed(one.key) for code in codes) for one in NEIGHBOUR_LISTS]
    if held[0] >= MOST * len(codes) or held[0] == max(held):
        return NEIGHBOUR_LISTS[0]
    return NEIGHBOUR_LISTS[max(range(len(held)), key=lambda at: (held[at], at))]


@lru_cache(maxsize=len(NEIGHBOUR_LISTS))
def _listed(key: str) -> frozenset[str]:
    frame = load(NEIGHBOURS).frame
    return frozenset(frame.loc[frame["model"] == key, "code"].astype(str))
