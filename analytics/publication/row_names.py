"""What all rows of a file are of, written in each row: the one measure, or the one place.

Whoever joins files must not have to read a title or a file's name to know what a row is about.
"""

from collections.abc import Sequence
from typing import Final

from analytics.measures.measure import Named
from analytics.selection.places import authorities
from data.schema import Column, text

#: A column and what it holds in every row.
RowName = tuple[Column, str]

KEY: Final = text("key", "Key of the measure", about="Key of the measure that every row is of.")
NAME: Final = text("name", "Measure", about="Name of the measure that every row is of.")
#: The same where ``name`` is the name of something else.
MEASURE: Final = text("measure", NAME.label, about=NAME.about)
UNIT: Final = text("unit", "Unit", about="Unit of figures that are in the unit of the measure.")
CODE: Final = text("code", "GSS code", about="GSS code of the place that every row is of.")
PLACE: Final = text("place", "Place", about="Name of the place that every row is of.")


def names_of_all(
    columns: Sequence[Column], measure: Named | None, unit: str, *, area: str | None
) -> tuple[RowName, ...]:
    """Return the columns that name what all rows are of, but those that a finding has already.

    Args:
        columns: Those of its files.
        measure: What every row is of; None where rows differ, or are of none.
        unit: That the main values are in.
        area: GSS code of the authority that every row is of, "" while none is chosen; None where
            rows are of others.
    """
    held = {column.written for column in columns}
    names: list[RowName] = []
    if measure is not None:
        name = MEASURE if NAME.name in held and KEY.name not in held else NAME
        names += [(KEY, measure.key), (name, measure.name), (UNIT, unit)]
    if area is not None:
        names += [(CODE, area), (PLACE, authorities()[area].label if area else "")]
    return tuple((column, words) for column, words in names if column.name not in held)
