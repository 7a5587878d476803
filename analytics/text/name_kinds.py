"""The usual kinds of measures, each named in one way: counts, shares, percentages, money."""

from analytics.text.naming import PERCENT, POINTS, SHORT_POINTS, Contrast, PlainName


def rate(what: str) -> PlainName:
    """Name a count that is given per 10,000 children.

    Args:
        what: What is counted, in the plural.
    """
    return PlainName(what=what, per="per 10,000 children")


def share(what: str, *, times: float = 1) -> PlainName:
    """Name a share, whose differences are percentage points.

    Args:
        what: What the share is of: "referrals closed without further action".
        times: 100 where values are proportions, not percentages.
    """
    return PlainName(
        what=what,
        contrast=Contrast.SHARE,
        suffix=POINTS,
        of_level=PERCENT,
        short_suffix=SHORT_POINTS,
        times=times,
    )


def percentage(what: str) -> PlainName:
    """Name a percentage that is said by a name of its own: "the vacancy rate".

    Args:
        what: Without its article.
    """
    return PlainName(
        what=what,
        contrast=Contrast.AMOUNT,
        suffix=POINTS,
        of_level=PERCENT,
        short_suffix=SHORT_POINTS,
        article=True,
    )


def pence(what: str) -> PlainName:
    """Name spending for each £1 of other spending.

    Args:
        what: "family support spending for each £1 on care".
    """
    return PlainName(what=what, contrast=Contrast.AMOUNT, suffix="p", times=100)


def pounds(what: str) -> PlainName:
    """Name an amount of money.

    Args:
        what: "spending per child".
    """
    return PlainName(what=what, contrast=Contrast.AMOUNT, prefix="£")
