"""Placebo pilots: where groups of councils that were no pilots would stand, drawn like them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from figures import Figures, Floats, compare
from outcomes import outcomes
from pack import Choice, NotAnsweredError, Pack

ROUNDING = 1e-12
PLACED = ("p_placebo", "placebo_low", "placebo_high")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Drawn:
    """Pilots and outsiders, ready for drawing.

    Attributes:
        pack: Holds how many groups are drawn, the seed and the kinds of authority.
        own: Outcome of each pilot, shape (rows, pilots); missing where too few have one.
        others: Outcome of each outsider, shape (rows, outsiders).
        pilots: Codes of the pilots.
        outsiders: Codes of the outsiders, in order.
    """

    pack: Pack
    own: Floats
    others: Floats
    pilots: tuple[str, ...]
    outsiders: tuple[str, ...]

    def means(self, at: int, orders: Sequence[np.ndarray] = ()) -> Floats:
        """Return the mean of every group for one row.

        A group has as many councils of each kind as there are pilots of that kind with an
        outcome: the first so many with an outcome of the random order of that draw.

        Args:
            at: The row.
            orders: From ``random_orders``; those of the seed of the pack unless given.

        Raises:
            NotAnsweredError: A kind has too few councils with an outcome.
        """
        orders = orders or _orders(self.pack, self.outsiders)
        total, many = np.zeros(len(orders[0])), 0
        there = np.isfinite(self.others[at])
        for kind, order in zip(_kinds(self.pack, self.outsiders), orders, strict=True):
            held = [code for code, gap in zip(self.pilots, self.own[at], strict=True)
                    if code.startswith(kind) and np.isfinite(gap)]  # fmt: skip
            if not held:
                continue
            present = there[order]
            if order.shape[1] == 0 or present[0].sum() < len(held):
                msg = "too few councils of a kind have figures to draw from"
                raise NotAnsweredError(msg)
            first = present & (np.cumsum(present, axis=1) <= len(held))
            total += np.where(first, np.where(present, self.others[at][order], 0.0), 0.0).sum(
                axis=1
            )
            many += len(held)
        if not many:
            msg = "no pilot has an outcome"
            raise NotAnsweredError(msg)
        return total / many


def _kinds(pack: Pack, outsiders: tuple[str, ...]) -> list[str]:
    """Return the kinds of authority that outsiders are of."""
    known = pack.resolved["placebo"]["kinds"]
    return [kind for kind in known if any(one.startswith(kind) for one in outsiders)]


@cache
def _orders(pack: Pack, outsiders: tuple[str, ...]) -> list[np.ndarray]:
    """Put the outsiders of each kind in random order, once for every group.

    The random numbers are those of NumPy's default generator with the seed of the pack, so that
    anyone draws the same groups.
    """
    told = pack.resolved["placebo"]
    chance = np.random.default_rng(told["seed"])
    return random_orders(pack, outsiders, int(told["draws"]), chance)


def random_orders(
    pack: Pack, outsiders: tuple[str, ...], draws: int, chance: np.random.Generator
) -> list[np.ndarray]:
    """Put the outsiders of each kind in random order, again and again.

    Args:
        pack: Holds the kinds of authority.
        outsiders: Codes, in order.
        draws: How many orders of each kind.
        chance: Where random numbers come from.

    Returns:
        Places among the outsiders, for each kind, shape (draws, outsiders of the kind).
    """
    orders = list[np.ndarray]()
    for kind in _kinds(pack, outsiders):
        members = np.array([at for at, one in enumerate(outsiders) if one.startswith(kind)])
        keys = chance.random((draws, len(members)), dtype=np.float32)
        orders.append(members[np.argsort(keys, axis=1, kind="stable")])
    return orders


def outsiders(pack: Pack, choice: Choice) -> tuple[str, ...]:
    """Return the councils of the chosen list that were no pilots, but those with few children."""
    apart = {*pack.bands, *pack.resolved["placebo"]["never_drawn"]}
    table = pack.table("neighbours")
    listed = table.loc[table["model"] == choice.model, "code"].unique()
    return tuple(sorted(code for code in listed if code not in apart))


def placebo_draws(
    pack: Pack, figures: Figures, choice: Choice, keys: Sequence[str], years: Sequence[int]
) -> Drawn:
    """Set pilots and councils that were no pilots against their own comparators.

    Args:
        pack: The pack.
        figures: Those that may enter a comparison.
        choice: The comparator, and the outcome that is drawn.
        keys: What the rows are about.
        years: Which are compared.

    Raises:
        NotAnsweredError: Too few pilots are chosen, or outsiders have no such comparator.

    Source:
        Conley and Taber (2011), Review of Economics and Statistics 93(1); Davison and Hinkley
        (1997), Bootstrap methods and their application, section 4.2.
    """
    if choice.compare == "pilots":
        msg = "councils that were no pilots cannot be set against the other pilots"
        raise NotAnsweredError(msg)
    if len(choice.pilots) < choice.fewest:
        msg = f"{len(choice.pilots)} pilots are chosen, {choice.fewest} are needed"
        raise NotAnsweredError(msg)
    outside = outsiders(pack, choice)
    own, others = (
        outcomes(compare(pack, figures, choice, list(keys), codes).over(years), choice)
        for codes in (choice.pilots, outside)
    )
    enough = np.isfinite(own).sum(axis=1) >= choice.fewest
    return Drawn(
        pack=pack,
        own=np.where(enough[:, None], own, np.nan),
        others=others,
        pilots=choice.pilots,
        outsiders=outside,
    )


def among_groups(drawn: Drawn | None, at: int, estimate: float) -> dict[str, float]:
    """Return the placebo p and interval of an estimate; missing where no groups can be drawn."""
    none: dict[str, float] = dict.fromkeys(PLACED, np.nan)
    if drawn is None or np.isnan(estimate):
        return none
    try:
        means = drawn.means(at)
    except NotAnsweredError:
        return none
    low, high = placebo_interval(means, estimate)
    p = placebo_p(far_out(means, estimate), len(means))
    return {"p_placebo": p, "placebo_low": low, "placebo_high": high}


def far_out(means: Floats, estimate: float) -> int:
    """Count the groups at least as far from zero as the pilots."""
    return int((np.abs(means) >= abs(estimate) * (1 - ROUNDING)).sum())


def placebo_p(far: int, draws: int) -> float:
    """Return p, the pilots counted as one draw more.

    Source:
        Phipson and Smyth (2010), Permutation p-values should never be zero, Statistical
        Applications in Genetics and Molecular Biology 9(1).
    """
    return (far + 1) / (draws + 1)


def placebo_interval(means: Floats, estimate: float) -> tuple[float, float]:
    """Return the effects that the groups do not contradict: the estimate less their quantiles.

    Of B means in order, the quantiles are the k-th from either end, where k is the largest whole
    number below (B + 1) / 40.
    """
    ordered = np.sort(means)
    k = -(-(len(means) + 1) // 40) - 1
    return estimate - float(ordered[-k]), estimate - float(ordered[k - 1])
