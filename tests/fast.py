"""What ``make test-fast`` leaves out, by rule, and says: ``python -m pytest -p tests.fast``.

Left out are the folders below, whose tests start processes or walk every page, finding and
selection, the files directly in ``tests/``, which start the explorer, and what is marked ``slow``.
Everything else is in, without being listed: a new file or folder runs until it is found to be slow.
"""

from collections import Counter
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FOLDERS = (
    "analytics/disclosure",
    "analytics/findings",
    "browser",
    "components/jobs",
    "components/server",
    "data/build",
    "deploy",
    "distributed",
    "nonsense",
    "pages",
    "requirements",
    "second_programme",
)
LONG = 5.0  # seconds, on a machine that does nothing else
KEY = "left out as slow"


def left_out(path: Path) -> bool:
    """Whether a file of tests is left out."""
    inside = path.relative_to(HERE)
    return path.parent == HERE or any(inside.is_relative_to(folder) for folder in FOLDERS)


class Fast:
    """The rule, and what it left out."""

    def __init__(self):
        self.marked = Counter()
        self.long = dict[str, float]()

    def pytest_ignore_collect(self, collection_path):
        is_test = collection_path.name.startswith("test_") and collection_path.suffix == ".py"
        return True if is_test and left_out(collection_path) else None

    def pytest_collection_modifyitems(self, config, items):
        slow = [item for item in items if item.get_closest_marker("slow")]
        self.marked = Counter(item.path.relative_to(HERE).as_posix() for item in slow)
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if item not in slow]

    def pytest_sessionfinish(self, session):
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput[KEY] = dict(self.marked)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node):
        self.marked = Counter(getattr(node, "workeroutput", {}).get(KEY, {}))

    def pytest_runtest_logreport(self, report):
        if report.duration > LONG:
            self.long[report.nodeid] = report.duration

    def pytest_terminal_summary(self, terminalreporter):
        say = terminalreporter.write_line
        say("Left out, and run by make test:")
        for folder in FOLDERS:
            say(f"  tests/{folder}/: {len(list((HERE / folder).rglob('test_*.py')))} files")
        say(f"  tests/: {len(list(HERE.glob('test_*.py')))} files that start the explorer")
        for name, many in sorted(self.marked.items()):
            say(f"  tests/{name}: {many} marked slow")
        for name, seconds in self.long.items():
            say(f"Took {seconds:.0f} s, mark it slow: {name}")


def pytest_configure(config):
    config.pluginmanager.register(Fast(), "fast")
