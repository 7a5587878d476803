"""Slow work in processes of their own: few at once, and found again when a process or folder goes.

The page is stood in for by the poll it sends: the same question, with the handles of the job.
"""

import errno
import json
import os
import pickle
import shutil
import signal
import sqlite3
import time
from contextlib import closing, contextmanager
from dataclasses import replace

import psutil
import pytest
from dash._callback_context import context_value
from dash._utils import AttributeDict
from dash.background_callback.managers import BaseBackgroundCallbackManager
from dash.exceptions import PreventUpdate

from analytics.publication import disk
from analytics.publication.disk import Broken
from components.jobs import job_entry, local_jobs
from components.jobs.job_base import BEAT, FAILED, LATEST, LOST, NOBODY, PULSE, TWICE, UNCHANGED
from components.jobs.local_jobs import BUSY, GONE, FewJobs
from tests.damage import HARMS

NOTICED = 10  # seconds within which a reader must know
#: Each way of damage in two of the four tests here; ``test_disk`` tries every one with the folder.
EVEN, ODD = [*HARMS][::2], [*HARMS][1::2]


def wait(found, until=NOTICED):
    end = time.monotonic() + until
    while time.monotonic() < end:
        if value := found():
            return value
        time.sleep(0.02)
    return None


def deleted(folder):
    """Delete a folder, as often as a process writes into it while that is done."""
    for _ in range(1000):
        try:
            return shutil.rmtree(folder)
        except OSError as fault:
            if fault.errno not in {errno.ENOTEMPTY, errno.ENOENT}:
                raise
    return pytest.fail(f"{folder} is written faster than it can be deleted")


@pytest.fixture
def few(tmp_path, monkeypatch):
    monkeypatch.setattr(local_jobs, "BEAT", BEAT / 5)  # the same in a fifth of the time
    monkeypatch.setattr(job_entry, "PULSE", PULSE / 5)
    monkeypatch.setattr(disk, "WAIT", disk.WAIT / 5)
    # The callbacks and managers of these tests stay out of the explorer.
    functions = [(slow.__name__, slow, "progress") for slow in SLOW]
    monkeypatch.setattr(BaseBackgroundCallbackManager, "functions", functions)
    monkeypatch.setattr(BaseBackgroundCallbackManager, "managers", [])
    before = set(psutil.Process().children())  # a browser of other tests among them
    yield FewJobs(tmp_path / "jobs")
    for child in set(psutil.Process().children()) - before:
        child.kill()
        child.wait(5)


def finish(tell, asked):
    tell(["50", "50%"])
    return {"words": f"made of {asked}"}


def hang(tell, asked):
    tell(["10", "10%"])
    with open(asked, "a", encoding="utf-8") as starts:  # noqa: PTH123 (plain)
        starts.write(f"{os.getpid()}\n")
    time.sleep(60)


def hang_at_first(tell, asked):
    first = not os.path.exists(asked)  # noqa: PTH110 (plain)
    if first:
        return hang(tell, asked)
    return finish(tell, "the second try")


def fail(_tell, _asked):
    raise RuntimeError


def say_nothing(_tell, _asked):
    raise PreventUpdate


SLOW = (finish, hang, fail, say_nothing, hang_at_first)


class Page:
    """A page that has pressed Run and asks after its job."""

    def __init__(self, few, slow, asked):
        self.few, self.asked = few, asked
        self.key = few.build_cache_key(slow, [asked], [], None)
        self.job = few.call_job_fn(self.key, slow, [asked], {"headers": "of the reader"})

    @contextmanager
    def asking(self):
        found = AttributeDict(inputs_list=[{"value": self.asked}], states_list=[])
        token = context_value.set(found)
        try:
            yield
        finally:
            context_value.reset(token)

    def hear(self):
        """Return the words of the job; None while the page goes on waiting."""
        with self.asking():
            told = self.few.get_result(self.key, self.job)
        if told is not self.few.UNDEFINED:
            assert not self.few.job_running(self.job)
            return told
        assert self.few.job_running(self.job)
        return None

    def told(self):
        return wait(self.hear)


def has_ended(process):
    try:
        return psutil.Process(process).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def starts(path):
    """Return the processes that have begun the job of this path."""
    return [int(line) for line in path.read_text().split()] if path.exists() else []


def test_a_lost_job_is_noticed_in_time():
    interval = 0.3  # seconds between two questions of a page
    assert PULSE + BEAT + 2 * interval < NOTICED


def test_a_job_runs_in_a_process_of_its_own(few):
    page = Page(few, finish, "this")
    assert wait(lambda: few.get_progress(page.key)) == ["50", "50%"]
    assert few.get_progress(page.key) is None
    assert page.told() == {"words": "made of this"}
    assert not few.job_running(page.job)


