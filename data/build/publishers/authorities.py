"""The table of authorities with the children and the years of what was read."""

from typing import Final

import pandas as pd

from data.build.looked_after import CHILDREN

#: Indicators by which an authority has figures: its first and last year with them.
_FIGURES: Final = "cin_31mar_num"
PEOPLE: Final = "pop_0_17_mid"


def authorities(indicators: pd.DataFrame, present: pd.DataFrame) -> pd.DataFrame:
    """Return the table of authorities after the table of indicators has been made.

    Names, regions, numbers, and who came before and after, stay as they are: they are written by
    hand when boundaries change.

    Args:
        indicators: The table as made.
        present: The table of authorities as it is.

    Returns:
        The same rows, with a column of children for each year of estimates.
    """
    preferred = indicators[indicators["preferred"]].astype({"code": object, "indicator": object})
    people = preferred[preferred["indicator"].eq(CHILDREN)].set_index(["code", "year_end"])["value"]
    years = preferred[preferred["indicator"].eq(_FIGURES)].groupby("code")["year_end"]
    made = present[[name for name in present.columns if not name.startswith(PEOPLE)]].copy()
    for name, found in (("first_year", years.min()), ("last_year", years.max())):
        year = made["code"].map(found)
        made[name] = year.fillna(made[name]).astype(made[name].dtype)
    for year in sorted(people.index.get_level_values("year_end").unique()):
        of_year = people.xs(year, level="year_end")
        made[f"{PEOPLE}{year}"] = made["code"].map(of_year)
    return made
