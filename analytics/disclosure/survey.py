"""The survey of social workers: its table, its items, and what findings on it share."""

from typing import Final

from data.schema import hidden_key
from data.sources.simulated import SIMULATED

TABLE: Final = "social_worker_survey"
SOURCE: Final = SIMULATED[TABLE]
WAVES: Final = {1: "Wave 1", 2: "Wave 2"}
#: The same as a sentence calls them, by ``WAVE_NUMBER``.
SURVEYS: Final = {"1": "first survey", "2": "second survey"}
WAVE_NUMBER: Final = hidden_key("wave_key", about="1 or 2.")
#: Of five ordered answers, the one that neither agrees nor disagrees.
MIDDLE: Final = 2
AGREEING_NOTE: Final = (
    "Agreeing is the upper two of five answers: fairly or very confident; often or almost always; "
    "improved or much improved; agree or strongly agree."
)