def test_two_readers_of_one_question_are_both_told(few):
    one, other = Page(few, finish, "this"), Page(few, finish, "this")
    assert one.told() == other.told() == {"words": "made of this"}


def test_a_job_that_fails_or_has_nothing_to_say_ends(few):
    assert Page(few, fail, "x").told() == FAILED
    assert Page(few, say_nothing, "x").told() == UNCHANGED


def test_a_job_too_many_says_so_at_once(few, tmp_path):
    pages = [Page(few, hang, str(tmp_path / str(at))) for at in range(local_jobs.MOST_JOBS)]
    refused = Page(few, finish, "more")
    assert refused.hear() == BUSY
    for page in pages:
        few.terminate_job(page.job)
    assert not any(few.job_running(page.job) for page in [*pages, refused])
    assert Page(few, finish, "again").told() == {"words": "made of again"}


def test_a_job_whose_process_is_killed_is_started_once_more(few, tmp_path):
    path = tmp_path / "starts"
    page = Page(few, hang_at_first, str(path))
    [process] = wait(lambda: starts(path))
    os.kill(process, signal.SIGKILL)
    assert page.told() == {"words": "made of the second try"}


def test_a_job_killed_twice_is_given_up_with_words_and_can_be_run_again(few, tmp_path):
    path = tmp_path / "starts"
    page = Page(few, hang, str(path))
    for count in (1, 2):
        assert wait(lambda count=count: page.hear() or len(starts(path)) == count) is True
        os.kill(starts(path)[-1], signal.SIGKILL)
    assert page.told() == TWICE
    assert len(starts(path)) == 2
    assert "Press Run" in TWICE["words"]
    assert Page(few, finish, "again").told() == {"words": "made of again"}


def test_a_process_that_gives_no_sign_of_life_is_replaced(few, tmp_path):
    path = tmp_path / "starts"
    page = Page(few, hang_at_first, str(path))
    [process] = wait(lambda: starts(path))
    os.kill(process, signal.SIGSTOP)
    assert page.told() == {"words": "made of the second try"}
    assert has_ended(process)


@pytest.mark.parametrize(
    ("silent", "lives"), [(PULSE - 1, True), (PULSE + 1, True), (LATEST + 1, False)]
)
def test_a_process_at_work_may_give_its_sign_late(silent, lives):
    late = job_entry.at_work(os.getpid(), starts=1)  # this process is at work while it asks
    assert replace(late, seen=time.monotonic() - silent).lives is lives


def test_a_job_lost_with_another_question_is_not_started_again(few, tmp_path):
    path = tmp_path / "starts"
    page = Page(few, hang, str(path))
    os.kill(wait(lambda: starts(path))[0], signal.SIGKILL)
    page.asked = "another"
    assert page.told() == LOST


def test_a_job_goes_on_when_its_folder_is_deleted(few, tmp_path):
    path = tmp_path / "starts"
    page = Page(few, hang, str(path))
    [process] = wait(lambda: starts(path))
    deleted(tmp_path / "jobs")
    end = time.monotonic() + (PULSE + 2 * BEAT) / 5
    while time.monotonic() < end:
        assert page.hear() is None
        time.sleep(0.1)
    assert starts(path) == [process]
    assert (tmp_path / "jobs").stat().st_mode & 0o777 == 0o700
    few.terminate_job(page.job)
    assert wait(lambda: has_ended(process))


def test_a_job_is_started_once_more_when_its_folder_and_process_go(few, tmp_path):
    path = tmp_path / "starts"
    page = Page(few, hang_at_first, str(path))
    [process] = wait(lambda: starts(path))
    deleted(tmp_path / "jobs")
    os.kill(process, signal.SIGKILL)
    assert page.told() == {"words": "made of the second try"}


def test_a_job_cancelled_while_its_folder_is_gone_is_ended(few, tmp_path):
    path = tmp_path / "starts"
    page = Page(few, hang, str(path))
    [process] = wait(lambda: starts(path))
    deleted(tmp_path / "jobs")
    few.terminate_job(page.job)
    assert wait(lambda: has_ended(process))
    assert not few.job_running(page.job)


@pytest.mark.parametrize("harm", EVEN)
def test_a_job_whose_folder_and_process_are_damaged_is_run_once_more(few, tmp_path, harm):
    path = tmp_path / "starts"
    page = Page(few, hang_at_first, str(path))
    [process] = wait(lambda: starts(path))
    HARMS[harm](tmp_path / "jobs" / "cache.db")
    os.kill(process, signal.SIGKILL)
    assert page.told() == {"words": "made of the second try"}
    assert starts(path) == [process]


