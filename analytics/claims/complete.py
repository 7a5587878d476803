"""Whether all that the files of a programme name is there: tables, indicators, claims, studies."""

from analytics.claims.later import designs_of, together_of
from analytics.claims.registry import claims_of
from analytics.measures.indicators.registry import indicators_of
from data.programmes.programme import Programme
from data.sources.registry import sources_of


def require_complete(of: Programme) -> None:
    """Refuse a programme that names something that is not there.

    Args:
        of: The programme.

    Raises:
        ProgrammeError: It does; says the file, the key, what was found and what was expected.
    """
    for read in (sources_of, indicators_of, claims_of, designs_of, together_of):
        read(of)
