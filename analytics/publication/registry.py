"""Every finding by its key: which there are, and which of them a programme has."""

from analytics.publication.dictionary import described
from analytics.publication.finding import Finding
from analytics.publication.simulated import MARK
from analytics.selection.parameters import PARAMETERS
from analytics.selection.selection import HOME
from data.programmes.programme import Programme
from data.schema import visible

#: Every finding by its key; which of them a programme has, each says (``is_offered``).
FINDINGS: dict[str, Finding] = {}


def offered(of: Programme) -> dict[str, Finding]:
    """Return the findings that a programme has, by key.

    Args:
        of: The programme.
    """
    return {key: finding for key, finding in FINDINGS.items() if finding.is_offered(of)}


def register(finding: Finding) -> Finding:
    """List a finding, so that pages, downloads and data addresses have it where it is offered.

    Raises:
        ValueError: Another finding has its key, it follows what is no parameter, or it is of
            records of people and hides nothing or has a column ``MARK``.
        UndescribedError: A column of its files has no meaning, or a number no unit.
    """
    columns = finding.columns_under(HOME)
    described(finding.key, visible(columns), unit="")
    if finding.kind.is_simulated and any(one.name == MARK for one in columns):
        msg = f"{finding.key}: a column {MARK} would hide the mark of simulated rows in files"
        raise ValueError(msg)
    if finding.kind.is_simulated and finding.hides is None:
        msg = f"{finding.key}: found records without disclosure control, expected it"
        raise ValueError(msg)
    if unknown := finding.follows - PARAMETERS.keys():
        found = ", ".join(sorted(unknown))
        msg = f"{finding.key}: found {found} among what it follows, expected names of parameters"
        raise ValueError(msg)
    if FINDINGS.setdefault(finding.key, finding) is not finding:
        msg = f"two findings are called {finding.key}"
        raise ValueError(msg)
    return finding
