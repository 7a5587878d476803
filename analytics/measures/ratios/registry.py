"""Every expenditure ratio by its key. A new one is one entry here.

These definitions are this project's own: the report's are not in the sources held.
"""

from typing import Final

from analytics.measures.ratios.lines import TOTAL
from analytics.measures.ratios.ratio import Head, Ratio, Spend
from analytics.text.name_kinds import pence, pounds, share
from analytics.text.quantity import Scale

OF_TOTAL: Final = "per £1 of total spend"
CHILDREN: Final = Head(
    series="pop_0_17_mid", name="children aged 0 to 17 (middle of the year before)", lag=1
)
IN_NEED: Final = Head(series="cin_31mar_num", name="children in need at 31 March")
LOOKED_AFTER: Final = Head(series="cla_31mar_num", name="children looked after at 31 March")

_ZEROS: Final = "Some authorities return nothing on this line and place the spend on another."
_IN_NEED: Final = (
    "Children in need are counted after assessment practice, which changed in these years; "
    "Norfolk has no count for 2012/13."
)


def _per_head(key: str, *, name: str, short: str, line: str, per: Head) -> tuple[Ratio, Ratio]:
    """Return spend per child twice: in cash, and in prices of 2018/19."""
    unit = {
        CHILDREN.series: "£ per child",
        IN_NEED.series: "£ per child in need",
        LOOKED_AFTER.series: "£ per looked-after child",
    }[per.series]
    spend = Spend(key=key, name=name, unit=unit)
    plain = {
        CHILDREN.series: pounds("spending per child"),
        IN_NEED.series: pounds("spending per child in need"),
        LOOKED_AFTER.series: pounds("spending per child in care"),
    }[per.series]
    quality = _IN_NEED if per is IN_NEED else ""
    cash = Ratio(
        key=key,
        name=f"{name}, cash",
        short_name=f"{short}, cash",
        plain=plain,
        unit=f"{unit}, cash",
        scale=Scale.POUNDS,
        numerator=(line,),
        per=per,
        spend=spend,
        quality=quality,
        decimals=0,
    )
    real = Ratio(
        key=f"{key}_real",
        name=f"{name}, 2018/19 prices",
        short_name=f"{short}, real",
        plain=pounds(f"{plain.what} at 2018/19 prices"),
        unit=f"{unit}, 2018/19 prices",
        scale=Scale.POUNDS,
        numerator=(line,),
        per=per,
        spend=spend,
        real=True,
        core=False,
        quality=quality,
        decimals=0,
    )
    return cash, real


_RATIOS: Final = (
    Ratio(
        key="cla_share",
        name="Share of spend on children looked after",
        short_name="Looked after",
        plain=share("spending on children in care", times=100),
        unit=OF_TOTAL,
        scale=Scale.SHARE,
        numerator=("3.1.11",),
        denominator=(TOTAL,),
    ),
    Ratio(
        key="safeguarding_share",
        name="Share of spend on safeguarding",
        short_name="Safeguarding",
        plain=share("spending on safeguarding", times=100),
        unit=OF_TOTAL,
        scale=Scale.SHARE,
        numerator=("3.3.4",),
        denominator=(TOTAL,),
    ),
    Ratio(
        key="family_support_share",
        name="Share of spend on family support",
        short_name="Family support",
        plain=share("spending on family support", times=100),
        unit=OF_TOTAL,
        scale=Scale.SHARE,
        numerator=("3.4.6",),
        denominator=(TOTAL,),
    ),
    Ratio(
        key="young_people_share",
        name="Share of spend on services for young people",
        short_name="Young people",
        plain=share("spending on services for young people", times=100),
        unit=OF_TOTAL,
        scale=Scale.SHARE,
        numerator=("3.5.3",),
        denominator=(TOTAL,),
        quality=_ZEROS,
    ),
    Ratio(
        key="early_years_share",
        name="Share of spend on children's centres and early years",
        short_name="Early years",
        plain=share("spending on early years", times=100),
        unit=OF_TOTAL,
        scale=Scale.SHARE,
        numerator=("3.0.5",),
        denominator=(TOTAL,),
        quality=_ZEROS,
    ),
    Ratio(
        key="family_support_to_cla",
        name="Family support to children looked after",
        short_name="Family support : care",
        plain=pence("family support spending for each £1 on care"),
        unit="per £1 on children looked after",
        numerator=("3.4.6",),
        denominator=("3.1.11",),
    ),
    Ratio(
        key="safeguarding_to_cla",
        name="Safeguarding to children looked after",
        short_name="Safeguarding : care",
        plain=pence("safeguarding spending for each £1 on care"),
        unit="per £1 on children looked after",
        numerator=("3.3.4",),
        denominator=("3.1.11",),
    ),
    Ratio(
        key="early_help_to_statutory",
        name="Early help to statutory services",
        short_name="Early help : statutory",
        plain=pence("early help spending for each £1 on statutory services"),
        unit="per £1 on statutory services",
        numerator=("3.0.5", "3.4.6", "3.5.3"),
        denominator=("3.1.11", "3.3.4"),
        quality="Early help is early years, family support and services for young people; "
        "statutory is children looked after and safeguarding.",
    ),
    Ratio(
        key="social_work_share_of_safeguarding",
        name="Share of safeguarding spend on social work",
        short_name="Social work",
        plain=share("safeguarding spending on social work", times=100),
        unit="per £1 on safeguarding",
        numerator=("3.3.1",),
        denominator=("3.3.4",),
        quality=_ZEROS,
    ),
    Ratio(
        key="residential_to_fostering",
        name="Residential care to fostering",
        short_name="Residential : fostering",
        plain=pence("residential care spending for each £1 on fostering"),
        unit="per £1 on fostering",
        numerator=("3.1.1",),
        denominator=("3.1.2",),
        quality=_ZEROS,
    ),
    *_per_head(
        "spend_per_child",
        name="Spend per child aged 0 to 17",
        short="Per child",
        line=TOTAL,
        per=CHILDREN,
    ),
    *_per_head(
        "spend_per_child_in_need",
        name="Spend per child in need",
        short="Per child in need",
        line=TOTAL,
        per=IN_NEED,
    ),
    *_per_head(
        "spend_per_looked_after_child",
        name="Spend per looked-after child",
        short="Per looked-after child",
        line="3.1.11",
        per=LOOKED_AFTER,
    ),
)

RATIOS: Final[dict[str, Ratio]] = {ratio.key: ratio for ratio in _RATIOS}
