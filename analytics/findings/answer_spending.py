"""Which spending changed clearly: named beside the answer, which is about the indicators."""

from analytics.evaluation.measure_families import RATIO_FAMILY
from analytics.findings.measures.together import outcomes
from analytics.measures.ratios.registry import RATIOS
from analytics.publication.declaration import Tables
from analytics.selection.selection import Selection
from analytics.text.wording import naming, upper_first


def spending_moved(tables: Tables, selection: Selection) -> str:
    """Return which ratios of spending changed clearly, counted among their own family.

    Args:
        tables: The tables of ``RATIO_FAMILY`` by key.
        selection: What the reader chose.

    Returns:
        Their keys with the sign of the change, "+spend_per_child"; "" where none is clear.
    """
    found = outcomes(RATIO_FAMILY, tables, selection, change=True)
    return " ".join(
        f"{'-' if one.estimate < 0 else '+'}{key}" for key, one in found.items() if one.clear
    )


def spending_words(moved: str, selection: Selection) -> str:
    """Say which spending changed clearly, in a sentence; "" where none did.

    Args:
        moved: From ``spending_moved``.
        selection: What the reader chose.
    """
    fell = {one[1:]: one[0] == "-" for one in moved.split()}
    if len(fell) == 1:
        [(key, down)] = fell.items()
        subject = upper_first(RATIOS[key].plain.subject)
        return f"{subject} {'fell' if down else 'rose'} clearly against {selection.than}."
    named = [
        f"a {'fall' if down else 'rise'} in {RATIOS[key].plain.subject}"
        for key, down in fell.items()
    ]
    return naming("Spending changed clearly:", named, noun="ratios") if named else ""
