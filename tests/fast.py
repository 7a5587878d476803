"""What ``make test-fast`` leaves out, by rule, and says: ``python -m pytest -p tests.fast``.

Left out are the places below, whose tests start processes, wait, or walk every page, card, finding
and selection; the files directly in ``tests/``, which start the explorer; what is marked ``slow``.
Everything else is in, without being listed: a new file or folder runs until it is found to be slow.
"""

from collections import Counter
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PLACES = (
    "analytics/disclosure",
    "analytics/evaluation/test_hidden_values.py",
    "analytics/evaluation/test_placebo_programmes.py",
    "analytics/evaluation/test_spending.py",
    "analytics/findings",
    "analytics/methods/test_flip_interval.py",
    "analytics/methods/test_noncentral.py",
    "analytics/methods/test_overlap.py",
    "analytics/methods/test_reach.py",
    "analytics/methods/test_sign_flip_simulations.py",
    "analytics/publication/test_disk.py",
    "analytics/publication/test_finding.py",
    "analytics/publication/test_stores.py",
    "analytics/publication/test_workbook.py",
    "browser",
    "components/briefing",
    "components/card/test_card.py",
    "components/card/test_fragments.py",
    "components/charts/test_keys.py",
    "components/charts/test_planned.py",
    "components/charts/test_robustness.py",
    "components/frame/test_routes.py",
    "components/jobs",
    "components/pack",
    "components/reference/test_search.py",
    "components/server",
    "components/templates/test_templates.py",
    "components/test_glossary.py",
    "components/views",
    "data/build",
    "data/microdata",
    "data/releases",
    "data/test_load.py",
    "data/user_data/test_rules.py",
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
    return path.parent == HERE or any(inside.is_relative_to(place) for place in PLACES)


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
        for place in PLACES:
            many = len(list((HERE / place).rglob("test_*.py")))
            say(f"  tests/{place}/: {many} files" if many else f"  tests/{place}")
        say(f"  tests/: {len(list(HERE.glob('test_*.py')))} files that start the explorer")
        for name, many in sorted(self.marked.items()):
            say(f"  tests/{name}: {many} marked slow")
        for name, seconds in self.long.items():
            say(f"Took {seconds:.0f} s, mark it slow: {name}")


def pytest_configure(config):
    config.pluginmanager.register(Fast(), "fast")
