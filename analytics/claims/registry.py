"""Every claim by its id, in the order of the published summary's strands."""

from typing import Final

from analytics.claims.claim import Claim
from analytics.claims.reported import REPORTED
from analytics.claims.tested import FIGURES

CLAIMS: Final[dict[str, Claim]] = {claim.id: claim for claim in (*FIGURES, *REPORTED)}
