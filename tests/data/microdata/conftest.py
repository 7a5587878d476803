import pytest

from data.load import built
from data.sources.simulated import SIMULATED


@pytest.fixture(scope="session")
def simulated():
    """The simulated tables by the key of their record table, without the mark."""
    return {
        key: built.__wrapped__(source).frame.drop(columns="simulated")
        for key, source in SIMULATED.items()
    }
