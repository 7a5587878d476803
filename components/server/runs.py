"""Slow work that is asked for by an address: begun, waited for, and found at its own address.

What is not made yet is answered with 202, where to ask again, and after how many seconds. A browser
follows by itself.

Source:
    RFC 9110, 202 Accepted and Retry-After.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Response, current_app, request, url_for
from markupsafe import Markup

from analytics.publication.kept_files import keep_file, kept_file
from analytics.publication.registry import offered
from analytics.publication.signing import Signer
from analytics.selection.parse import from_search
from analytics.selection.selection import Selection
from components.briefing.all_councils import ALL_COUNCILS, briefings_of_all, has_briefings
from components.jobs.job_base import NOBODY, REFUSED, Jobs
from components.server.briefings import site, today
from components.server.refusal import refuse, selection_asked
from components.server.release_asked import OtherReleaseError, refuse_earlier
from components.server.response_cache import Encoding, pack, respond
from components.templates.render import render

AGAIN: Final = "2"  # seconds after which to ask again
LATER: Final = "10"  # after which to start again, where too much is at work
ZIP: Final = "application/zip"
HTML: Final = "text/html"
SALT: Final = "run"


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Slow work, and where its result is.

    Attributes:
        question: What the job is given.
        address: Of the result.
        is_made: Whether the result is there.
    """

    question: Mapping[str, str]
    address: str
    is_made: Callable[[], bool]


def runs(jobs: Jobs) -> Blueprint:
    """Return the addresses, to be registered on the server before the pages.

    Args:
        jobs: Does the work.
    """
    blueprint = Blueprint("runs", __name__)
    runner = Runs(jobs)
    add = blueprint.add_url_rule
    add("/briefings.zip", "briefings", runner.briefings)
    add("/api/v1/findings/<key>/runs", "start", runner.start, methods=["POST"])
    add("/api/v1/runs/<ticket>", "state", runner.state)
    return blueprint


class Runs:
    """The views of slow work.

    Args:
        jobs: Does it.
    """

    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs

    def briefings(self) -> Response:
        """Send the briefings of all councils for a selection, or begin to make them."""
        selection = selection_asked()
        if isinstance(selection, Response):
            return selection
        made = briefings_of_all(selection, day=today(), site=site())
        if made is None:
            return self._begun(_briefings(selection))
        response = respond(pack(made, Encoding.IDENTITY), ZIP)
        response.headers.set("Content-Disposition", "attachment", filename="briefings.zip")
        return response

    def start(self, key: str) -> Response:
        """Begin to make a slow finding for a selection; one that is made has its own address.

        Args:
            key: Of the finding.
        """
        selection = selection_asked()
        if isinstance(selection, Response):
            return selection
        work = _finding(key, selection)
        if work is None:
            return refuse(404, f"There is no finding “{key[:40]}”.", offered(selection.programme))
        try:
            refuse_earlier(selection.release, "Slow findings are")
        except OtherReleaseError as other:
            return other.answer
        return _see(work.address) if work.is_made() else self._begun(work)

    def state(self, ticket: str) -> Response:
        """Say how far slow work is; lead to its result once that is there.

        Args:
            ticket: From the answer that began it.
        """
        key, query, job = _read(ticket) or ("", "", "")
        selection = from_search(query)
        work = _briefings(selection) if key == ALL_COUNCILS else _finding(key, selection)
        if work is None:
            return refuse(404, "No such work is known here. Start it again.")
        if work.is_made():
            return _see(work.address)
        told = self._jobs.state(work.question, job)
        if told is self._jobs.UNDEFINED:
            return _waiting(url_for("runs.state", ticket=ticket), self._jobs.share(work.question))
        return _see(work.address) if work.is_made() else _failed(told)

    def _begun(self, work: Work) -> Response:
        """Begin work, or find that it was begun already."""
        name = f"{SALT} {json.dumps(work.question)}"
        job = (kept_file(name) or b"").decode()
        if not job or self._jobs.state(work.question, job) is not self._jobs.UNDEFINED:
            job = self._jobs.start(work.question)
            if job in {REFUSED, NOBODY}:
                return _failed(self._jobs.busy if job == REFUSED else self._jobs.gone)
            keep_file(name, job.encode())
        ticket = _signed(work.question["finding"], work.question["query"], job)
        return _waiting(url_for("runs.state", ticket=ticket), "")


def _briefings(selection: Selection) -> Work:
    day, here = today(), site()
    return Work(
        question={
            "finding": ALL_COUNCILS,
            "query": selection.to_query(without=("area",)),
            "day": day,
            "site": here,
        },
        address=url_for("runs.briefings") + selection.to_query(without=("area",)),
        is_made=lambda: has_briefings(selection, day=day, site=here),
    )


def _finding(key: str, selection: Selection) -> Work | None:
    finding = offered(selection.programme).get(key)
    if finding is None:
        return None
    query = selection.to_query()
    return Work(
        question={"finding": key, "query": query},
        address=url_for("api.finding", key=key, extension="json") + query,
        is_made=lambda: not finding.slow or finding.is_kept(selection),
    )


def _signed(*parts: str) -> str:
    held = Signer(str(current_app.secret_key)).signed(SALT, json.dumps(parts).encode())
    return urlsafe_b64encode(held).decode()


def _read(ticket: str) -> tuple[str, str, str] | None:
    """Return the key, query and job of a ticket; None where this server did not sign it."""
    try:
        held = Signer(str(current_app.secret_key)).read(SALT, urlsafe_b64decode(ticket))
    except ValueError:
        return None
    if held is None:
        return None
    key, query, job = json.loads(held)
    return str(key), str(query), str(job)


def _see(address: str) -> Response:
    response = Response(status=303, headers={"Location": address})
    response.headers["Cache-Control"] = "no-store"
    return response


def _waiting(address: str, share: str) -> Response:
    """Say that the work is going on, and where to ask again."""
    if request.accept_mimetypes.best_match(("application/json", HTML)) == HTML:
        body: Markup | str = render("waiting.html", address=address, share=share)
        response = Response(body, status=202, mimetype=HTML)
        response.headers["Refresh"] = f"{AGAIN}; url={address}"
    else:
        response = Response(status=202, mimetype="application/json")
        response.set_data(current_app.json.dumps({"state": "running", "done": share or None}))
    response.headers["Location"] = address
    response.headers["Retry-After"] = AGAIN
    response.headers["Cache-Control"] = "no-store"
    return response


def _failed(told: object) -> Response:
    words = told.get("words") if isinstance(told, Mapping) else ""
    response = refuse(503, str(words or "The work was stopped. Start it again."))
    response.headers["Retry-After"] = LATER
    return response
