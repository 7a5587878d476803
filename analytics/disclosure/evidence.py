"""What is shown of records to a reader who wants nothing simulated."""

from collections.abc import Mapping

from analytics.methods.refusal import NotEstimableError
from analytics.selection.choices import Evidence
from analytics.selection.selection import Selection
from data.load import Table
from data.sources.source import Kind


def must_be_real(tables: Mapping[str, Table], selection: Selection) -> None:
    """Refuse to speak of simulated records where only real figures are asked for.

    Args:
        tables: The tables a finding is made from.
        selection: Says which evidence is asked for.

    Raises:
        NotEstimableError: One of them is simulated, and only real figures are to be shown.
    """
    simulated = any(table.source.kind is Kind.SIMULATED for table in tables.values())
    if simulated and selection.evidence is Evidence.REAL:
        msg = "Simulated figures are hidden: only published and official figures are shown."
        raise NotEstimableError(msg)
