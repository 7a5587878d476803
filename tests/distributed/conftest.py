"""A Redis and two web processes for all of these tests; each brings the workers it needs."""

import shutil

import pytest

from tests.distributed.processes import House, until


@pytest.fixture(scope="session")
def house(tmp_path_factory):
    if shutil.which("redis-server") is None:
        pytest.skip("redis-server is not installed")
    built = House(tmp_path_factory.mktemp("house"))
    try:
        yield built
    finally:
        built.close()


@pytest.fixture(scope="session")
def webs(house):
    both = house.web("web-1"), house.web("web-2")
    for one in both:
        until(one.is_up, "a web process answers")
    return both


@pytest.fixture(scope="session")
def workers():
    """Every worker that was started by the fixture below."""
    return []


@pytest.fixture
def worker(house, workers):
    """A worker: that of the test before, unless it was ended."""
    if not workers or workers[-1].process.poll() is not None:
        workers.append(house.worker())
    return workers[-1]
