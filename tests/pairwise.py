"""Few selections that hold every pair of values of every two parameters of the address."""

from collections.abc import Callable
from functools import cache
from itertools import combinations
from urllib.parse import urlencode

from analytics.measures.indicators.registry import INDICATORS
from analytics.measures.ratios.registry import RATIOS
from analytics.selection.choices import (
    SURVEY_ITEMS,
    Adjustment,
    Average,
    Comparator,
    Evidence,
    Margin,
    Outcome,
    Subject,
    Vintage,
    Weights,
    bases,
)
from analytics.selection.cost_inputs import INPUTS
from analytics.selection.parse import from_search
from analytics.selection.places import authorities, pilots, renamed
from analytics.selection.selection import HOME
from data.neighbour_lists import NEIGHBOUR_LISTS
from data.programmes.read import programme

Pair = tuple[tuple[str, str], tuple[str, str]]


def _spread(values, most: int) -> list[str]:
    """Return up to so many of some values, spread over them, first and last among them."""
    every = list(values)
    step = max(1, -(-len(every) // most))
    return list(dict.fromkeys([*every[::step], every[-1]]))[:most]


def parameters() -> dict[str, list[str]]:
    """Return the values to try of every parameter; the empty one leaves it out.

    Where one option rules another out, a pair that holds both would hide what else is in it. So
    list, average and weights are one parameter here, with every choice of the three that stands,
    and so are bands and pilots; their values are pieces of a query.
    """
    codes, bands = list(pilots(HOME)), programme().band_keys
    known = authorities()
    formed = next(code for code, one in known.items() if one.predecessors)
    gone = next(code for code, one in known.items() if one.successors)
    bare = next(code for code, one in known.items() if "Scilly" in one.name)
    return {
        "who": [
            "",
            f"band={bands[0]}",
            f"band={bands[1]},{bands[2]}",
            f"pilots={codes[0]}",
            f"pilots={','.join(codes[1:9:2])}",
        ],
        "compare": [*Comparator],
        "neighbours": _neighbours(),
        "k": ["", "1", "5"],
        "with-pilots": ["0", "1"],
        "years": ["", "2012-2012", "2012-2025", "2013-2014", "2025-2025"],
        "vintage": [*Vintage],
        "adjust": [*Adjustment],
        "margin": ["", *[Margin.FIVE, Margin.THIRTY]],
        "evidence": [*Evidence],
        "area": ["", codes[0], formed, gone, bare],
        "indicator": ["", *_spread(INDICATORS, 4)],
        "ratio": ["", *_spread(RATIOS, 3)],
        "item": ["", *_spread(SURVEY_ITEMS, 3)],
        "about": [*Subject],
        "base": [str(base) for base in bases(HOME)],
        "outcome": [*Outcome],
        "plan-councils": ["", "5"],
        "plan-before": ["", "5"],
        "plan-after": ["", "1"],
        **{key: ["", f"{one.low:g}", f"{one.high:.0f}"] for key, one in INPUTS.items()},
    }


def _neighbours() -> list[str]:
    equal = [f"model={model}" for model in NEIGHBOUR_LISTS]
    median = [f"model={model}&average={Average.MEDIAN}" for model in list(NEIGHBOUR_LISTS)[::2]]
    weighted = [f"{query}&weights={Weights.CLOSENESS}" for query in equal]
    return [*equal, *median, *(query for query in weighted if not from_search(query).notices)]


#: What parameters that are one here are called in addresses.
TOGETHER = {"who": ("band", "pilots"), "neighbours": ("model", "average", "weights")}


def followed_among(follows: Callable[[str], bool]) -> dict[str, list[str]]:
    """Return the values to try of the parameters that something follows.

    Args:
        follows: Whether it follows the parameter of a name.
    """
    return {
        name: values
        for name, values in parameters().items()
        if any(map(follows, TOGETHER.get(name, (name,))))
    }


@cache
def queries(follows: Callable[[str], bool] = lambda _: True) -> tuple[str, ...]:
    """Return queries that hold every pair of the values of every two parameters.

    Args:
        follows: Whether the parameter of a name is one of them; all are unless given.
    """
    found = []
    for row in covering(followed_among(follows)):
        pieces = [row.pop("who", ""), row.pop("neighbours", "")]
        plain = urlencode({name: value for name, value in row.items() if value}, safe=",")
        found.append("&".join(piece for piece in (*pieces, plain) if piece))
    return tuple(found)


#: Values that are answered with words on what was not understood.
ODD = (
    "pilots=E00000000", "band=novice", "k=0", "years=2016-2013", "indicator=x", "ratio=x",
    "item=x", "area=E92000001", "plan-councils=2", "plan-before=0", "plan-after=x",
    "model=2021&average=median&weights=closeness", "fte=x",
    *(f"{key}=-1" for key in INPUTS),
)  # fmt: skip
#: Values that are understood, with a remark: a code that a council had before, one value twice.
REMARKED = (*(f"area={code}" for code in renamed()), "k=5&k=5", "band=beginner&band=beginner")


def covering(values: dict[str, list[str]]) -> list[dict[str, str]]:
    """Return rows that hold every pair of values between them, by a greedy search.

    Args:
        values: Of each parameter.
    """
    # Those with most values first: each pair of theirs needs a row of its own, the rest fits in.
    names = sorted(values, key=lambda name: -len(values[name]))
    left = {
        ((one, a), (other, b)): None
        for one, other in combinations(names, 2)
        for a in values[one]
        for b in values[other]
    }
    rows = []
    while left:
        row = dict(next(iter(left)))  # a pair not held yet; the others follow by what they add
        for name in names:
            if name not in row:
                row[name] = max(
                    values[name],
                    key=lambda value, name=name: sum(
                        _pair(names, (name, value), held) in left for held in row.items()
                    ),
                )
        for one, other in combinations(names, 2):
            left.pop(((one, row[one]), (other, row[other])), None)
        rows.append({name: row[name] for name in values})
    return rows


def _pair(names: list[str], one: tuple[str, str], other: tuple[str, str]) -> Pair:
    return (one, other) if names.index(one[0]) < names.index(other[0]) else (other, one)
