"""How many groups of other councils are as far out as the pilots, in words that fit the share."""

from analytics.text.wording import ALPHA

#: Up to which share of the groups each word is true; below 0.05 of them are few.
_SOME, _MANY = 0.25, 0.5


def how_many(p: float, far: int, every: int) -> str:
    """Return the word for how many groups are as far out: few, some, many or most.

    Args:
        p: Placebo p: they are few where it is below 0.05.
        far: Groups at least as far out.
        every: All groups.
    """
    if p < ALPHA:
        return "few"
    share = far / every
    if share >= _MANY:
        return "most"
    return "many" if share >= _SOME else "some"


def share_of_groups(far: int, every: int) -> str:
    """Write how many groups are as far out, and what share of all they are.

    Args:
        far: Groups at least as far out.
        every: All groups.
    """
    return "none" if not far else f"{far:,} ({_percentage(100 * far / every)})"


def _percentage(value: float) -> str:
    if value < 0.1:  # noqa: PLR2004 - one decimal would show none
        return "under 0.1%"
    return f"{value:.1f}%" if value < 10 else f"{value:.0f}%"  # noqa: PLR2004 - two figures
