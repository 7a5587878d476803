"""What every test may use: a cache of its own, and the explorer put together once.

Static files are packed where the explorer itself keeps them, by what they hold: once, not by every
server that a test starts.
"""

import os
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import settings
from xdist.scheduler import LoadFileScheduling

#: Unless a test says otherwise. A busy machine is no fault, so no example has a deadline.
settings.register_profile("suite", deadline=None, max_examples=40)
settings.load_profile("suite")

FOLDER = Path(tempfile.mkdtemp())
os.environ.setdefault("EXPLORER_CACHE", str(FOLDER / "published"))
# As app.py has it: threads that wait for each other take processors from the tests beside them.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def pytest_addoption(parser):
    parser.addoption("--whole", action="store_true", help="try every case, not a sample")
    parser.addoption(
        "--walks", action="store_true", help="the tests that try a sample, whole (make walks)"
    )


def pytest_configure(config):
    config.option.whole |= config.option.walks


@pytest.fixture(scope="session")
def whole(pytestconfig) -> bool:
    """Whether every case is tried. A test that asks for this, or for ``some``, is a walk."""
    return pytestconfig.getoption("whole")


@pytest.fixture(scope="session")
def some(whole):
    """Choose what a walk tries: all of it with ``--whole``, or a sample that a seed names.

    The first of all is in every sample of several: selections begin with the one that is shown at
    the start. A sample of one is any of them.
    """

    def chosen(every: Sequence, most: int, seed: str) -> list:
        if whole or len(every) <= most:
            return [*every]
        random = Random(seed)  # noqa: S311 (no secret)
        if most == 1:
            return [random.choice(every)]
        others = random.sample(range(1, len(every)), most - 1)
        return [every[at] for at in sorted({0, *others})]

    return chosen


def pytest_setup_options():
    """Chromium's switches for dash[testing], which adds those it needs as root."""
    from selenium.webdriver.chrome.options import Options  # noqa: PLC0415 (only for its tests)

    options = Options()
    options.binary_location = "/usr/bin/chromium"
    for switch in (
        "--window-size=1366,900",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-quic",
        "--no-first-run",
    ):
        options.add_argument(switch)
    return options


#: What takes longest, longest first, so that at the end no process waits for another. The walk of
#: pages comes before that of findings, which then has from the cache what both ask for.
LONGEST_FIRST = (
    "nonsense/",
    "browser/test_accessibility.py",
    "pages/test_every_selection.py",
    "browser/",
    "distributed/",
    "docs/test_how_to.py",
    "second_programme/",
    "analytics/disclosure/",
    "analytics/findings/test_every_finding.py",
    "components/card/",
    "analytics/publication/",
    "components/jobs/",
    "components/server/",
    "test_",
)
TESTS = Path(__file__).parent
#: Folders and files whose tests share what they start: a server and a browser, or a Redis.
TOGETHER = {
    "browser/test_accessibility.py": "walks",
    "browser/test_chart_words.py": "walks",
    "browser/test_first_screen.py": "walks",
    "browser/test_widths.py": "walks",
    "browser/test_prefix.py": "prefix",
    "browser/test_r": "more of the browser",
    "browser/test_s": "more of the browser",
    "browser/test_t": "more of the browser",
    "browser/": "browser",
    "distributed/": "distributed",
}


def _inside(item) -> str:
    return item.path.relative_to(TESTS).as_posix()


class Together(LoadFileScheduling):
    """Keeps the tests of one file in one process, and those of files that share what they start."""

    def _split_scope(self, nodeid):
        file = super()._split_scope(nodeid).removeprefix("tests/")
        groups = (group for start, group in TOGETHER.items() if file.startswith(start))
        return next(groups, file)


def pytest_xdist_make_scheduler(config, log):
    """Share tests out by file, or by what files share, under ``--dist loadfile``."""
    return Together(config, log) if config.getvalue("dist") == "loadfile" else None


def _place(item) -> int:
    inside = _inside(item)
    places = (at for at, start in enumerate(LONGEST_FIRST) if inside.startswith(start))
    return next(places, len(LONGEST_FIRST))


def _is_walk(item) -> bool:
    return "whole" in item.fixturenames or item.get_closest_marker("sampled") is not None


def _unsampled(items: list) -> set[str]:
    """Return the ids of the cases that ``make test`` leaves to ``make walks``: see ``sampled``."""
    cases = defaultdict(list)
    for item in items:
        if item.get_closest_marker("sampled"):
            cases[item.path, item.originalname].append(item)
    left = set[str]()
    for (_, name), every in cases.items():
        (most,) = every[0].get_closest_marker("sampled").args
        random = Random(name)  # noqa: S311 (no secret)
        left.update(one.nodeid for one in random.sample(every, max(0, len(every) - most)))
    return left


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    unsampled = set() if config.getoption("whole") else _unsampled(items)
    walks = config.getoption("walks")
    left = [item for item in items if item.nodeid in unsampled or (walks and not _is_walk(item))]
    config.hook.pytest_deselected(items=left)
    gone = {*left}
    items[:] = sorted((item for item in items if item not in gone), key=_place)


@pytest.fixture(scope="session")
def explorer():
    import app  # noqa: PLC0415 (importing it builds the explorer; only some tests want that)

    return app.explorer


@pytest.fixture
def client(explorer):
    return explorer.server.test_client()
