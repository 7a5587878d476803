"""What readers come for is found from the overview in few actions and little time."""

import pytest

from tests.browser.tasks.tasks import TASKS, go_through
from tests.browser.tasks.walk import Walk


def test_every_task_is_done_in_as_few_actions_and_as_little_time_as_it_may_take(readers):
    reader = readers()
    reader.page.set_viewport_size({"width": 1366, "height": 768})
    taken = list(go_through(reader, TASKS))
    assert len(taken) == len(TASKS)
    assert [one.task.key for one in taken if one.walk.actions > one.task.most_actions] == []
    # What the explorer takes is measured by the bench, on a machine that does nothing else.
    assert [one.task.key for one in taken if one.walk.seconds > one.task.most_seconds] == []
    _neither_what_is_missing_nor_what_is_covered_is_seen(reader)


def _neither_what_is_missing_nor_what_is_covered_is_seen(reader):
    """The walk itself is not too easily pleased; the page of the last task serves."""
    walk = Walk(page=reader.page, settle=reader.settle)
    title = reader.page.locator("h1").inner_text()
    walk.sees("main h1", title)
    with pytest.raises(AssertionError, match="not shown"):
        walk.sees("main h1", "words that nobody wrote", patience=0)
    reader.page.evaluate(
        """document.body.insertAdjacentHTML('beforeend',
          '<p style="position:fixed;inset:0;z-index:99;background:#fff;margin:0">over it</p>')"""
    )
    with pytest.raises(AssertionError, match="covered"):
        walk.sees("main h1", title)
