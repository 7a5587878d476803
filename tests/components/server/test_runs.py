"""Slow work by address: begun, waited for and found, as a script and as a browser would ask."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from analytics.findings.robustness import placebo_many
from analytics.selection.places import authorities
from components.briefing import all_councils
from components.jobs.job_base import FAILED, NOBODY, REFUSED, Jobs
from components.jobs.run import make
from components.server import runs

KEY = "robustness-placebos-long"
FEW = {"E09000012", "E06000001", "E08000019"}


class Slowly(Jobs):
    """Does what it is asked when it is asked after for the second time."""

    busy, gone = {"words": "busy"}, {"words": "gone"}

    def __init__(self):  # without the explorer's own managers
        self.functions, self.func_registry = [("make", make, None)], {"make": make}
        self.cache_by, self.started, self.asked, self.says = None, [], 0, None

    def call_job_fn(self, *given):
        self.started.append(given[2][0])
        return self.says or f"job-{len(self.started)}"

    def find_result(self, *_):
        self.asked += 1
        if self.asked < 2:
            return self.UNDEFINED
        return self.says or make(lambda _state: None, self.started[-1])

    def get_progress(self, _):
        return ["50", "50%"]

    def make_job_fn(self, fn, *_):
        return fn

    def job_running(self, _):
        return True

    def terminate_job(self, _):
        pass


@pytest.fixture
def jobs(explorer, monkeypatch):
    held = Slowly()
    views = explorer.server.view_functions
    runner = runs.Runs(held)
    for name in ("briefings", "start", "state"):
        monkeypatch.setitem(views, f"runs.{name}", getattr(runner, name))
    few = {code: authorities()[code] for code in authorities() if code in FEW}
    monkeypatch.setattr(all_councils, "authorities", lambda: few)
    monkeypatch.setattr(placebo_many, "LONG_DRAWS", 20_000)
    return held


def test_briefings_of_all_councils_are_made_once_and_sent(client, jobs):
    path = "/briefings.zip?k=8&area=E09000012"
    begun = client.get(path)
    assert begun.status_code == 202
    assert int(begun.headers["Retry-After"]) > 0
    assert client.get(path).headers["Location"].split("/")[:-1] == ["", "api", "v1", "runs"]
    assert len(jobs.started) == 1
    jobs.asked = 0
    waiting = client.get(begun.headers["Location"])
    assert waiting.status_code == 202
    assert waiting.json == {"state": "running", "done": "50%"}
    done = client.get(begun.headers["Location"])
    assert done.status_code == 303
    sent = client.get(done.headers["Location"])
    assert sent.mimetype == "application/zip"
    with ZipFile(BytesIO(sent.data)) as file:
        held = {name: PdfReader(BytesIO(file.read(name))) for name in file.namelist()}
    assert {name.removesuffix(".pdf")[-9:] for name in held} == FEW & set(authorities())
    assert all(len(pdf.pages) == 2 for pdf in held.values())
    assert client.get(path).data == sent.data


@pytest.mark.usefixtures("jobs")
def test_a_browser_is_led_along(client):
    begun = client.get("/briefings.zip?k=7", headers={"Accept": "text/html,*/*;q=0.8"})
    assert begun.status_code == 202
    assert begun.headers["Refresh"].endswith(begun.headers["Location"])
    assert begun.headers["Location"] in begun.text


def test_a_slow_finding_is_started_and_found_at_its_own_address(client, jobs):
    query = "?k=6&indicator=s47_rate"
    begun = client.post(f"/api/v1/findings/{KEY}/runs{query}")
    assert begun.status_code == 202
    jobs.asked = 1
    done = client.get(begun.headers["Location"])
    assert done.status_code == 303
    assert client.get(done.headers["Location"]).json["rows"]
    assert client.post(f"/api/v1/findings/{KEY}/runs{query}").status_code == 303


def test_a_quick_finding_needs_no_start(client, jobs):
    answer = client.post("/api/v1/findings/kpis-gaps/runs?k=4")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/api/v1/findings/kpis-gaps.json?k=4"
    assert not jobs.started


@pytest.mark.parametrize(("says", "words"), [(REFUSED, "busy"), (NOBODY, "gone")])
def test_work_that_cannot_be_started_says_why_and_when_to_try_again(client, jobs, says, words):
    jobs.says = says
    answer = client.get(f"/briefings.zip?k={5 if says == REFUSED else 4}")
    assert answer.status_code == 503
    assert answer.json["detail"] == words
    assert int(answer.headers["Retry-After"]) > 0


def test_work_that_failed_says_so(client, jobs):
    begun = client.get("/briefings.zip?k=3")
    jobs.says, jobs.asked = FAILED, 1
    answer = client.get(begun.headers["Location"])
    assert answer.status_code == 503
    assert answer.json["detail"] == FAILED["words"]


@pytest.mark.parametrize(
    "path", ["/api/v1/runs/nothing", "/api/v1/runs/AAAA", "/api/v1/runs/%C3%A4"]
)
def test_a_ticket_of_another_server_is_unknown(client, path):
    assert client.get(path).status_code == 404


def test_what_cannot_be_asked_is_refused(client, jobs):
    assert client.post("/api/v1/findings/nothing/runs").status_code == 404
    for path in ("/briefings.zip?k=many", f"/api/v1/findings/{KEY}/runs?k=many"):
        answer = client.open(path, method="GET" if path.startswith("/b") else "POST")
        assert answer.status_code == 400
        assert answer.json["reasons"]
    assert not jobs.started


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/api/v1/findings/kpis-gaps.json", "/api/v1/nothing"])
def test_an_address_says_truly_what_it_answers(client, method, path):
    answer = client.open(path, method=method)
    assert answer.status_code == 405
    assert answer.json["error"]
    told = {*client.options(path).headers["Allow"].split(", ")}
    assert told == {*answer.headers["Allow"].split(", ")} == {"GET", "HEAD", "OPTIONS"}