def test_a_job_is_not_taken_for_a_cancelled_one_when_its_folder_is_lost_between_two_questions(
    few, tmp_path, monkeypatch
):
    page = Page(few, hang, str(tmp_path / "starts"))
    assert page.hear() is None
    deleted(tmp_path / "jobs")
    assert few.job_running(page.job)

    def broken(_action):
        raise PermissionError

    monkeypatch.setattr(few._folder, "mended", broken)
    assert few.job_running(page.job)
    with page.asking():
        assert few.get_result(page.key, page.job) == GONE


def test_a_folder_deleted_before_a_job_is_made_again(few, tmp_path):
    deleted(tmp_path / "jobs")
    assert Page(few, finish, "this").told() == {"words": "made of this"}


@pytest.mark.parametrize("harm", ODD)
def test_a_job_starts_after_its_folder_was_damaged(few, tmp_path, harm):
    assert Page(few, finish, "this").told() == {"words": "made of this"}
    HARMS[harm](tmp_path / "jobs" / "cache.db")
    assert Page(few, finish, "that").told() == {"words": "made of that"}


@pytest.mark.parametrize("harm", EVEN)
def test_a_job_goes_on_when_its_folder_is_damaged(few, tmp_path, harm):
    path = tmp_path / "starts"
    page = Page(few, hang, str(path))
    [process] = wait(lambda: starts(path))
    HARMS[harm](tmp_path / "jobs" / "cache.db")
    end = time.monotonic() + (PULSE + 2 * BEAT) / 5
    while time.monotonic() < end:
        assert page.hear() is None
        time.sleep(0.1)
    assert starts(path) == [process]
    few.terminate_job(page.job)
    assert wait(lambda: has_ended(process))
    assert Page(few, finish, "that").told() == {"words": "made of that"}


@pytest.mark.parametrize("harm", ODD)
def test_a_folder_damaged_before_the_start_is_made_again(few, tmp_path, harm):
    few._put("running", ["x"] * 3_000)
    few._folder.open().close()
    HARMS[harm](tmp_path / "jobs" / "cache.db")
    again = FewJobs(tmp_path / "jobs")
    assert Page(again, finish, "this").told() == {"words": "made of this"}


def test_a_folder_that_cannot_be_made_again_is_said(few, tmp_path):
    deleted(tmp_path / "jobs")
    (tmp_path / "jobs").touch()
    page = Page(few, finish, "this")
    assert page.job == NOBODY
    assert page.hear() == GONE
    assert "Press Run" in GONE["words"]


@pytest.mark.parametrize(
    "held",
    [None, 3, [], {}, {"process": 1}, "x",
     {"process": "1", "born": 0, "starts": 1, "seen": 0, "is_over": False},
     {"process": 2**80, "born": 0, "starts": 1, "seen": 0, "is_over": False},
     {"process": 1, "born": 0, "starts": None, "seen": 0, "is_over": False},
     {"process": 1, "born": 0, "starts": 1, "seen": [], "is_over": 3}],
)  # fmt: skip
def test_an_entry_that_means_nothing_ends_in_words(few, held):
    page = Page(few, finish, "this")
    page.asked = "nothing that was asked"
    few._folder.open().set(f"{page.job}:entry", json.dumps(held).encode())
    assert page.told() in ({"words": "made of this"}, LOST)


class Bomb:
    """A pickle that leaves a folder behind where it is read."""

    def __init__(self, path):
        self.path = str(path)

    def __reduce__(self):
        return os.mkdir, (self.path,)


def spoil(folder, bomb):
    """Replace all that stands in a folder of jobs by pickles."""
    with closing(sqlite3.connect(folder / "cache.db")) as held, held:
        held.execute("update Cache set mode = 4, value = ?", (bomb,))
        held.execute("insert or ignore into Cache (key, raw, mode, value) values (?, 0, 4, ?)",
                     (bomb, bomb))  # fmt: skip
        held.execute("insert or replace into Settings values ('disk_bomb', ?)", (bomb,))
    (folder / "bomb.val").write_bytes(bomb)


@pytest.mark.parametrize("slow", [finish, hang])
def test_pickles_in_the_folder_are_never_read(few, tmp_path, slow):
    folder, ran = tmp_path / "jobs", tmp_path / "ran"
    bomb = pickle.dumps(Bomb(ran))
    few._put("running", [])
    spoil(folder, bomb)
    page = Page(few, slow, str(tmp_path / "starts"))
    assert page.job != NOBODY
    for _ in range(5):
        spoil(folder, bomb)
        few.get_progress(page.key)
        with page.asking():
            told = few.get_result(page.key, page.job)
        assert told is few.UNDEFINED or "words" in told
        few.job_running(page.job)
        time.sleep(0.1)
    few.terminate_job(page.job)
    try:
        again = FewJobs(folder)  # at the next start
    except Broken:
        again = None  # said, and another folder is taken
    if again:
        Page(again, finish, "x").hear()
    deleted(folder)
    assert Page(few, finish, "again").told() == {"words": "made of again"}
    assert not ran.exists()
